"""Drafts a mapping for a table that nobody has mapped: which contract it looks like, and which column is which.

A draft is a proposal to a person: what was found by name is filled in, what is a guess is marked, and what must be told
stands as `?`, which the loader refuses until it is replaced.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from suyuan.domain.contract import Column, Contract, contracts
from suyuan.domain.contract_shape import provenance
from suyuan.sources.grid import Grid
from suyuan.sources.header import HeadRow, headers, plain
from suyuan.sources.mapping import needed_columns

_PROVENANCE = {column.name for column in provenance()}
_SURE, _LIKELY = 0.95, 0.72
_SAMPLE = 50
_SYNONYMS = {
    "src_account_id": ("source", "sourceaccount", "sender", "fromaccount", "payer", "nameorig", "付款账号", "付款方"),
    "dst_account_id": ("target", "destination", "receiver", "toaccount", "payee", "namedest", "收款账号", "收款方"),
    "booked_at": ("time", "date", "timestamp", "datetime", "交易日期", "转账日期", "发生时间"),
    "amount_fen": ("value", "amount", "sum", "money", "金额", "交易额", "转账金额"),
    "name": ("客户姓名", "客户名称", "公司名称", "单位名称"),
    "id_number": ("身份证", "身份证号", "身份证号码", "证件号"),
    "phone": ("联系电话", "电话", "手机", "手机号", "mobile", "tel"),
    "account_id": ("account", "accountnumber", "账号", "卡号"),
    "loan_id": ("合同编号", "借据号", "contractno"),
}  # fmt: skip
_SHORT = 6  # letters of a Latin word below which only an equal one counts: "time" is not "imei"
_PATTERNS = {
    "date": re.compile(r"\d{4}([-/.年]?)\d{1,2}([-/.月]?)\d{1,2}日?"),
    "timestamp": re.compile(r"\d{4}[-/.年]?\d{1,2}[-/.月]?\d{1,2}日?[ T]\d{1,2}:?\d{2}.*"),
    "number": re.compile(r"[+-]?[\d,]+(\.\d+)?"),
    "id_number": re.compile(r"\d{17}[\dXx]"),
    "phone": re.compile(r"1\d{10}"),
}


@dataclass(frozen=True, kw_only=True)
class Match:
    """A contract column and the source column taken for it; `score` 1.0 means the same name or label."""

    column: Column
    source: str
    score: float
    samples: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A mapping proposed for one grid; `yaml` is its text, `unsure` and `missing` name what a person must look at."""

    file: str
    table: str
    yaml: str
    unsure: tuple[str, ...]
    missing: tuple[str, ...]
    left_out: tuple[str, ...]


def draft(grid: Grid, *, name: str) -> Draft | None:
    """Return a proposal named `name` for `grid`, null when no row looks like a header.

    The table is the one most of whose needed columns and most of whose other columns are found, by name or by label in
    either language; samples of values break ties. Deterministic.
    """
    found = [(header, contract) for header in headers(grid)[:10] for contract in contracts().values()]
    rated = [
        (_worth(contract, matches), header.row_no, contract.table, header, contract, matches)
        for header, contract in found
        if not contract.is_output and (matches := _matches(grid, header, contract))
    ]
    if not rated:
        return None
    _, _, _, header, contract, matches = max(rated, key=lambda each: (each[0], -each[1], each[2]))
    missing = tuple(column for column in needed_columns(contract) if column not in matches)
    cells = _cells(grid, header)
    left = tuple(cell for cell in cells if all(match.source != cell for match in matches.values()))
    unsure = tuple(column for column, match in matches.items() if match.score < _SURE)
    text = _yaml(name, contract, matches, missing=missing, left=left)
    return Draft(file=grid.file, table=contract.table, yaml=text, unsure=unsure, missing=missing, left_out=left)


def _cells(grid: Grid, header: HeadRow) -> list[str]:
    """Return the names in the header as they are written."""
    row: Sequence[str | None] = grid.names if grid.names is not None else grid.head[header.row_no - 1]
    return [cell.strip() for cell in row if cell and cell.strip()]


def _matches(grid: Grid, header: HeadRow, contract: Contract) -> Mapping[str, Match]:
    """Return the best source column for each contract column, each used once, best pairs first."""
    rows: Sequence[Sequence[str | None]] = grid.head[header.row_no : header.row_no + _SAMPLE]
    row: Sequence[str | None] = grid.names if grid.names is not None else grid.head[header.row_no - 1]
    pairs: list[Match] = []
    for place, cell in enumerate(row):
        if not cell or not cell.strip():
            continue
        samples = tuple(str(told[place]).strip() for told in rows if place < len(told) and told[place])
        for column in contract.columns.values():
            if column.name in _PROVENANCE:
                continue
            score = _likeness(cell, column) * _shape(samples, column)
            if score >= _LIKELY:
                pairs.append(Match(column=column, source=cell.strip(), score=score, samples=samples[:3]))
    taken: dict[str, Match] = {}
    used: set[str] = set()
    for match in sorted(pairs, key=lambda each: (-each.score, each.column.name, each.source)):
        if match.column.name not in taken and match.source not in used:
            taken[match.column.name] = match
            used.add(match.source)
    order = list(contract.columns)
    return dict(sorted(taken.items(), key=lambda each: order.index(each[0])))


def _likeness(cell: str, column: Column) -> float:
    """Return how much a header cell reads like the name or a label of `column`, in [0, 1]."""
    told = plain(re.sub(r"[(（].*?[)）]", "", cell)).replace("_", "")
    names = [plain(column.name).replace("_", ""), plain(column.label.en), plain(column.label.zh)]
    names.append(names[0].removesuffix("fen").removesuffix("at").removesuffix("on"))
    if told in names:
        return 1.0
    if {told, told.removesuffix("id").removesuffix("node")} & set(_SYNONYMS.get(column.name, ())):
        return 0.9
    if told.isascii() and len(told) < _SHORT:
        return 0.0
    best = max(SequenceMatcher(a=told, b=each).ratio() for each in names if each)
    inside = any(len(each) > (_SHORT if each.isascii() else 1) and (each in told or told in each) for each in names)
    return max(best, 0.8 if inside else 0.0)


def _shape(samples: Sequence[str], column: Column) -> float:
    """Return 1.0 when the values fit the column's type, less when they do not."""
    kind = "number" if column.type in ("bigint", "int", "double") else column.type
    pattern = _PATTERNS.get(column.mask) or _PATTERNS.get(kind)
    if pattern is None or not samples:
        return 1.0
    if kind == "timestamp" and all(_PATTERNS["date"].match(each) for each in samples):
        return 1.0
    return 1.0 if sum(bool(pattern.fullmatch(each)) for each in samples) * 2 > len(samples) else 0.7


def _worth(contract: Contract, matches: Mapping[str, Match]) -> float:
    needed = needed_columns(contract)
    have = sum(match.score for match in matches.values())
    lacking = sum(1 for column in needed if column not in matches)
    return have - 0.7 * lacking


def _yaml(
    name: str, contract: Contract, matches: Mapping[str, Match], *, missing: Sequence[str], left: Sequence[str]
) -> str:
    used = ", ".join(_quoted(match.source) for match in matches.values())
    lines = [
        "# A draft: look at every line marked <<; replace every ? by an expression or a text in single quotes.",
        "# 草稿：请核对每个标有 << 的行；把每个 ? 换成表达式或单引号中的文字。",
        f"mapping: {name}",
        "version: 1",
        f"title: {{en: {_quoted(name)}, zh: {_quoted(name)}}}",
        "recognise:",
        f"  columns: [{used}]",
        f"source: {name}  # << institution 提供机构",
        "tables:",
        f"  {contract.table}:",
        "    columns:",
    ]
    lines += [_line(match) for match in matches.values()]
    lines += [
        f'      {column}: "?"  # << {contract.columns[column].label.en} / {contract.columns[column].label.zh}'
        + (f" ({', '.join(contract.columns[column].values)})" if contract.columns[column].values else "")
        for column in missing
    ]
    lines += [f"# not read 未读取: {cell}" for cell in left]
    return "\n".join(lines) + "\n"


def _line(match: Match) -> str:
    """Return one column of the draft, marked when it is a guess."""
    source = '"' + match.source.replace('"', '""') + '"'
    expression, doubt = source, "" if match.score >= _SURE else "<< "
    if match.column.unit == "fen":
        expression = f"fen({source})"
        doubt += "" if any("." in each for each in match.samples) else "<< yuan or fen? 元还是分？ "
    label = f"{match.column.label.en} / {match.column.label.zh}"
    return f"      {match.column.name}: {_quoted(expression)}  # {doubt}{label}"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"

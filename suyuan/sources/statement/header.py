"""Finds the header of a statement and what each of its columns means."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from suyuan.sources.grid import Grid
from suyuan.sources.statement.dates import Form, cell_text, form_of
from suyuan.sources.statement.words import ROLES, Role, Words, normal, without_unit

SAMPLE_ROWS = 60
_DATES: frozenset[Role] = frozenset({"when", "posted"})
_TIMES: frozenset[Role] = frozenset({"time", "posted_time"})
_MONEY: frozenset[Role] = frozenset(
    {"amount", "amount_original", "in", "out", "in_original", "out_original", "balance", "counterparty_balance"}
)
_CURRENCIES: frozenset[Role] = frozenset({"currency", "original_currency", "balance_currency"})
_NUMBERS: frozenset[Role] = frozenset({"own_card", "own_account"})
_MANY: frozenset[Role] = frozenset({"memo"})
# A column takes one of these only when its first meaning is taken by a better one.
_SECOND: frozenset[Role] = frozenset({"amount_original", "in_original", "out_original", "original_currency"})
_MONEY_CELL = re.compile(
    r"[-+(]?\s*(?:[A-Z]{2,3}|HK|US|NT)?[$¥€£]?\s*[-+]?(?:\d[\d,]*\.?\d*|\.\d+)(?:E[+-]?\d+)?\)?"
    r"(?:\s*(?:-|\+|CR|DR|[A-Z]{3}|元|\(.{1,20}\)))?",
    re.IGNORECASE,
)
_NUMBER_CELL = re.compile(r".*[0-9Xx*]{3,}.*|\S+@\S+")
_FULL, _JOINED, _OUTSIDE, _INSIDE, _HALF, _WITHIN = 1.0, 0.95, 0.92, 0.9, 0.85, 0.5


@dataclass(frozen=True, kw_only=True)
class Header:
    """Where the header of a grid ends and what its columns mean.

    `last_row` is 0 when the grid has none (its names come from a hint or from Parquet). `columns` maps a role to the
    1-based columns that bear it: one each, several only for `memo`. `names` are the header's cells.
    """

    last_row: int
    first_row: int
    names: tuple[str, ...]
    columns: Mapping[Role, tuple[int, ...]]
    score: float

    def at(self, role: Role) -> int | None:
        """Return the column that bears `role`, or null."""
        found = self.columns.get(role, ())
        return found[0] if found else None

    def name(self, role: Role) -> str:
        """Return the header's text over the column of `role`, as the words are compared; empty when there is none."""
        column = self.at(role)
        return normal(self.names[column - 1]) if column else ""


def _readings(cell: str) -> list[tuple[str, float]]:
    """Return the terms a header cell may be read as, each with how much it counts."""
    whole = normal(cell)
    if not whole:
        return []
    found = [(whole, _FULL), (without_unit(whole), _FULL)]
    bracket = re.fullmatch(r"(.*?)[(\[【](.*?)[)\]】](.*)", whole)
    if bracket:
        found += [(bracket[1] + bracket[2], _JOINED), (without_unit(bracket[1] + bracket[3]), _OUTSIDE)]
        found += [(bracket[2], _INSIDE)]
    flat = unicodedata.normalize("NFKC", cell)
    halves = [normal(half) for half in re.split(r"[/|\n]|(?<=[一-鿿])\s+(?=[A-Za-z])", flat)]
    found += [(half, _HALF) for half in halves if len(half) > 1]
    return [(term, factor) for term, factor in found if term]


def _meaning(cell: str, words: Words) -> dict[Role, float]:
    """Return the roles a header cell may name, each with its score in (0, 1]."""
    scores: dict[Role, float] = {}
    readings = _readings(cell)
    sides = {*words.roles["in"], *words.roles["out"]}
    sided = any(factor == _INSIDE and term in sides for term, factor in readings)
    for role in ROLES:
        if sided and role in {"amount", "amount_original"}:
            continue
        terms = words.roles.get(role, [])
        best = 0.0
        for term, factor in readings:
            if term in terms:
                best = max(best, factor * (1 - 0.002 * terms.index(term)))
        if not best and readings:
            whole = readings[0][0]
            inside = [
                len(term)
                for term in terms
                if (len(term) > 3 or (len(term) > 1 and not term.isascii())) and term in whole
            ]
            if inside and max(inside) * 2 >= len(whole):
                best = _WITHIN * max(inside) / len(whole)
        if best:
            scores[role] = best
    return scores


def _flag_fit(cells: Sequence[str], words: Words) -> float:
    known = {*words.flags.in_, *words.flags.out, *words.flags.neutral}
    fit = sum(1 for cell in cells if normal(cell) in known or cell in known) / len(cells)
    moving = {normal(cell) for cell in cells} & {*words.flags.in_, *words.flags.out}
    if fit >= 0.95 and moving:
        return 1.15
    return 1.0 if fit >= 0.8 else 0.0


def _fit(role: Role, cells: Sequence[str | None], words: Words) -> float:
    """Return how well a column's cells suit `role`: 0 forbids it."""
    if role == "flag":
        flags = [found for cell in cells if (found := cell_text(cell))]
        return _flag_fit(flags, words) if flags else 0.0
    filled = [found for cell in cells if (found := cell_text(cell)) and found.strip("-/*")]
    if not filled:
        return 0.5 if role in _DATES | _MONEY | _CURRENCIES | _TIMES else 0.9
    return 1.0 if _suits(role, filled, words) else 0.0


def _suits(role: Role, filled: Sequence[str], words: Words) -> bool:
    if role in _DATES | _TIMES:
        shape = form_of(filled)
        return shape is not None and (shape.form is Form.TIME) == (role in _TIMES)
    if role in _MONEY:
        return sum(1 for cell in filled if _MONEY_CELL.fullmatch(cell)) >= 0.6 * len(filled)
    if role in _CURRENCIES:
        return sum(1 for cell in filled if words.currency(cell)) >= 0.6 * len(filled)
    if role in _NUMBERS:
        return sum(1 for cell in filled if _NUMBER_CELL.fullmatch(cell)) >= 0.5 * len(filled)
    return True


def assign(names: Sequence[str], sample: Sequence[Sequence[str | None]], words: Words) -> dict[Role, tuple[int, ...]]:
    """Return role → columns: the best-scoring pairs first, each column and each role once (memo: every column left)."""
    offers: list[tuple[float, int, int]] = []
    for column, name in enumerate(names, start=1):
        cells = [row[column - 1] if column <= len(row) else None for row in sample]
        for role, score in _meaning(name, words).items():
            weighed = score * _fit(role, cells, words) * (0.6 if role in _SECOND else 1.0)
            if weighed > 0:
                offers.append((-weighed, column, ROLES.index(role)))
    taken: dict[Role, tuple[int, ...]] = {}
    used: set[int] = set()
    for _, column, index in sorted(offers):
        role = ROLES[index]
        if column in used or (role in taken and role not in _MANY):
            continue
        taken[role] = (*taken.get(role, ()), column)
        used.add(column)
    return {role: tuple(sorted(columns)) for role, columns in taken.items()}


def is_statement(columns: Mapping[Role, tuple[int, ...]]) -> bool:
    """Return whether columns of these roles make a statement: a date, money that moved, and one thing more."""
    dated = any(role in columns for role in ("when", "posted"))
    moved = any(role in columns for role in ("amount", "in", "out"))
    more = sum(1 for role in columns if role not in {"when", "posted", "time", "posted_time", "amount", "line"})
    return dated and moved and more >= 1


def _score(columns: Mapping[Role, tuple[int, ...]], names: Sequence[str], words: Words) -> float:
    best = 0.0
    for role, found in columns.items():
        best += sum(_meaning(names[column - 1], words).get(role, 0.0) for column in found)
    return best


def _two_rows(upper: Sequence[str | None], lower: Sequence[str | None]) -> list[str]:
    """Return the names of a header of two rows: 交易金额 over 收入 and 支出 gives 交易金额(收入), 交易金额(支出)."""
    names: list[str] = []
    parent = ""
    for column in range(max(len(upper), len(lower))):
        above = cell_text(upper[column]) if column < len(upper) else ""
        below = cell_text(lower[column]) if column < len(lower) else ""
        parent = above or (parent if below else "")
        names.append(f"{parent}({below})" if parent and below and parent != below else below or above)
    return names


def _looks_like_data(row: Sequence[str | None]) -> bool:
    cells = [found for cell in row if (found := cell_text(cell))]
    return any(form_of([cell]) is not None and not cell.isalpha() for cell in cells)


def _repeats(row: Sequence[str | None], names: Sequence[str]) -> bool:
    """Return whether a row is the header again, as every printed page begins with it."""
    again = sum(1 for cell, name in zip(row, names, strict=False) if name and cell_text(cell) == name)
    return again >= 2 and again * 2 >= sum(1 for name in names if name)


def find_header(head: Sequence[Sequence[str | None]], words: Words) -> Header | None:
    """Return the best header among the rows of `head`, or null when none makes a statement."""
    known = {term for terms in words.roles.values() for term in terms}
    best: Header | None = None
    for index, row in enumerate(head):
        hits = sum(1 for cell in row if cell and any(term in known for term, _ in _readings(cell)))
        if hits < 2 or _looks_like_data(row):
            continue
        options = [([cell_text(cell) for cell in row], index + 1)]
        if index + 1 < len(head) and not _looks_like_data(head[index + 1]):
            options.append((_two_rows(row, head[index + 1]), index + 2))
        for names, last in options:
            sample = [row for row in head[last : last + SAMPLE_ROWS] if not _repeats(row, names)]
            columns = assign(names, sample, words)
            if not is_statement(columns):
                continue
            score = _score(columns, names, words)
            if best is None or score > best.score + 0.3:
                best = Header(
                    first_row=index + 1, last_row=last, names=tuple(names), columns=columns, score=round(score, 3)
                )
    return best


def named_header(names: Sequence[str], head: Sequence[Sequence[str | None]], words: Words) -> Header:
    """Return the header that `names` make over rows that have none of their own."""
    columns = assign(names, head[:SAMPLE_ROWS], words)
    return Header(first_row=0, last_row=0, names=tuple(names), columns=columns, score=_score(columns, names, words))


def header_of(grid: Grid, *, names: Sequence[str] | None, words: Words) -> Header | None:
    """Return the header of `grid`: the names of its relation, the hinted `names`, or the best row of its head."""
    if grid.names is not None:
        found = named_header(grid.names, grid.head, words)
        return found if is_statement(found.columns) else None
    found_row = find_header(grid.head, words)
    if found_row is None and names:
        return named_header(names, grid.head, words)
    return found_row


def bears_entries(head: Sequence[Sequence[str | None]]) -> bool:
    """Return whether rows without a header look like a statement's: most have a date and an amount with a decimal."""
    rows = [row for row in head[:SAMPLE_ROWS] if any(cell_text(cell) for cell in row)]
    if not rows or not _looks_like_data(rows[0]):
        return False
    width = max(len(row) for row in rows)
    columns = [[row[column] if column < len(row) else None for row in rows] for column in range(width)]
    shapes = [shape for cells in columns if (shape := form_of(cells))]
    loose = {Form.TIME, Form.SERIAL, Form.DAY}
    dated = any(shape.form not in loose and shape.hits >= 0.6 * len(rows) for shape in shapes)
    money = 0
    for cells in columns:
        filled = [found for cell in cells if (found := cell_text(cell))]
        hits = sum(1 for cell in filled if re.fullmatch(r"[-+]?[\d,]+\.\d{1,2}", cell))
        money += bool(filled) and hits >= 0.6 * len(filled)
    return dated and money > 0

"""Checks one typology against the dialect, the contracts and its own cases, and tells every fault."""

from collections.abc import Iterator, Mapping

from suyuan.domain.contract import Contract
from suyuan.domain.contract_arrow import sql_type
from suyuan.domain.errors import DataError
from suyuan.domain.say import say
from suyuan.engine.dialect import to_spark
from suyuan.engine.dialect_lint import lint
from suyuan.engine.dialect_reads import columns_read, tables_read
from suyuan.engine.duck import house_name
from suyuan.engine.text import filled, param_names
from suyuan.engine.twin import Twin
from suyuan.typology.case_rows import cell, repeated
from suyuan.typology.model import HEAD, Case, Cell, Typology
from suyuan.typology.shape import fits
from suyuan.typology.steps import evidence_sql, plan

_HEAD_TYPES = {
    "subject_id": {"text"},
    "score": {"double"},
    "amount_fen": {"bigint", "int"},
    "window_from_at": {"timestamp"},
    "window_to_at": {"timestamp"},
    "first_evidence_at": {"timestamp"},
}
_EVIDENCE_TYPES = {
    "subject_id": {"text"},
    "table_name": {"text"},
    "row_id": {"text"},
    "why": {"text"},
    "weight": {"double", "int", "bigint"},
}

Found = Iterator[tuple[str, str, Mapping[str, object]]]
"""Place, catalogue key, values."""


def check_reads(typology: Typology, contracts: Mapping[str, Contract]) -> Found:
    """Yield what is wrong with the tables and columns that are said to be read."""
    for table in sorted(typology.optional - set(typology.reads)):
        yield "optional", "typology.optional_unread", {"table": table}
    for table, columns in typology.reads.items():
        if table not in contracts:
            yield f"reads.{table}", "typology.no_such_table", {"table": table}
            continue
        for column in columns:
            if column not in contracts[table].columns:
                yield f"reads.{table}", "typology.no_such_column", {"table": table, "column": column}


def check_sql(typology: Typology, contracts: Mapping[str, Contract]) -> Found:
    """Yield what is wrong with the SQL, by itself and against what the YAML says of it."""
    refused = lint(typology.sql)
    for refusal in refused:
        yield say("typology.line", line=refusal.line), refusal.key, {"what": refusal.what}
    used = param_names(typology.sql)
    for name in sorted(used - typology.params.keys()):
        yield f":{name}", "typology.param_undeclared", {"param": name}
    for name in sorted(typology.params.keys() - used):
        yield f"params.{name}", "typology.param_unused", {"param": name}
    if refused or used - typology.params.keys():
        return
    try:
        yield from _reads_differ(typology, contracts)
    except DataError as fault:
        yield "", "typology.sql_wrong", {"why": _why(fault)}


def _reads_differ(typology: Typology, contracts: Mapping[str, Contract]) -> Found:
    """Yield tables and columns that the SQL reads and `reads` does not name, and the other way round."""
    sql = filled(typology.sql, {name: param.default for name, param in typology.params.items()}, step=typology.id)
    unknown = sorted(tables_read(sql) - contracts.keys())
    for table in unknown:
        yield f"reads.{table}", "typology.no_such_table", {"table": table}
    if unknown:
        return
    whole = {table: _columns(contracts[table]) for table in tables_read(sql)}
    told = {(table, column) for table, columns in typology.reads.items() for column in columns}
    read = {(table, column) for table, columns in columns_read(sql, tables=whole).items() for column in columns}
    for table, column in sorted(read - told):
        yield f"reads.{table}", "typology.read_undeclared", {"table": table, "column": column}
    for table, column in sorted(told - read):
        if table in contracts and column in contracts[table].columns:
            yield f"reads.{table}", "typology.read_unused", {"table": table, "column": column}


def _why(fault: DataError) -> object:
    """Return what a fault says, without the SQL that the reader has before him."""
    return fault.values.get("refusals") or fault.values.get("why") or str(fault)


def _columns(contract: Contract) -> dict[str, str]:
    return {name: sql_type(column).upper() for name, column in contract.columns.items()}


def bind(
    typology: Typology, contracts: Mapping[str, Contract], twin: Twin, *, portable: bool
) -> tuple[dict[str, str], list[tuple[str, str, Mapping[str, object]]]]:
    """Return the columns of the last select → house type, and what the engines say against the SQL.

    `twin` gets the tables that the typology reads, whole; with `portable` the SQL must also say the same on Spark.
    """
    for table in typology.reads:
        twin.put(table, _columns(contracts[table]))
    found: dict[str, str] = {}
    faults: list[tuple[str, str, Mapping[str, object]]] = []
    try:
        texts = (typology.sql, evidence_sql(typology.sql))
        for step, types, text in zip(plan(typology), (_HEAD_TYPES, _EVIDENCE_TYPES), texts, strict=True):
            sql = filled(text, step.params, step=step.name)
            bound = {name: house_name(told) for name, told in twin.bind(step=step.name, sql=sql).items()}
            faults += _columns_wrong(bound, types)
            if portable:
                to_spark(sql, tables=twin.tables)
            found = found or bound
    except DataError as fault:
        faults.append(("", "typology.sql_wrong", {"why": _why(fault)}))
    return found, faults


def _columns_wrong(bound: Mapping[str, str], wanted: Mapping[str, set[str]]) -> Found:
    if tuple(bound)[: len(wanted)] != tuple(wanted):
        yield "", "typology.head", {"wanted": ", ".join(wanted), "given": ", ".join(bound)}
        return
    for name, types in wanted.items():
        if bound[name] not in types and bound[name] != '"null"':
            yield name, "typology.head_type", {"column": name, "type": bound[name], "wanted": " / ".join(sorted(types))}


def check_cases(typology: Typology, contracts: Mapping[str, Contract]) -> Found:
    """Yield what is wrong with the cases, one by one and as a whole."""
    titles: set[str] = set()
    for case in typology.cases:
        if case.title in titles:
            yield case.title, "typology.case_twice", {}
        titles.add(case.title)
        yield from _case_wrong(case, typology, contracts)
    yield from _uncovered(typology)
    yield from _look_alikes(typology)


def _case_wrong(case: Case, typology: Typology, contracts: Mapping[str, Contract]) -> Found:
    if case.title.startswith("fires") != bool(case.expect):
        yield case.title, "typology.case_title", {}
    for name in [*case.covers, *case.params]:
        if name not in typology.params:
            yield case.title, "typology.case_param", {"param": name}
        elif name in case.params and not fits(case.params[name], typology.params[name].type):
            yield case.title, "typology.case_param_type", {"param": name, "type": typology.params[name].type}
    for table, rows in case.given.items():
        if table not in contracts:
            yield case.title, "typology.no_such_table", {"table": table}
            continue
        for row in rows:
            yield from _row_wrong(case, contracts[table], row)
    yield from _expect_wrong(case, typology)


def _expect_wrong(case: Case, typology: Typology) -> Found:
    known = {*HEAD, *typology.facts, "evidence_rows"}
    for row in case.expect:
        if "subject_id" not in row:
            yield case.title, "typology.expect_subject", {}
        for name in sorted(row.keys() - known):
            yield case.title, "typology.expect_unknown", {"column": name, "known": ", ".join(sorted(known))}


def _row_wrong(case: Case, contract: Contract, row: Mapping[str, Cell]) -> Found:
    for name, value in row.items():
        try:
            if name == "repeat":
                repeated({"repeat": value})
            elif name not in contract.columns:
                yield case.title, "typology.no_such_column", {"table": contract.table, "column": name}
            else:
                cell(value, contract.columns[name], 1)
        except ValueError as fault:
            values = {"table": contract.table, "column": name, "value": value, "why": str(fault)}
            yield case.title, "typology.bad_cell", values


def _uncovered(typology: Typology) -> Found:
    for param in typology.params.values():
        covering = [case for case in typology.cases if param.name in case.covers]
        if not any(case.expect for case in covering):
            yield f"params.{param.name}", "typology.no_firing_case", {"param": param.name}
        if param.role == "threshold" and all(case.expect for case in covering):
            yield f"params.{param.name}", "typology.no_silent_case", {"param": param.name}


def _look_alikes(typology: Typology) -> Found:
    told = [(entry.en, entry.zh) for entry in typology.looks_like]
    shown: set[tuple[str, str]] = set()
    for case in typology.cases:
        if case.like is None:
            continue
        meant = [both for both in told if any(text.startswith(case.like) for text in both)]
        if len(meant) != 1:
            yield case.title, "typology.like_whom", {"like": case.like, "count": len(meant)}
        elif not case.expect:
            shown.add(meant[0])
    for both in told:
        if both not in shown:
            yield "looks_like", "typology.no_look_alike_case", {"like": both[0]}

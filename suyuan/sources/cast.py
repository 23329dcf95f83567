"""Turns told values into the types of a contract, in SQL: what does not fit is named, never made null.

Each function returns text of DuckDB SQL; nothing here touches a database.
"""

from dataclasses import dataclass

from suyuan.domain.contract import Column
from suyuan.domain.contract_arrow import sql_type

BLANKS = " \t\r\n\u3000\u00a0"
"""Trimmed from both ends of a text before it is judged: blanks, tabs, line ends, the ideographic and no-break space."""

_ZONED = r"\d\d:\d\d\S*\s?(Z|[+-]\d\d(:?\d\d)?)$"
_WHOLE = r"[+-]?\d+(\.0*)?([eE]\+?\d+)?"
_INTEGERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER")
_FIRST_AT, _LAST_AT = "TIMESTAMP '1900-01-01'", "TIMESTAMP '2200-01-01'"

LEAST = {
    ("transfer", "amount_fen"): 1,
    ("entry", "amount_fen"): 0,
    ("loan", "principal_fen"): 0,
    ("loan", "received_fen"): 0,
}
"""The smallest value of a column where its meaning has one."""


@dataclass(frozen=True, kw_only=True)
class Typed:
    """`value` of the contract's type; where it is null, `given` says whether something was told that does not fit.

    `given` is null when nothing told can fail to fit. It may be dear: ask it of rows without a value only.
    """

    value: str
    given: str | None = None


def typed(told: str, *, told_type: str, column: Column) -> Typed:
    """Return how `told` (the name of a column of DuckDB type `told_type`) becomes a value of `column`."""
    wanted = sql_type(column).upper()
    if told_type == "VARCHAR":
        return _from_text(told, wanted, column)
    if told_type == wanted != "DOUBLE":
        return Typed(value=told)
    given: str | None = f"{told} IS NOT NULL"
    value = f"TRY_CAST({told} AS {wanted})"
    match wanted:
        case "VARCHAR" | "VARCHAR[]":
            text = f"CAST({told} AS VARCHAR)"
            value = text if wanted == "VARCHAR" else f"CASE WHEN {given} THEN [{text}] END"
            given = None
        case "TIMESTAMP" if told_type == "TIMESTAMP WITH TIME ZONE":
            value, given = f"CAST({told} AS TIMESTAMP) + INTERVAL 8 HOUR", None
        case "BIGINT" | "INTEGER" if told_type not in _INTEGERS:
            value = f"CASE WHEN CAST({value} AS {told_type}) = {told} THEN {value} END"
        case "DOUBLE":
            value = f"CASE WHEN isfinite({value}) THEN {value} END"
    return Typed(value=value, given=given)


def trimmed(told: str) -> str:
    """Return `told` (text) without blanks at its ends, null when nothing is left.

    Most texts begin and end in printable ASCII: looking at both ends first is 56 ns a row, a full trim 260.
    """
    padded = f"{told} < '!' OR {told} > '~' OR {told}[-1] NOT BETWEEN '!' AND '~'"
    return f"CASE WHEN {padded} THEN nullif(trim({told}, '{BLANKS}'), '') ELSE {told} END"


def _from_text(told: str, wanted: str, column: Column) -> Typed:
    """Read a text: what is nearly always there in its plain form first, anything else by the longer way."""
    bare = f"({trimmed(told)})"
    given: str | None = f"{bare} IS NOT NULL"
    value = f"TRY_CAST({bare} AS {wanted})"
    match wanted:
        case "VARCHAR":
            listed = f"CASE WHEN {told} IN ({_listed(column)}) THEN {told} ELSE {bare} END"
            value, given = listed if column.values else bare, None
        case "VARCHAR[]":
            value, given = f"CASE WHEN {given} THEN [{bare}] END", None
        case "TIMESTAMP":
            value = _timestamp(told, bare)
        case "BIGINT" | "INTEGER":
            plain = f"TRY_CAST({told} AS {wanted})"  # alone it would round 1.5, and read 0x10
            value = (
                f"CASE WHEN CAST({plain} AS VARCHAR) = {told} THEN {plain}"
                f" WHEN regexp_full_match({bare}, '{_WHOLE}') THEN {value} END"
            )
        case "DOUBLE":
            value = f"CASE WHEN isfinite({value}) THEN {value} END"
    return Typed(value=value, given=given)


def _timestamp(told: str, bare: str) -> str:
    """Return a wall-clock time as China Standard Time; one that names its zone is moved there."""
    moved = f"CAST(TRY_CAST({bare} AS TIMESTAMPTZ) AS TIMESTAMP) + INTERVAL 8 HOUR"
    other = f"WHEN regexp_matches({bare}, '{_ZONED}') THEN {moved} ELSE TRY_CAST({bare} AS TIMESTAMP) END"
    common = f"CASE WHEN {told}[17] = ':' THEN TRY_CAST({told} AS TIMESTAMP) {other}"  # 2024-01-02 03:04:05
    return f"CASE WHEN strlen({told}) = 19 THEN {common} {other}"


def _listed(column: Column) -> str:
    return ", ".join("'" + each.replace("'", "''") + "'" for each in column.values)


def breaches(value: str, *, table: str, column: Column) -> list[tuple[str, str]]:
    """Return (reason, predicate over `value`) for what `column` of `table` allows beyond its type.

    Reasons: `not_allowed` (an enumeration), `out_of_range` (shares in 0…1, times in 1900…2199, dates in 1800…9999,
    counts not negative, money as `LEAST` says). A null breaches nothing here.
    """
    found: list[tuple[str, str]] = []
    if column.values:
        found.append(("not_allowed", f"{value} NOT IN ({_listed(column)})"))
    if column.type == "timestamp":
        found.append(("out_of_range", f"({value} < {_FIRST_AT} OR {value} >= {_LAST_AT})"))
    if column.type == "date":
        found.append(("out_of_range", f"({value} < DATE '1800-01-01' OR {value} > DATE '9999-12-31')"))
    if column.unit == "share":
        found.append(("out_of_range", f"({value} < 0 OR {value} > 1)"))
    least = LEAST.get((table, column.name), 0 if column.unit in ("days", "seconds", "count") else None)
    if least is not None:
        found.append(("out_of_range", f"{value} < {least}"))
    return found

"""Turns told values into the types of a contract, in SQL: what does not fit is named, never made null.

Each function returns text of DuckDB SQL; nothing here touches a database.
"""

from dataclasses import dataclass

from suyuan.domain.contract import Column
from suyuan.domain.contract_arrow import sql_type

BLANKS = " \t\r\n　 "
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
    """`value` of the contract's type; when `fallible`, it is null for something told that does not fit."""

    value: str
    fallible: bool = False


def typed(told: str, *, told_type: str, column: Column) -> Typed:
    """Return how `told` (the name of a column of DuckDB type `told_type`; texts trimmed) becomes one of `column`."""
    wanted = sql_type(column).upper()
    match wanted:
        case _ if told_type == wanted:
            return Typed(value=told)
        case "VARCHAR":
            return Typed(value=f"CAST({told} AS VARCHAR)")
        case "VARCHAR[]":
            return Typed(value=f"CASE WHEN {told} IS NOT NULL THEN [CAST({told} AS VARCHAR)] END")
        case "TIMESTAMP":
            return _timestamp(told, told_type)
        case "BIGINT" | "INTEGER":
            return _integer(told, told_type, wanted)
        case _:
            return _other(told, wanted)


def trimmed(told: str) -> str:
    """Return `told` (text) without blanks at its ends, null when nothing is left.

    A full trim is six times as dear as looking at both ends first, which printable ASCII passes (measured on 4 M texts).
    """
    padded = f"{told} < '!' OR {told} > '~' OR {told}[-1] NOT BETWEEN '!' AND '~'"
    return f"CASE WHEN {padded} THEN nullif(trim({told}, '{BLANKS}'), '') ELSE {told} END"


def _fallible(value: str) -> Typed:
    return Typed(value=value, fallible=True)


def _timestamp(told: str, told_type: str) -> Typed:
    """Read a wall-clock time as China Standard Time; move one that names its zone there."""
    if told_type == "TIMESTAMP WITH TIME ZONE":
        return Typed(value=f"CAST({told} AS TIMESTAMP) + INTERVAL 8 HOUR")
    plain = f"TRY_CAST({told} AS TIMESTAMP)"
    if told_type != "VARCHAR":
        return _fallible(plain)
    moved = f"CAST(TRY_CAST({told} AS TIMESTAMPTZ) AS TIMESTAMP) + INTERVAL 8 HOUR"
    zoned = f"WHEN regexp_matches({told}, '{_ZONED}') THEN {moved} ELSE {plain} END"
    common = f"CASE WHEN {told}[17] = ':' THEN {plain} {zoned}"  # 2024-01-02 03:04:05, as nearly all are
    return _fallible(f"CASE WHEN strlen({told}) = 19 THEN {common} {zoned}")


def _integer(told: str, told_type: str, wanted: str) -> Typed:
    """Refuse what is no whole number: DuckDB alone would round it."""
    value = f"TRY_CAST({told} AS {wanted})"
    if told_type in _INTEGERS:
        return _fallible(value)
    if told_type != "VARCHAR":
        return _fallible(f"CASE WHEN CAST({value} AS {told_type}) = {told} THEN {value} END")
    printed = f"CASE WHEN CAST({value} AS VARCHAR) = {told} THEN {value}"
    return _fallible(f"{printed} WHEN regexp_full_match({told}, '{_WHOLE}') THEN {value} END")


def _other(told: str, wanted: str) -> Typed:
    value = f"TRY_CAST({told} AS {wanted})"
    if wanted == "DOUBLE":
        value = f"CASE WHEN isfinite({value}) THEN {value} END"
    return _fallible(value)


def breaches(value: str, *, table: str, column: Column) -> list[tuple[str, str]]:
    """Return (reason, predicate over `value`) for what `column` of `table` allows beyond its type.

    Reasons: `not_allowed` (an enumeration), `out_of_range` (shares in 0…1, times in 1900…2199, counts and days not
    negative, money as `LEAST` says). A null breaches nothing here.
    """
    found: list[tuple[str, str]] = []
    if column.values:
        listed = ", ".join("'" + each.replace("'", "''") + "'" for each in column.values)
        found.append(("not_allowed", f"{value} NOT IN ({listed})"))
    if column.type == "timestamp":
        found.append(("out_of_range", f"({value} < {_FIRST_AT} OR {value} >= {_LAST_AT})"))
    if column.type == "date":
        found.append(("out_of_range", f"NOT isfinite({value})"))
    if column.unit == "share":
        found.append(("out_of_range", f"({value} < 0 OR {value} > 1)"))
    least = LEAST.get((table, column.name), 0 if column.unit in ("days", "seconds", "count") else None)
    if least is not None:
        found.append(("out_of_range", f"{value} < {least}"))
    return found

"""The words an analyst may use in a mapping's expressions, and what each becomes in SQL.

A word is *fallible* in an argument when something told there may mean nothing (`fen('abc')`): the row is refused then.
Documented for people in `docs/mappings.md`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

_FEN = r"[+-]?\d{1,14}(\.\d{0,2}0*)?"  # 14 digits: times 100 still fits DECIMAL(18, 2)
_WHOLE = r"[+-]?\d{1,9}(\.0*)?"


@dataclass(frozen=True, kw_only=True)
class Macro:
    """One word: how many arguments it takes, what it becomes, which argument may have no meaning (None: none)."""

    least: int
    most: int
    sql: Callable[[Sequence[str]], str]
    fallible: int | None = None
    literals: tuple[int, ...] = ()  # arguments that must be quoted texts


def _fen(args: Sequence[str]) -> str:
    """Money of two decimals as text or number → whole 1/100; more digits than that are refused, never rounded."""
    told = f"CAST({args[0]} AS VARCHAR)"
    bare = f"regexp_replace({told}, '[,¥￥$]', '', 'g')"
    return (
        f"CASE WHEN regexp_full_match({told}, '{_FEN}') THEN {_hundredths(told)}"
        f" WHEN regexp_full_match({bare}, '{_FEN}') THEN {_hundredths(bare)} END"
    )


def _hundredths(text: str) -> str:
    return f"CAST(TRY_CAST({text} AS DECIMAL(18, 2)) * 100 AS BIGINT)"


def _cst(args: Sequence[str]) -> str:
    if len(args) == 1:
        return f"TRY_CAST({args[0]} AS TIMESTAMP)"
    return f"try_strptime(CAST({args[0]} AS VARCHAR), {args[1]})"


def _cst_day(args: Sequence[str]) -> str:
    return f"CAST({_cst(args)} AS DATE)"


def _utc(args: Sequence[str]) -> str:
    return f"{_cst(args)} + INTERVAL 8 HOUR"


def _day_plus(args: Sequence[str]) -> str:
    told = f"CAST({args[1]} AS VARCHAR)"
    return f"CASE WHEN regexp_full_match({told}, '{_WHOLE}') THEN TRY(DATE {args[0]} + TRY_CAST({told} AS INTEGER)) END"


def _pick(args: Sequence[str]) -> str:
    pairs = " ".join(f"WHEN {told} THEN {meant}" for told, meant in zip(args[1::2], args[2::2], strict=True))
    return f"CASE {args[0]} {pairs} END"


def _first_of(args: Sequence[str]) -> str:
    key = args[1].strip("'")
    listed = f"""json_extract_string({args[0]}, '$."{key}"[0]')"""
    bare = f"""json_extract_string({args[0]}, '$."{key}"')"""
    kind = f"""json_type({args[0]}, '$."{key}"')"""
    return f"TRY(CASE {kind} WHEN 'ARRAY' THEN {listed} ELSE {bare} END)"


def _nth_of(args: Sequence[str]) -> str:
    key = args[1].strip("'")
    return f"""TRY(json_extract_string({args[0]}, '$."{key}"[{int(args[2]) - 1}]'))"""


def _all_of(args: Sequence[str]) -> str:
    key = args[1].strip("'")
    return f"""TRY(nullif(array_to_string(json_extract_string({args[0]}, '$."{key}"[*]'), '; '), ''))"""


def _list_of(args: Sequence[str]) -> str:
    return f"string_split(CAST({args[0]} AS VARCHAR), {args[1]})"


MACROS = {
    "fen": Macro(least=1, most=1, sql=_fen, fallible=0),
    "cst": Macro(least=1, most=2, sql=_cst, fallible=0, literals=(1,)),
    "cst_day": Macro(least=1, most=2, sql=_cst_day, fallible=0, literals=(1,)),
    "utc": Macro(least=1, most=2, sql=_utc, fallible=0, literals=(1,)),
    "day_plus": Macro(least=2, most=2, sql=_day_plus, fallible=1, literals=(0,)),
    "pick": Macro(least=3, most=999, sql=_pick, fallible=0),
    "first_of": Macro(least=2, most=2, sql=_first_of, literals=(1,)),
    "nth_of": Macro(least=3, most=3, sql=_nth_of, literals=(1,)),
    "all_of": Macro(least=2, most=2, sql=_all_of, literals=(1,)),
    "list_of": Macro(least=2, most=2, sql=_list_of, literals=(1,)),
}

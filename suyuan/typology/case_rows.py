"""Turns the terse rows of a case into whole rows of contracted tables."""

import ast
import operator
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta

import pyarrow as pa

from suyuan.domain.contract import Column, Contract
from suyuan.domain.contract_arrow import ARROW_TYPES
from suyuan.domain.errors import DataError
from suyuan.typology.model import Cell

EARLY = datetime(2020, 1, 1)  # noqa: DTZ001 - house times carry no zone

_HOLE = re.compile(r"\{([^{}:]+)(?::(\d+))?\}")
_MOVE = re.compile(r"\s*([+-])\s*(-?\d+)\s+(second|minute|hour|day)s?")
_SUMS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
}


def _worked(node: ast.expr, i: int) -> int:
    match node:
        case ast.Constant(value=int() as value) if not isinstance(value, bool):
            return value
        case ast.Name(id="i"):
            return i
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_worked(operand, i)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _SUMS:
            return int(_SUMS[type(op)](_worked(left, i), _worked(right, i)))
    raise ValueError("use whole numbers, i, +, -, *, // and %")


def filled(text: str, i: int) -> str:
    """Return `text` with every `{…}` worked out for row `i`; `{i:03}` pads with zeros.

    Raises:
        ValueError: A hole holds anything but sums of whole numbers and `i`.

    Examples:
        >>> filled("P{(i-1)%3:02} of {i*10}", 5)
        'P01 of 50'
    """

    def fill(hole: re.Match[str]) -> str:
        try:
            number = _worked(ast.parse(hole[1].strip(), mode="eval").body, i)
        except (SyntaxError, ZeroDivisionError) as fault:
            raise ValueError(str(fault)) from fault
        return f"{number:0{int(hole[2])}d}" if hole[2] else str(number)

    return _HOLE.sub(fill, text)


def moment(text: str) -> datetime:
    """Return the time that `text` tells: ISO, then any number of `+ 3 days`, `- 20 minutes`.

    Raises:
        ValueError: It tells none.

    Examples:
        >>> moment("2024-03-05 23:00:00 + 2 hours - 1 day")
        datetime.datetime(2024, 3, 5, 1, 0)
    """
    first = _MOVE.search(text)
    at = datetime.fromisoformat((text[: first.start()] if first else text).strip())
    rest = text[first.start() :] if first else ""
    if at.tzinfo is not None:
        raise ValueError("house times carry no zone")
    for sign, number, unit in _MOVE.findall(rest):
        at += timedelta(**{f"{unit}s": int(number) * (-1 if sign == "-" else 1)})
    if _MOVE.sub("", rest).strip():
        raise ValueError(f"cannot read {_MOVE.sub('', rest).strip()!r}")
    return at


def _number(value: object, kind: type[int] | type[float]) -> int | float:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError("a number is wanted")  # noqa: TRY004 - the caller tells every fault alike
    if kind is int and isinstance(value, float) and not value.is_integer():
        raise ValueError("a whole number is wanted")
    return kind(value)


def _time(value: object, *, midnight: bool) -> datetime:
    match value:
        case str():
            at = moment(value)
        case datetime():
            at = value
        case date():
            at = datetime.combine(value, time())
        case _:
            raise ValueError("a date or time is wanted")
    if midnight and at.time() != time():
        raise ValueError("a date without time is wanted")
    return at


def cell(value: Cell, column: Column, i: int) -> Cell:
    """Return what `value` means in `column` for row `i`.

    Raises:
        ValueError: It does not fit the column.
    """
    if value is None:
        return None
    told: Cell | object = filled(value, i) if isinstance(value, str) else value
    meant: Cell
    match column.type:
        case "int" | "bigint":
            meant = int(_number(told, int))
        case "double":
            meant = float(_number(told, float))
        case "date":
            meant = _time(told, midnight=True).date()
        case "timestamp":
            meant = _time(told, midnight=False)
        case "boolean" if isinstance(told, bool):
            meant = told
        case "text" if isinstance(told, str):
            meant = told
        case "text[]" if isinstance(told, list):
            meant = [filled(each, i) for each in told]
        case _:
            raise ValueError(f"{column.type} is wanted")
    return meant


def default(column: Column, *, contract: Contract, n: int) -> Cell:
    """Return what a column left out holds in row `n` of its table: null where the contract allows it."""
    if not column.not_null:
        return None
    plain: dict[str, Cell] = {
        "int": 0,
        "bigint": 0,
        "double": 0.0,
        "boolean": False,
        "date": EARLY.date(),
        "timestamp": EARLY,
        "text[]": [],
    }
    if column.type != "text":
        return plain[column.type]
    if column.name == "row_id" or column.name in contract.key:
        return f"{contract.table}-{n}"
    told = {"currency": "CNY", "time_precision": "second", "source": "case"}
    return told.get(column.name) or (column.values[0] if column.values else "")


def repeated(row: Mapping[str, Cell]) -> int:
    """Return how often `row` is written.

    Raises:
        ValueError: `repeat` is no whole number above zero.
    """
    times = row.get("repeat", 1)
    if not isinstance(times, int) or isinstance(times, bool) or times < 1:
        raise ValueError("a whole number above zero is wanted")
    return times


def _spread(rows: Sequence[Mapping[str, Cell]]) -> Iterator[tuple[Mapping[str, Cell], int]]:
    for row in rows:
        for i in range(1, repeated(row) + 1):
            yield row, i


def table_of(rows: Sequence[Mapping[str, Cell]], contract: Contract) -> pa.Table:
    """Return `rows` as a whole table of `contract`, every column there, repeats written out.

    Raises:
        DataError: A value does not fit its column, which is named.
    """
    columns: dict[str, list[Cell]] = {name: [] for name in contract.columns}
    for n, (row, i) in enumerate(_spread(rows), start=1):
        for name, column in contract.columns.items():
            try:
                value = cell(row[name], column, i) if name in row else default(column, contract=contract, n=n)
            except ValueError as fault:
                told = str(row[name])
                raise DataError(
                    "typology.bad_cell", table=contract.table, column=name, value=told, why=str(fault)
                ) from fault
            columns[name].append(value)
    arrays = {name: pa.array(values, ARROW_TYPES[contract.columns[name].type]) for name, values in columns.items()}
    return pa.table(arrays)

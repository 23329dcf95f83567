"""Writes columns of the world as institutions write them: dates, amounts, codes, numbers of customers and rows."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from suyuan.domain.contract import Column
from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import TOKENS, is_of, row_of
from suyuan.world.frame.tokens import write
from suyuan.world.frame.world import World
from suyuan.world.institutions.houses import Institution
from suyuan.world.institutions.keys import customer_no, row_no
from suyuan.world.institutions.layouts import Layout, codes

DAYS: Mapping[str, tuple[str, ...]] = {
    "dash": ("-", "-", ""),
    "slash": ("/", "/", ""),
    "bare": ("", "", ""),
    "han": ("年", "月", "日"),
}
"""Way of writing a day → what stands behind year, month and day."""
MOMENTS: Mapping[str, tuple[str, str, str]] = {
    "dash": ("-", " ", ":"), "slash": ("/", " ", ":"), "iso": ("-", "T", ":"), "bare": ("", "", ""),
}  # fmt: skip
"""Way of writing a time → what stands between the parts of the day, before the hour, between the parts of the time."""
LIST = ";"
_TWO = pa.array([f"{n:02d}" for n in range(100)])
_THREE = pa.array([f"{n:03d}" for n in range(1000)])
_NATURAL = {"person": "id_number", "company": "credit_code", "app": "package"}


def told(world: World, institution: Institution, layout: Layout, column: Column, values: Any) -> pa.Array:
    """Return `values` of `column` (as the world keeps them) as texts in the ways of `layout`; null stays null.

    Raises:
        ValueError: A value is none that the contract lists.
    """
    if column.refs:
        tables = tuple(ref.split(".")[0] for ref in column.refs)
        return reference(world, institution, np.asarray(pc.fill_null(values, -1).to_numpy(), np.int64), tables)
    if column.name in TOKENS:
        kind = "imei" if column.name == "device" and column.label.en.endswith("(IMEI)") else column.name
        return write(kind, np.asarray(pc.fill_null(values, -1).to_numpy(), np.int64), world.options.seed)
    if column.values:
        return _coded(layout, column, values)
    if column.unit == "fen":
        return money(values, layout.money)
    return _WAYS[column.type](values, layout)


def reference(world: World, institution: Institution, ids: Ints, tables: Sequence[str]) -> pa.Array:
    """Return what `institution` calls the things `ids`, rows of one of `tables`; nobody is null.

    People, firms and apps go by its own or their natural numbers, accounts by theirs, rows by one for everybody.
    """
    found = pa.nulls(len(ids), pa.string())
    for table in tables:
        mine = is_of(ids, table)
        if mine.all():
            return _referred(world, institution, table, ids)
        if not mine.any():
            continue
        own = _referred(world, institution, table, ids[mine])
        places = np.full(len(ids), -1, np.int64)
        places[mine] = np.arange(int(mine.sum()))
        found = pc.coalesce(found, own.take(pa.array(places, mask=~mine)))
    return found


def money(values: Any, way: str) -> pa.Array:
    """Return fen as text: `plain` 1234.50, `grouped` 1,234.50, `fen` 123450."""
    if way == "fen":
        return values.cast(pa.string())
    size = pc.abs(values)
    yuan = pc.divide(size, 100)
    cents = _TWO.take(pc.subtract(size, pc.multiply(yuan, 100)))
    whole = _grouped(yuan) if way == "grouped" else yuan.cast(pa.string())
    bare = pc.binary_join_element_wise(whole, cents, ".")
    return pc.if_else(pc.less(values, 0), pc.binary_join_element_wise("-", bare, ""), bare)


def day(values: Any, way: str) -> pa.Array:
    """Return days as text, by `DAYS`."""
    first, second, last = DAYS[way]
    text = values.cast(pa.string())
    if (first, second, last) == ("-", "-", ""):
        return text
    return pc.binary_join_element_wise(_cut(text, 0, 4), first, _cut(text, 5, 7), second, _cut(text, 8, 10), last, "")


def moment(values: Any, way: str) -> pa.Array:
    """Return times as text, by `MOMENTS`."""
    text = values.cast(pa.timestamp("s")).cast(pa.string())
    between, before, inside = MOMENTS[way]
    if (between, before, inside) == ("-", " ", ":"):
        return text
    parts = [_cut(text, at, end) for at, end in ((0, 4), (5, 7), (8, 10), (11, 13), (14, 16), (17, 19))]
    marks = (between, between, before, inside, inside)
    return pc.binary_join_element_wise(
        parts[0], *(each for pair in zip(marks, parts[1:], strict=True) for each in pair), ""
    )


def _referred(world: World, institution: Institution, table: str, ids: Ints) -> pa.Array:
    if table == "account":
        return _natural(world, table, "number", ids)
    if table not in _NATURAL:
        return row_no(world, table, ids)
    own = customer_no(world, institution.name, ids)
    if institution.own_numbers:
        return own
    return pc.coalesce(_natural(world, table, _NATURAL[table], ids), own)


def _natural(world: World, table: str, column: str, ids: Ints) -> pa.Array:
    found = world.tables.table(table)
    if column not in found.column_names:
        return pa.nulls(len(ids), pa.string())
    return found[column].combine_chunks().cast(pa.string()).take(pa.array(row_of(ids)))


def _coded(layout: Layout, column: Column, values: Any) -> pa.Array:
    meant = codes(layout, column)
    places = pc.index_in(values.cast(pa.string()), value_set=pa.array(list(meant)))
    if places.null_count != values.null_count:
        wrong = pc.unique(values.filter(pc.and_(pc.is_null(places), pc.is_valid(values)))).to_pylist()
        raise ValueError(f"{layout.table}.{column.name}: {wrong}")
    return pa.array(list(meant.values())).take(places)


def _grouped(yuan: Any) -> pa.Array:
    thousands, millions = pc.divide(yuan, 1000), pc.divide(yuan, 1_000_000)
    ones = _THREE.take(pc.subtract(yuan, pc.multiply(thousands, 1000)))
    middle = pc.subtract(thousands, pc.multiply(millions, 1000))
    short = pc.binary_join_element_wise(thousands.cast(pa.string()), ones, ",")
    long = pc.binary_join_element_wise(millions.cast(pa.string()), _THREE.take(middle), ones, ",")
    small = pc.if_else(pc.less(yuan, 1000), yuan.cast(pa.string()), short)
    return pc.if_else(pc.less(yuan, 1_000_000), small, long)


def _cut(texts: Any, start: int, stop: int) -> pa.Array:
    return pc.binary_slice(texts.cast(pa.binary()), start, stop).cast(pa.string())


def _listed(values: Any, _layout: Layout) -> pa.Array:
    return pc.binary_join(values, LIST) if pa.types.is_list(values.type) else values.cast(pa.string())


def _truth(values: Any, layout: Layout) -> pa.Array:
    return pc.if_else(values.cast(pa.bool_()), *layout.truth)


def _text(values: Any, _layout: Layout) -> pa.Array:
    return values.cast(pa.string())


_WAYS: Mapping[str, Callable[[Any, Layout], pa.Array]] = {
    "text": _text,
    "int": _text,
    "bigint": _text,
    "double": _text,
    "boolean": _truth,
    "date": lambda values, layout: day(values, layout.day),
    "timestamp": lambda values, layout: moment(values, layout.moment),
    "text[]": _listed,
}

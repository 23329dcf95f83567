"""What one row tells when it is judged alone: amounts and their last digits, hour, weekday, words, shapes of ids."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from suyuan.domain.contract import Column, contracts
from suyuan.world.frame.figures import figures
from suyuan.world.frame.tables import Tables, numbers, row_of, table_of

FEW = 300
"""A text of fewer different values is a word of a vocabulary; of more, only its shape is looked at."""

NUMBERS = frozenset({"account_no", "phone", "id_number", "name", "email", "device", "key"})
"""Masks of columns that name somebody or something: only their shape is looked at."""

Features = dict[str, NDArray[np.float64]]


def settings() -> Mapping[str, Any]:
    """Return `world/data/describe.yml`."""
    return figures("describe")


def modus() -> Mapping[str, list[str]]:
    """Return the columns that are the crime itself, by table (`world/data/modus.yml`)."""
    return figures("modus")


def features(tables: Tables, table: str, rows: NDArray[np.int64]) -> Features:
    """Return what each of `rows` of `table` tells alone, one column of numbers a feature; NaN where it is null.

    The columns are those of `world/data/describe.yml`; for a table it does not name, all but the key and those that are
    the crime (`modus`).
    """
    contract, found = contracts()[table], tables.table(table)
    told: Features = {}
    for name in _columns(table):
        if name not in found.column_names:
            continue
        values = found[name].take(pa.array(rows)).combine_chunks()
        for kind, numbers_of in _told(tables, values, contract.columns.get(name)):
            told[f"{name}.{kind}"] = numbers_of
    return told


def _columns(table: str) -> list[str]:
    named = settings()["columns"].get(table)
    if named:
        return list(named)
    contract = contracts()[table]
    left_out = {*contract.key, *modus().get(table, ())}
    return [name for name in contract.columns if name not in left_out]


def _told(tables: Tables, values: pa.Array, column: Column | None) -> Iterator[tuple[str, NDArray[np.float64]]]:
    kind = values.type
    if column is not None and (column.refs or (column.type == "text" and pa.types.is_integer(kind))):
        yield from _reference(tables, values, points=bool(column.refs))
    elif pa.types.is_timestamp(kind):
        seconds = _numbers(values.cast(pa.int64()))
        yield "hour", seconds // 3600 % 24
        yield "weekday", (seconds // 86_400 + 3) % 7
    elif pa.types.is_date(kind):
        yield "weekday", (_numbers(values.cast(pa.int32())) + 3) % 7
    elif pa.types.is_integer(kind):
        whole = _numbers(values)
        yield "value", whole
        for digits in (100, 1_000, 10_000):
            yield f"last_{digits}", whole % digits
    elif pa.types.is_floating(kind) or pa.types.is_boolean(kind):
        yield "value", _numbers(values.cast(pa.float64()))
    elif pa.types.is_list(kind):
        yield "length", _numbers(pc.list_value_length(values))
    elif column is not None and column.mask in NUMBERS:
        yield from _shape(values)
    else:
        yield from _text(values)


def _reference(tables: Tables, values: pa.Array, *, points: bool) -> Iterator[tuple[str, NDArray[np.float64]]]:
    ids = np.asarray(values.fill_null(-1).to_numpy(zero_copy_only=False), np.int64)
    if not points:
        yield "told", (ids >= 0).astype(np.float64)
        return
    yield "kind", np.where(ids >= 0, table_of(ids), -1).astype(np.float64)
    accounts = np.asarray((ids >= 0) & (table_of(ids) == numbers()["account"]))
    if accounts.any():
        own = pa.array(np.where(accounts, row_of(ids), 0), mask=~accounts)
        for what, told in _shape(tables.table("account")["number"].take(own).combine_chunks()):
            yield f"number.{what}", told


def _text(values: pa.Array) -> Iterator[tuple[str, NDArray[np.float64]]]:
    coded = _plain(values).dictionary_encode()
    if len(coded.dictionary) <= FEW:
        yield "word", _numbers(coded.indices)
    else:
        yield from _shape(values)


def _shape(values: pa.Array) -> Iterator[tuple[str, NDArray[np.float64]]]:
    plain = _plain(values)
    yield "length", _numbers(pc.utf8_length(plain))
    yield "digits", _numbers(pc.utf8_length(pc.replace_substring_regex(plain, r"[^0-9]", "")))


def _plain(values: pa.Array) -> pa.Array:
    return values.cast(pa.string()) if pa.types.is_dictionary(values.type) else values


def _numbers(values: pa.Array) -> NDArray[np.float64]:
    return np.asarray(values.cast(pa.float64()).fill_null(float("nan")).to_numpy(zero_copy_only=False))

"""The tables of a world while it is made: the columns of the contracts, with whole numbers for who and what.

Every row of every table has an id, `(number of the table << 40) + row`, and a column that refers to something holds
such an id (-1: nobody). Institutions turn ids into their own customer numbers when they write their files. Beside the
contract's columns a table may carry private ones (a name that begins with `_`): what the simulation must remember and
no institution hands over. Three private columns stand in every table: `_ring` (index, -1), `_step`, `_scenario`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa

from suyuan.domain.contract import Column, contracts
from suyuan.domain.contract_arrow import ARROW_TYPES
from suyuan.world.frame.dice import Ints

SHIFT = 40
NOBODY = -1
TOKENS = frozenset(
    {
        *("device", "opened_device", "sender_device", "caller_device", "answer_device", "terminal", "gateway"),
        *("caller_sim", "complainant_sim", "caller_cell", "answer_cell", "ip", "mac", "imei", "imsi"),
    }
)
"""Text columns kept as numbers while the world is made; `frame.tokens.write` makes texts of them (-1: null)."""


@dataclass(frozen=True, kw_only=True)
class Why:
    """Whose row this is: of ring `ring` at `step`, of the honest `scenario`, or of the background (neither)."""

    ring: int = -1
    step: str = ""
    scenario: str = ""


HONEST = Why()


@cache
def numbers() -> Mapping[str, int]:
    """Return the number of every table that holds sources, from 1, in the order of their names."""
    return {name: n for n, name in enumerate(sorted(t for t, c in contracts().items() if not c.is_output), start=1)}


def first_id(table: str) -> int:
    """Return the id of row 0 of `table`."""
    return numbers()[table] << SHIFT


def row_of(ids: Ints) -> Ints:
    """Return the row numbers behind `ids` of one table."""
    return ids & ((1 << SHIFT) - 1)


def table_of(ids: Ints) -> Ints:
    """Return the numbers of the tables behind `ids`."""
    return ids >> SHIFT


def is_of(ids: Ints, table: str) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Return which of `ids` are rows of `table`."""
    return np.asarray(table_of(ids) == numbers()[table])


def stored(column: Column) -> pa.DataType:
    """Return how `column` is kept while the world is made: ids and tokens are whole numbers, times are seconds."""
    if column.refs or column.name in TOKENS:
        return pa.int64()
    if column.type == "timestamp":
        return pa.timestamp("s")
    return ARROW_TYPES[column.type]


@dataclass
class Tables:
    """Every table of a world. Rows are added, never changed; `put` lays a whole column anew."""

    _chunks: dict[str, list[pa.Table]] = field(default_factory=dict)
    _rows: dict[str, int] = field(default_factory=dict)

    def add(self, table: str, why: Why = HONEST, n: int | None = None, **columns: Any) -> Ints:
        """Add rows and return their ids.

        Columns are arrays (NumPy, Arrow, lists) of one length, or single values that stand in every row; `n` is needed
        when none is an array. Times are `datetime64[s]` or seconds, days `datetime64[D]`, both China Standard Time.
        The key is the id and is not told. A contract's column that is not told is null.

        Raises:
            ValueError: A column is neither the contract's nor private, or the lengths differ.
        """
        contract = contracts()[table]
        lengths = {len(each) for each in columns.values() if _many(each)}
        rows = n if n is not None else next(iter(lengths), 1)
        if lengths - {rows}:
            raise ValueError(f"{table}: columns of {sorted(lengths)} and {rows} rows")
        unknown = [name for name in columns if not name.startswith("_") and name not in contract.columns]
        if unknown or contract.key[0] in columns:
            raise ValueError(f"{table}: {unknown or contract.key[0]} cannot be told")
        first = self._rows.get(table, 0)
        labels = {"_ring": why.ring, "_step": why.step, "_scenario": why.scenario}
        laid = {
            name: _lay(value, rows, stored(contract.columns[name]) if name in contract.columns else None)
            for name, value in {**columns, **labels}.items()
        }
        self._chunks.setdefault(table, []).append(pa.table(laid))
        self._rows[table] = first + rows
        return first_id(table) + np.arange(first, first + rows, dtype=np.int64)

    def rows(self, table: str) -> int:
        """Return how many rows `table` has."""
        return self._rows.get(table, 0)

    def counts(self) -> dict[str, int]:
        """Return how many rows every table has that has any, by name."""
        return dict(sorted(self._rows.items()))

    def table(self, table: str) -> pa.Table:
        """Return all rows of `table` with every column that was ever told, in the order of their ids."""
        chunks = self._chunks.get(table)
        if not chunks:
            empty = {"_ring": pa.int64(), "_step": pa.string(), "_scenario": pa.string()}
            return pa.table({name: pa.array([], kind) for name, kind in empty.items()})
        if len(chunks) > 1:
            chunks[:] = [pa.concat_tables(_alike(chunks), promote_options="permissive").combine_chunks()]
        return chunks[0]

    def column(self, table: str, name: str) -> np.ndarray[Any, Any]:
        """Return one column as a NumPy array; ids and whole numbers without a value are -1, texts None.

        A column that was never told holds no times where it is one of times, -1 elsewhere.
        """
        found = self.table(table)
        if name not in found.column_names:
            column = contracts()[table].columns.get(name)
            return _absent(None if column is None else stored(column), found.num_rows)
        values = found[name]
        if pa.types.is_integer(values.type) and values.null_count:
            values = values.fill_null(NOBODY)
        return np.asarray(values.to_numpy())

    def of(self, ids: Ints, name: str) -> np.ndarray[Any, Any]:
        """Return the column `name` at the rows `ids`, all of one table."""
        table = next(t for t, n in numbers().items() if n == int(ids[0]) >> SHIFT) if len(ids) else "person"
        return np.asarray(self.column(table, name)[row_of(ids)])

    def put(self, table: str, name: str, values: Any) -> None:
        """Lay the column `name` anew for all rows of `table`."""
        found = self.table(table)
        contract = contracts()[table]
        told = _lay(values, found.num_rows, stored(contract.columns[name]) if name in contract.columns else None)
        if name in found.column_names:
            self._chunks[table] = [found.set_column(found.column_names.index(name), name, told)]
        else:
            self._chunks[table] = [found.append_column(name, told)]


def words(codes: Ints, vocabulary: list[str]) -> pa.DictionaryArray:
    """Return texts told by their place in `vocabulary`: what long tables keep their memos and channels as."""
    return pa.DictionaryArray.from_arrays(pa.array(codes.astype(np.int32)), pa.array(vocabulary, pa.string()))


def _many(value: Any) -> bool:
    return isinstance(value, (np.ndarray, pa.Array, pa.ChunkedArray, list, tuple))


def _absent(kind: pa.DataType | None, rows: int) -> np.ndarray[Any, Any]:
    if kind is not None and pa.types.is_temporal(kind):
        return np.full(rows, np.datetime64("NaT"), "datetime64[D]" if pa.types.is_date(kind) else "datetime64[s]")
    return np.full(rows, NOBODY, np.int64)


def _lay(value: Any, rows: int, kind: pa.DataType | None) -> pa.Array:
    if not rows and kind is not None:
        return pa.array([], kind)
    if not _many(value):
        if isinstance(value, str):
            return words(np.zeros(rows, np.int64), [value])
        return pa.array(np.full(rows, value), kind) if kind is None or value is not None else pa.nulls(rows, kind)
    if isinstance(value, pa.ChunkedArray):
        value = value.combine_chunks()
    if isinstance(value, pa.DictionaryArray):
        return value
    laid = value if isinstance(value, pa.Array) else pa.array(value)
    return laid if kind is None or laid.type == kind else laid.cast(kind)


def _alike(chunks: list[pa.Table]) -> list[pa.Table]:
    """Return `chunks` so that a text column is a dictionary in all of them or in none."""
    coded = {f.name for c in chunks for f in c.schema if pa.types.is_dictionary(f.type)}
    plain = {f.name for c in chunks for f in c.schema if pa.types.is_string(f.type)}
    mixed = coded & plain
    return [_decoded(chunk, mixed) for chunk in chunks]


def _decoded(chunk: pa.Table, names: set[str]) -> pa.Table:
    for place, name in enumerate(chunk.column_names):
        if name in names and pa.types.is_dictionary(chunk.schema.field(place).type):
            chunk = chunk.set_column(place, name, chunk[name].cast(pa.string()))
    return chunk

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
from suyuan.world.frame.memory import give_back

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


@cache
def _names() -> Mapping[int, str]:
    return {n: name for name, n in numbers().items()}


def named(ids: Ints) -> str:
    """Return the table of which `ids`, at least one, are rows."""
    return _names()[int(ids[0]) >> SHIFT]


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
    _read: dict[tuple[str, str], "_Read"] = field(default_factory=dict)

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
        """Return all rows of `table` with every column that was ever told, in the order of their ids, in few pieces."""
        chunks = self._few(table)
        if not chunks:
            empty = {"_ring": pa.int64(), "_step": pa.string(), "_scenario": pa.string()}
            return pa.table({name: pa.array([], kind) for name, kind in empty.items()})
        if len(chunks) == 1:
            return chunks[0]
        self._chunks[table] = _alike(chunks)
        return pa.concat_tables(self._chunks[table], promote_options="permissive")

    def settle(self) -> None:
        """Lay every table in one piece, column by column so that little is held twice: for when rows come no more."""
        for table in self._chunks:
            if len(self._chunks[table]) > 1:
                columns = dict(zip(self.table(table).column_names, self.table(table).columns, strict=True))
                self._read = {key: read for key, read in self._read.items() if key[0] != table}
                self._chunks[table] = []
                whole = {name: columns.pop(name).combine_chunks() for name in tuple(columns)}
                self._chunks[table] = [pa.table(whole)]
        give_back()

    def column(self, table: str, name: str) -> np.ndarray[Any, Any]:
        """Return one column as a NumPy array, not to be written to; whole numbers without a value are -1, texts None.

        A column that was never told holds no times where it is one of times, -1 elsewhere. What was read is kept, and
        only rows that came since are read anew; of texts few rows of a long table, `taken` costs less.
        """
        rows, kept = self.rows(table), self._read.get((table, name))
        if kept is not None and kept.rows == rows:
            return kept.values[:rows]
        chunks = self._chunks.get(table, [])
        if len(chunks) == 1 and name in chunks[0].column_names:
            if _seen_in_place(chunks[0][name]):
                return _numbers(chunks[0][name])
        elif not any(name in chunk.column_names for chunk in chunks):
            column = contracts()[table].columns.get(name)
            return _absent(None if column is None else stored(column), rows)
        found = kept.more(chunks, name, rows) if kept is not None else None
        self._read[table, name] = found or _Read.of(self.table(table)[name])
        return self._read[table, name].values[:rows]

    def taken(self, table: str, name: str, rows: Ints) -> pa.Array:
        """Return the column `name` at row numbers `rows`, as Arrow keeps it but with texts in full."""
        chunks = self._few(table)
        ends = np.cumsum([chunk.num_rows for chunk in chunks], dtype=np.int64)
        if not len(rows):
            kinds = [_plain(chunk.schema.field(name).type) for chunk in chunks if name in chunk.column_names]
            return pa.array([], kinds[0] if kinds else None)
        if len(chunks) == 1 or int(np.max(rows)) < ends[0]:
            return _told(chunks[0], name, rows)
        inside = np.searchsorted(ends, rows, side="right")
        places = [np.flatnonzero(inside == number) for number in range(len(chunks))]
        parts = [
            _told(chunk, name, rows[mine] - (end - chunk.num_rows))
            for chunk, mine, end in zip(chunks, places, ends.tolist(), strict=True)
            if len(mine)
        ]
        back = np.empty(len(rows), np.int64)
        back[np.concatenate(places)] = np.arange(len(rows))
        kinds = [part.type for part in parts if not pa.types.is_null(part.type)]
        return pa.concat_arrays([part.cast(kinds[0]) if kinds else part for part in parts]).take(pa.array(back))

    def _few(self, table: str) -> list[pa.Table]:
        """Return the rows of `table` in few pieces: those about as long as the ones behind them are joined."""
        groups: list[list[pa.Table]] = []
        for chunk in self._chunks.get(table, []):
            groups.append([chunk])
            while len(groups) > 1 and _rows(groups[-2]) < 2 * _rows(groups[-1]):
                groups[-2:] = [groups[-2] + groups[-1]]
        if groups:
            self._chunks[table] = [_joined(group) for group in groups]
        return self._chunks.get(table, [])

    def of(self, ids: Ints, name: str) -> np.ndarray[Any, Any]:
        """Return the column `name` at the rows `ids`, all of one table."""
        if not len(ids):
            return np.asarray(self.column("person", name)[ids])
        table = named(ids)
        if any(_is_text(chunk, name) for chunk in self._chunks.get(table, [])):
            return np.asarray(self.taken(table, name, row_of(ids)).to_numpy(zero_copy_only=False))
        return np.asarray(self.column(table, name)[row_of(ids)])

    def put(self, table: str, name: str, values: Any) -> None:
        """Lay the column `name` anew for all rows of `table`."""
        contract, chunks, first = contracts()[table], self._few(table), 0
        kind = stored(contract.columns[name]) if name in contract.columns else None
        told = _lay(values, self.rows(table), kind)
        for place, chunk in enumerate(chunks):
            own = told.slice(first, chunk.num_rows)
            at = chunk.schema.get_field_index(name)
            chunks[place] = chunk.append_column(name, own) if at < 0 else chunk.set_column(at, name, own)
            first += chunk.num_rows
        self._read.pop((table, name), None)


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


@dataclass(kw_only=True)
class _Read:
    """A column as it was read: the first `rows` of `values`, behind which there is room."""

    values: np.ndarray[Any, Any]
    rows: int

    @classmethod
    def of(cls, column: pa.ChunkedArray) -> "_Read":
        values = _numbers(column)
        values.flags.writeable = False
        return cls(values=values, rows=len(values))

    def more(self, chunks: list[pa.Table], name: str, rows: int) -> "_Read | None":
        """Return this column up to `rows`, the last ones from `chunks`; None when they are of another kind."""
        news, first = [], rows
        for chunk in reversed(chunks):
            if first <= self.rows:
                break
            first -= chunk.num_rows
            piece = chunk.slice(max(self.rows - first, 0))
            news.append(_numbers(piece[name]) if name in piece.column_names else _lacking(self.values, piece.num_rows))
        if any(piece.dtype != self.values.dtype for piece in news):
            return None
        values = self.values
        if rows > len(values):
            values = np.empty(rows + rows // 8, self.values.dtype)
            values[: self.rows] = self.values[: self.rows]
        values.flags.writeable = True
        values[self.rows : rows] = np.concatenate(news[::-1])
        values.flags.writeable = False
        return _Read(values=values, rows=rows)


def _lacking(like: np.ndarray[Any, Any], rows: int) -> np.ndarray[Any, Any]:
    """Return `rows` values of nothing; of another kind than `like` where that knows none."""
    nothing: Any = {"i": NOBODY, "M": np.datetime64("NaT"), "O": None}.get(like.dtype.kind)
    return np.full(rows, nothing, like.dtype if nothing is not None else object)


def _numbers(column: pa.ChunkedArray) -> np.ndarray[Any, Any]:
    if pa.types.is_integer(column.type) and column.null_count:
        column = column.fill_null(NOBODY)
    if pa.types.is_dictionary(column.type) and column.null_count:
        column = column.cast(column.type.value_type)
    whole = column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
    return np.asarray(whole.to_numpy(zero_copy_only=False))


def _seen_in_place(column: pa.ChunkedArray) -> bool:
    plain = pa.types.is_integer(column.type) or pa.types.is_timestamp(column.type)
    return plain and column.num_chunks == 1 and not column.null_count


def _is_text(chunk: pa.Table, name: str) -> bool:
    return name in chunk.column_names and pa.types.is_string(_plain(chunk.schema.field(name).type))


def _plain(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def _told(chunk: pa.Table, name: str, rows: Ints) -> pa.Array:
    if name not in chunk.column_names:
        return pa.nulls(len(rows))
    found = chunk[name].combine_chunks().take(pa.array(rows))
    return found.cast(_plain(found.type))


def _rows(chunks: list[pa.Table]) -> int:
    return sum(chunk.num_rows for chunk in chunks)


def _joined(chunks: list[pa.Table]) -> pa.Table:
    if len(chunks) == 1:
        return chunks[0]
    return pa.concat_tables(_alike(chunks), promote_options="permissive").combine_chunks()


def _alike(chunks: list[pa.Table]) -> list[pa.Table]:
    """Return `chunks` so that a text column is a dictionary in all of them or in none; no rows go with either."""
    coded = {f.name for c in chunks for f in c.schema if pa.types.is_dictionary(f.type)}
    plain = {f.name for c in chunks for f in c.schema if c.num_rows and pa.types.is_string(f.type)}
    kinds = {name: pa.string() if name in plain else pa.dictionary(pa.int32(), pa.string()) for name in coded}
    return [_of_kinds(chunk, kinds) for chunk in chunks]


def _of_kinds(chunk: pa.Table, kinds: Mapping[str, pa.DataType]) -> pa.Table:
    for place, held in enumerate(chunk.schema):
        wanted = kinds.get(held.name, held.type)
        if held.type != wanted and pa.types.is_dictionary(held.type):
            chunk = chunk.set_column(place, held.name, chunk[held.name].cast(wanted))
        elif held.type != wanted and not chunk.num_rows:
            chunk = chunk.set_column(place, held.name, pa.array([], wanted))
    return chunk

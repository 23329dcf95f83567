"""What the institutions leave behind when they have written their files: whose record and whose row each line is."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from suyuan.world.frame.dice import Ints

RECORDS = pa.schema(
    [
        ("source", pa.string()),
        ("table_name", pa.string()),
        ("source_key", pa.string()),
        ("kind", pa.string()),
        ("truth_id", pa.int64()),
        ("id_no", pa.string()),
    ]
)
ROWS = pa.schema(
    [
        ("source", pa.string()),
        ("table_name", pa.string()),
        ("source_key", pa.string()),
        ("file", pa.string()),
        ("line", pa.int64()),
        ("ring", pa.int64()),
        ("step", pa.string()),
        ("scenario", pa.string()),
        ("broken", pa.string()),
    ]
)

TELLINGS = pa.schema(
    [
        *((name, pa.dictionary(pa.int32(), pa.string())) for name in ("source", "table_name")),
        ("source_key", pa.string()),
        ("file", pa.dictionary(pa.int32(), pa.string())),
        ("line", pa.int64()),
        ("transfer", pa.int64()),
    ]
)


@dataclass(frozen=True, kw_only=True)
class _Telling:
    """Lines of one file that tell of transfers; `keys` are whole numbers where they are many."""

    source: str
    table: str
    file: str
    keys: Ints | pa.Array
    line: np.ndarray[Any, np.dtype[np.int32]]
    transfer: np.ndarray[Any, np.dtype[np.int32]]

    def table_of(self) -> pa.Table:
        """Return the lines as `TELLINGS`."""
        same = (_always(each, len(self.line)) for each in (self.source, self.table, self.file))
        source, table, file = same
        line, transfer = (pa.array(each).cast(pa.int64()) for each in (self.line, self.transfer))
        return pa.table([source, table, pa.array(self.keys).cast(pa.string()), file, line, transfer], schema=TELLINGS)


@dataclass(frozen=True, kw_only=True)
class Written:
    """One file: its name below the folder of sources, its digest, and how many rows it holds.

    `broken` rows were spoilt on purpose; `ingest` must refuse these and keep `rows - broken`.
    """

    file: str
    sha256: str
    source: str
    table: str
    rows: int
    broken: int


@dataclass
class Handed:
    """Collects while institutions write. `files` comes in the order of writing."""

    written: list[Written] = field(default_factory=list)
    _records: list[pa.Table] = field(default_factory=list)
    _rows: list[pa.Table] = field(default_factory=list)
    _tellings: list[_Telling] = field(default_factory=list)

    def record(
        self, *, source: str, table: str, keys: pa.Array, kind: str, ids: Ints, id_no: pa.Array | None = None
    ) -> None:
        """Say that under `keys` (one institution's own) `table` tells of the things `ids` of the world.

        `kind` is person, company or account. Keys that are null, and ids of nobody, are left out. `id_no` are the
        identity numbers or credit codes that stand there; those with stars are taken for none.
        """
        numbers = pa.nulls(len(ids), pa.string()) if id_no is None else id_no
        in_full = pc.if_else(pc.match_substring(numbers, "*"), None, numbers)
        same = (_same(each, ids) for each in (source, table))
        told = pa.table([*same, keys, _same(kind, ids), pa.array(ids), in_full], schema=RECORDS)
        self._records.append(
            told.filter(pc.and_(pc.is_valid(told["source_key"]), pc.greater_equal(told["truth_id"], 0)))
        )

    def lines(
        self,
        *,
        source: str,
        table: str,
        file: str,
        keys: pa.Array,
        line: Ints,
        ring: Ints,
        step: pa.Array,
        scenario: pa.Array,
        broken: pa.Array | None = None,
    ) -> None:
        """Say whose the lines of a file are. Those of the background that are not broken are not kept.

        Args:
            source: The institution.
            table: The contract's table.
            file: Name below the folder of sources.
            keys: The institution's own, one a line; null where it gives none.
            line: Number in the file (or sheet), 1 for its first line: what `row_id` ends in.
            ring: Index of the ring; -1 for none.
            step: Step of the ring's story; "" for none.
            scenario: Name of the honest scenario; "" for none.
            broken: Reason for which the line must be refused; null where it is sound. None: all are.
        """
        broken = pa.nulls(len(line), pa.string()) if broken is None else broken
        step, scenario = (pc.fill_null(each.cast(pa.string()), "") for each in (step, scenario))
        kept = pc.or_(pc.or_(pa.array(ring >= 0), pc.not_equal(scenario, "")), pc.is_valid(broken))
        told = pa.table(
            [
                _same(source, line), _same(table, line), keys, _same(file, line), pa.array(line), pa.array(ring),
                step, scenario, broken,
            ],
            schema=ROWS,
        )  # fmt: skip
        self._rows.append(told.filter(kept))

    def tells(
        self, *, source: str, table: str, file: str, keys: Ints | pa.Array, line: Ints, transfer: Ints, sound: Any
    ) -> None:
        """Say of which transfer each line of a file tells.

        Args:
            source: The institution.
            table: The contract's table.
            file: Name below the folder of sources.
            keys: The institution's own, one a line.
            line: Number in the file (or sheet), from 1.
            transfer: Row of the transfer; -1 where the line tells of none.
            sound: Whether the line can be taken in: one truth value a line.
        """
        kept = np.flatnonzero((transfer >= 0) & sound)
        own = keys[kept] if isinstance(keys, np.ndarray) else keys.take(pa.array(kept))
        places = (each[kept].astype(np.int32) for each in (line, transfer))
        where = dict(zip(("line", "transfer"), places, strict=True))
        self._tellings.append(_Telling(source=source, table=table, file=file, keys=own, **where))

    def wrote(self, path: Path, *, root: Path, source: str, table: str, rows: int, broken: int = 0) -> None:
        """Say that the file `path` below `root` has been written, after its last byte."""
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        file = path.relative_to(root).as_posix()
        self.written.append(Written(file=file, sha256=digest, source=source, table=table, rows=rows, broken=broken))

    @property
    def files(self) -> Sequence[tuple[str, str]]:
        """Every file by its name under the folder of sources, with its SHA-256."""
        return [(each.file, each.sha256) for each in self.written]

    @property
    def records(self) -> pa.Table:
        """Which person, firm or account each record is: `RECORDS`, each once; `truth_id` is the world's id."""
        if not self._records:
            return RECORDS.empty_table()
        whole = pa.concat_tables(self._records)
        return whole.group_by(RECORDS.names, use_threads=False).aggregate([]).select(RECORDS.names)

    @property
    def rows(self) -> pa.Table:
        """Whose each line is: `ROWS`; lines of the background are left out."""
        return pa.concat_tables(self._rows) if self._rows else ROWS.empty_table()

    @property
    def tellings(self) -> Iterator[pa.Table]:
        """Which lines tell of which transfer: `TELLINGS`, one table a file in the order of writing; sound lines only.

        Kept in 16 bytes a line; the texts are made as they are asked for.
        """
        return (each.table_of() for each in self._tellings)


def _always(text: str, many: int) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(np.zeros(many, np.int32), [text])


def _same(text: str, many: Ints) -> pa.Array:
    return _always(text, len(many)).cast(pa.string())

"""What the institutions wrote down, and whose record and which row each line of their files is."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from suyuan.world.frame.tables import first_id
from suyuan.world.truth.ids import told

RECORDS = ("source", "table_name", "source_key", "kind", "truth_id", "id_no")
ROWS = ("source", "table_name", "source_key", "file", "line", "ring_id", "step", "scenario", "broken")

_FEW = pa.dictionary(pa.int32(), pa.string())
TRANSFERS = pa.schema(
    [
        ("transfer_id", pa.string()),
        ("source", _FEW),
        ("table_name", _FEW),
        ("source_key", pa.string()),
        ("file", _FEW),
        ("line", pa.int64()),
    ]
)
_AT_ONCE = 1 << 20


class Handed(Protocol):
    """What the institutions leave behind after they have written their files."""

    @property
    def records(self) -> pa.Table:
        """Which person, firm or account each record is: source, table_name, source_key, kind, truth_id, id_no."""

    @property
    def rows(self) -> pa.Table:
        """Whose each line is: source, table, key, file, line, ring (-1: none), step, scenario, broken."""

    @property
    def tellings(self) -> Iterable[pa.Table]:
        """Which lines tell of which transfer: source, table_name, source_key, file, line, transfer (its row)."""

    @property
    def files(self) -> Sequence[tuple[str, str]]:
        """Every file by its name under `sources/`, with its SHA-256."""


def records(handed: Handed) -> pa.Table:
    """Return `truth/records` with the ids of the world told as texts."""
    found = handed.records
    if pa.types.is_integer(found["truth_id"].type):
        place = found.column_names.index("truth_id")
        found = found.set_column(place, "truth_id", told(found["truth_id"].to_numpy()))
    return found.select(list(RECORDS))


def rows(handed: Handed, ring_ids: list[str]) -> pa.Table:
    """Return `truth/rows` with rings named; the ring of a row that belongs to none is null."""
    found = handed.rows
    if "ring" in found.column_names:
        index = pc.fill_null(found["ring"], -1).to_numpy()
        named = pa.DictionaryArray.from_arrays(
            pa.array(index.astype(np.int32), mask=index < 0), pa.array(ring_ids, pa.string())
        )
        found = found.append_column("ring_id", named)
    return found.select(list(ROWS))


def transfers(handed: Handed) -> Iterator[pa.Table]:
    """Yield `truth/transfers` in parts of a million lines: which sound line of which file tells of which transfer.

    Lines with one `transfer_id` tell of one transfer. The parts together are never held.
    """
    waiting: list[pa.Table] = []
    for told_of in handed.tellings:
        waiting.append(_named(told_of))
        if sum(part.num_rows for part in waiting) >= _AT_ONCE:
            yield pa.concat_tables(waiting).unify_dictionaries()
            waiting = []
    if waiting:
        yield pa.concat_tables(waiting).unify_dictionaries()


def _named(told_of: pa.Table) -> pa.Table:
    ids = told(first_id("transfer") + told_of["transfer"].to_numpy())
    return told_of.append_column("transfer_id", ids).select(TRANSFERS.names)

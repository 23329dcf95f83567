"""What the institutions wrote down, and whose record and which row each line of their files is."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from suyuan.world.truth.ids import told

RECORDS = ("source", "table_name", "source_key", "kind", "truth_id")
ROWS = ("source", "table_name", "source_key", "file", "line", "ring_id", "step", "scenario", "broken")


class Handed(Protocol):
    """What the institutions leave behind after they have written their files."""

    @property
    def records(self) -> pa.Table:
        """Which person, firm or account each record is: source, table_name, source_key, kind, truth_id."""

    @property
    def rows(self) -> pa.Table:
        """Whose each line is: source, table, key, file, line, ring (-1: none), step, scenario, broken."""

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

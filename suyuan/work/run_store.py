"""Runs on disk: which there are, which is the last, what they hold, and how their tables are written."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from suyuan.domain.contract import Contract
from suyuan.domain.contract_arrow import arrow_schema
from suyuan.domain.errors import DataError, NotFound
from suyuan.domain.workspace import Workspace
from suyuan.lead.lead import TABLES as LEAD_TABLES

OUTPUTS = (
    *("entity", "entity_member", "entity_redirect", "transfer", "transfer_witness", "loan_cost"),
    *("signal", "signal_evidence", *LEAD_TABLES),
)
"""The tables of a run, in the order in which they come to be."""

TOLD = "run.json"  # what ran, was skipped and why; no clock
TIMING = "timing.json"  # clock readings, and nothing else
REPORT = "report.html"

PLACES = 6  # digits that doubles are rounded to, so that sums in another order are the same bytes
ROW_GROUP = 122_880


@dataclass(frozen=True, kw_only=True)
class RunInfo:
    """A finished run.

    `number` counts the runs of the workspace from 1; `inputs` is the digest of everything it depends on but the
    previous run; `told` is `run.json`.
    """

    run_id: str
    number: int
    as_of: date | None
    inputs: str
    folder: Path
    told: Mapping[str, Any]

    @property
    def report(self) -> Path:
        """Its HTML report."""
        return self.folder / REPORT

    def file(self, table: str) -> Path:
        """Return the Parquet file of output `table`."""
        return self.folder / f"{table}.parquet"

    def read(self, table: str, *, columns: Sequence[str] | None = None) -> pa.Table:
        """Return the rows of output `table`.

        Raises:
            DataError: The file is gone or broken.
        """
        try:
            return pq.read_table(self.file(table), columns=None if columns is None else list(columns))
        except (OSError, pa.ArrowInvalid) as fault:
            raise DataError("run.broken", run_id=self.run_id, file=self.file(table).name, told=str(fault)) from fault


def runs(workspace: Workspace) -> list[RunInfo]:
    """Return the finished runs of `workspace`, oldest first.

    Raises:
        DataError: A run's `run.json` cannot be read.
    """
    found = [_info(path.parent) for path in sorted(workspace.runs.glob(f"*/{TOLD}"))]
    return sorted(found, key=lambda run: run.number)


def _info(folder: Path) -> RunInfo:
    try:
        told = json.loads((folder / TOLD).read_text(encoding="utf-8"))
        return RunInfo(
            run_id=told["run_id"],
            number=told["number"],
            as_of=date.fromisoformat(told["as_of"]) if told["as_of"] else None,
            inputs=told["inputs"],
            folder=folder,
            told=told,
        )
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise DataError("run.broken", run_id=folder.name, file=TOLD, told=repr(fault)) from fault


def latest(workspace: Workspace, *, as_of: date | None = None) -> RunInfo:
    """Return the run to look at: the last one of `as_of`; without it the last that saw everything, else the last.

    Raises:
        NotFound: There is none.
    """
    known = runs(workspace)
    wanted = [run for run in known if run.as_of == as_of]
    if not wanted and as_of is None:
        wanted = known
    if not wanted:
        day = as_of.isoformat() if as_of else ""
        raise NotFound("run.none_of_day" if as_of else "run.none", workspace=workspace.root, day=day)
    return wanted[-1]


def previous_of(known: Sequence[RunInfo], *, as_of: date | None) -> RunInfo | None:
    """Return the run whose ids a new run of `as_of` continues: the last that saw no later day; None when there is none.

    A run of an earlier day never takes names from one that knew more.
    """
    seen = [run for run in known if as_of is None or (run.as_of is not None and run.as_of <= as_of)]
    return seen[-1] if seen else None


def write_table(path: Path, table: pa.Table, *, contract: Contract) -> int:
    """Write `table` to `path` by `contract` and return its rows; the same rows give the same bytes.

    Columns stand in the contract's order (without `loaded_at`, a clock's reading), rows in the order of the key and
    then of every other column, doubles rounded to 6 digits.
    """
    schema = pa.schema([field.with_nullable(True) for field in arrow_schema(contract) if field.name != "loaded_at"])
    columns = [
        _told(table[field.name], field.type)
        if field.name in table.column_names
        else pa.nulls(table.num_rows, field.type)
        for field in schema
    ]
    plain = pa.table(columns, schema=schema)
    sortable = [field.name for field in schema if not pa.types.is_list(field.type)]
    keys = [*contract.key, *(name for name in sortable if name not in contract.key)]
    if plain.num_rows > 1:
        plain = plain.take(pc.sort_indices(plain, sort_keys=[(name, "ascending") for name in keys]))
    pq.write_table(plain, path, compression="zstd", compression_level=3, row_group_size=ROW_GROUP)
    return int(plain.num_rows)


def _told(column: pa.ChunkedArray, wanted: pa.DataType) -> pa.ChunkedArray:
    cast = column if column.type == wanted else column.cast(wanted)
    return pc.round(cast, ndigits=PLACES) if pa.types.is_floating(wanted) else cast

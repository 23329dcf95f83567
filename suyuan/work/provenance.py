"""Finds the rows of the lake that a row id names, and the file and line each came from."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from suyuan.domain.contract import contracts
from suyuan.domain.errors import DataError
from suyuan.domain.workspace import Workspace
from suyuan.lead.story import Cell, Origin
from suyuan.sources import lake

DIGEST_HEX = 16
_PROVENANCE = {"row_id", "source", "loaded_at"}


class Origins:
    """Tells where rows came from."""

    def __init__(self, workspace: Workspace) -> None:
        """Read which files the lake of `workspace` was made of.

        Raises:
            DataError: A manifest cannot be read.
        """
        self._files = {lake.digest_name(told["sha256"]): str(told["file"]) for told in lake.manifests(workspace)}

    def of(self, row_id: str) -> Origin:
        """Return file, sheet and row of `row_id` (`<16 hex>:<sheet>:<row>`); what cannot be told is null."""
        digest, _, rest = row_id.partition(":")
        sheet, _, row = rest.partition(":")
        row = row.split("#", 1)[0]
        known = sheet.isdecimal() and row.isdecimal()
        return Origin(
            row_id=row_id,
            file=self._files.get(digest),
            sheet_no=int(sheet) if known else None,
            row_no=int(row) if known else None,
        )


def rows_of(table: str, row_ids: Iterable[str], *, files: Mapping[str, Sequence[Path]]) -> dict[str, dict[str, Cell]]:
    """Return row id → what the lake says in that row: the columns of the contract that are not null, no provenance.

    Only files whose name begins with the digest in a row id are opened.

    Raises:
        DataError: A file cannot be read.
    """
    wanted: dict[str, list[str]] = defaultdict(list)
    for row_id in sorted(set(row_ids)):
        wanted[row_id[:DIGEST_HEX]].append(row_id)
    found: dict[str, dict[str, Cell]] = {}
    for path in files.get(table, ()):
        ids = wanted.get(path.name[:DIGEST_HEX])
        if ids:
            found.update(content_of(table, _read(path, ids), key="row_id"))
    return found


def _read(path: Path, ids: Sequence[str]) -> pa.Table:
    try:
        return pq.read_table(path, filters=[("row_id", "in", list(ids))], partitioning=None)
    except (OSError, pa.ArrowInvalid) as fault:
        raise DataError("run.broken_lake", file=path.name, told=str(fault)) from fault


def content_of(table: str, rows: pa.Table, *, key: str) -> dict[str, dict[str, Cell]]:
    """Return what `rows` say by column, under their `key`: contract columns that are not null, no provenance."""
    columns = [name for name in contracts()[table].columns if name not in _PROVENANCE and name in rows.column_names]
    found: dict[str, dict[str, Cell]] = {}
    row: dict[str, Any]
    for row in rows.to_pylist():
        found[row[key]] = {name: row[name] for name in columns if row[name] is not None}
    return found

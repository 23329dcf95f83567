"""Drafts a mapping for the first table of a file."""

import re
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from suyuan.domain.errors import DataError
from suyuan.engine.duck import connect
from suyuan.sources.draft import Draft, draft
from suyuan.sources.grid import Refused
from suyuan.sources.open import open_grids


def guess(path: Path) -> Draft:
    """Return a mapping proposed for the first table of `path`; nothing is kept.

    Raises:
        DataError: The file cannot be read, or nothing in it looks like the header of a table.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as told:
        folder = Path(told)
        con = connect(temp_dir=folder / "spill", folders=[folder])
        try:
            for grid in open_grids(path, con=con, staging=folder):
                if isinstance(grid, Refused):
                    raise DataError(grid.key, **grid.values)
                found = draft(grid, name=_name(path))
                if found is not None:
                    return found
        finally:
            con.close()
    raise DataError("ingest.no_header", file=str(path))


def _name(path: Path) -> str:
    """Return what the mapping of `path` may be called."""
    stem = re.sub(r"[^a-z0-9]+", "_", path.stem.lower()).strip("_")
    return stem if stem[:1].isalpha() else f"table_{stem}".rstrip("_")


def to_json(told: Draft) -> dict[str, Any]:
    """Return the draft in JSON's types."""
    return asdict(told)

"""Opens files the way every reader test wants them opened."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from suyuan.sources.grid import Grid, Refused
from suyuan.sources.limits import Limits
from suyuan.sources.open import open_grids
from suyuan.sources.reading import Reading

Table = list[list[str | None]]


@dataclass(frozen=True, kw_only=True)
class Opener:
    """One connection, one staging folder."""

    con: duckdb.DuckDBPyConnection
    staging: Path

    def all(self, path: Path, limits: Limits | None = None) -> list[Grid | Refused]:
        return list(open_grids(path, con=self.con, staging=self.staging, limits=limits))

    def grid(self, path: Path, limits: Limits | None = None) -> Grid:
        """The only thing in `path`, a grid."""
        (found,) = self.all(path, limits)
        assert isinstance(found, Grid), found
        return found

    def refusal(self, path: Path, limits: Limits | None = None) -> str:
        """Why the only thing in `path` is refused."""
        (found,) = self.all(path, limits)
        assert isinstance(found, Refused), found
        return found.key

    def rows(self, grid: Grid) -> Table:
        """The cells of a grid in the order of `row_no`, which counts from 1 without gaps."""
        rows = self.con.execute(f"select * from {grid.relation} order by row_no").fetchall()
        assert [row[0] for row in rows] == list(range(1, len(rows) + 1))
        return [list(row[1:]) for row in rows]

    def reading(self, limits: Limits | None = None) -> Reading:
        return Reading(con=self.con, limits=limits or Limits(), staging=self.staging)


@pytest.fixture
def opener(tmp_path: Path) -> Iterator[Opener]:
    staging = tmp_path / "staging"
    staging.mkdir()
    con = duckdb.connect()
    con.execute("set threads = 2")
    yield Opener(con=con, staging=staging)
    con.close()

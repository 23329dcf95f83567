"""Where files are worked on: one staging folder, and one DuckDB connection that serves many files."""

import shutil
from pathlib import Path

import duckdb

from suyuan.engine.duck import connect

MEMORY = "1200MB"  # of DuckDB; the whole process then stays under 2 GiB on 20 M rows (benchmarks/bench_ingest.py)
FILES = 100  # that one connection serves: what it keeps of each (views, metadata) stays bounded


class Bench:
    """Hands out a folder and a connection for each file, which can read and write below `folder` only.

    Opening a connection takes as long as planning a small file: it is kept until it has served `FILES`, or a file that
    went wrong.
    """

    def __init__(self, folder: Path, *, threads: int | None) -> None:
        """Work below `folder`, which exists; `threads` None takes every core."""
        self._folder = folder
        self._threads = threads
        self._con: duckdb.DuckDBPyConnection | None = None
        self._served = 0
        self._turns = 0

    def lay_out(self) -> tuple[Path, duckdb.DuckDBPyConnection]:
        """Return a fresh folder and a connection for the next file."""
        self._turns += 1
        folder = self._folder / f"file{self._turns}"
        folder.mkdir()
        if self._con is None:
            self._con = connect(
                memory=MEMORY, threads=self._threads, temp_dir=self._folder / "spill", folders=[self._folder]
            )
            self._con.execute("SET enable_progress_bar = false")
            self._con.execute("SET enable_external_file_cache = false")  # each staged file is read once or twice
        return folder, self._con

    def clear(self, folder: Path, *, went_well: bool) -> None:
        """Remove what a file left in `folder`, and its connection when it is worn or the file went wrong."""
        self._served += 1
        if self._served >= FILES or not went_well:
            self.close()
        shutil.rmtree(folder, ignore_errors=True)

    def close(self) -> None:
        """Let go of the connection; `lay_out` opens another."""
        if self._con is not None:
            self._con.close()
        self._con, self._served = None, 0

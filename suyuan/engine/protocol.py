"""The engine, as every stage sees it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import pyarrow as pa

from suyuan.engine.step import AnyStep


class Engine(Protocol):
    """Runs steps over named tables. May raise `DataError` and no error of its own.

    Names are plain lower-case identifiers. SQL is the house dialect (`docs/dialect.md`).
    """

    dialect: str

    def run(self, steps: Sequence[AnyStep]) -> None:
        """Carry out `steps` in order.

        Raises:
            DataError: A step failed; the message names the step, its SQL and the database's own words.
        """

    def read(self, name: str, *, columns: Sequence[str] | None = None, limit: int | None = None) -> pa.Table:
        """Return the rows of `name`, in no particular order unless its step sorts them."""

    def write(self, name: str, table: pa.Table) -> None:
        """Make `table` known as `name`, replacing what bore the name."""

    def scan(self, name: str, files: Sequence[Path]) -> None:
        """Make the union by name of Parquet `files` (at least one) known as `name`, unread."""

    def columns(self, name: str) -> dict[str, str]:
        """Return column → house type of `name`: `text`, `bigint`, `int`, `double`, `boolean`, `date`, `timestamp`."""

    def has(self, name: str) -> bool:
        """Return whether `name` is known."""

    def close(self) -> None:
        """Let go of everything."""

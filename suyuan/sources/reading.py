"""What every reader is handed: the connection, the bounds, a place to write, and the clock.

Readers raise `DataError` without saying which file: the door (`open.py`) knows what the user calls it.
"""

import itertools
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from suyuan.domain.errors import DataError
from suyuan.engine.text import literal
from suyuan.sources.limits import Limits

Row = Sequence[str | None]

_serial = itertools.count(1)
_CHUNK = 65_536


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One file being read. Everything written goes under `staging`; `until` is a reading of `time.monotonic`."""

    con: duckdb.DuckDBPyConnection
    limits: Limits
    staging: Path
    until: float = field(default=float("inf"))

    def tick(self) -> None:
        """Look at the clock.

        Raises:
            DataError: The file has taken longer than it may.
        """
        if time.monotonic() > self.until:
            raise DataError("read.too_slow", seconds=int(self.limits.seconds))

    def fresh(self) -> str:
        """Return a name that no relation or staged file of this process bears."""
        return f"grid_{next(_serial)}"

    def view(self, sql: str) -> str:
        """Make `sql` a view on the connection and return its name."""
        name = self.fresh()
        self.con.execute(f"create or replace view {name} as {sql}")
        return name


def columns_of(n_cols: int) -> list[str]:
    """Return `c1 … cN`."""
    return [f"c{n}" for n in range(1, n_cols + 1)]


def identifier(name: str) -> str:
    """Return any `name`, as a file may bear it, as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def lay_rows(reading: Reading, rows: Iterable[Row], *, n_cols: int) -> str:
    """Write `rows` to staging and return the view over them: `row_no` from 1, then `c1 … cN` (text).

    Rows shorter than `n_cols` end in nulls; empty cells become null.

    Raises:
        DataError: The clock ran out.
    """
    path = write_rows(reading, rows, names=columns_of(n_cols))
    return reading.view(f"select * from read_parquet({literal(str(path))})")


def write_rows(reading: Reading, rows: Iterable[Row], *, names: Sequence[str], first: int = 1) -> Path:
    """Write `rows`, numbered from `first`, as a staged Parquet of text columns `names` after `row_no`.

    Raises:
        DataError: The clock ran out.
    """
    n_cols = len(names)
    schema = pa.schema([("row_no", pa.int64()), *((name, pa.string()) for name in names)])
    path = reading.staging / f"{reading.fresh()}.parquet"
    with pq.ParquetWriter(path, schema, compression="snappy") as writer:
        for chunk in chunks(rows, max(1, min(_CHUNK, 4_000_000 // max(1, n_cols)))):
            reading.tick()
            padded = ([*row, *(None for _ in range(n_cols - len(row)))] for row in chunk)
            cells = [[cell or None for cell in column] for column in zip(*padded, strict=True)]
            numbers = pa.array(range(first, first + len(chunk)), pa.int64())
            arrays = [numbers, *(pa.array(column, pa.string()) for column in cells)]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
            first += len(chunk)
    return path


def chunks(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    """Cut `rows` into lists of at most `size`."""
    left = iter(rows)
    while chunk := list(itertools.islice(left, size)):
        yield chunk

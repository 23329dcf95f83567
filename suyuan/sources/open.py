"""The one door for files: whatever it is, its tables as grids, or the reason why not."""

import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import duckdb

from suyuan.domain.errors import DataError
from suyuan.sources.archive import Member, members
from suyuan.sources.bulk import read_bulk
from suyuan.sources.columnar import read_parquet
from suyuan.sources.grid import Grid, Refused
from suyuan.sources.hypertext import read_html
from suyuan.sources.jsonlines import read_json
from suyuan.sources.limits import Limits
from suyuan.sources.magic import HEAD, Kind, kind_of
from suyuan.sources.reading import Reading
from suyuan.sources.sheet import read_sheets
from suyuan.sources.taken import Taken, look, take
from suyuan.sources.text import read_text
from suyuan.sources.workbook import inspect, is_other_office, is_workbook

_NOT_READ = {
    Kind.PDF: "read.pdf",
    Kind.PACKED: "read.packed_otherwise",
    Kind.XML_SHEET: "read.xml_sheet",
    Kind.BINARY: "read.binary",
}


def open_grids(
    path: Path, *, con: duckdb.DuckDBPyConnection, staging: Path, limits: Limits | None = None
) -> Iterator[Grid | Refused]:
    """Yield every table of the file `path`, in the file's order, or why it (or a member of it) cannot be read.

    Magic bytes decide what the file is, never its name. A grid's `relation` is a view on `con` over files in
    `staging`; it holds until staging is swept. A refusal may follow grids of the same file: then the file is broken
    further on, and what came before it must not be kept. Reads nothing of `path` after the first grid of it is out.

    Args:
        path: The file; read once, in memory bounded by `limits`.
        con: Where the views are made. It needs to read `staging` only.
        staging: A folder that exists; written to.
        limits: None takes the house's own.
    """
    bounds = limits or Limits()
    reading = Reading(con=con, limits=bounds, staging=staging, until=time.monotonic() + bounds.seconds)
    yield from _open(reading, path, file=str(path), depth=0)


def _open(reading: Reading, path: Path, *, file: str, depth: int) -> Iterator[Grid | Refused]:
    """Yield the grids of one file or member; errors of ours become refusals that name it."""
    try:
        yield from _tables(reading, path, file=file, depth=depth)
    except DataError as fault:
        yield refused(file, fault)
    except (zipfile.BadZipFile, NotImplementedError) as fault:
        yield refused(file, DataError("read.broken_archive", why=str(fault)))
    except MemoryError:
        yield refused(file, DataError("read.too_much_memory"))


def refused(file: str, fault: DataError) -> Refused:
    """Return `fault` as the refusal of `file`; its values name the file, so its message stands alone."""
    return Refused(file=file, key=fault.key, values={"file": file, **fault.values})


def _tables(reading: Reading, path: Path, *, file: str, depth: int) -> Iterator[Grid | Refused]:
    size = look(path, limit=reading.limits.file_bytes)
    with path.open("rb") as stream:
        kind = kind_of(stream.read(HEAD))
    if kind in _NOT_READ:
        raise DataError(_NOT_READ[kind])
    if kind is Kind.TEXT and size > reading.limits.small_text:
        yield read_bulk(reading, path, file=file)
        return
    taken = take(reading, path, file=file)
    if kind is Kind.PARQUET:
        yield read_parquet(reading, taken)
    elif kind is Kind.ZIP:
        yield from _zipped(reading, taken, depth=depth)
    elif kind is Kind.OLE:
        yield from read_sheets(reading, taken)
    elif kind is Kind.JSON:
        yield read_json(reading, taken)
    elif kind is Kind.HTML:
        yield from read_html(reading, taken)
    else:
        yield read_text(reading, taken.path.read_bytes(), file=file, sha256=taken.sha256)


def _zipped(reading: Reading, taken: Taken, *, depth: int) -> Iterator[Grid | Refused]:
    with zipfile.ZipFile(taken.path) as archive:
        names = archive.namelist()
    if not names:
        raise DataError("read.no_members")
    if is_workbook(names):
        yield from read_sheets(reading, taken, notes=inspect(reading, taken))
        return
    if is_other_office(names):
        raise DataError("read.other_office")
    if depth >= reading.limits.depth:
        raise DataError("read.nested_archive", depth=reading.limits.depth)
    for found in members(reading, taken):
        if isinstance(found, Member):
            yield from _open(reading, found.path, file=found.file, depth=depth + 1)
            found.path.unlink(missing_ok=True)
        else:
            yield found

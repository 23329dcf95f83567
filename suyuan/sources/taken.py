"""One file's bytes, held still: copied aside and hashed in one pass, so that what is read is what was hashed."""

import hashlib
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from suyuan.domain.errors import DataError
from suyuan.sources.reading import Reading

BLOCK = 4 * 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A file as it was when it was taken. `path` lies in staging and nobody else writes it."""

    file: str  # as the user would name it
    path: Path
    sha256: str
    size: int


def look(path: Path, *, limit: int) -> int:
    """Return the size of `path`, a regular file that may be read.

    Raises:
        DataError: It is missing, a folder, a pipe or device, empty, too big, or not ours to read.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise DataError("read.not_a_file")
        if not found.st_size:
            raise DataError("read.empty")
        if found.st_size > limit:
            raise DataError("read.too_big", bytes=found.st_size, limit=limit)
        with path.open("rb"):
            return found.st_size
    except FileNotFoundError as fault:
        raise DataError("read.missing") from fault
    except OSError as fault:
        raise DataError("read.not_readable", why=fault.strerror or type(fault).__name__) from fault


def blocks(stream: BinaryIO, *, size: int = BLOCK) -> Iterator[bytes]:
    """Yield the rest of `stream` in blocks of `size` bytes, the last one shorter."""
    while block := stream.read(size):
        yield block


def mark_of_time(path: Path) -> tuple[int, int]:
    """Return what changes when somebody writes the file: its size and time of writing."""
    found = path.stat()
    return found.st_size, found.st_mtime_ns


def take(reading: Reading, path: Path, *, file: str) -> Taken:
    """Copy `path` into staging while hashing it.

    Raises:
        DataError: It changed meanwhile, could not be read to its end, or the clock ran out.
    """
    aside = reading.staging / f"{reading.fresh()}.bin"
    digest = hashlib.sha256()
    try:
        before = mark_of_time(path)
        with path.open("rb") as stream, aside.open("wb") as copy:
            for block in blocks(stream):
                reading.tick()
                digest.update(block)
                copy.write(block)
                if copy.tell() > before[0]:
                    raise DataError("read.changed")
        after = mark_of_time(path)
    except OSError as fault:
        raise DataError("read.not_readable", why=fault.strerror or type(fault).__name__) from fault
    size = aside.stat().st_size
    if before != after or size != after[0]:
        raise DataError("read.changed")
    return Taken(file=file, path=aside, sha256=digest.hexdigest(), size=size)

"""A large text file as blocks of whole lines; hashing and looking at them goes on beside the reading."""

import codecs
import hashlib
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self, TypeVar

import pyarrow as pa

from suyuan.domain.errors import DataError
from suyuan.sources.encoding import BAD_LINES, FEW_LINES, line_text, mark_of
from suyuan.sources.limits import MIB, Limits

BLOCK = 8 * MIB
_LOOK_ON = 64 * 1024  # what a block is lengthened by when it seems to end inside a quoted cell
_TURNS = 8
_BEHIND = 4  # blocks that may wait to be hashed
_AHEAD = 2  # blocks looked at before they are asked for


Item = TypeVar("Item")
Told = TypeVar("Told")


@dataclass(kw_only=True)
class Decoder:
    """Turns blocks of one file into UTF-8, line by line where a block is not whole; remembers what was odd."""

    encoding: str
    bad_lines: int = 0
    other_lines: int = 0  # lines in the other of UTF-8 and GB18030
    had_nul: bool = False
    _wide: codecs.IncrementalDecoder | None = field(default=None)

    def feed(self, data: bytes, *, final: bool) -> bytes:
        """Return `data` as it can be cut into lines: UTF-16 becomes UTF-8 here, other encodings stay."""
        if not self.encoding.startswith("utf-16"):
            return data
        if self._wide is None:
            self._wide = codecs.getincrementaldecoder(self.encoding)("strict")
        state = self._wide.getstate()
        try:
            text = self._wide.decode(data, final)
        except UnicodeDecodeError:
            lenient = codecs.getincrementaldecoder(self.encoding)("replace")
            lenient.setstate(state)
            text = lenient.decode(data, final)
            self._wide.setstate(lenient.getstate())
            self.bad_lines += sum("\ufffd" in line for line in text.split("\n"))
        return text.encode()

    def utf8(self, block: bytes) -> bytes:
        """Return a block of whole lines as UTF-8 without NULs."""
        told = self._told(block)
        if b"\0" in told:
            self.had_nul = True
            told = told.replace(b"\0", b"")
        return told

    def _told(self, block: bytes) -> bytes:
        if self.encoding == "gb18030":
            try:
                return block.decode("gb18030").encode()
            except UnicodeDecodeError:
                return self._line_by_line(block)
        return block if _is_utf8(block) else self._line_by_line(block)

    def _line_by_line(self, block: bytes) -> bytes:
        told = []
        for line in block.split(b"\n"):
            if line.isascii():
                told.append(line)
                continue
            text, encoding = line_text(line)
            self.bad_lines += encoding == "?"
            self.other_lines += encoding not in (self.encoding, "?")
            told.append(text.encode())
        return b"\n".join(told)

    def check(self, *, lines: int) -> None:
        """Refuse a file that is in no known encoding after all.

        Raises:
            DataError: More than a twentieth of its `lines` could not be decoded.
        """
        if self.bad_lines > max(FEW_LINES, BAD_LINES * lines):
            raise DataError("read.unknown_encoding", lines=self.bad_lines, of=lines)

    def notes(self) -> tuple[str, ...]:
        """Return catalogue keys of what was odd."""
        odd = (
            ("read.undecodable", bool(self.bad_lines)),
            ("read.mixed_encoding", bool(self.other_lines)),
            ("read.nul_removed", self.had_nul),
        )
        return tuple(key for key, seen in odd if seen)


class Behind:
    """A SHA-256 that is computed on a thread of its own, a few blocks behind. A context manager."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256()
        self._pool = ThreadPoolExecutor(1)
        self._waiting: deque[Future[None]] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(wait=True)

    def update(self, data: bytes, /) -> None:
        """Take in more bytes; waits when it has fallen far behind."""
        self._waiting.append(self._pool.submit(self._digest.update, data))
        if len(self._waiting) > _BEHIND:
            self._waiting.popleft().result()

    def hexdigest(self) -> str:
        """Return the digest of all that was taken in."""
        for one in self._waiting:
            one.result()
        return self._digest.hexdigest()


def ahead(work: Callable[[Item], Told], items: Iterable[Item]) -> Iterator[Told]:
    """Yield `work(item)` for each of `items`, in order, computed on one other thread a little ahead."""
    with ThreadPoolExecutor(1) as pool:
        waiting: deque[Future[Told]] = deque()
        for item in items:
            waiting.append(pool.submit(work, item))
            if len(waiting) > _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _is_utf8(block: bytes) -> bool:
    """Return whether `block` is UTF-8; Arrow looks at some gigabytes a second."""
    offsets = pa.py_buffer(b"".join(number.to_bytes(8, "little") for number in (0, len(block))))
    whole = pa.Array.from_buffers(pa.large_binary(), 1, [None, offsets, pa.py_buffer(block)])
    try:
        whole.cast(pa.large_string())
    except pa.ArrowInvalid:
        return False
    return True


def line_blocks(path: Path, *, decoder: Decoder, digest: Behind, limits: Limits) -> Iterator[bytes]:
    """Yield the file as blocks of whole lines, each ending in a line end; `digest` sees every raw byte.

    UTF-16 has become UTF-8; other encodings are as they were.

    A block that holds an odd number of quotes is lengthened a little, so that a cell over lines is not cut in two.

    Raises:
        DataError: A line is longer than a whole row of cells may be, or the file grows while it is read.
    """
    held, turns = b"", 0
    with path.open("rb") as stream:
        size = os.fstat(stream.fileno()).st_size
        raw = stream.read(BLOCK)
        skip = mark_of(raw)[1]
        while raw:
            digest.update(raw)
            following = stream.read(_LOOK_ON if turns else BLOCK)
            if stream.tell() > size:
                raise DataError("read.changed")
            held += decoder.feed(raw[skip:], final=not following)
            skip = 0
            raw = following
            cut = len(held) if not following else _last_line_end(held)
            if cut and turns < _TURNS and following and held.count(b'"', 0, cut) % 2:
                turns += 1
                continue
            if len(held) - cut > limits.cell_chars * 64:
                raise DataError("read.line_too_long", limit=limits.cell_chars * 64)
            if cut:
                block = held[:cut]
                held, turns = held[cut:], 0
                if not following:
                    block = block.rstrip(b"\x1a")
                    block += b"" if block.endswith((b"\n", b"\r")) or not block else b"\n"
                if block:
                    yield block


def _last_line_end(held: bytes) -> int:
    """Return where the last whole line ends; a CR at the very end may yet be followed by its LF."""
    at = held.rfind(b"\n") + 1
    return at or held.rfind(b"\r", 0, len(held) - 1) + 1

"""Text columns as one array of code points, so that work on every character is one numpy operation.

A column of n texts is `codes` (every character of every text, one after another) and `starts` (n + 1 places in it).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Codes = npt.NDArray[np.uint32]
Places = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

LIMIT = 0x110000
"""One more than the greatest code point: the length of a table over all characters."""


@dataclass(frozen=True, kw_only=True)
class Runes:
    """The characters of a column of texts; none is null."""

    codes: Codes
    starts: Places

    def __len__(self) -> int:
        """Return the number of texts."""
        return len(self.starts) - 1

    @property
    def lengths(self) -> Places:
        """Characters of each text."""
        return np.diff(self.starts)

    @property
    def rows(self) -> Places:
        """The text that each character stands in."""
        return np.repeat(np.arange(len(self), dtype=np.int64), self.lengths)

    def kept(self, mask: Mask) -> "Runes":
        """Return the texts with only the characters of `mask` (one flag a character)."""
        if mask.all():
            return self
        before = np.zeros(len(self.codes) + 1, np.int64)
        np.cumsum(mask, out=before[1:])
        return Runes(codes=self.codes[mask], starts=before[self.starts])

    def with_codes(self, codes: Codes) -> "Runes":
        """Return texts of the same lengths with other characters."""
        return Runes(codes=codes, starts=self.starts)

    def at(self, place: int | Places) -> Codes:
        """Return the character at `place` (from 0; one for all or one each) of each text; 0 where it is shorter."""
        where = self.starts[:-1] + place
        inside = where < self.starts[1:]
        found = np.zeros(len(self), np.uint32)
        found[inside] = self.codes[where[inside]]
        return found

    def any(self, mask: Mask) -> Mask:
        """Return for each text whether one of its characters is in `mask`."""
        found = np.zeros(len(self), np.bool_)
        found[self._rows_of(mask)] = True
        return found

    def count(self, mask: Mask) -> Places:
        """Return for each text how many of its characters are in `mask`."""
        return np.bincount(self._rows_of(mask), minlength=len(self)).astype(np.int64)

    def _rows_of(self, mask: Mask) -> Places:
        """Return the text of each character in `mask`; quick where those are few."""
        return np.searchsorted(self.starts, np.flatnonzero(mask), side="right") - 1

    def cut(self, begin: Places, end: Places) -> "Runes":
        """Return of each text the characters from `begin` up to before `end` (places in the text)."""
        place = np.arange(len(self.codes), dtype=np.int64) - np.repeat(self.starts[:-1], self.lengths)
        inside = (place >= np.repeat(begin, self.lengths)) & (place < np.repeat(end, self.lengths))
        return self.kept(inside)

    def sorted(self) -> "Runes":
        """Return each text with its characters in the order of their code points."""
        return self.with_codes(self.codes[np.lexsort((self.codes, self.rows))])

    def text(self) -> pa.StringArray:
        """Return the texts as an Arrow column."""
        wide = np.ones(len(self.codes), np.int64)
        for least in (0x80, 0x800, 0x10000):
            wide += self.codes >= least
        bytes_before = np.zeros(len(self.codes) + 1, np.int64)
        np.cumsum(wide, out=bytes_before[1:])
        data = self.codes.astype("<u4").tobytes().decode("utf-32-le").encode()
        offsets = bytes_before[self.starts]
        kind = pa.large_string() if offsets[-1] > np.iinfo(np.int32).max else pa.string()
        offsets = offsets if kind == pa.large_string() else offsets.astype(np.int32)
        return pa.Array.from_buffers(kind, len(self), [None, pa.py_buffer(offsets), pa.py_buffer(data)])


def runes(texts: pa.StringArray) -> Runes:
    """Return the characters of `texts`; a null is an empty text."""
    filled = pc.fill_null(texts, "") if texts.null_count else texts
    starts = np.zeros(len(filled) + 1, np.int64)
    np.cumsum(pc.utf8_length(filled).to_numpy(zero_copy_only=False), out=starts[1:])
    codes = np.frombuffer(_bytes(filled).decode().encode("utf-32-le"), "<u4")
    return Runes(codes=codes.astype(np.uint32, copy=False), starts=starts)


def _bytes(texts: pa.StringArray) -> bytes:
    """Return the UTF-8 of all texts, one after another."""
    _, offsets, data = texts.buffers()
    if data is None or not len(texts):
        return b""
    kind: Any = np.int64 if pa.types.is_large_string(texts.type) else np.int32
    ends = np.frombuffer(offsets, kind)[texts.offset : texts.offset + len(texts) + 1]
    return bytes(memoryview(data)[int(ends[0]) : int(ends[-1])])


def flags(characters: str) -> Mask:
    """Return a table over all code points that is true for `characters`."""
    table = np.zeros(LIMIT, np.bool_)
    table[[ord(character) for character in characters]] = True
    return table

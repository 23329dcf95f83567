"""The shape of a block of delimited text, measured without cutting it into cells."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
Places = npt.NDArray[np.intp]

_QUOTE, _LF = ord('"'), ord("\n")


@dataclass(frozen=True, kw_only=True)
class Shape:
    """What a block of whole lines needs from its parser. `longest` counts bytes with the line end."""

    rows: int
    columns: int
    longest: int
    blanks: bool


@dataclass(frozen=True, kw_only=True)
class Looked:
    """A block, and its shape; None when its quotes break a rule, a cell runs over lines, or line ends are mixed.

    With a shape, every line of `block` ends in one LF; without, it is as it came.
    """

    block: bytes
    shape: Shape | None


def look_at(block: bytes, delimiter: int) -> Looked:
    """Return `block` (UTF-8, whole lines) with CRLF, and CR where no quote is about, turned into LF, and its shape."""
    plain = block.replace(b"\r\n", b"\n") if b"\r" in block else block
    has_quotes = b'"' in plain
    if b"\r" in plain and not has_quotes:
        plain = plain.replace(b"\r", b"\n")
    shape = None if b"\r" in plain else shape_of(plain, delimiter, has_quotes=has_quotes)
    return Looked(block=plain if shape else block, shape=shape)


def shape_of(block: bytes, delimiter: int, *, has_quotes: bool) -> Shape | None:
    """Return the shape of lines that end in LF, or None when their quotes do not simply enclose cells of one line."""
    cells = np.frombuffer(block, dtype=np.uint8)
    marks = np.flatnonzero((cells == delimiter) | (cells == _LF))
    is_end = cells[marks] == _LF
    at_ends = marks[is_end]
    if has_quotes:
        quotes = np.flatnonzero(cells == _QUOTE)
        if not _sound(cells, quotes, at_ends, delimiter):
            return None
        outside = (np.searchsorted(quotes, marks) & 1) == 0
        is_end = is_end[outside]
    lengths = np.diff(at_ends, prepend=-1)
    return Shape(
        rows=len(at_ends),
        columns=int(np.diff(np.flatnonzero(is_end), prepend=-1).max()),
        longest=int(lengths.max()),
        blanks=bool((lengths == 1).any()),
    )


def _sound(cells: Bytes, quotes: Places, at_ends: Places, delimiter: int) -> bool:
    """Return whether every quote opens a cell or closes one, on the line where it was opened."""
    if len(quotes) % 2:
        return False
    opening, closing = quotes[0::2], quotes[1::2]
    before = cells[np.maximum(opening - 1, 0)]
    after = cells[closing + 1]  # a block ends in a line end
    opens = (opening == 0) | (before == delimiter) | (before == _LF)
    closes = (after == delimiter) | (after == _LF)
    one_line = np.searchsorted(at_ends, opening) == np.searchsorted(at_ends, closing)
    return bool(opens.all() and closes.all() and one_line.all())

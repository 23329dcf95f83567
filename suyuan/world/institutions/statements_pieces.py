"""Text of many lines at once: columns of bytes joined without a loop over rows.

A line is a row of pieces, each the same bytes in every line or an array with one value a line. Arrow joins them in one
pass; what it gives is the file's bytes, one line after the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, TypeAlias
from xml.sax.saxutils import escape

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from suyuan.world.frame.dice import Ints

Piece: TypeAlias = bytes | pa.Array
Encoding = Literal["utf-8", "gb18030", "xml"]
Style = Literal["plain", "grouped", "fen"]
_TOP = 100_000  # millions an amount may have at most: 100 bn yuan


def code(text: str, encoding: Encoding) -> bytes:
    """Return one text as it stands in a file of `encoding`."""
    return escape(text).encode() if encoding == "xml" else text.encode(encoding)


def cells_of(texts: pa.Array, encoding: Encoding) -> pa.Array:
    """Return `texts` (no line ends in them; null becomes empty) as cells of a file of `encoding`."""
    filled = pc.fill_null(texts.cast(pa.string()), "")
    if encoding == "xml":
        for mark, told in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
            filled = pc.replace_substring(filled, mark, told)
        return filled.cast(pa.binary())
    cells = _quoted(filled)
    if encoding == "utf-8" or not len(cells):
        return cells.cast(pa.binary())
    return pa.array("\n".join(cells.to_pylist()).encode(encoding).split(b"\n"), pa.binary())


def _quoted(texts: pa.Array) -> pa.Array:
    """Return `texts` as cells of CSV: those that hold a delimiter or a quote stand in quotes."""
    odd = pc.match_substring_regex(texts, r'[,|"\t]')
    if not pc.any(odd, min_count=0).as_py():
        return texts
    return pc.if_else(odd, pc.binary_join_element_wise('"', pc.replace_substring(texts, '"', '""'), '"', ""), texts)


def taken(table: pa.Array, places: Any) -> pa.Array:
    """Return the values of `table` at `places`."""
    return table.take(pa.array(places))


def numbered(values: Ints) -> pa.Array:
    """Return whole numbers as bytes."""
    return pa.array(values).cast(pa.string()).cast(pa.binary())


def lines(pieces: Sequence[Piece], n: int) -> pa.Array:
    """Return the `n` lines that `pieces` make, each with its end."""
    merged: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, bytes) and merged and isinstance(merged[-1], bytes):
            merged[-1] += piece
        else:
            merged.append(piece)
    if all(isinstance(piece, bytes) for piece in merged):
        return pa.array(merged * n, pa.binary())
    told = [pa.scalar(piece, pa.binary()) if isinstance(piece, bytes) else piece for piece in merged]
    return pc.binary_join_element_wise(*told, pa.scalar(b"", pa.binary()))


def content(joined: pa.Array) -> memoryview:
    """Return the bytes of all `joined` lines, one after the other."""
    offsets = np.frombuffer(joined.buffers()[1], np.int32)[joined.offset : joined.offset + len(joined) + 1]
    data = joined.buffers()[2]
    return memoryview(data)[int(offsets[0]) : int(offsets[-1])] if data is not None else memoryview(b"")


@dataclass(frozen=True, kw_only=True)
class _Parts:
    """The parts of amounts: signs, millions, thousands and the rest as they stand behind one another, hundredths."""

    signs: pa.Array
    millions: pa.Array
    thousands: pa.Array
    rest: pa.Array
    cents: pa.Array


@cache
def _parts() -> _Parts:
    plain, padded = [str(each) for each in range(1000)], [f"{each:03d}" for each in range(1000)]
    cents = [f".{each:02d}" for each in range(100)]
    return _Parts(
        signs=_bytes(["", "-", '"', '"-']),
        millions=_bytes(["", *(f"{each:,}," for each in range(1, _TOP))]),
        thousands=_bytes(["", *(f"{each}," for each in plain[1:]), *(f"{each}," for each in padded)]),
        rest=_bytes([*plain, *padded]),
        cents=_bytes([*cents, *(f'{each}"' for each in cents)]),
    )


def _bytes(texts: Sequence[str]) -> pa.Array:
    return pa.array([text.encode() for text in texts], pa.binary())


def money(fen: Ints, style: Style, *, mark: bytes = b"") -> list[Piece]:
    """Return amounts of `fen` as cells: `plain` 1234.50, `grouped` "1,234.50", `fen` 123450; `mark` goes before."""
    if style == "fen":
        return [numbered(fen)]
    yuan, cents = np.divmod(np.abs(fen), 100)
    known, negative, long = _parts(), fen < 0, np.zeros(len(fen), np.bool_)
    body: list[Piece] = [numbered(yuan)]
    if style == "grouped":
        long = yuan >= 1000
        millions, below = np.divmod(yuan, 1_000_000)
        thousands, rest = np.divmod(below, 1000)
        body = [
            taken(known.millions, millions),
            taken(known.thousands, thousands + 1000 * (millions > 0)),
            taken(known.rest, rest + 1000 * long),
        ]
    signs = negative + 2 * long
    before: list[Piece] = [taken(known.signs, signs)] if bool(signs.any()) else []
    return [mark, *before, *body, taken(known.cents, cents + 100 * long)]


def shown_where(pieces: Sequence[Piece], shown: Any) -> list[Piece]:
    """Return a cell that is `pieces` where `shown` (one truth value a line) is true, and empty elsewhere."""
    cells = lines(pieces, len(shown))
    return [pc.if_else(pa.array(shown), cells, pa.scalar(b"", pa.binary()))]

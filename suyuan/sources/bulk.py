"""Large text files: passed through once in blocks, laid aside in segments that DuckDB reads side by side.

The pass hashes, counts, finds the widest row, turns everything into UTF-8 with one kind of line end, and mends what
breaks the rules of CSV, so that a strict parser can take the rest: every physical line becomes exactly one row, and
since each segment knows its first line, `row_no` costs nothing. Blocks that need no mending are copied as they are.
"""

import csv
import hashlib
import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import numpy as np

from suyuan.domain.errors import DataError
from suyuan.engine.text import literal
from suyuan.sources.blocks import Decoder, line_blocks
from suyuan.sources.delimited import records, sniff_delimiter
from suyuan.sources.encoding import SAMPLE, decode, mark_of, sniff
from suyuan.sources.grid import HEAD_ROWS, TAIL_ROWS, Grid
from suyuan.sources.limits import MIB
from suyuan.sources.reading import Reading, columns_of
from suyuan.sources.taken import mark_of_time
from suyuan.sources.text import checked, ends

_SEGMENT = 64 * MIB
_EDGE = 4 * MIB  # bytes kept from either end, from which head and tail are cut
_BLANK = re.compile(rb"(?m)^\n")
_QUOTE, _LF = ord('"'), ord("\n")


@dataclass(frozen=True, kw_only=True)
class _Segment:
    path: Path
    first: int  # row_no of its first line
    over_lines: bool  # a cell of it runs over lines


@dataclass(kw_only=True)
class _Laid:
    """What has been written so far."""

    folder: Path
    name: Callable[[], str]
    done: list[_Segment] = field(default_factory=list)
    stream: io.BufferedWriter | None = None
    first: int = 1
    rows: int = 0
    columns: int = 1
    longest: int = 0  # bytes of the longest line
    over_lines: bool = False
    any_over_lines: bool = False
    head: bytes = b""
    tail: bytes = b""

    def write(self, block: bytes, *, rows: int, over_lines: bool) -> None:
        """Append whole records; `rows` is the number of rows they are."""
        if self.stream is None:
            self.stream = (self.folder / f"{self.name()}.csv").open("wb")
            self.first = self.rows + 1
        self.stream.write(block)
        self.rows += rows
        self.over_lines |= over_lines
        self.any_over_lines |= over_lines
        if len(self.head) < _EDGE:
            self.head += block[:_EDGE]
        self.tail = (self.tail + block)[-_EDGE:] if len(block) < _EDGE else block[-_EDGE:]
        if self.stream.tell() >= _SEGMENT:
            self.close()

    def close(self) -> None:
        """End the segment being written."""
        if self.stream is not None:
            self.stream.close()
            self.done.append(_Segment(path=Path(self.stream.name), first=self.first, over_lines=self.over_lines))
        self.stream, self.over_lines = None, False


def read_bulk(reading: Reading, path: Path, *, file: str) -> Grid:
    """Return the grid of a delimited text too large for memory; takes memory for some blocks of 8 MiB.

    Raises:
        DataError: The file changed meanwhile, is in no known encoding, or passes a bound.
    """
    before = mark_of_time(path)
    with path.open("rb") as stream:
        sample = stream.read(SAMPLE)
    marked, _ = mark_of(sample)
    encoding = marked or sniff(sample)
    delimiter = sniff_delimiter(decode(sample[: sample.rfind(b"\n") + 1] or sample).text)
    digest = hashlib.sha256()
    decoder = Decoder(encoding=encoding)
    laid = _Laid(folder=reading.staging, name=reading.fresh)
    for block in line_blocks(path, decoder=decoder, digest=digest, limits=reading.limits):
        reading.tick()
        _lay(reading, laid, block, delimiter=delimiter)
    laid.close()
    decoder.check(lines=laid.rows)
    if mark_of_time(path) != before:
        raise DataError("read.changed")
    if not laid.rows:
        raise DataError("read.blank")
    notes = [*decoder.notes()]
    if laid.any_over_lines:
        notes.append("read.cell_over_lines")
    return Grid(
        file=file,
        sha256=digest.hexdigest(),
        sheet=None,
        sheet_no=1,
        relation=_view(reading, laid, delimiter),
        n_cols=laid.columns,
        n_rows=laid.rows,
        head=_edge(laid.head, delimiter)[:HEAD_ROWS],
        tail=_edge(laid.tail[laid.tail.find(b"\n") + 1 :] or laid.tail, delimiter)[-TAIL_ROWS:],
        encoding=encoding,
        delimiter=delimiter,
        notes=tuple(notes),
    )


def _edge(block: bytes, delimiter: str) -> tuple[tuple[str | None, ...], ...]:
    """Return the whole records of `block`, which was written by `_lay`, row by physical row."""
    whole = block[: block.rfind(b"\n") + 1].decode("utf-8", "replace")
    return ends(record.cells for record in records(whole, delimiter=delimiter))


def _view(reading: Reading, laid: _Laid, delimiter: str) -> str:
    columns = ", ".join(f"'{name}': 'VARCHAR'" for name in columns_of(laid.columns))
    longest = max(2 * MIB, laid.longest + 1024)
    options = (
        f"columns = {{{columns}}}, delim = {literal(delimiter)}, quote = '\"', escape = '\"', header = false, "
        f"auto_detect = false, null_padding = true, strict_mode = true, compression = 'none', "
        f"max_line_size = {longest}, buffer_size = {max(16 * MIB, 2 * longest)}"
    )
    parts = (
        f"select {segment.first - 1} + row_number() over () as row_no, * from read_csv("
        f"{literal(str(segment.path))}, {options}, parallel = {'false' if segment.over_lines else 'true'})"
        for segment in laid.done
    )
    return reading.view(" union all ".join(parts))


def _lay(reading: Reading, laid: _Laid, block: bytes, *, delimiter: str) -> None:
    """Write one block of whole lines (UTF-8, ending in a line end), mended where it must be."""
    plain = block.replace(b"\r\n", b"\n") if b"\r" in block else block
    if b"\r" in plain and b'"' not in plain:
        plain = plain.replace(b"\r", b"\n")
    shape = None if b"\r" in plain else _shape(plain, ord(delimiter))
    if shape is None or shape.longest > reading.limits.cell_chars or shape.columns > reading.limits.columns:
        _mend(reading, laid, block.decode(), delimiter=delimiter)
        return
    laid.columns = max(laid.columns, shape.columns)
    laid.longest = max(laid.longest, shape.longest)
    laid.write(_BLANK.sub(b'""\n', plain) if shape.blanks else plain, rows=shape.rows, over_lines=False)


@dataclass(frozen=True, kw_only=True)
class _Shape:
    rows: int
    columns: int
    longest: int
    blanks: bool


def _shape(block: bytes, delimiter: int) -> _Shape | None:
    """Return the shape of `block`, or None when its quotes break a rule or a cell runs over lines."""
    cells = np.frombuffer(block, dtype=np.uint8)
    marks = np.flatnonzero((cells == delimiter) | (cells == _LF))
    is_end = cells[marks] == _LF
    at_ends = marks[is_end]
    if b'"' in block:
        quotes = np.flatnonzero(cells == _QUOTE)
        if not _quotes_sound(cells, quotes, at_ends, delimiter):
            return None
        outside = (np.searchsorted(quotes, marks) & 1) == 0
        marks, is_end = marks[outside], is_end[outside]
    order = np.flatnonzero(is_end)
    lengths = np.diff(at_ends, prepend=-1)
    return _Shape(
        rows=len(at_ends),
        columns=int(np.diff(order, prepend=-1).max()),
        longest=int(lengths.max()),
        blanks=bool((lengths == 1).any()),
    )


def _quotes_sound(cells: np.ndarray, quotes: np.ndarray, at_ends: np.ndarray, delimiter: int) -> bool:
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


def _mend(reading: Reading, laid: _Laid, text: str, *, delimiter: str) -> None:
    """Write the records of `text` by the rules of RFC 4180; a record over lines is followed by empty rows."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    rows, columns, longest, over_lines = 0, 1, 0, False
    found = checked(reading, records(text, delimiter=delimiter), line=laid.rows + 1)
    while chunk := list(islice(found, 4096)):
        for record in chunk:
            writer.writerow(record.cells or [""])
            rows += record.lines
            columns = max(columns, len(record.cells))
            if record.lines > 1:
                over_lines = True
                out.write('""\n' * (record.lines - 1))
        longest = max(longest, *(4 * sum(map(len, record.cells)) + 4 * len(record.cells) for record in chunk))
    laid.columns = max(laid.columns, columns)
    laid.longest = max(laid.longest, longest)
    laid.write(out.getvalue().encode(), rows=rows, over_lines=over_lines)

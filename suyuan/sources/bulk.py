"""Large text files: passed through once in blocks, laid aside in segments that DuckDB reads side by side.

The pass hashes, counts, finds the widest row, turns everything into UTF-8 with one kind of line end, and mends what
breaks the rules of CSV, so that a strict parser can take the rest: every physical line becomes exactly one row, and
since each segment knows its first line, `row_no` costs nothing. Blocks that need no mending are copied as they are.
"""

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from suyuan.domain.errors import DataError
from suyuan.engine.text import literal
from suyuan.sources.blocks import Behind, Decoder, ahead, line_blocks
from suyuan.sources.delimited import records, sniff_delimiter
from suyuan.sources.encoding import SAMPLE, decode, mark_of, sniff
from suyuan.sources.grid import HEAD_ROWS, TAIL_ROWS, Grid
from suyuan.sources.limits import MIB
from suyuan.sources.reading import Reading, columns_of
from suyuan.sources.shape import Looked, look_at
from suyuan.sources.taken import mark_of_time
from suyuan.sources.text import checked, ends

_SEGMENT = 64 * MIB
_EDGE = 4 * MIB  # bytes kept from either end, from which head and tail are cut
_BLANK = re.compile(rb"(?m)^\n")
_LINE_END = re.compile(rb"\n")
_LINES = 2_000  # lines looked at for head and tail: a cell over lines takes twice its lines


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
    decoder = Decoder(encoding=encoding)
    laid = _Laid(folder=reading.staging, name=reading.fresh)
    with Behind() as digest:
        blocks = line_blocks(path, decoder=decoder, digest=digest, limits=reading.limits)
        for looked in ahead(lambda block: look_at(decoder.utf8(block), ord(delimiter)), blocks):
            reading.tick()
            _lay(reading, laid, looked, delimiter=delimiter)
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
        head=_head(laid.head, delimiter),
        tail=_tail(laid.tail, delimiter),
        encoding=encoding,
        delimiter=delimiter,
        notes=tuple(notes),
    )


def _head(block: bytes, delimiter: str) -> tuple[tuple[str | None, ...], ...]:
    """Return the first rows of what was written."""
    end = block.rfind(b"\n") + 1
    for found in islice(_LINE_END.finditer(block), _LINES, _LINES + 1):
        end = found.end()
    return _rows(block[:end], delimiter)[:HEAD_ROWS]


def _tail(block: bytes, delimiter: str) -> tuple[tuple[str | None, ...], ...]:
    """Return the last rows of what was written."""
    start = len(block) - 1
    for _ in range(_LINES):
        start = block.rfind(b"\n", 0, max(0, start))
        if start < 0:
            break
    return _rows(block[start + 1 :], delimiter)[-TAIL_ROWS:]


def _rows(block: bytes, delimiter: str) -> tuple[tuple[str | None, ...], ...]:
    told = block.decode("utf-8", "replace")
    return ends(record.cells for record in records(told, delimiter=delimiter))


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


def _lay(reading: Reading, laid: _Laid, looked: Looked, *, delimiter: str) -> None:
    """Write one block of whole lines, mended where it must be."""
    shape = looked.shape
    if shape is None or shape.longest > reading.limits.cell_chars or shape.columns > reading.limits.columns:
        _mend(reading, laid, looked.block.decode(), delimiter=delimiter)
        return
    laid.columns = max(laid.columns, shape.columns)
    laid.longest = max(laid.longest, shape.longest)
    block = _BLANK.sub(b'""\n', looked.block) if shape.blanks else looked.block
    laid.write(block, rows=shape.rows, over_lines=False)


def _mend(reading: Reading, laid: _Laid, text: str, *, delimiter: str) -> None:
    """Write the records of `text` by the rules of RFC 4180; a record over lines is followed by empty rows."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n", quoting=csv.QUOTE_ALL)
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

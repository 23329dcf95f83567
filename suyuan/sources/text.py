"""Small text files: decoded, cut into cells, laid out row by physical row."""

from collections.abc import Iterable, Iterator

from suyuan.domain.errors import DataError
from suyuan.sources.delimited import Record, records, sniff_delimiter
from suyuan.sources.encoding import decode
from suyuan.sources.grid import HEAD_ROWS, TAIL_ROWS, Grid
from suyuan.sources.reading import Reading, lay_rows


def read_text(reading: Reading, data: bytes, *, file: str, sha256: str) -> Grid:
    """Return the grid of the delimited text `data`.

    A record over several physical lines takes as many rows, the later ones empty, so that `row_no` is the line.

    Raises:
        DataError: No known encoding, nothing but blanks, or a bound passed.
    """
    decoded = decode(data)
    if not decoded.text.strip():
        raise DataError("read.blank")
    delimiter = sniff_delimiter(decoded.text)
    notes = list(decoded.notes)
    rows: list[list[str]] = []
    for record in checked(reading, records(decoded.text, delimiter=delimiter)):
        rows.append(record.cells)
        if record.lines > 1:
            notes.append("read.cell_over_lines")
            rows.extend([] for _ in range(record.lines - 1))
    n_cols = max(map(len, rows))
    return Grid(
        file=file,
        sha256=sha256,
        sheet=None,
        sheet_no=1,
        relation=lay_rows(reading, rows, n_cols=n_cols),
        n_cols=n_cols,
        n_rows=len(rows),
        head=ends(rows[:HEAD_ROWS]),
        tail=ends(rows[-TAIL_ROWS:]),
        encoding=decoded.encoding,
        delimiter=delimiter,
        notes=tuple(dict.fromkeys(notes)),
    )


def checked(reading: Reading, found: Iterable[Record], *, line: int = 1) -> Iterator[Record]:
    """Pass records on while they keep within the bounds; the first one stands on `line`.

    Raises:
        DataError: Too many columns, too long a cell, or the clock ran out.
    """
    limits = reading.limits
    for record in found:
        if len(record.cells) > limits.columns:
            raise DataError("read.too_wide", line=line, columns=len(record.cells), limit=limits.columns)
        if record.cells and max(map(len, record.cells)) > limits.cell_chars:
            raise DataError("read.cell_too_long", line=line, limit=limits.cell_chars)
        if line % 65_536 == 0:
            reading.tick()
        yield record
        line += record.lines


def ends(rows: Iterable[Iterable[str | None]]) -> tuple[tuple[str | None, ...], ...]:
    """Return `rows` as the head or tail of a grid: empty cells are null."""
    return tuple(tuple(cell or None for cell in row) for row in rows)

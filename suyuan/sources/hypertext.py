"""Tables of an HTML page: what many systems hand over under the name of XLS."""

from collections.abc import Iterator
from html.parser import HTMLParser

from suyuan.domain.errors import DataError
from suyuan.sources.encoding import decode
from suyuan.sources.grid import HEAD_ROWS, TAIL_ROWS, Grid
from suyuan.sources.reading import Reading, lay_rows
from suyuan.sources.taken import Taken
from suyuan.sources.text import ends

_CELLS = ("td", "th")
_SPAN = 100  # cells one cell may claim to cover


def read_html(reading: Reading, taken: Taken) -> Iterator[Grid]:
    """Yield a grid for every table of the page that has cells; a table inside a cell is a grid of its own.

    A cell over several columns fills the first and leaves the others empty.

    Raises:
        DataError: The page is too big, in no known encoding, or has no table.
    """
    if taken.size > reading.limits.small_text * 4:
        raise DataError("read.too_big", bytes=taken.size, limit=reading.limits.small_text * 4)
    decoded = decode(taken.path.read_bytes())
    page = _Page(columns=reading.limits.columns, chars=reading.limits.cell_chars)
    page.feed(decoded.text)
    page.close()
    tables = [rows for rows in page.tables if any(any(row) for row in rows)]
    if not tables:
        raise DataError("read.no_table")
    for number, rows in enumerate(tables, start=1):
        reading.tick()
        n_cols = max(map(len, rows))
        yield Grid(
            file=taken.file,
            sha256=taken.sha256,
            sheet=None,
            sheet_no=number,
            relation=lay_rows(reading, rows, n_cols=n_cols),
            n_cols=n_cols,
            n_rows=len(rows),
            head=ends(rows[:HEAD_ROWS]),
            tail=ends(rows[-TAIL_ROWS:]),
            encoding=decoded.encoding,
            notes=("read.html_table", *decoded.notes),
        )


class _Page(HTMLParser):
    """Collects the rows of every table in the order in which the tables open."""

    def __init__(self, *, columns: int, chars: int) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self._columns = columns
        self._chars = chars
        self._open: list[list[list[str]]] = []  # tables around the place being read, innermost last
        self._cell: list[str] | None = None
        self._outer: list[list[str] | None] = []
        self._span = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append([])
            self._open.append(self.tables[-1])
            self._outer.append(self._cell)
            self._cell = None
        elif tag == "tr" and self._open:
            self._close_cell()
            self._open[-1].append([])
        elif tag in _CELLS and self._open:
            self._close_cell()
            self._cell = []
            told = dict(attrs).get("colspan") or "1"
            self._span = min(int(told), _SPAN) if told.isascii() and told.isdigit() and len(told) < 9 else 1
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _CELLS or tag == "tr":
            self._close_cell()
        elif tag == "table" and self._open:
            self._close_cell()
            self._open.pop()
            self._cell = self._outer.pop()

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def close(self) -> None:
        super().close()
        self._close_cell()

    def _close_cell(self) -> None:
        if self._cell is None or not self._open:
            return
        table = self._open[-1]
        if not table:
            table.append([])
        text = "".join(self._cell).strip("\r\n")
        if len(text) > self._chars:
            raise DataError("read.cell_too_long", line=self.getpos()[0], limit=self._chars)
        table[-1].extend([text, *("" for _ in range(self._span - 1))])
        if len(table[-1]) > self._columns:
            raise DataError("read.too_wide", line=self.getpos()[0], columns=len(table[-1]), limit=self._columns)
        self._cell, self._span = None, 1

"""XLS and XLSX: every sheet as a grid of text, numbers and dates written out in full.

Nothing is calculated: a formula is worth the value the file keeps for it. What is stored as a number has no more than
15 certain digits; longer ones (an account typed into an unformatted cell) are noted.
"""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import python_calamine as calamine

from suyuan.domain.errors import DataError
from suyuan.sources.grid import HEAD_ROWS, TAIL_ROWS, Grid
from suyuan.sources.reading import Reading, Row, lay_rows
from suyuan.sources.taken import Taken
from suyuan.sources.text import ends

Value = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta

_CERTAIN = 10**15
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_HALF_MILLI = 500


def read_sheets(reading: Reading, taken: Taken, *, notes: tuple[str, ...] = ()) -> Iterator[Grid]:
    """Yield a grid for every sheet that has cells, in the workbook's order; hidden ones are noted as such.

    Raises:
        DataError: The workbook is broken, needs a password, is another kind of Office file, or has no cells at all.
    """
    book = _open(taken)
    any_cells = False
    for number, about in enumerate(book.sheets_metadata, start=1):
        if about.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        reading.tick()
        sheet = _sheet(book, number - 1)
        if sheet.end is None:
            continue
        any_cells = True
        hidden = () if about.visible == calamine.SheetVisibleEnum.Visible else ("read.hidden_sheet",)
        yield _grid(reading, taken, sheet, number, notes + hidden)
    if not any_cells:
        raise DataError("read.blank")


def _open(taken: Taken) -> calamine.CalamineWorkbook:
    with taken.path.open("rb") as stream:
        if stream.read(4) == b"\xd0\xcf\x11\xe0" and _ENCRYPTED in stream.read(1 << 20):
            raise DataError("read.password")
    try:
        return calamine.CalamineWorkbook.from_path(taken.path)
    except calamine.PasswordError as fault:
        raise DataError("read.password") from fault
    except (calamine.CalamineError, OSError, ValueError) as fault:
        raise DataError("read.broken_workbook", why=_words(fault)) from fault
    except BaseException as fault:
        raise _panic(fault) from fault


def _sheet(book: calamine.CalamineWorkbook, index: int) -> calamine.CalamineSheet:
    try:
        return book.get_sheet_by_index(index)
    except (calamine.CalamineError, OSError, ValueError) as fault:
        raise DataError("read.broken_workbook", why=_words(fault)) from fault
    except BaseException as fault:
        raise _panic(fault) from fault


def _panic(fault: BaseException) -> BaseException:
    """Return a data error for a panic of the library, anything else unchanged (an interrupt stays one)."""
    if type(fault).__name__ == "PanicException":
        return DataError("read.broken_workbook", why=_words(fault))
    return fault


def _words(fault: BaseException) -> str:
    return str(fault).splitlines()[0][:200] if str(fault) else type(fault).__name__


def _grid(reading: Reading, taken: Taken, sheet: calamine.CalamineSheet, number: int, notes: tuple[str, ...]) -> Grid:
    assert sheet.start is not None
    assert sheet.end is not None
    n_cols = sheet.end[1] + 1
    if n_cols > reading.limits.columns:
        raise DataError("read.too_wide_sheet", columns=n_cols, limit=reading.limits.columns)
    seen = _Seen()
    rows = seen.follow(sheet.iter_rows(), left=sheet.start[1])
    relation = lay_rows(reading, rows, n_cols=n_cols)
    merged = ("read.merged_cells",) if sheet.merged_cell_ranges else ()
    longer = ("read.long_number",) if seen.long_number else ()
    return Grid(
        file=taken.file,
        sha256=taken.sha256,
        sheet=sheet.name,
        sheet_no=number,
        relation=relation,
        n_cols=n_cols,
        n_rows=seen.count,
        head=ends(seen.head),
        tail=ends(seen.tail),
        notes=(*notes, *merged, *longer),
    )


class _Seen:
    """Turns rows of values into rows of text, keeping the first and last ones and what was odd."""

    def __init__(self) -> None:
        self.count = 0
        self.long_number = False
        self.head: list[Row] = []
        self.tail: list[Row] = []

    def follow(self, rows: Iterator[list[Value]], *, left: int) -> Iterator[Row]:
        """Yield each row as text, `left` empty cells before it."""
        for row in rows:
            told = [
                *(None for _ in range(left)),
                *[value if type(value) is str else self._text(value) for value in row],
            ]
            self.count += 1
            if len(self.head) < HEAD_ROWS:
                self.head.append(told)
            self.tail.append(told)
            if len(self.tail) > 2 * TAIL_ROWS:
                del self.tail[:-TAIL_ROWS]
            yield told
        del self.tail[:-TAIL_ROWS]

    def _text(self, value: Value) -> str:
        if isinstance(value, float | int) and not isinstance(value, bool) and abs(value) >= _CERTAIN:
            self.long_number = True
        return cell_text(value)


def cell_text(value: Value) -> str:
    """Return the text of one cell: `67.0` is `67`, `1e-7` is `0.0000001`, a date is `2023-05-02`, a truth is `TRUE`.

    Numbers are written with the 15 digits a sheet shows, or all of them where they are whole and exact; never with an
    exponent. Times are to the second unless the cell holds a finer one. A duration is `30:00:00`.
    """
    match value:
        case str():
            text = value
        case bool():
            text = "TRUE" if value else "FALSE"
        case int():
            text = str(value)
        case float():
            text = _number_text(value)
        case dt.datetime():
            text = _to_second(value).isoformat(sep=" ")
        case dt.timedelta():
            text = _duration_text(value)
        case _:
            text = value.isoformat()
    return text


def _number_text(value: float) -> str:
    if value.is_integer():
        return str(int(value)) if abs(value) <= 2**53 else format(Decimal(repr(value)), "f")
    return format(Decimal(format(value, ".15g")), "f")


def _to_second(value: dt.datetime) -> dt.datetime:
    """Undo the noise of a day held as a fraction: within half a millisecond of a second it is that second."""
    off = value.microsecond
    if off <= _HALF_MILLI:
        return value.replace(microsecond=0)
    if off >= 1_000_000 - _HALF_MILLI:
        return value.replace(microsecond=0) + dt.timedelta(seconds=1)
    return value


def _duration_text(value: dt.timedelta) -> str:
    seconds = round(value.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"

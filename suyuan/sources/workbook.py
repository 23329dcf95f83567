"""The outside of an XLSX: is it one, is it honest about its size, and what a reader of its cells would not notice.

The cells themselves are read by calamine, which lays a sheet out as one rectangle in memory: its corners are measured
here first.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from suyuan.domain.errors import DataError
from suyuan.sources.archive import check_density, inflated
from suyuan.sources.reading import Reading
from suyuan.sources.taken import Taken

_SHEET = re.compile(r"\Axl/worksheets/[^/]+\.xml\Z", re.IGNORECASE)
_COLUMNS = re.compile(rb"""\br=["']([A-Za-z]{1,3})\d""")
_ROWS = re.compile(rb"""<(?:\w+:)?row\b[^>]{0,300}?\br=["'](\d{1,9})["']""")
_LONG_ROWS = re.compile(rb"""\br=["'][A-Za-z]{1,3}(\d{6,9})["']""")
_ANY_ROWS = re.compile(rb"""\br=["'][A-Za-z]{1,3}(\d{1,9})["']""")
_NO_VALUE = re.compile(
    rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f\b[^>]{0,300}/>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</"
)
_ERROR = re.compile(rb"""\bt=["']e["']""")
_OVERLAP = 512


@dataclass(kw_only=True)
class _Extent:
    columns: int = 0
    rows: int = 0
    unsure_rows: bool = False  # cells' own row numbers below 100,000 were not looked at

    @property
    def cells(self) -> int:
        return self.columns * (max(self.rows, 99_999) if self.unsure_rows else self.rows)


def is_workbook(names: list[str]) -> bool:
    """Return whether an archive of these members is an Excel workbook in XML."""
    folded = {name.lower() for name in names}
    return "[content_types].xml" in folded and "xl/workbook.xml" in folded


def is_other_office(names: list[str]) -> bool:
    """Return whether an archive of these members is another office document (DOCX, PPTX, XLSB, ODS)."""
    folded = {name.lower() for name in names}
    return "[content_types].xml" in folded or ("mimetype" in folded and "content.xml" in folded)


def inspect(reading: Reading, taken: Taken) -> tuple[str, ...]:
    """Return what is odd about a workbook, as catalogue keys: macros, links, formulas without values, error cells.

    Raises:
        DataError: It is broken, encrypted, dishonest about its size, or lays out more cells than may be held.
    """
    limits = reading.limits
    notes: list[str] = []
    with zipfile.ZipFile(taken.path) as archive, taken.path.open("rb") as stream:
        members = archive.infolist()
        check_density(reading, taken, members)
        size = sum(member.file_size for member in members)
        if size > limits.sheet_bytes:
            raise DataError("read.unpacks_too_big", bytes=size, limit=limits.sheet_bytes)
        if any(member.flag_bits & 1 for member in members):
            raise DataError("read.password")
        names = [member.filename.lower() for member in members]
        if len(set(names)) < len(names):
            raise DataError("read.member_twice")
        if any(name.endswith("vbaproject.bin") for name in names):
            notes.append("read.macros_left")
        if any(name.startswith("xl/externallinks/") for name in names):
            notes.append("read.external_links")
        for member in members:
            parts = inflated(stream, member)
            if _SHEET.match(member.filename):
                notes.extend(_measure(reading, parts))
            else:
                for _ in parts:
                    reading.tick()
    return tuple(dict.fromkeys(notes))


def _measure(reading: Reading, parts: Iterator[bytes]) -> set[str]:
    """Return the notes of one sheet; the rectangle of its cells is measured on the way."""
    limits = reading.limits
    notes: set[str] = set()
    extent = _Extent()
    window = b""
    for part in parts:
        reading.tick()
        window = window[-_OVERLAP:] + part
        _widen(extent, window)
        if extent.cells > limits.sheet_cells and extent.unsure_rows:
            extent.rows = max([extent.rows, *map(int, _ANY_ROWS.findall(window))])
            extent.unsure_rows = False
        if extent.columns > limits.columns:
            raise DataError("read.too_wide_sheet", columns=extent.columns, limit=limits.columns)
        if extent.cells > limits.sheet_cells:
            raise DataError("read.sheet_too_big", cells=extent.cells, limit=limits.sheet_cells)
        if b"<f" in window or b":f" in window:
            notes.update({"read.formula_without_value"} if _NO_VALUE.search(window) else ())
        if _ERROR.search(window):
            notes.add("read.error_cells")
    return notes


def _widen(extent: _Extent, window: bytes) -> None:
    columns = max((_column_number(name) for name in set(_COLUMNS.findall(window))), default=0)
    rows = [*map(int, _ROWS.findall(window)), *map(int, _LONG_ROWS.findall(window))]
    extent.columns = max(extent.columns, columns)
    extent.rows = max([extent.rows, *rows])


def _column_number(name: bytes) -> int:
    number = 0
    for letter in name.upper():
        number = number * 26 + letter - 64
    return number

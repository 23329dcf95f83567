"""Finds the header of a table among the first rows of a grid, and the name of each column."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from suyuan.sources.grid import Grid

_LOOK = 60  # rows that may stand above a header


@dataclass(frozen=True, kw_only=True)
class HeadRow:
    """A header: its row (0: the grid's columns bear their names themselves) and the relation's column of each name.

    A name that stands twice is `Name` and `Name.1`. Names compare without regard to case, width and blanks.
    """

    row_no: int
    places: dict[str, str]

    def has(self, name: str) -> bool:
        """Return whether a column bears `name`."""
        return plain(name) in self.places

    def column(self, name: str) -> str | None:
        """Return the quoted column of the relation that bears `name`, or null."""
        return self.places.get(plain(name))


@lru_cache(maxsize=16_384)  # the same names are asked for in every file: 100,000 times in a folder of 300
def plain(name: str) -> str:
    """Return `name` as it is compared."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split()).strip("\ufeff\"'")


def header_at(grid: Grid, row_no: int) -> HeadRow:
    """Return row `row_no` of the grid's head read as a header."""
    return _header(row_no, {f"c{place}": cell or "" for place, cell in enumerate(grid.head[row_no - 1], start=1)})


def headers(grid: Grid) -> list[HeadRow]:
    """Return what may be the header of `grid`: its own names, or each of its first rows with two cells or more."""
    if grid.names is not None:
        return [_header(0, {name: name for name in grid.names})]
    rows = [
        row_no
        for row_no, row in enumerate(grid.head[:_LOOK], start=1)
        if sum(1 for cell in row if cell and cell.strip()) > 1
    ]
    return [header_at(grid, row_no) for row_no in rows]


def _header(row_no: int, cells: dict[str, str]) -> HeadRow:
    places: dict[str, str] = {}
    for place, cell in cells.items():
        name = plain(cell)
        turn, wanted = 1, name
        while wanted in places:
            wanted, turn = f"{name}.{turn}", turn + 1
        if name:
            places[wanted] = '"' + place.replace('"', '""') + '"'
    return HeadRow(row_no=row_no, places=places)

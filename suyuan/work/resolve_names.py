"""Two names, or a table of pairs of names: may they be one person's, and what parts them."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb

from suyuan.domain.errors import DataError, NotFound, UsageError
from suyuan.engine.duck import connect
from suyuan.resolve.name_kind import KINDS, NameVerdict, compared, compared_all
from suyuan.sources.grid import Grid
from suyuan.sources.limits import Limits
from suyuan.sources.open import open_grids

BAR = 0.97
"""Share of rightly answered pairs below which a table asks for attention."""
MOST_BYTES = 64 * 1024 * 1024  # some two million pairs
MOST_ROWS = 1_000_000
MOST_CHARACTERS = 200  # of one name

_LIMITS = Limits(file_bytes=MOST_BYTES, unpacked_bytes=8 * MOST_BYTES, sheet_bytes=8 * MOST_BYTES, cell_chars=10_000)
_HEADER_WITHIN = 30
_COLUMNS: Mapping[str, tuple[str, ...]] = {  # meaning → headers it stands under, the first that is there
    "left": ("left", "name_left", "left_name", "name_a", "a", "name1", "姓名1", "左"),
    "right": ("right", "name_right", "right_name", "name_b", "b", "name2", "姓名2", "右"),
    "former_left": ("former_left",),
    "former_right": ("former_right",),
    "wanted": ("wanted", "wanted_kind", "expected", "答案"),
}
_ANSWERS = {
    "same": True,
    "yes": True,
    "true": True,
    "1": True,
    "different": False,
    "no": False,
    "false": False,
    "0": False,
}


@dataclass(frozen=True, kw_only=True)
class NamePair:
    """One row of a table: its number in the file, the names, the verdict.

    `wanted` is null where nothing was wanted, and so is `right_answer`, whether it came out.
    """

    row: int
    left: str
    right: str
    kind: str
    same: bool
    wanted: str | None
    right_answer: bool | None


@dataclass(frozen=True, kw_only=True)
class NameTable:
    """A table of pairs. `share` is of those with a wanted answer, six digits; null where none has one."""

    file: str
    pairs: tuple[NamePair, ...]

    @property
    def asked(self) -> int:
        """Pairs with a wanted answer."""
        return sum(pair.wanted is not None for pair in self.pairs)

    @property
    def misses(self) -> tuple[NamePair, ...]:
        """Pairs that were answered otherwise than wanted."""
        return tuple(pair for pair in self.pairs if pair.right_answer is False)

    @property
    def share(self) -> float | None:
        """Share of rightly answered pairs."""
        return round((self.asked - len(self.misses)) / self.asked, 6) if self.asked else None

    def to_json(self) -> dict[str, Any]:
        """Return the table for programs."""
        return {
            "file": self.file,
            "asked": self.asked,
            "answered_rightly": self.asked - len(self.misses),
            "share": self.share,
            "bar": BAR,
            "misses": [asdict(pair) for pair in self.misses],
            "pairs": [asdict(pair) for pair in self.pairs],
        }


def compare_two(
    left: str, right: str, *, former_left: str | None = None, former_right: str | None = None
) -> NameVerdict:
    """Return what parts two names.

    Raises:
        UsageError: A name has more than 200 characters.
    """
    longest = max(map(len, (left, right, former_left or "", former_right or "")))
    if longest > MOST_CHARACTERS:
        raise UsageError("names.name_too_long", length=longest, most=MOST_CHARACTERS)
    return compared(left, right, former_left=former_left, former_right=former_right)


def compare_table(path: Path) -> NameTable:
    """Return the verdict of every pair of the table in `path`, in its order.

    Columns: `left`, `right`; as wanted `former_left`, `former_right` and `wanted` (same, different or a kind). Any
    layout that is read elsewhere (CSV in any encoding, XLSX, Parquet, JSON lines); the first sheet with the columns
    counts.

    Raises:
        NotFound: No such file.
        DataError: The file is over 64 MiB or 1,000,000 rows, cannot be read or lacks the columns; a name has more than
            200 characters; a wanted answer is none.
    """
    if not path.is_file():
        raise NotFound("names.no_file", file=path)
    if (size := path.stat().st_size) > MOST_BYTES:
        raise DataError("names.too_big", file=path, size=size, most=MOST_BYTES)
    with tempfile.TemporaryDirectory() as folder:
        con = connect(temp_dir=Path(folder))
        try:
            rows = _rows(path, con=con, staging=Path(folder))
        finally:
            con.close()
    _check(path, rows)
    verdicts = compared_all(
        [row["left"] or "" for row in rows],
        [row["right"] or "" for row in rows],
        former_left=[row["former_left"] for row in rows],
        former_right=[row["former_right"] for row in rows],
    )
    return NameTable(file=str(path), pairs=tuple(map(_pair, rows, verdicts)))


def _rows(path: Path, *, con: duckdb.DuckDBPyConnection, staging: Path) -> list[dict[str, Any]]:
    heads: list[str] = []
    for grid in open_grids(path, con=con, staging=staging, limits=_LIMITS):
        if not isinstance(grid, Grid):
            raise DataError("names.unreadable", file=path, why=str(DataError(grid.key, **grid.values)))
        columns, header = _columns(grid)
        if columns:
            return _read(path, con, grid=grid, columns=columns, header=header)
        first = next((row for row in ([grid.names] if grid.names else grid.head) if row and any(row)), ())
        heads.append(" | ".join(cell or "" for cell in first[:12]))
    raise DataError("names.no_columns", file=path, found="; ".join(heads) or "–")


def _columns(grid: Grid) -> tuple[Mapping[str, str], int]:
    """Return meaning → column of the grid's relation, and the row of the header; empty where no row names both."""
    rows: list[tuple[int, Sequence[str | None]]] = list(enumerate(grid.head[:_HEADER_WITHIN], start=1))
    if grid.names is not None:
        rows = [(0, grid.names)]
    for number, cells in rows:
        found = {(cell or "").strip().lower(): place for place, cell in enumerate(cells)}
        there = {
            meaning: next((found[header] for header in headers if header in found), None)
            for meaning, headers in _COLUMNS.items()
        }
        if there["left"] is not None and there["right"] is not None:
            names = grid.names or [f"c{place + 1}" for place in range(len(cells))]
            return {meaning: names[place] for meaning, place in there.items() if place is not None}, number
    return {}, 0


def _read(
    path: Path, con: duckdb.DuckDBPyConnection, *, grid: Grid, columns: Mapping[str, str], header: int
) -> list[dict[str, Any]]:
    quoted = {meaning: '"' + name.replace('"', '""') + '"' for meaning, name in columns.items()}
    cells = ", ".join(
        f"cast({quoted[meaning]} as text)" if meaning in quoted else "cast(null as text)" for meaning in _COLUMNS
    )
    filled = " or ".join(f"{quoted[meaning]} is not null" for meaning in ("left", "right"))
    found = con.sql(
        f"select row_no, {cells} from {grid.relation} where row_no > {header} and ({filled})"
        f" order by row_no limit {MOST_ROWS + 1}"
    ).fetchall()
    if len(found) > MOST_ROWS:
        raise DataError("names.too_many", file=path, most=MOST_ROWS)
    return [dict(zip(("row", *_COLUMNS), row, strict=True)) for row in found]


def _check(path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    """Refuse names that are too long and wanted answers that are none."""
    for row in rows:
        longest = max(len(row[meaning] or "") for meaning in _COLUMNS)
        if longest > MOST_CHARACTERS:
            raise DataError("names.too_long", file=path, row=row["row"], length=longest, most=MOST_CHARACTERS)
        wanted = _wanted(row)
        if wanted is not None and wanted not in _ANSWERS and wanted not in KINDS:
            raise DataError(
                "names.wanted_unknown", file=path, row=row["row"], given=row["wanted"], known=", ".join(KINDS)
            )


def _wanted(row: Mapping[str, Any]) -> str | None:
    return (row["wanted"] or "").strip().lower() or None


def _pair(row: Mapping[str, Any], verdict: NameVerdict) -> NamePair:
    """Return one row with its verdict; `same` as a wanted answer asks for no kind: any but `different` is right."""
    wanted = _wanted(row)
    as_wanted = (
        None if wanted is None else verdict.same == _ANSWERS[wanted] if wanted in _ANSWERS else verdict.kind == wanted
    )
    return NamePair(
        row=row["row"],
        left=row["left"] or "",
        right=row["right"] or "",
        kind=verdict.kind,
        same=verdict.same,
        wanted=wanted,
        right_answer=as_wanted,
    )

"""Cells as a file holds them, before anybody has said what they mean; and the recipe that says it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

HEAD_ROWS = 400
TAIL_ROWS = 60


@dataclass(frozen=True, kw_only=True)
class Grid:
    """One sheet, text file or table of one file, as text cells.

    `relation` names a DuckDB view on the reader's connection with `row_no` (bigint, 1-based row of the sheet or
    physical line of the text) and `c1 … cN` (text; null where the row has no such cell or an empty one; cells are as
    written, padding included). `row_no` runs from 1 without gaps; blank lines, and the further lines of a cell over
    lines, are rows of nulls. For Parquet and JSON lines `names` holds the real column names, `row_no` the record
    number, and `relation` has those names and types (JSON: text) instead of `c1 … cN`.
    """

    file: str  # as the user would name it; members of archives as "archive.zip!inner/name.csv"
    sha256: str  # of the bytes of the file, or of the member
    sheet: str | None  # sheet name; None for text
    sheet_no: int  # 1-based; 1 for text
    relation: str
    n_cols: int
    n_rows: int | None  # None when not counted yet (large text)
    head: tuple[tuple[str | None, ...], ...]  # first HEAD_ROWS rows, row 1 first, cells as text
    tail: tuple[tuple[str | None, ...], ...]  # last TAIL_ROWS rows (overlaps head in small files)
    names: tuple[str, ...] | None = None
    encoding: str | None = None
    delimiter: str | None = None
    notes: tuple[str, ...] = ()  # catalogue keys of what was odd and survived


@dataclass(frozen=True, kw_only=True)
class Refused:
    """A file or member that cannot be read, and why."""

    file: str
    key: str  # catalogue key
    values: Mapping[str, object] = field(default_factory=dict)  # with `file`: `say(key, **values)` stands alone
    harmless: bool = False  # passed over as litter of an operating system or program: told, but nothing is missing


@dataclass(frozen=True, kw_only=True)
class TableRecipe:
    """How rows of one grid become rows of one contracted table.

    `columns` maps a contract column to a DuckDB expression over the relation's columns; a column left out is null. The
    stage casts to the contract's type (a text that does not cast is a refusal) and puts `source:` before every id.
    `refuse` holds (reason code, predicate): a row for which a predicate is true goes to quarantine with that reason.
    Rows failing `where` simply do not concern this table (a filter of a mapping, not a refusal).
    """

    table: str
    columns: Mapping[str, str]
    where: str | None = None
    refuse: tuple[tuple[str, str], ...] = ()
    # As `Recipe.once`, for this table alone: named by `columns` and `refuse`, not by `where`.
    once: tuple[Mapping[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """How one grid is to be ingested.

    `data` is a predicate that is true for rows that carry data (not preamble, header, footer, blank): `rows_read`
    counts them, and every one of them is kept or quarantined. `facts` is what a statement's preamble, footer or file
    name said (for the report and the checks).
    """

    mapping: str  # "statement" or the mapping's name
    version: int
    source: str  # institution; expressions never name it
    tables: tuple[TableRecipe, ...]
    data: str = "true"
    facts: Mapping[str, Any] = field(default_factory=dict)
    # Layers of name → expression, worked out once for each row of data and named by the layers and tables after them.
    once: tuple[Mapping[str, str], ...] = ()
    source_sql: str | None = None  # the file says each row's institution itself; its ids are lake ids as they stand

"""Cells as a file holds them, before anybody has said what they mean; and the recipe that says it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

HEAD_ROWS = 400
TAIL_ROWS = 60


@dataclass(frozen=True, kw_only=True)
class Grid:
    """One sheet, text file or table of one file, as text cells.

    `relation` names a DuckDB view on the reader's connection with `row_no` (bigint, 1-based row of the sheet or physical
    line of the text) and `c1 … cN` (text; null where the row has no such cell; cells are as written, padding included).
    For Parquet and JSON lines `names` holds the real column names, `row_no` the record number, and `relation` has those
    names and types instead of `c1 … cN`.
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
    values: Mapping[str, object] = field(default_factory=dict)


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


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """How one grid is to be ingested.

    `data` is a predicate that is true for rows that carry data (not preamble, header, footer, blank): `rows_read` counts
    them, and every one of them is kept or quarantined. `facts` is what a statement's preamble, footer or file name said
    (for the report and the checks).
    """

    mapping: str  # "statement" or the mapping's name
    version: int
    source: str  # institution; expressions never name it
    tables: tuple[TableRecipe, ...]
    data: str = "true"
    facts: Mapping[str, Any] = field(default_factory=dict)
    source_sql: str | None = None  # the file says each row's institution itself; then its ids are lake ids as they stand
    notes: tuple[str, ...] = ()  # texts for the report, in the language now spoken


@dataclass(frozen=True, kw_only=True)
class Hints:
    """What a person typed to help with files that do not say it themselves. None: nothing was said."""

    mapping: str | None = None
    own_account: str | None = None
    holder: str | None = None
    currency: str | None = None  # ISO 4217
    date_order: Literal["dmy", "mdy", "ymd"] | None = None
    source: str | None = None  # institution


@dataclass(frozen=True, kw_only=True)
class Ask:
    """What a grid does not say and a person must, and the option to type. Never guessed."""

    key: str  # catalogue key: says what is missing and what was seen
    options: tuple[str, ...]  # "--own-account", "--date-order", …: all that are missing, most needed first
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Flow:
    """Money of one currency in one file, in 1/100 of it."""

    in_fen: int
    out_fen: int
    rows: int


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What staged rows of one grid say about themselves. None where the file gives nothing to check against."""

    sums: Mapping[str, Flow] = field(default_factory=dict)  # by ISO 4217
    balance_closes: bool | None = None
    first_break: str | None = None  # where the running balance first fails, in words
    totals_agree: bool | None = None
    totals: tuple[str, ...] = ()  # what the file's own totals say against the rows, in words, one each
    duplicates: int = 0  # rows equal in every told cell to an earlier one; kept
    notes: tuple[str, ...] = ()

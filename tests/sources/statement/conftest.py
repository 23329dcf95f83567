"""Reads small statements written in a test: rows → grid → recipe → entries → report."""

import csv
import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from suyuan.sources.grid import HEAD_ROWS, TAIL_ROWS, Grid, Recipe
from suyuan.sources.open import open_grids
from suyuan.sources.statement import Ask, Hints, recognise, verify

_ENTRY = ("serial", "booked_at", "balance_fen", "line_no", "account_id", "counterparty_name", "counterparty_account",
          "counterparty_bank", "memo", "kind", "status", "cash", "original_amount_fen", "original_currency", "ip",
          "bank_serial", "order_no", "merchant_order_no",
          "payment_method", "counterparty_id_no", "feedback")  # fmt: skip


@dataclass(kw_only=True)
class Read:
    """What became of a statement: its entries oldest line first, the rows refused with their reasons, the report."""

    plan: Recipe | Ask | None
    entries: list[dict[str, Any]] = field(default_factory=list)
    accounts: list[dict[str, Any]] = field(default_factory=list)
    refused: list[tuple[int, list[str]]] = field(default_factory=list)
    report: dict[str, Any] = field(default_factory=dict)

    @property
    def options(self) -> list[str]:
        """The options that were asked for."""
        return [need.option for need in self.plan.needs] if isinstance(self.plan, Ask) else []

    @property
    def facts(self) -> dict[str, Any]:
        """What the statement told."""
        assert isinstance(self.plan, Recipe), self.plan
        return dict(self.plan.facts)

    def column(self, name: str) -> list[Any]:
        """One column of the entries."""
        assert isinstance(self.plan, Recipe), self.plan
        return [entry[name] for entry in self.entries]


def cells_of(text: str, delimiter: str = ",") -> list[list[str | None]]:
    """Rows of delimited text; an empty cell is null, as the readers give it."""
    return [[cell or None for cell in row] for row in csv.reader(io.StringIO(text), delimiter=delimiter)]


def grid_of(con: duckdb.DuckDBPyConnection, rows: Sequence[Sequence[str | None]], file: str, sheet: str | None) -> Grid:
    """A grid of `rows`, known to `con` as `grid`."""
    width = max((len(row) for row in rows), default=1) or 1
    padded = [tuple(row) + (None,) * (width - len(row)) for row in rows]
    columns: dict[str, pa.Array] = {"row_no": pa.array(range(1, len(padded) + 1), pa.int64())}
    columns |= {f"c{place + 1}": pa.array([row[place] for row in padded], pa.string()) for place in range(width)}
    con.register("written", pa.table(columns))
    con.execute("CREATE OR REPLACE TABLE grid AS FROM written")
    return Grid(
        file=file,
        sha256=hashlib.sha256(repr(padded).encode()).hexdigest(),
        sheet=sheet,
        sheet_no=1,
        relation="grid",
        n_cols=width,
        n_rows=len(padded),
        head=tuple(padded[:HEAD_ROWS]),
        tail=tuple(padded[-TAIL_ROWS:]),
    )


def _rows(con: duckdb.DuckDBPyConnection, sql: str) -> list[dict[str, Any]]:
    found = con.execute(sql)
    names = [entry[0] for entry in found.description or []]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def layered(grid: Grid, recipe: Recipe, where: str | None = None) -> str:
    """The rows of data with what the recipe works out once."""
    found = f"{grid.relation} WHERE ({recipe.data})" + (f" AND ({where})" if where else "")
    for layer in recipe.once:
        found = f"(SELECT *, {', '.join(f'{value} AS {name}' for name, value in layer.items())} FROM {found})"
    return found


def staged(con: duckdb.DuckDBPyConnection, grid: Grid, recipe: Recipe) -> Read:
    """Carry out `recipe` on `grid` as simply as can be."""
    entry, account = recipe.tables
    told = ", ".join(f'{expression} AS "{name}"' for name, expression in entry.columns.items())
    missing = ", ".join(f'CAST(NULL AS VARCHAR) AS "{name}"' for name in _ENTRY if name not in entry.columns)
    why = ", ".join(f"CASE WHEN {predicate} THEN '{reason}' END" for reason, predicate in entry.refuse)
    con.execute(
        f"CREATE OR REPLACE TABLE told AS SELECT row_no, 'x:1:' || row_no AS row_id, {told}"
        f"{', ' + missing if missing else ''}, list_filter([{why}], lambda one: one IS NOT NULL) AS why "
        f"FROM {layered(grid, recipe)}"
    )
    con.execute("CREATE OR REPLACE VIEW kept AS FROM told WHERE len(why) = 0")
    people = ", ".join(f'{expression} AS "{name}"' for name, expression in account.columns.items())
    return Read(
        plan=recipe,
        entries=_rows(con, "SELECT * FROM kept ORDER BY line_no"),
        accounts=_rows(con, f"SELECT {people} FROM {layered(grid, recipe, account.where)} ORDER BY row_no"),
        refused=[
            (row["row_no"], row["why"]) for row in _rows(con, "SELECT * FROM told WHERE len(why) > 0 ORDER BY row_no")
        ],
        report=verify(con, "kept", recipe.facts),
    )


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection of its own."""
    with duckdb.connect(":memory:") as connection:
        yield connection


@pytest.fixture
def read(con: duckdb.DuckDBPyConnection) -> Any:
    """A function that reads a statement given as delimited text or as rows."""

    def reader(
        written: str | Sequence[Sequence[str | None]],
        *,
        hints: Hints | None = None,
        file: str = "statement.csv",
        sheet: str | None = None,
        delimiter: str = ",",
    ) -> Read:
        rows = cells_of(written, delimiter) if isinstance(written, str) else written
        grid = grid_of(con, rows, file, sheet)
        plan = recognise(grid, hints=hints or Hints(), con=con)
        return staged(con, grid, plan) if isinstance(plan, Recipe) else Read(plan=plan)

    return reader


@pytest.fixture
def read_file(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> Any:
    """A function that reads every table of a file."""

    def reader(path: Path, *, hints: Hints | None = None) -> list[Read]:
        found = []
        for grid in open_grids(path, con=con, staging=tmp_path):
            assert isinstance(grid, Grid), grid
            plan = recognise(grid, hints=hints or Hints(), con=con)
            found.append(staged(con, grid, plan) if isinstance(plan, Recipe) else Read(plan=plan))
        return found

    return reader

"""What every loan of a file cost: finds the columns, refuses rows it cannot read, reckons the rest.

Two layouts: one row a loan (`received` …), or one row a flow (`loan_id`, `flow_on`, `flow`: positive received, negative
paid). Every row read is either reckoned or listed as refused; a loan with a refused row has no rates and no sums.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

import duckdb
import pyarrow as pa

from suyuan.domain.contract import contracts
from suyuan.domain.errors import DataError, NotFound, UsageError
from suyuan.engine.duck import connect
from suyuan.money.cap import lender_kinds
from suyuan.money.steps import loan_cost
from suyuan.sources.grid import Grid
from suyuan.sources.open import open_grids
from suyuan.work.loan_columns import Columns, find_columns
from suyuan.work.loan_rows import flow_sql, head_sql, read_sql

Layout = Literal["loan", "flow"]


@dataclass(frozen=True, kw_only=True)
class RefusedRow:
    """A row that cannot be read: its number in the file (from 1), the column's meaning, and what is wrong."""

    row: int
    column: str
    why: Literal["amount", "day", "days", "lender_kind", "currency", "missing", "twice"]


@dataclass(frozen=True, kw_only=True)
class Totals:
    """Sums of the loans of one currency that could be reckoned (fen).

    `net_fen` is what came back less what went out, over the whole book; `gained_fen` the sum over loans of what was
    paid beyond what was received: losses on one borrower do not make up for what another paid.
    """

    currency: str
    loans: int
    received_fen: int
    repaid_fen: int
    net_fen: int
    gained_fen: int
    over_fen: int


@dataclass(frozen=True, kw_only=True)
class TableCost:
    """The loans of one file. `loans` has the columns of the contract `loan_cost` and `first_row`, in the file's order.

    In a loan with a refused row `why_null` is `row_refused`.
    """

    file: str
    layout: Layout
    columns: dict[str, str]  # meaning → header as it stands in the file
    rows_read: int
    refused: tuple[RefusedRow, ...]
    loans: pa.Table
    totals: tuple[Totals, ...]


def cost_of_table(
    path: Path,
    *,
    lender_kind: str = "private",
    currency: str = "CNY",
    suit_on: date | None = None,
    as_of: date | None = None,
) -> TableCost:
    """Return what every loan of the table in `path` cost.

    Args:
        path: CSV, text, XLS(X), Parquet or JSON lines; the first sheet with the needed columns counts.
        lender_kind: For rows of a file without such a column.
        currency: Likewise.
        suit_on: See `money.steps.plan`.
        as_of: Flows of later days are left out; null: all count.

    Raises:
        NotFound: No such file.
        UsageError: No rule knows the kind of lender.
        DataError: The file cannot be read, or has not the needed columns.
    """
    if not path.is_file():
        raise NotFound("loan.no_file", file=path)
    if lender_kind not in lender_kinds():
        raise UsageError("money.lender_kind", given=lender_kind, known=", ".join(lender_kinds()))
    with _opened(path) as (con, grid, columns):
        con.execute("create temp table cells as " + read_sql(grid, columns, lender_kind=lender_kind, currency=currency))
        con.execute("create temp table head as " + head_sql(columns))
        flows = con.sql(flow_sql(columns, as_of=as_of)).to_arrow_table()
        head = con.sql("select * from head order by loan_no").to_arrow_table()
        con.register("costs", loan_cost(head, flows, suit_on=suit_on))
        refused = con.sql("select row_no, bad from cells where bad is not null order by row_no").fetchall()
        return TableCost(
            file=grid.file,
            layout="flow" if columns.by_flow else "loan",
            columns={meaning: found.header for meaning, found in columns.found.items()},
            rows_read=_one(con, "select count(*) from cells"),
            refused=tuple(_refused(*row) for row in refused),
            loans=_with_refusals(con, by_flow=columns.by_flow),
            totals=_totals(con),
        )


@contextmanager
def _opened(path: Path) -> Iterator[tuple[duckdb.DuckDBPyConnection, Grid, Columns]]:
    with tempfile.TemporaryDirectory() as folder:
        staging = Path(folder)
        con = connect(temp_dir=staging)
        try:
            grid, columns = _first_fit(path, con=con, staging=staging)
            yield con, grid, columns
        finally:
            con.close()


def _first_fit(path: Path, *, con: duckdb.DuckDBPyConnection, staging: Path) -> tuple[Grid, Columns]:
    heads: list[str] = []
    fit: tuple[Grid, Columns] | None = None
    for grid in open_grids(path, con=con, staging=staging):
        if not isinstance(grid, Grid):
            raise DataError("loan.unreadable", file=path, why=str(DataError(grid.key, **grid.values)))
        columns = find_columns(grid)
        if columns is not None and fit is None:
            fit = (grid, columns)
        first = next((row for row in ([grid.names] if grid.names else grid.head) if row and any(row)), ())
        heads.append(" | ".join(cell or "" for cell in first[:12]))
    if fit is None:
        raise DataError("loan.no_columns", file=path, found="; ".join(heads) or "–")
    return fit


def _with_refusals(con: duckdb.DuckDBPyConnection, *, by_flow: bool) -> pa.Table:
    """Return the costs in the file's order, those of loans with a refused row emptied."""
    empty = {"repaid_fen", "nominal_rate", "effective_rate", "allowed_fen", "over_fen", "last_paid_on"}
    empty |= {"received_fen", "head_cut"} if by_flow else set()
    shown = [
        "case when head.spoilt then 'row_refused' else costs.why_null end as why_null"
        if name == "why_null"
        else f"case when not head.spoilt then costs.{name} end as {name}"
        if name in empty
        else f"costs.{name}"
        for name in contracts()["loan_cost"].columns
    ]
    listed = ", ".join(shown)
    return con.sql(
        f"select head.first_row, {listed} from costs join head using (loan_id) order by head.first_row"
    ).to_arrow_table()


def _totals(con: duckdb.DuckDBPyConnection) -> tuple[Totals, ...]:
    rows = con.sql("""
      select head.currency, count(*), sum(costs.received_fen), sum(costs.repaid_fen),
        sum(costs.repaid_fen - costs.received_fen), sum(greatest(0, costs.repaid_fen - costs.received_fen)),
        coalesce(sum(costs.over_fen), 0)
      from costs join head using (loan_id)
      where not head.spoilt and costs.received_fen is not null and costs.repaid_fen is not null
      group by head.currency order by head.currency
    """).fetchall()
    names = ("currency", "loans", "received_fen", "repaid_fen", "net_fen", "gained_fen", "over_fen")
    return tuple(Totals(**dict(zip(names, row, strict=True))) for row in rows)


def _refused(row: int, bad: str) -> RefusedRow:
    why, _, column = bad.partition(":")
    return RefusedRow(row=row, column=column, why=why)  # type: ignore[arg-type]


def _one(con: duckdb.DuckDBPyConnection, sql: str) -> Any:
    return con.sql(sql).fetchall()[0][0]

"""Small grids are worked out into tables, which are gone when their work is done."""

import duckdb
import pytest

from suyuan.engine.duck import connect
from suyuan.sources.grid import Grid
from suyuan.sources.tables import CELLS, PLAIN_ROWS, Tables, is_small, planned_for


def _grid(n_rows: int | None, n_cols: int = 1) -> Grid:
    return Grid(
        file="a.csv", sha256="f" * 64, sheet=None, sheet_no=1, relation="told", n_cols=n_cols, n_rows=n_rows, head=(),
        tail=(),
    )  # fmt: skip


def _optimizes(con: duckdb.DuckDBPyConnection) -> bool:
    plan = str(con.execute("EXPLAIN SELECT n FROM (SELECT i AS n, i + 7 AS m FROM range(3) t(i))").fetchall())
    return "Projection" not in plan


@pytest.mark.parametrize(
    ("rows", "columns", "small"), [(10, 5, True), (CELLS, 1, True), (CELLS // 2, 3, False), (None, 1, False)]
)
def test_a_grid_is_small_by_its_cells(rows: int | None, columns: int, *, small: bool) -> None:
    assert is_small(_grid(rows, columns)) == small


def test_tables_keep_the_order_of_rows_and_go_at_the_end() -> None:
    con = connect()
    with Tables(con) as tables:
        one = tables.lay("SELECT 200000 - i AS n FROM range(200000) t(i)")
        two = tables.lay(f"SELECT n + 1 AS n FROM {one}")
        assert con.execute(f"SELECT n FROM {two} LIMIT 3").fetchall() == [(200001,), (200000,), (199999,)]
    assert con.execute("SELECT count(*) FROM duckdb_tables()").fetchall() == [(0,)]


def test_tables_go_though_one_could_not_be_made() -> None:
    con = connect()
    with Tables(con) as tables:
        tables.lay("SELECT 1 AS n")
        with pytest.raises(duckdb.Error):
            tables.lay("SELECT no_such_column")
    assert con.execute("SELECT count(*) FROM duckdb_tables()").fetchall() == [(0,)]


def test_few_rows_are_planned_without_the_optimizer_and_many_with_it() -> None:
    con = connect()
    with planned_for(con, _grid(PLAIN_ROWS)):
        assert not _optimizes(con)
    assert _optimizes(con)
    with planned_for(con, _grid(PLAIN_ROWS + 1)):
        assert _optimizes(con)


def test_the_optimizer_is_back_after_a_failure() -> None:
    con = connect()
    with pytest.raises(duckdb.Error), planned_for(con, _grid(3)):
        con.execute("SELECT no_such_column")
    assert _optimizes(con)

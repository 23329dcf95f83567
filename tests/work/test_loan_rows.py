from datetime import date

import duckdb
import pytest

from suyuan.sources.grid import Grid
from suyuan.work.loan_columns import Columns, Found
from suyuan.work.loan_rows import flow_sql, head_sql, read_sql


def read(meaning: str, cell: str | None, *, in_fen: bool = False) -> tuple[object, str | None]:
    """Return value and fault of one cell beside a good `received`."""
    con = duckdb.connect()
    con.execute("create table r (row_no bigint, c1 text, c2 text)")
    con.execute("insert into r values (2, ?, '700')", [cell])
    found = {meaning: Found(relation_name="c1", header=meaning, in_fen=in_fen)}
    if meaning != "received":
        found["received"] = Found(relation_name="c2", header="received")
    grid = Grid(file="x", sha256="0", sheet=None, sheet_no=1, relation="r", n_cols=2, n_rows=1, head=(), tail=())
    sql = read_sql(grid, Columns(found=found, header_row=1), lender_kind="private", currency="CNY")
    value, bad = con.sql(f"select {meaning}, bad from ({sql})").fetchall()[0]
    con.close()
    return value, bad


@pytest.mark.parametrize(
    ("cell", "fen"),
    [
        ("1000", 100_000),
        ("1,000.50", 100_050),
        ("¥700元", 70_000),
        ("700.1000", 70_010),
        (" 0.01\t", 1),
        ("1000.0", 100_000),
    ],
)
def test_amounts_are_read_to_the_fen(cell: str, fen: int) -> None:
    assert read("principal", cell) == (fen, None)


@pytest.mark.parametrize("cell", ["700.123", "abc", "1e3", "-1", "7 00", "9" * 16])
def test_other_amounts_are_refused(cell: str) -> None:
    assert read("principal", cell)[1] == "amount:principal"


def test_amounts_told_in_fen_are_whole() -> None:
    assert read("principal", "100000", in_fen=True) == (100_000, None)
    assert read("principal", "100000.0", in_fen=True) == (100_000, None)
    assert read("principal", "1000.5", in_fen=True)[1] == "amount:principal"


@pytest.mark.parametrize(
    "cell",
    ["2018-09-01", "2018/9/1", "2018.09.01", "2018年9月1日", "20180901", "2018-09-01 10:30:00", "20180901 10:00"],
)
def test_days_of_usual_forms_are_read(cell: str) -> None:
    assert read("signed_on", cell) == (date(2018, 9, 1), None)


@pytest.mark.parametrize("cell", ["2018-02-30", "01/09/2018", "2018911", "43344", "soon", "20181301"])
def test_other_days_are_refused(cell: str) -> None:
    assert read("signed_on", cell) == (None, "day:signed_on")


def test_terms_lenders_and_currencies_are_read_or_refused() -> None:
    assert read("days", "7天") == (7, None)
    assert read("days", "7.0") == (7, None)
    assert read("days", "一周")[1] == "days:days"
    assert read("lender_kind", "小额贷款公司") == ("small_loan", None)
    assert read("lender_kind", "BANK") == ("bank", None)
    assert read("lender_kind", "friend")[1] == "lender_kind:lender_kind"
    assert read("currency", "人民币") == ("CNY", None)
    assert read("currency", "usd") == ("USD", None)
    assert read("currency", "¥¥")[1] == "currency:currency"
    assert read("currency", None)[1] == "missing:currency"


def test_an_empty_cell_of_a_needed_column_is_refused_and_of_another_is_null() -> None:
    assert read("principal", " ") == (None, None)
    assert read("loan_id", None) == (None, "missing:loan_id")


def test_the_last_day_that_counts_stands_in_the_flows() -> None:
    columns = Columns(found={"received": Found(relation_name="c1", header="received")}, header_row=1)
    assert "2018-09-08" in flow_sql(columns, as_of=date(2018, 9, 8))
    assert "spoilt" in head_sql(columns)

import pytest

from suyuan.domain.errors import DataError
from suyuan.engine.dialect_reads import columns_read, tables_read

TABLES = {
    "loan": {"loan_id": "VARCHAR", "lender_id": "VARCHAR", "fen": "BIGINT"},
    "fee": {"loan_id": "VARCHAR", "fen": "BIGINT"},
}


def test_ctes_are_no_tables() -> None:
    assert tables_read("with a as (select * from loan) select * from a join fee on true") == {"loan", "fee"}


def test_columns_are_found_through_ctes_joins_and_subqueries() -> None:
    sql = """
        with a as (select l.loan_id, l.fen as told from loan as l)
        select a.told from a where exists (select 1 from fee as f where f.loan_id = a.loan_id)"""
    assert columns_read(sql, tables=TABLES) == {"loan": {"loan_id", "fen"}, "fee": {"loan_id"}}


def test_a_star_reads_every_column() -> None:
    assert columns_read("select * from fee", tables=TABLES) == {"fee": {"loan_id", "fen"}}


@pytest.mark.parametrize("sql", ["select nothing from fee", "select from", "select f.nothing from fee as f"])
def test_what_cannot_be_read_is_told(sql: str) -> None:
    with pytest.raises(DataError):
        columns_read(sql, tables=TABLES)

import duckdb
import pyarrow as pa
import pytest

from suyuan.domain.contract import contracts
from suyuan.domain.contract_arrow import arrow_schema, sql_type


def test_money_is_whole_and_times_carry_no_zone() -> None:
    schema = arrow_schema(contracts()["entry"])
    assert schema.field("amount_fen").type == pa.int64()
    assert schema.field("booked_at").type == pa.timestamp("us")
    assert not schema.field("amount_fen").nullable
    assert schema.field("memo").nullable


@pytest.mark.parametrize("table", contracts())
def test_sql_types_give_the_arrow_types(table: str) -> None:
    contract = contracts()[table]
    columns = ", ".join(f"cast(null as {sql_type(column)}) as {column.name}" for column in contract.columns.values())
    with duckdb.connect() as connection:
        found = connection.sql(f"select {columns}").to_arrow_table().schema
    wanted = arrow_schema(contract)
    assert [(field.name, field.type.id) for field in found] == [(field.name, field.type.id) for field in wanted]

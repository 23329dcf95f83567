import pytest

from suyuan.engine.duck import connect
from suyuan.sources.header import HeadRow
from suyuan.work.transfers_plain import Chosen, key_column, words_of


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("transaction_date", "transaction date"),
        ("TxnDate", "transaction date"),
        ("txn-amt", "transaction amount"),
        ("booked_at", "posted date"),
        ("交易时间", "交易时间"),
    ],
)
def test_names_of_columns_are_words(name: str, wanted: str) -> None:
    assert words_of(name) == wanted


@pytest.mark.parametrize(
    ("columns", "chosen", "wanted"),
    [
        ("1 as unique_id, 'x' as memo", (), "unique_id"),
        ("null as unique_id, 'x' as serial", (), "serial"),
        ("'x' as memo, 2 as amount", (), None),
        ("'x' as memo, 1 as id", ("memo",), "memo"),
        ("'7' as 流水号, 'x' as memo", (), "流水号"),
    ],
)
def test_the_institutions_own_id_is_known_by_its_name_and_filled(
    columns: str, chosen: tuple[str, ...], wanted: str | None
) -> None:
    con = connect()
    con.execute(f"create table t as select 1 as row_no, {columns}")
    names = [part.split(" as ")[1] for part in columns.split(", ")]
    header = HeadRow(row_no=0, places={name: f'"{name}"' for name in names})
    assert key_column(header, chosen=chosen, relation="t", con=con) == wanted


def test_a_header_bears_a_chosen_name_or_not() -> None:
    header = HeadRow(row_no=1, places={"d1": "c1"})
    assert Chosen(date=("D1",)).any_of(header)
    assert not Chosen(key=("d1",), date=("d2",)).any_of(header)

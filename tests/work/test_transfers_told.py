from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from suyuan.domain.errors import DataError
from suyuan.engine.duck import connect
from suyuan.resolve.match.side import TOLD
from suyuan.sources.mapping import shipped
from suyuan.work.ingest_bench import Bench
from suyuan.work.transfers_plain import Chosen
from suyuan.work.transfers_told import ROW_NUMBER, Reader, Told, told_by_file, told_by_lake

STATEMENT = """户名：张刚云,账号：6216259013639457347
币种：人民币

序号,交易时间,收入金额,支出金额,账户余额,对方户名,对方账号,摘要,交易流水号
1,2023-07-21 21:36:42,,99.00,901.00,王瀚智,6216331056062136724,转账,151663155946513534
2,2023-08-20 21:30:06,,100.00,801.00,李四,,房租,106280045913432008
3,2023-09-20 21:30:06,50.00,,851.00,李四,,退款,106280045913432009
"""


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    (tmp_path / "bench").mkdir()
    with closing(Bench(tmp_path / "bench", threads=1)) as one:
        yield one


def read(path: Path, bench: Bench, *, chosen: Chosen | None = None) -> Told:
    return told_by_file(path, reader=Reader(mappings=shipped(), chosen=chosen or Chosen()), bench=bench)


def test_a_statement_tells_who_paid_whom(tmp_path: Path, bench: Bench) -> None:
    path = tmp_path / "s.csv"
    path.write_text(STATEMENT, "utf-8")
    told = read(path, bench)
    assert (told.read_as, told.columns["key"]) == ("statement", "交易流水号")
    first, _, last = told.table.to_pylist()
    assert first["key"] == first["reference"] == "151663155946513534"
    assert (first["src_number"], first["dst_number"]) == ("6216259013639457347", "6216331056062136724")
    assert (first["src_name"], first["dst_name"], first["flow"]) == ("张刚云", "王瀚智", "out")
    assert (last["src_name"], last["dst_name"], last["flow"]) == ("李四", "张刚云", "in")


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_a_plain_table_tells_no_more_than_it_says(tmp_path: Path, bench: Bench, suffix: str) -> None:
    path = tmp_path / f"t.{suffix}"
    if suffix == "csv":
        path.write_text("ground_truth,memo,transaction_date,amount,unique_id\n0,A B,2022-03-28,36.36,7\n", "utf-8")
    else:
        row = {"ground_truth": 0, "memo": "A B", "transaction_date": datetime(2022, 3, 28).date(), "amount": 36.36}  # noqa: DTZ001
        pq.write_table(pa.Table.from_pylist([row | {"unique_id": 7}]), path)
    told = read(path, bench)
    assert told.table.schema == TOLD
    (row,) = told.table.to_pylist()
    assert (row["key"], row["amount_fen"], row["memo"], row["day_only"]) == ("7", 3636, "A B", True)
    assert [row[name] for name in ("flow", "reference", "src_number", "dst_number", "src_name", "dst_name")] == [
        None
    ] * 6


def test_rows_without_an_id_are_named_by_their_number(tmp_path: Path, bench: Bench) -> None:
    path = tmp_path / "t.csv"
    path.write_text("date,amount,memo\n2022-03-28,1.00,a\n2022-03-29,2.00,b\n", "utf-8")
    told = read(path, bench)
    assert told.columns["key"] == ROW_NUMBER
    assert told.table["key"].to_pylist() == ["2", "3"]


def test_columns_that_were_named_are_taken_whatever_they_are_called(tmp_path: Path, bench: Bench) -> None:
    path = tmp_path / "t.csv"
    path.write_text("k,d1,x1,words\na,2022-03-28,1.00,rent\n", "utf-8")
    chosen = Chosen(key=("k",), date=("other", "d1"), amount=("x1",), memo=("words",))
    told = read(path, bench, chosen=chosen)
    assert told.columns == {"key": "k", "date": "d1", "amount": "x1", "memo": "words"}
    assert told.table["memo"].to_pylist() == ["rent"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("a,b\n1,2\n3,4\n", "transfers.not_recognised"),
        ("", "read.empty"),
        ("date,amount,memo\nnever,nothing,x\n", None),
        ("\0\1\2\3", None),
    ],
)
def test_a_file_that_tells_no_transfers_is_refused_in_words(
    tmp_path: Path, bench: Bench, text: str, key: str | None
) -> None:
    path = tmp_path / "t.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(DataError) as refused:
        read(path, bench)
    assert str(path) in str(refused.value)
    assert key is None or refused.value.key == key


def test_a_key_that_no_column_bears_is_refused(tmp_path: Path, bench: Bench) -> None:
    path = tmp_path / "t.csv"
    path.write_text("date,amount,memo\n2022-03-28,1.00,a\n", "utf-8")
    with pytest.raises(DataError) as refused:
        read(path, bench, chosen=Chosen(key=("nothing",)))
    assert refused.value.key == "transfers.no_column"


def test_the_lake_without_transfers_of_a_source_tells_nothing() -> None:
    with closing(connect()) as con:
        assert told_by_lake("anybody", files={}, con=con) is None

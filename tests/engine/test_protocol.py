"""What every engine does, whichever it is."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from suyuan.domain.errors import DataError
from suyuan.engine.protocol import Engine
from suyuan.engine.step import ArrowStep, Keep, Step

ROWS = pa.table(
    {
        "id": pa.array([1, 2, 3], pa.int64()),
        "name": ["张三", None, "x"],
        "seen_at": pa.array([datetime(2024, 3, 31, 2, 30), None, datetime(1969, 12, 31)], pa.timestamp("us")),  # noqa: DTZ001
    }
)


def test_what_is_written_is_read_back(engine: Engine) -> None:
    engine.write("t", ROWS)
    assert engine.has("t")
    assert engine.read("t").sort_by("id").equals(ROWS)
    assert engine.columns("t") == {"id": "bigint", "name": "text", "seen_at": "timestamp"}


def test_reading_takes_columns_and_a_limit(engine: Engine) -> None:
    engine.write("t", ROWS)
    assert engine.read("t", columns=["name"], limit=2).shape == (2, 1)
    assert engine.read("t", columns=[]).num_rows == 3


def test_an_empty_table_keeps_its_types(engine: Engine) -> None:
    engine.write("t", ROWS.slice(0, 0))
    engine.run([Step(name="u", sql="select *, id + 1 as next_id from t", keep=Keep.TABLE)])
    assert engine.columns("u") == {"id": "bigint", "name": "text", "seen_at": "timestamp", "next_id": "bigint"}
    assert engine.read("u").num_rows == 0


def test_a_step_reads_the_steps_before_it_and_its_parameters(engine: Engine) -> None:
    engine.write("t", ROWS)
    engine.run(
        [
            Step(
                name="few",
                sql="select * from t where id <= :most and name <> :not_name",
                params={"most": 2, "not_name": "x"},
            ),
            Step(name="counted", sql="select count(*) as n from few", keep=Keep.TABLE),
        ]
    )
    assert engine.read("counted").to_pylist() == [{"n": 1}]


def test_a_view_sees_what_stood_when_its_step_ran(engine: Engine) -> None:
    engine.write("t", ROWS)
    engine.run([Step(name="seen", sql="select id from t")])
    engine.write("t", ROWS.slice(0, 1))
    assert engine.read("seen").num_rows == 3
    assert engine.read("t").num_rows == 1


def test_a_bounded_loop_replaces_the_table_it_reads(engine: Engine) -> None:
    engine.write("edge", pa.table({"src": ["a", "b", "c"], "dst": ["b", "c", "d"]}))
    engine.write("reached", pa.table({"node": ["a"]}))
    hop = "select node from reached union select e.dst as node from edge as e join reached as r on r.node = e.src"
    for _ in range(3):
        engine.run([Step(name="reached", sql=hop, keep=Keep.TABLE)])
    assert sorted(engine.read("reached").column("node").to_pylist()) == ["a", "b", "c", "d"]


def test_a_kernel_gets_whole_tables_and_writes_one(engine: Engine) -> None:
    def double(tables: Mapping[str, pa.Table]) -> pa.Table:
        assert tables["t"].column_names == ["id"]
        return pa.table({"twice": [2 * value for value in sorted(tables["t"].column("id").to_pylist())]})

    engine.write("t", ROWS)
    engine.run([ArrowStep(name="doubled", reads={"t": ("id",)}, run=double)])
    assert engine.read("doubled").column("twice").to_pylist() == [2, 4, 6]


def test_parquet_files_are_joined_by_name(engine: Engine, tmp_path: Path) -> None:
    pq.write_table(ROWS.select(["id", "name"]), tmp_path / "1.parquet")
    pq.write_table(ROWS.select(["name", "id", "seen_at"]), tmp_path / "2.parquet")
    engine.scan("t", [tmp_path / "1.parquet", tmp_path / "2.parquet"])
    found = engine.read("t", columns=["id", "seen_at"])
    assert sorted(found.column("id").to_pylist()) == [1, 1, 2, 2, 3, 3]
    assert found.column("seen_at").null_count == 4


def test_names_that_nobody_knows_are_told(engine: Engine) -> None:
    engine.write("t", ROWS)
    assert not engine.has("u")
    with pytest.raises(DataError, match="`u`"):
        engine.read("u")
    with pytest.raises(DataError, match="`u`"):
        engine.columns("u")
    with pytest.raises(DataError, match="Up"):
        engine.write("Up", ROWS)
    with pytest.raises(DataError):
        engine.scan("v", [])


def test_a_step_that_cannot_be_bound_is_told_with_its_name_and_sql(engine: Engine) -> None:
    engine.write("t", ROWS)
    with pytest.raises(DataError, match=r"`lost`[\s\S]*nothing[\s\S]*select nothing from t"):
        engine.run([Step(name="lost", sql="select nothing from t")])


def test_a_step_that_fails_on_its_rows_is_told(engine: Engine) -> None:
    engine.write("t", ROWS)
    with pytest.raises(DataError, match=r"`lost`"):
        engine.run([Step(name="lost", sql="select cast(id * 3000000000 as int) as i from t", keep=Keep.TABLE)])

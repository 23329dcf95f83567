from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from suyuan.domain.errors import DataError
from suyuan.engine.duck import DuckEngine, connect, house_name
from suyuan.engine.step import Keep, Step


def test_a_connection_reads_only_the_folders_it_was_given(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    for folder in (inside, outside):
        folder.mkdir()
        pq.write_table(pa.table({"a": [1]}), folder / "t.parquet")
    engine = DuckEngine(folders=[inside], temp_dir=tmp_path / "spill", memory="256MiB", threads=1)
    engine.scan("allowed", [inside / "t.parquet"])
    assert engine.read("allowed").num_rows == 1
    with pytest.raises(DataError, match=r"(?i)permission"):
        engine.scan("forbidden", [outside / "t.parquet"])


def test_a_connection_fetches_no_extension_and_sees_no_python_variable() -> None:
    secret = pa.table({"a": [1]})  # noqa: F841 - what SQL must not find
    con = connect()
    with pytest.raises(Exception, match="secret"):
        con.execute("select * from secret")
    assert con.execute("select current_setting('autoinstall_known_extensions')").fetchone() == (False,)
    con.close()


@pytest.mark.parametrize(("told", "name"), [("INTEGER", "int"), ("TIMESTAMP", "timestamp"), ("BIGINT[]", "bigint[]")])
def test_types_have_house_names(told: str, name: str) -> None:
    assert house_name(told) == name


def test_a_step_that_fails_leaves_what_bore_its_name() -> None:
    engine = DuckEngine()
    engine.write("t", pa.table({"a": [1]}))
    with pytest.raises(DataError):
        engine.run([Step(name="t", sql="select nothing from t", keep=Keep.TABLE)])
    assert engine.read("t").to_pylist() == [{"a": 1}]


def test_a_loop_replaces_its_table_again_and_again_and_leaves_nothing_behind() -> None:
    engine = DuckEngine()
    engine.write("reached", pa.table({"i": [1]}))
    grow = "select i from reached union select i + 1 from reached"
    engine.run([Step(name="reached", sql=grow, keep=Keep.TABLE)] * 5)
    assert sorted(engine.read("reached").column("i").to_pylist()) == [1, 2, 3, 4, 5, 6]
    assert [name for name in engine._con.execute("show tables").fetchall() if name[0].startswith("__")] == []


def test_a_sum_that_outgrows_64_bits_is_refused_with_its_step() -> None:
    engine = DuckEngine()
    engine.write("t", pa.table({"n": pa.array([2**62, 2**62, 2**62], pa.int64())}))
    with pytest.raises(DataError, match="total"):
        engine.run([Step(name="total", sql="select sum(n) as s from t", keep=Keep.TABLE)])

"""Spark as an engine: what it refuses, keeps, forgets and leaves to others."""

import pyarrow as pa
import pytest

from suyuan.domain.errors import DataError
from suyuan.engine.step import Keep, Step

pytest.importorskip("pyspark", reason="pyspark is not installed: pip install -e .[spark]")

from suyuan.engine.spark import SparkEngine

pytestmark = pytest.mark.spark


def test_it_says_what_a_step_would_run_as(spark_session: SparkEngine) -> None:
    spark_session.write("t", pa.table({"x": [1.5]}))
    assert "RINT" in spark_session.spark_sql(Step(name="s", sql="select cast(x as bigint) as n from t"))
    spark_session.forget_all()


def test_a_step_outside_the_dialect_is_refused_before_spark_sees_it(spark_session: SparkEngine) -> None:
    spark_session.write("t", pa.table({"s": ["a"]}))
    with pytest.raises(DataError, match="translate"):
        spark_session.run([Step(name="u", sql="select upper(s) as u from t")])
    spark_session.forget_all()


def test_a_column_of_nulls_is_written(spark_session: SparkEngine) -> None:
    spark_session.write("t", pa.table({"a": pa.nulls(2)}))
    assert spark_session.read("t").column("a").null_count == 2
    spark_session.forget_all()


def test_forgetting_leaves_the_session_and_no_name(spark_session: SparkEngine) -> None:
    spark_session.write("t", pa.table({"a": [1]}))
    spark_session.run([Step(name="u", sql="select a from t", keep=Keep.TABLE)])
    spark_session.forget_all()
    assert not spark_session.has("t")
    spark_session.write("t", pa.table({"a": [2]}))
    assert spark_session.read("t").to_pylist() == [{"a": 2}]
    spark_session.forget_all()


def test_closing_leaves_a_session_that_others_began(spark_session: SparkEngine) -> None:
    spark_session.write("mine", pa.table({"a": [1]}))
    guest = SparkEngine()
    guest.write("theirs", pa.table({"a": [2]}))
    guest.close()
    assert spark_session.read("mine").to_pylist() == [{"a": 1}]
    spark_session.forget_all()

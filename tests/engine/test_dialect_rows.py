import pytest

from suyuan.domain.errors import DataError
from suyuan.engine.dialect import to_spark

TABLES = {"t": {"id": "BIGINT", "g": "VARCHAR", "n": "BIGINT", "x": "DOUBLE", "made_at": "TIMESTAMP", "b": "BOOLEAN"}}


def spark(sql: str) -> str:
    return " ".join(to_spark(sql, tables=TABLES).split())


def test_an_exact_quantile_is_asked_for() -> None:
    assert "PERCENTILE(t.n, 0.9)" in spark("select round(quantile_cont(n, 0.9), 6) as q from t")


def test_whole_numbers_may_be_summed_and_doubles_only_inside_round() -> None:
    assert "SUM(t.n)" in spark("select sum(n) as s from t")
    assert "SUM(t.x)" in spark("select round(sum(x), 6) as s from t")
    with pytest.raises(DataError, match="round"):
        spark("select sum(x) as s from t")


def test_the_ends_of_a_frame_get_one_unit() -> None:
    sql = spark(
        "select sum(n) over (order by made_at "
        "range between interval 90 minute preceding and interval 1 hour following) as s from t"
    )
    assert "INTERVAL '5400' SECOND" in sql
    assert "INTERVAL '3600' SECOND" in sql


def test_qualify_becomes_a_column_and_a_where() -> None:
    sql = spark("select g from t qualify row_number() over (partition by g order by id) = 1")
    assert "AS house_keep FROM t AS t ) AS q WHERE q.house_keep" in sql
    assert sql.startswith("SELECT q.g FROM (")

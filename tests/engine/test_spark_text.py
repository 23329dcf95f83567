import pytest

from suyuan.domain.errors import DataError
from suyuan.engine.spark_text import duck_type, spark_type, translated
from suyuan.engine.step import Step
from suyuan.engine.twin import Twin


@pytest.mark.parametrize(
    ("spark", "duck"),
    [
        ("bigint", "BIGINT"),
        ("smallint", "INTEGER"),
        ("timestamp_ntz", "TIMESTAMP"),
        ("array<array<string>>", "VARCHAR[][]"),
    ],
)
def test_spark_types_have_duckdb_types(spark: str, duck: str) -> None:
    assert duck_type(spark) == duck


def test_a_type_that_cannot_leave_a_step_is_told() -> None:
    with pytest.raises(DataError, match="interval"):
        spark_type("INTERVAL")


def test_every_column_is_cast_to_the_type_that_duckdb_gives_it() -> None:
    twin = Twin()
    twin.put("t", {"made_on": "DATE"})
    script = translated(Step(name="s", sql="select year(made_on) as y from t"), twin)
    assert script.types == {"y": "BIGINT"}
    assert script.sql.startswith("SELECT CAST(`y` AS BIGINT) AS `y` FROM (")


def test_a_cte_that_is_read_twice_is_worked_out_once() -> None:
    twin = Twin()
    twin.put("t", {"n": "BIGINT"})
    ctes = "with a as (select n from t), b as (select n from a), c as (select n from a)"
    sql = f"{ctes} select b.n from b join c on c.n = b.n"
    script = translated(Step(name="s", sql=sql), twin)
    assert [(part.name, part.shared) for part in script.parts] == [("s__a", True), ("s__b", False), ("s__c", False)]
    assert "FROM s__a AS a" in script.parts[1].sql
    assert str(script).startswith("CACHE TABLE s__a AS")

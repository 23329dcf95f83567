import pytest
from sqlglot import exp

from suyuan.engine.dialect import typed
from suyuan.engine.dialect_kinds import NotPortable, call, cast, kind, known, number

TABLES = {
    "t": {"n": "BIGINT", "x": "DOUBLE", "s": "VARCHAR", "made_on": "DATE", "made_at": "TIMESTAMP", "xs": "BIGINT[]"}
}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("n + 1", "int"),
        ("n / 2", "double"),
        ("x", "double"),
        ("s || 'a'", "text"),
        ("n > 1", "boolean"),
        ("made_on", "date"),
        ("made_at", "timestamp"),
        ("xs", "list"),
        ("coalesce(n, 0)", "int"),
        ("case when n > 1 then x end", "double"),
        ("sum(n)", "int"),
        ("max(made_at)", "timestamp"),
        ("count(*)", "int"),
        ("cast(null as date)", "date"),
        ("interval 1 day", "interval"),
        ("greatest(n, 1)", "int"),
        ("row_number() over (order by n)", "int"),
    ],
)
def test_the_kind_of_a_part_is_told(text: str, meant: str) -> None:
    select = typed(f"select {text} as r from t", tables=TABLES)
    assert isinstance(select, exp.Select)
    assert kind(select.selects[0].this) == meant


def test_what_cannot_be_told_is_refused() -> None:
    with pytest.raises(NotPortable) as caught:
        known(exp.column("a"))
    assert caught.value.refusal.key == "dialect.no_type"


def test_the_shapes_that_rules_write_are_spark_sql() -> None:
    assert cast(call("RINT", number(3)), "BIGINT").sql("spark") == "CAST(RINT(3) AS BIGINT)"

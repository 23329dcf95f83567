import pytest

from suyuan.domain.errors import DataError
from suyuan.engine.dialect import to_spark

TABLES = {"t": {"k": "INTEGER", "n": "BIGINT", "x": "DOUBLE", "s": "VARCHAR", "xs": "BIGINT[]"}}


def spark(text: str) -> str:
    return (
        " ".join(to_spark(f"select {text} as r from t", tables=TABLES).split())
        .removeprefix("SELECT ")
        .split(" AS r ")[0]
    )


@pytest.mark.parametrize(
    ("duck", "meant"),
    [
        ("cast(x as bigint)", "CAST(RINT(t.x) AS BIGINT)"),
        ("cast(k as bigint)", "CAST(t.k AS BIGINT)"),
        ("cast(2.5 as int)", "CAST(RINT(2.5) AS INT)"),
        ("n / k", "TRY_DIVIDE(CAST(t.n AS DOUBLE), CAST(t.k AS DOUBLE))"),
        ("n % k", "TRY_MOD(t.n, t.k)"),
        ("round(x, 2)", "( ROUND(( t.x ) * 100e0) / 100e0 )"),
        ("floor(x)", "CAST(FLOOR(t.x) AS DOUBLE)"),
        ("len(xs)", "SIZE(t.xs)"),
        ("len(s)", "LENGTH(t.s)"),
        ("xs[1]", "GET(t.xs, 0)"),
        ("list_distinct(xs)", None),
        ("regexp_matches(s, 'a.b$')", "t.s RLIKE 'a[^\\\\n]b\\\\z'"),
        ("regexp_matches(s, '[.$]')", "t.s RLIKE '[.$]'"),
    ],
)
def test_a_meaning_is_kept(duck: str, meant: str | None) -> None:
    if meant is None:
        with pytest.raises(DataError):
            spark(duck)
        return
    assert spark(duck) == meant


def test_a_type_found_through_ctes_decides() -> None:
    ctes = "with a as (select n / 2 as half from t), b as (select half + 1 as more from a)"
    sql = f"{ctes} select cast(more as int) as r from b"
    assert "RINT(b.more)" in to_spark(sql, tables=TABLES)

from suyuan.engine.dialect import to_spark

TABLES = {"t": {"g": "VARCHAR", "k": "INTEGER", "n": "BIGINT"}}


def spark(text: str) -> str:
    return " ".join(to_spark(f"select g, {text} as r from t group by g", tables=TABLES).split())


def test_an_ordered_list_is_collected_sorted_and_unpacked() -> None:
    sql = spark("list(k order by n desc)")
    assert "COLLECT_LIST(NAMED_STRUCT('x', t.k, 'k0', t.n))" in sql
    assert "WHEN l.k0 < r.k0 THEN 1" in sql
    assert "s -> s.x" in sql


def test_nulls_stand_where_the_order_says() -> None:
    assert "WHEN l.k0 IS NULL THEN 1 " in spark("list(k order by n)")
    assert "WHEN l.k0 IS NULL THEN -1 " in spark("list(k order by n nulls first)")


def test_a_distinct_list_is_collected_as_a_set() -> None:
    assert "COLLECT_SET" in spark("list(distinct k order by k)")


def test_a_filter_stays_at_the_collecting() -> None:
    sql = spark("list(k order by n) filter (where k > 0)")
    assert "COLLECT_LIST(NAMED_STRUCT('x', t.k, 'k0', t.n)) FILTER(WHERE t.k > 0)" in sql

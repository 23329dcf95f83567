import pytest

from suyuan.domain.errors import DataError
from suyuan.engine.dialect import to_spark, told, typed
from suyuan.engine.dialect_lint import lint

TABLES = {"t": {"n": "BIGINT", "x": "DOUBLE", "made_at": "TIMESTAMP"}}


def test_everything_refused_is_told_at_once_with_its_line() -> None:
    sql = "select upper('a') as a,\n  random() as b\nfrom t\nlimit 3"
    with pytest.raises(DataError) as caught:
        to_spark(sql, tables=TABLES)
    words = str(caught.value)
    assert "line 1" in words
    assert "UPPER" in words
    assert "RANDOM" in words
    assert "LIMIT" in words


def test_refusals_say_what_to_write_instead() -> None:
    assert "translate(x" in told(lint("select upper('a') as a from t"))


def test_a_column_that_no_table_has_is_told() -> None:
    with pytest.raises(DataError, match="nothing"):
        typed("select t.nothing as a from t", tables=TABLES)


def test_a_plain_select_stays_readable() -> None:
    assert to_spark("select n from t where n > 1", tables=TABLES).split() == (
        ["SELECT", "t.n", "AS", "n", "FROM", "t", "AS", "t", "WHERE", "t.n", ">", "1"]
    )

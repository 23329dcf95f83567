from datetime import date, datetime

import pytest

from suyuan.domain.errors import DataError
from suyuan.engine.text import filled, literal, param_names, quoted, words


def test_a_parameter_becomes_a_literal_and_a_cast_stays_a_cast() -> None:
    assert filled("select a::int from t where d <= :days", {"days": 30}, step="s") == (
        "select a::int from t where d <= 30"
    )


def test_colons_inside_text_comments_and_slices_are_no_parameters() -> None:
    sql = "select ':a', xs[1 : 2] -- :b\nfrom t"
    assert filled(sql, {}, step="s") == sql
    assert param_names(sql) == set()


def test_a_parameter_named_like_a_keyword_is_found() -> None:
    assert param_names("select :order from t where x > :min") == {"order", "min"}


def test_a_parameter_without_value_is_named() -> None:
    with pytest.raises(DataError, match=":days"):
        filled("select :days", {"hours": 1}, step="s")


@pytest.mark.parametrize(("told", "meant"), [("0.5", "0.5e0"), (".5", ".5e0"), ("1.5e3", "1.5e3"), ("t1.5", "t1.5e0")])
def test_a_number_with_a_point_becomes_a_double(told: str, meant: str) -> None:
    if told == "t1.5":  # a name, then a column that is no number
        assert filled("select t.a5 from t", {}, step="s") == "select t.a5 from t"
        return
    assert filled(f"select {told}", {}, step="s") == f"select {meant}"


def test_a_quote_that_is_not_closed_is_told() -> None:
    with pytest.raises(DataError):
        filled("select 'a", {}, step="s")


def test_a_semicolon_at_the_end_is_dropped() -> None:
    assert filled("select 1 ;\n", {}, step="s") == "select 1 "


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "NULL"),
        (True, "TRUE"),
        (-3, "(-3)"),
        (0.1, "CAST(0.1 AS DOUBLE)"),
        (float("inf"), "CAST('inf' AS DOUBLE)"),
        (date(2018, 9, 1), "DATE '2018-09-01'"),
        (datetime(2018, 9, 1, 8, 30), "TIMESTAMP '2018-09-01 08:30:00'"),  # noqa: DTZ001
        ("it's", "'it''s'"),
    ],
)
def test_a_value_is_written_as_both_engines_read_it(value: object, text: str) -> None:
    assert literal(value) == text  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["A", "1a", "a b", 'a"b', ""])
def test_only_plain_names_name_tables(name: str) -> None:
    with pytest.raises(DataError):
        quoted(name)


def test_the_words_of_a_select_hold_its_tables_and_no_text() -> None:
    assert {"loan", "t"} <= words("select 'cost' from loan as t")
    assert "cost" not in words("select 'cost' from loan as t")

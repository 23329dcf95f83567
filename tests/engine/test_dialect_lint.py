import pytest

from suyuan.engine.dialect_lint import lint


def test_what_is_portable_is_let_through_with_open_parameters() -> None:
    assert lint("with a as (select n from t where n > :low) select n, count(*) as c from a group by n") == []


def test_the_line_of_a_fault_is_told() -> None:
    refusals = lint("with a as (\n  select n\n  from t\n)\nselect mode(n) as m\nfrom a")
    assert [(refusal.line, refusal.key) for refusal in refusals] == [(5, "dialect.no_arg_max")]


def test_one_fault_in_two_places_of_a_line_is_told_once() -> None:
    assert len(lint("select mode(n) as a, mode(n) as b from t")) == 1


@pytest.mark.parametrize(
    "pattern", ["^a+$", "[0-9]{3}", "(?:a|b)c*?", "\\\\d\\\\w", "[^a-z.]", "a.b", "张|李", "\\\\."]
)
def test_plain_patterns_are_let_through(pattern: str) -> None:
    plain = pattern.replace("\\\\", "\\")
    assert lint(f"select n from t where regexp_matches(s, '{plain}')") == []


@pytest.mark.parametrize("pattern", ["a(?=b)", "a++", "\\bx", "\\s", "(?i)a", "[a&&b]", "\\p{L}", "a{2}+"])
def test_patterns_that_engines_read_differently_are_refused(pattern: str) -> None:
    assert [refusal.key for refusal in lint(f"select n from t where regexp_matches(s, '{pattern}')")] == [
        "dialect.regex"
    ]


def test_an_inexact_function_is_let_through_inside_round() -> None:
    assert lint("select round(avg(n) + ln(sum(n)), 6) as r from t") == []
    assert lint("select ln(sum(n)) as r from t") != []


def test_text_that_is_no_sql_is_one_fault() -> None:
    assert [refusal.key for refusal in lint("select from")] == ["dialect.not_sql"]

"""What each word of a mapping means, and what it cannot read."""

from datetime import date, datetime

import duckdb
import pytest

from suyuan.sources.formula import parse, render


def _value(text: str, **told: object) -> tuple[object, bool]:
    """Return the value of an expression over one row of texts, and whether the row is refused."""
    formula, wrong = parse(text, known=told.__contains__)
    assert formula is not None, wrong
    rendered = render(formula, column=lambda name: f'"{name}"')
    con = duckdb.connect()
    selected = ", ".join(f'? AS "{name}"' for name in told)
    sql = f"SELECT {rendered.sql}, coalesce({rendered.refuse or 'false'}, false) FROM (SELECT {selected})"
    value, refused = con.execute(sql, list(told.values())).fetchall()[0]
    return value, bool(refused)


@pytest.mark.parametrize(
    ("told", "fen"),
    [
        ("147.8", 14780),
        ("1,234.56", 123456),
        ("-0.01", -1),
        ("+5", 500),
        ("5.", 500),
        ("1.2300", 123),
        ("¥12.5", 1250),
        ("-￥12.5", -1250),
        ("99999999999999.99", 9999999999999999),
        (1.5, 150),
        (3, 300),
    ],
)
def test_yuan_become_fen_to_the_last_digit(told: object, fen: int) -> None:
    assert _value("fen(a)", a=told) == (fen, False)


@pytest.mark.parametrize("told", ["1.234", "abc", "1e5", "12 34", "", "0.000083", "999999999999999"])
def test_money_that_is_no_whole_number_of_fen_is_refused_never_rounded(told: str) -> None:
    assert _value("fen(a)", a=told) == (None, True)


def test_money_that_is_not_told_is_not_refused() -> None:
    assert _value("fen(a)", a=None) == (None, False)


@pytest.mark.parametrize(
    ("text", "told", "value"),
    [
        ("cst(a)", "2024-01-05 06:07:08", datetime.fromisoformat("2024-01-05 06:07:08")),
        ("cst(a, '%Y/%m/%d %H:%M')", "2022/09/01 00:20", datetime.fromisoformat("2022-09-01 00:20:00")),
        ("cst_day(a, '%d.%m.%Y')", "05.01.2024", date(2024, 1, 5)),
        ("utc(a)", "2024-01-05 20:00:00", datetime.fromisoformat("2024-01-06 04:00:00")),
        ("day_plus('2017-01-01', a)", "31", date(2017, 2, 1)),
        ("day_plus('2017-01-01', a)", "-1", date(2016, 12, 31)),
        ("pick(a, 'Euro', 'EUR', 'Yuan', 'CNY')", "Yuan", "CNY"),
        ("first_of(a, 'name')", '{"name":["x","y"]}', "x"),
        ("first_of(a, 'name')", '{"name":"x"}', "x"),
        ("first_of(a, 'name')", '{"other":1}', None),
        ("nth_of(a, 'phone', 2)", '{"phone":["1","2"]}', "2"),
        ("nth_of(a, 'phone', 2)", '{"phone":["1"]}', None),
        ("all_of(a, 'x')", '{"x":["1","2"]}', "1; 2"),
        ("all_of(a, 'x')", "{}", None),
        ("first_of(a, 'x')", "not json", None),
        ("list_of(a, ';')", "x;y", ["x", "y"]),
        ("a || '-' || a", "x", "x-x"),
        ("case when a = 'x' then fen('1') else null end", "x", 100),
    ],
)
def test_a_word_means_what_the_page_says(text: str, told: str, value: object) -> None:
    assert _value(text, a=told) == (value, False)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("cst(a)", "soon"),
        ("cst(a, '%Y/%m/%d')", "2022-09-01"),
        ("cst_day(a, '%Y')", "x"),
        ("utc(a)", "x"),
        ("day_plus('2017-01-01', a)", "1.5"),
        ("day_plus('2017-01-01', a)", "99999999999"),
        ("pick(a, 'Euro', 'EUR')", "Gulden"),
        ("case when a <> '' then fen(a) end", "x"),
    ],
)
def test_what_a_word_cannot_read_refuses_the_row(text: str, told: str) -> None:
    assert _value(text, a=told) == (None, True)


def test_arithmetic_that_overflows_refuses_the_row() -> None:
    assert _value("try_cast(a as bigint) * try_cast(b as bigint)", a="9223372036854775807", b="2") == (None, True)
    assert _value("try_cast(a as bigint) * try_cast(b as bigint)", a="3", b="2") == (6, False)
    assert _value("try_cast(a as bigint) * try_cast(b as bigint)", a=None, b="2") == (None, False)


def test_a_cast_that_fails_refuses_the_row() -> None:
    assert _value("try_cast(a as double) / 100", a="x") == (None, True)
    assert _value("try_cast(a as double) / 100", a="51") == (0.51, False)
    assert _value("try_cast(first_of(a, 'x') as double) / 100", a="{}") == (None, False)
    assert _value("coalesce(try_cast(a as double), 0)", a="x") == (0.0, False)

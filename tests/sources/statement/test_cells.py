"""Each form a cell of money, text, number or currency may take."""

from decimal import Decimal
from typing import Any

import duckdb
import pytest

from suyuan.sources.statement import cells
from suyuan.sources.statement.words import words


def _value(con: duckdb.DuckDBPyConnection, expression: str, cell: str | None) -> Any:
    laid = f"SELECT {cells.bare('written', figure=True)} AS cell FROM (SELECT $1::VARCHAR AS written)"
    return con.execute(f"SELECT {expression} FROM ({laid})", [cell]).fetchall()[0][0]


@pytest.mark.parametrize(
    ("cell", "fen"),
    [
        ("12.30", 1230), ("1,234.50", 123450), ("-71.89", -7189), ("+10000.00", 1000000), ("  12.00 \t", 1200),
        ('"12.00"', 1200), ('="12.30"', 1230), ("¥28.16", 2816), ("￥28.16", 2816), ("-¥5.00", -500), ("¥-5.00", -500),
        ("CNY 2.99", 299), ("CNY13.50", 1350), ("RMB 1.00", 100),
        ("HK$ 5.00", 500), ("100CNY", 10000), ("28.50元", 2850),
        ("人民币5.00", 500), ("(12.50)", -1250), ("(1,234.00)", -123400), ("12.50-", -1250), ("12.50 CR", 1250),
        ("12.50DR", -1250), ("１，２３４．５０", 123450), ("−5", -500), ("8,000.00(CN)", 800000), ("-3.90(CN)", -390),
        ("'12.00", 1200), ("12,345,678", 1234567800), ("¥1,234.50", 123450), ("1,234.00-", -123400),
        ("16.780000000000001", 1678), ("0.30999999999999994", 31),
        (".5", 50), ("5.", 500), ("0.00", 0),
        ("1.005", None), ("-", None), ("--", None), ("", None), (None, None), ("xx,yyy.zz", None), ("12.3.4", None),
        ("2025-01-01", None), ("1_000", None), ("131.77(已退款89.84)", None), ("99999999999999999999", None),
    ],
)  # fmt: skip
def test_an_amount_is_read_to_the_fen_or_not_at_all(
    con: duckdb.DuckDBPyConnection, cell: str | None, fen: int | None
) -> None:
    assert _value(con, cells.hundredths(cells.money("cell")), cell) == fen


def test_an_amount_with_a_bracketed_refund_is_read_only_where_refunds_are_looked_for(
    con: duckdb.DuckDBPyConnection,
) -> None:
    told = "131.77(已退款89.84)"
    assert _value(con, cells.money("cell", refunds=True), told) == Decimal("131.77")
    assert _value(con, cells.refund("cell"), told) == Decimal("89.84")
    assert _value(con, cells.refund("cell"), "468.32(已全额退款)") == Decimal("468.32")
    assert _value(con, cells.refund("cell"), "468.32") is None


@pytest.mark.parametrize(
    "cell",
    ["1,23,4.5", "12,34", "12,34,567.00", "1234,567.00", "1,234,56", "0,123", ",123", "1,234.5,6", "1.234,56",
     "1.234.567,89", "12,50", "¥1,23,4.5", "(12,34)", "12,34-", "１，２３．４５", "CNY 1.234,56"],
)  # fmt: skip
def test_commas_that_do_not_part_thousands_make_no_amount(con: duckdb.DuckDBPyConnection, cell: str) -> None:
    for scale in (1, 100, 1_000_000):
        assert _value(con, cells.hundredths(cells.money("cell", scale=scale), scale=scale), cell) is None


@pytest.mark.parametrize(
    ("cell", "scale", "fen"),
    [("1e5", 100, None), ("1E+05", 100, None), ("1.2E+07", 100, None), ("1.23456E+04", 100, None),
     ("¥1.2E+07", 100, None), ("1.234567E+04", 100, 1234567), ("-1.234567e4", 100, -1234567), ("1.50E+00", 100, 150),
     ("5.684341886080802e-14", 100, 0), ("1.23E+02", 1, 123), ("1.2E+02", 1, None), ("1.23E+00", 1_000_000, None)],
)  # fmt: skip
def test_an_exponent_is_read_only_where_its_digits_reach_the_fen(
    con: duckdb.DuckDBPyConnection, cell: str, scale: int, fen: int | None
) -> None:
    assert _value(con, cells.hundredths(cells.money("cell", scale=scale), scale=scale), cell) == fen


def test_a_bracketed_refund_with_wrong_commas_makes_no_amount(con: duckdb.DuckDBPyConnection) -> None:
    told, wrong = "2,131.77(已退款1,089.84)", "131.77(已退款1,23)"
    assert _value(con, cells.money("cell", refunds=True), told) == Decimal("2131.77")
    assert _value(con, cells.refund("cell"), told) == Decimal("1089.84")
    assert _value(con, cells.money("cell", refunds=True), wrong) is None


@pytest.mark.parametrize(
    ("cell", "kept"),
    [('="00123"', "00123"), ('="房租"', "房租"), ('\t="00123" ', "00123"), ('"消费 "', "消费"), ("'00123", "00123"),
     ("`00123\t", "00123"), ("=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
     ('=HYPERLINK("a","b")', '=HYPERLINK("a","b")'),
     ("'; drop table entry; --", "'; drop table entry; --"), ("'quoted'", "'quoted'"), ("''123", "''123"),
     ("=1+1", "=1+1"), ('="a"&"b"', '="a"&"b"'), ('说"好"', '说"好"'), ("　'房租", "'房租"), ('=""', None)],
)  # fmt: skip
def test_a_text_loses_only_what_spreadsheets_put_round_it(
    con: duckdb.DuckDBPyConnection, cell: str, kept: str | None
) -> None:
    found = con.execute(f"SELECT {cells.bare('written')} FROM (SELECT $1::VARCHAR AS written)", [cell]).fetchall()
    assert found == [(kept,)]


@pytest.mark.parametrize(
    ("cell", "kept"), [("'2025-01-01", "2025-01-01"), ("'6222****01", "6222****01"), ("'-5'", "-5"), ("=1+1", "=1+1")]
)
def test_a_figure_loses_its_apostrophe_whatever_follows(con: duckdb.DuckDBPyConnection, cell: str, kept: str) -> None:
    assert _value(con, "cell", cell) == kept


@pytest.mark.parametrize(("scale", "fen"), [(1, None), (100, 1250), (1_000_000, 12500000)])
def test_units_scale_and_what_is_finer_than_a_fen_is_null(
    con: duckdb.DuckDBPyConnection, scale: int, fen: int | None
) -> None:
    assert _value(con, cells.hundredths(cells.money("cell"), scale=scale), "12.50") == fen


@pytest.mark.parametrize(
    "cell", ["", "-", "--", "-------------------", "/", "***", "null", "NULL", "N/A", "无", "　", "\t", " - "]
)
def test_what_says_nothing_is_null(con: duckdb.DuckDBPyConnection, cell: str) -> None:
    assert _value(con, cells.text("cell"), cell) is None


@pytest.mark.parametrize(
    ("cell", "text"),
    [("　消费  ", "消费"), ("-5折", "-5折"), ("**微超", "**微超"), ("no", "no")],
)
def test_text_loses_its_padding_only(con: duckdb.DuckDBPyConnection, cell: str, text: str) -> None:
    assert _value(con, cells.text("cell"), cell) == text


@pytest.mark.parametrize(
    ("cell", "number"),
    [("'6222000000000001_1\t", "6222000000000001"), ("6222_CNY", "6222"),
    ("1234567899.0", "1234567899"), ("[6222****01]", "6222****01"),
     ("Z200******010N", "Z200******010N"), ("rim***@qq.com", "rim***@qq.com"), ("-", None)],
)  # fmt: skip
def test_a_number_loses_what_exports_added(con: duckdb.DuckDBPyConnection, cell: str, number: str | None) -> None:
    assert _value(con, cells.number("cell"), cell) == number


@pytest.mark.parametrize(
    ("cell", "code"),
    [("人民币", "CNY"), ("CNY", "CNY"), ("rmb", "CNY"), ("156", "CNY"),
    ("人民币钞", "CNY"), ("美元现汇", "USD"), ("港幣", "HKD"), ("Usd ", "USD"),
     ("ZZZ", None), ("", None)],
)  # fmt: skip
def test_a_currency_cell_names_a_code(con: duckdb.DuckDBPyConnection, cell: str, code: str | None) -> None:
    assert _value(con, cells.currency("cell", words().currencies), cell) == code


@pytest.mark.parametrize(
    ("cell", "code"),
    [("CNY 2.99", "CNY"), ("JPY1000", "JPY"), ("¥2", "CNY"), ("5.00 HKD", "HKD"), ("-HK$5", "HKD"), ("12.00", None)],
)
def test_a_currency_beside_an_amount_is_seen(con: duckdb.DuckDBPyConnection, cell: str, code: str | None) -> None:
    assert _value(con, cells.currency_in("cell", words().currencies), cell) == code


def test_signs_choose_and_words_compare(con: duckdb.DuckDBPyConnection) -> None:
    chosen = cells.by_sign("cell::INT", below="'out'", zero="'none'", above="'in'")
    assert [_value(con, chosen, cell) for cell in ("-3", "0", "4", None)] == ["out", "none", "in", None]
    assert _value(con, cells.compared("cell"), "贷 Ｃr") in ("贷cr", "贷ｃr")
    assert _value(con, cells.any_of("cell", ["a'b"]), "a'b") is True
    assert _value(con, cells.any_of("cell", []), "a") is False
    assert _value(con, cells.holds("cell", ["关闭"]), "交易关闭") is True
    assert _value(con, cells.holds("cell", ["关闭"]), None) is False
    assert _value(con, cells.holds("cell", []), "x") is False


@pytest.mark.parametrize("cell", ["0", "12", "6222020200012345678", "00012", "6222****1234", "-", "", "---- 1", "1.0"])
def test_digits_alone_are_the_number_as_the_longer_way_has_it(con: duckdb.DuckDBPyConnection, cell: str) -> None:
    quick, slow = cells.number("cell"), cells.number("concat(cell, '')").partition(" ELSE ")[2].removesuffix(" END")
    assert _value(con, quick, cell) == _value(con, slow, cell)

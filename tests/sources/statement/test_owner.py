"""Whose account, which currency, which institution."""

from typing import Any

import pytest

from suyuan.sources.statement import Hints
from suyuan.sources.statement.owner import UNNAMED, institution
from suyuan.sources.statement.preamble import Told

ROWS = "交易日期,摘要,收入,支出\n2025-01-01,a,1.00,\n2025-01-02,b,,1.00\n"


def test_a_blank_currency_cell_has_the_currency_of_the_file(read: Any) -> None:
    found = read(
        "交易日期,币种,收入,支出,摘要\n2025-01-01,美元,1.00,,a\n2025-01-02,,,1.00,b\n", hints=Hints(own_account="1")
    )
    assert found.column("currency") == ["USD", "USD"]


def test_a_blank_currency_cell_among_several_currencies_is_refused(read: Any) -> None:
    found = read(
        "交易日期,币种,收入,支出,摘要\n2025-01-01,美元,1.00,,a\n2025-01-02,,,1.00,b\n2025-01-03,港币,1.00,,c\n",
        hints=Hints(own_account="1"),
    )
    assert found.refused == [(3, ["no_currency"])]


@pytest.mark.parametrize(
    ("written", "hints", "currency", "origin"),
    [
        (ROWS, Hints(own_account="1"), "CNY", "assumed"),
        (ROWS, Hints(own_account="1", currency="USD"), "USD", "option"),
        (f"币种：港币\n{ROWS}", Hints(own_account="1"), "HKD", "preamble"),
        (ROWS.replace("收入", "收入(元)"), Hints(own_account="1"), "CNY", "header"),
        (ROWS.replace("1.00", "¥1.00"), Hints(own_account="1"), "CNY", "amounts"),
    ],
)
def test_the_currency_is_told_in_many_places(read: Any, written: str, hints: Hints, currency: str, origin: str) -> None:
    found = read(written, hints=hints)
    assert set(found.column("currency")) == {currency}
    assert found.facts["currency_from"].startswith(origin)


def test_a_traditional_header_without_a_currency_is_asked_about(read: Any) -> None:
    found = read("交易日期,摘要,存入金額,提款金額\n2025-01-01,a,1.00,\n", hints=Hints(own_account="1"))
    assert found.options == ["--currency"]


def test_cards_by_their_last_digits_are_accounts_when_every_row_has_one(read: Any) -> None:
    found = read("卡号后四位,交易日期,摘要,收入,支出\n1234,2025-01-01,a,5.00,\n5678,2025-01-01,b,5.00,\n")
    assert found.column("account_id") == ["1234", "5678"]


def test_a_hint_gathers_cards_told_by_their_last_digits(read: Any) -> None:
    found = read(
        "卡号后四位,交易日期,摘要,收入,支出\n1234,2025-01-01,a,5.00,\n,2025-01-01,b,5.00,\n",
        hints=Hints(own_account="9999000011112222"),
    )
    assert set(found.column("account_id")) == {"9999000011112222"}
    assert found.entries[0]["account_told"] == "1234"


def test_one_card_fills_the_rows_that_show_none(read: Any) -> None:
    found = read("卡号,交易日期,摘要,收入,支出\n6222000000001234,2025-01-01,a,5.00,\n,2025-01-01,b,5.00,\n")
    assert set(found.column("account_id")) == {"6222000000001234"}


def test_the_institution_is_told_hinted_or_unnamed() -> None:
    assert institution(hints=Hints(), told=Told()) == UNNAMED
    assert institution(hints=Hints(), told=Told(institution="icbc")) == "icbc"
    assert institution(hints=Hints(institution="x"), told=Told(institution="icbc")) == "x"

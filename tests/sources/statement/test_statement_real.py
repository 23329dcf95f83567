"""Twelve public statement files, counted by hand: rows and sums in 1/100, effect by effect.

The files are not part of the repository. They lie in `$SUYUAN_REALDATA/statements` or `../shared/data/statements`;
without them these tests are skipped.
"""

import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from suyuan.sources.statement import Hints

ROOT = Path(__file__).parents[3]
DATA = Path(os.environ.get("SUYUAN_REALDATA", str(ROOT.parent / "shared" / "data"))) / "statements"

pytestmark = [pytest.mark.realdata, pytest.mark.skipif(not DATA.is_dir(), reason=f"no public statements in {DATA}")]

OWN = Hints(own_account="6200000000000000")

# name → options, rows by effect, sums by currency (counted with awk and by eye, not with this code)
COUNTED: dict[str, tuple[Hints, dict[str, int], dict[str, dict[str, int]]]] = {
    # 4 × 支出 (49.74 + 20.00 + 9.90 + 82.00), 1 × 收入; 3 × 不计收支 done; 2 closed (82.00 and 50.00)
    "alipay__": (
        Hints(),
        {"out": 4, "in": 1, "neutral": 3, "void": 2},
        {"CNY": {"in": 22222850, "out": 16164, "rows": 10}},
    ),
    # 13 negative, 4 positive
    "boc__debit": (Hints(), {"out": 13, "in": 4}, {"CNY": {"in": 982100, "out": 939430, "rows": 17}}),
    # 退货 123.18 + 1.99, 还款 666.60 + 13.50; 消费 2.99 + 10.00 + 10.74 + 49.85 (posted for JPY 1000)
    "bocom_credit": (OWN, {"in": 4, "out": 4}, {"CNY": {"in": 80527, "out": 7358, "rows": 8}}),
    # 67.00 + 16.78 + 20.00 + 515.02 + 18.06 + 66.40
    "ccb__": (Hints(), {"out": 6}, {"CNY": {"in": 0, "out": 70326, "rows": 6}}),
    # 1234.00; 1000.00 + 3.00 + 1000.00 + 10.14
    "cmb__debit": (OWN, {"in": 1, "out": 4}, {"CNY": {"in": 123400, "out": 201314, "rows": 5}}),
    # HKD 500 + 12500 + 5.45; 1 + 100 + 75.50 + 1000 + 350 + 2000; CNY 12500
    "hsbchk__debit": (
        OWN,
        {"in": 4, "out": 6},
        {"CNY": {"in": 1250000, "out": 0, "rows": 1}, "HKD": {"in": 1300545, "out": 352650, "rows": 9}},
    ),
    "icbc__credit": (Hints(), {"in": 1, "out": 8}, {"CNY": {"in": 462101, "out": 36313, "rows": 9}}),
    "icbc__debit-v1": (Hints(), {"in": 5, "out": 6}, {"CNY": {"in": 284174, "out": 424108, "rows": 11}}),
    # 16 × 支出, net of four bracketed refunds; 9 × 不计收支; 1 refunded in full
    "jd__": (Hints(), {"out": 16, "neutral": 9, "void": 1}, {"CNY": {"in": 0, "out": 164843, "rows": 26}}),
    # 10.00; 3 × 3.88
    "spdb_debit": (Hints(), {"in": 1, "out": 3}, {"CNY": {"in": 1000, "out": 1164, "rows": 4}}),
    # 0.01 + 332.22; seven withdrawals
    "td__": (
        Hints(
            header=("Date", "Description", "Withdrawal", "Deposit", "Balance"),
            date_order="mdy",
            currency="CAD",
            own_account="1",
        ),
        {"in": 2, "out": 7},
        {"CAD": {"in": 33223, "out": 31917, "rows": 9}},
    ),
    # 11 × 支出, 5 × 收入, 11 × "/"
    "wechat__": (OWN, {"out": 11, "in": 5, "neutral": 11}, {"CNY": {"in": 2849, "out": 290453, "rows": 27}}),
}


def _path(name: str) -> Path:
    (found,) = (path for path in DATA.iterdir() if path.name.startswith(name))
    return found


@pytest.mark.parametrize("name", COUNTED)
def test_rows_and_sums_equal_a_hand_count(read_file: Any, name: str) -> None:
    hints, effects, sums = COUNTED[name]
    (found,) = read_file(_path(name), hints=hints)
    assert dict(Counter(found.column("effect"))) == effects
    assert found.report["sums"] == sums
    assert found.refused == []
    assert all(found.column("booked_at"))


def test_a_file_that_names_no_account_asks_for_nothing_else(read_file: Any) -> None:
    for name in ("bocom_credit", "cmb__debit", "hsbchk__debit"):
        (found,) = read_file(_path(name))
        assert found.options == ["--own-account"], name


def test_a_file_without_header_currency_or_plain_dates_is_asked_about(read_file: Any) -> None:
    (found,) = read_file(_path("td__"))
    assert found.options == ["--header", "--date-order", "--currency", "--own-account"]


@pytest.mark.parametrize(
    ("name", "account"),
    [
        ("alipay__", "xx@gmail.com"),
        ("boc__debit", "3167"),
        ("ccb__", "xxxxx*********xxxx"),
        ("icbc__credit", "1234****5678"),
        ("icbc__debit-v1", "1234****9876"),
        ("jd__", "jd_55370d18d5bb4"),
        ("spdb_debit", "6200000000001230"),
        ("wechat__", "测试"),
    ],
)
def test_the_own_account_is_the_one_the_file_tells(read_file: Any, name: str, account: str) -> None:
    (found,) = read_file(_path(name))
    assert set(found.column("account_id")) == {account}


def test_balances_that_close_and_the_first_break_of_those_that_do_not(read_file: Any) -> None:
    closes = {}
    for name in ("boc__debit", "spdb_debit", "ccb__", "cmb__debit", "icbc__credit", "hsbchk__debit", "td__"):
        (found,) = read_file(_path(name), hints=COUNTED[name][0])
        closes[name] = found.report["balance"]["closes"]
    assert closes == {
        "boc__debit": True,
        "spdb_debit": True,
        "ccb__": False,  # a row was taken out of the example: 2140.13 - 515.02 is not 1579.11
        "cmb__debit": False,
        "icbc__credit": False,
        "hsbchk__debit": False,
        "td__": False,  # newest first against its dates; 0.01 is printed as a deposit but was taken off
    }


def test_totals_told_are_held_against_the_rows(read_file: Any) -> None:
    (found,) = read_file(_path("jd__"))
    checked = {total["what"]: total for total in found.report["totals"]["checked"]}
    assert checked["all"]["agree"]
    assert checked["out"] == {
        "what": "out",
        "where": "row 9", "told": {"count": 16, "fen": 164843}, "found": {"count": 16, "fen": 164843}, "agree": True,
    }  # fmt: skip


def test_a_trade_in_another_currency_keeps_its_own_amount(read_file: Any) -> None:
    (found,) = read_file(_path("bocom_credit"), hints=OWN)
    assert [
        (entry["original_currency"], entry["original_amount_fen"])
        for entry in found.entries
        if entry["original_currency"]
    ] == [("JPY", 100000)]


def test_the_sides_of_a_counterparty_cell_are_parted(read_file: Any) -> None:
    (found,) = read_file(_path("cmb__debit"), hints=OWN)
    assert found.column("counterparty_account")[:2] == ["1111111111", "66666666666666"]
    assert found.column("counterparty_name")[1] == "张三"

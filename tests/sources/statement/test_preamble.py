"""What is told outside the table is taken as it is told."""

from datetime import date
from typing import Any

import pytest

from suyuan.sources.statement.preamble import Told, dates_in, fen, read_told
from suyuan.sources.statement.words import words


def _told(*lines: Any, after: Any = (), file: str = "a.csv", sheet: str | None = None) -> Told:
    rows = [line if isinstance(line, list) else [line] for line in lines]
    return read_told(rows, [[line] for line in after], file=file, sheet=sheet, words=words())


@pytest.mark.parametrize(
    ("lines", "account"),
    [
        (["卡号: 1234****5678"], "1234****5678"),
        ([["账　　号：", "xxxxx****xxxx"]], "xxxxx****xxxx"),
        ([["账号", "6200000000001230", "账户类型", "借记卡"]], "6200000000001230"),
        ([["户名", "账号"], ["李雷", "6222000000000005"]], "6222000000000005"),
        (["支付宝账户：xx@gmail.com"], "xx@gmail.com"),
        (["户名：李雷 账号：6222000000000005 币种：人民币"], "6222000000000005"),
        (["中国某银行卡号：6222000000000005"], "6222000000000005"),
        (["Account number: 1234-5678-90"], "1234-5678-90"),
        (["对方账号：6222000000000005"], None),
        (["子账户序号: 00000"], None),
        (["账户：活期"], None),
    ],
)
def test_the_own_account_is_told_in_many_ways(lines: list[Any], account: str | None) -> None:
    assert _told(*lines).own_account == account


def test_a_nickname_is_an_account_of_last_resort() -> None:
    told = _told("微信昵称：[小明]")
    assert (told.own_account, told.own_account_is_nickname) == ("小明", True)
    assert _told("微信昵称：[小明]", "微信号：wx_1").own_account == "wx_1"


def test_the_file_name_may_tell_the_account_but_not_by_its_dates() -> None:
    assert _told(file="dir/6222000000000777_20250101_20250131.csv").own_account == "6222000000000777"
    assert _told(file="交易明细_20250101_20250131.csv").own_account is None
    assert _told(file="20250101123045.csv").own_account is None


@pytest.mark.parametrize(
    ("lines", "file", "period"),
    [
        (
            ["起始时间：[2023-02-10 00:00:00]    终止时间：[2023-02-13 23:59:59]"],
            "a.csv",
            (date(2023, 2, 10), date(2023, 2, 13)),
        ),
        (["日期区间：2024-12-01 至 2024-12-31"], "a.csv", (date(2024, 12, 1), date(2024, 12, 31))),
        ([["日期范围", "20251201-20251231"]], "a.csv", (date(2025, 12, 1), date(2025, 12, 31))),
        ([], "x_20250101_20250620.csv", (date(2025, 1, 1), date(2025, 6, 20))),
        (["打印时间：2025-01-01 10:00:00"], "a.csv", (None, None)),
    ],
)
def test_the_period_is_told_in_many_ways(lines: list[Any], file: str, period: tuple[date | None, date | None]) -> None:
    told = _told(*lines, file=file)
    assert (told.period_from_on, told.period_to_on) == period


@pytest.mark.parametrize(
    ("lines", "file", "end"),
    [(["某银行信用卡账单(2025年01月)"], "a.csv", (2025, 1)),
    ([], "账单_202501.csv", (2025, 1)), (["账单日：2025-02-12"], "a.csv", (2025, 2)),
     ([], "2024.csv", (2024, 0)), ([], "a.csv", None)],
)  # fmt: skip
def test_the_end_of_the_statement_dates_days_without_a_year(
    lines: list[str], file: str, end: tuple[int, int] | None
) -> None:
    assert _told(*lines, file=file).year_end == end


@pytest.mark.parametrize(
    ("line", "total"),
    [
        ("共66笔记录", ("all", 66, None)),
        ("共：26笔记录", ("all", 26, None)),
        ("总笔数：12", ("all", 12, None)),
        ("收入：1笔 28.50元", ("in", 1, 2850)),
        ("支出：16笔(含4笔部分退款)，1,648.43元", ("out", 16, 164843)),
        ("不计收支：10笔，1097.59元", ("neutral", 10, 109759)),
        ("借方合计：1,234.00", ("out", None, 123400)),
        ("贷方发生总额(元)：50.00", ("in", None, 5000)),
        ("贷方笔数：3", ("in", 3, None)),
        ("收入总金额：10.00", ("in", None, 1000)),
    ],
)
def test_totals_are_told_in_many_ways(line: str, total: tuple[str, int | None, int | None]) -> None:
    (found,) = _told(line).totals
    assert (found.what, found.count, found.fen) == total
    assert found.where == "row 1"


def test_a_total_below_the_table_is_placed_from_its_end() -> None:
    assert [total.where for total in _told(after=("收入合计：1笔 5.00元", "完")).totals] == ["row -2"]


def test_institution_currency_holder_and_kind() -> None:
    told = _told("中国工商银行账户明细", "币种：港币", "户名：李雷", "期初余额：1,000.00", "期末余额：900.00")
    assert (told.institution, told.currency, told.holder) == ("icbc", "HKD", "李雷")
    assert (told.opening_fen, told.closing_fen) == (100000, 90000)
    assert _told("本期账单明细(人民币)").currency == "CNY"
    assert _told(file="hsbchk__debit.csv").institution == "hsbc"
    assert _told("某银行信用卡对账单").is_card
    assert _told(file="x__credit__1.csv").is_card
    assert not _told("1. 充值/提现/理财通购买/零钱通存取/信用卡还款等交易，将计入中性交易，不计入收支统计").is_card
    assert _told("收入：1笔 28.50元").yuan


def test_small_readers() -> None:
    assert fen("¥1,234.50元") == 123450
    assert fen("无") is None
    assert fen("-.-") is None
    assert dates_in("2025-13-01 20250230 2025年1月3日") == [date(2025, 1, 3)]

"""What becomes of the other columns of a statement."""

from typing import Any

import pytest

from suyuan.sources.statement import Hints
from suyuan.sources.statement.entry import memo
from suyuan.sources.statement.header import Header

OWN = Hints(own_account="6222000000000001")


def test_memos_that_differ_are_joined(read: Any) -> None:
    found = read(
        "交易日期,收入,支出,摘要,附言,备注\n2025-01-01,1.00,,转账,转账,房租\n2025-01-02,1.00,,,-,\n", hints=OWN
    )
    assert found.column("memo") == ["转账; 房租", None]
    assert memo(Header(first_row=1, last_row=1, names=(), columns={}, score=0.0)) == "CAST(NULL AS VARCHAR)"


def test_amounts_of_doubtful_notation_go_to_quarantine_and_right_ones_stay(read: Any) -> None:
    told = ["1,234.50", "1,23,4.5", "12,34", "1.234,56", "1e5", "1.2E+07", "12,345,678"]
    rows: list[list[str | None]] = [["交易日期", "收入", "支出"], *(["2025-01-01", amount, None] for amount in told)]
    found = read(rows, hints=OWN)
    assert [row["amount_fen"] for row in found.entries] == [123450, 1234567800]
    assert found.refused == [(row_no, ["no_amount"]) for row_no in (3, 4, 5, 6, 7)]


def test_a_side_that_cannot_be_read_is_not_made_up_for_by_the_other(read: Any) -> None:
    found = read('交易日期,收入,支出\n2025-01-01,"12,34",0.00\n2025-01-02,5.00,-\n2025-01-03,5.00,1e5\n', hints=OWN)
    assert found.refused == [(2, ["no_amount"]), (4, ["no_amount"])]


def test_a_memo_that_begins_like_a_formula_stays_as_told(read: Any) -> None:
    told = ["=cmd|' /C calc'!A0", '="00123"', "'00123", "'; drop table entry; --"]
    rows = [["交易日期", "收入", "支出", "摘要"], *(["'2025-01-01", "'1.00", None, memo] for memo in told)]
    assert read(rows, hints=OWN).column("memo") == [told[0], "00123", "00123", told[3]]


def test_serials_orders_and_machines_keep_their_columns(read: Any) -> None:
    found = read(
        "交易日期,收入,支出,交易流水号,日志号,商户单号,支付方式,IP地址,交易类型\n2025-01-01,1.00,,9000000001\t,77,M1,零钱,10.0.0.1,转账\n",
        hints=OWN,
    )
    row = found.entries[0]
    assert (row["serial"], row["bank_serial"], row["merchant_order_no"]) == ("9000000001", "77", "M1")
    assert (row["payment_method"], row["ip"], row["kind"]) == ("零钱", "10.0.0.1", "转账")


@pytest.mark.parametrize(("told", "cash"), [("现金", True), ("01", True), ("转账", False), ("否", False), ("?", None)])
def test_cash_is_told_in_many_ways(read: Any, told: str, cash: bool | None) -> None:
    found = read(f"交易日期,收入,支出,现金标志\n2025-01-01,1.00,,{told}\n", hints=OWN)
    assert found.column("cash") == [cash]


@pytest.mark.parametrize(
    ("column", "told", "effect"),
    [("交易状态", "交易成功", "out"), ("交易状态", "交易关闭", "void"),
    ("当前状态", "已全额退款", "void"), ("交易状态", "等待确认收货", "out"),
     ("交易是否成功", "1", "out"), ("交易是否成功", "00", "out"),
     ("交易是否成功", "失败", "void"), ("交易是否成功", "0", "void")],
)  # fmt: skip
def test_a_state_may_void_a_row(read: Any, column: str, told: str, effect: str) -> None:
    found = read(f"交易时间,收/支,金额,{column}\n2025-01-01 10:00:00,支出,1.00,{told}\n", hints=OWN)
    assert found.column("effect") == [effect]
    assert found.column("status") == [told]


def test_a_row_with_money_on_both_sides_is_refused(read: Any) -> None:
    found = read("交易日期,摘要,收入,支出\n2025-01-01,a,1.00,2.00\n2025-01-02,b,1.00,0.00\n", hints=OWN)
    assert found.refused == [(2, ["both_sides"])]


def test_the_merchant_is_the_counterparty_where_no_other_is_told(read: Any) -> None:
    found = read("交易时间,商户名称,收/支,金额\n2025-01-01 10:00:00,甲店,支出,1.00\n", hints=OWN)
    assert found.entries[0]["counterparty_name"] == "甲店"
    assert found.entries[0]["merchant_name"] == "甲店"


@pytest.mark.parametrize(
    ("told", "name", "account"),
    [
        ("6222000000000009/张三", "张三", "6222000000000009"),
        ("张三/6222000000000009", "张三", "6222000000000009"),
        ("6222****0009 张三", "张三", "6222****0009"),
        ("rim***@qq.com(张三)", "张三", "rim***@qq.com"),
        ("第5工程队", "第5工程队", None),
    ],
)
def test_a_cell_with_both_sides_of_a_counterparty_is_parted(
    read: Any, told: str, name: str, account: str | None
) -> None:
    found = read([["交易日期", "收入", "支出", "对方账号与户名"], ["2025-01-01", "1.00", None, told]], hints=OWN)
    assert (found.entries[0]["counterparty_name"], found.entries[0]["counterparty_account"]) == (name, account)

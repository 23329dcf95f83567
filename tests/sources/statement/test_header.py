"""Headers are found under anything and their columns understood by what they say and hold."""

import pytest

from suyuan.sources.statement.header import assign, bears_entries, find_header, is_statement
from suyuan.sources.statement.words import Role, words


def _roles(names: str, *rows: str) -> dict[Role, list[str]]:
    listed = names.split(",")
    found = assign(listed, [row.split(",") for row in rows], words())
    return {role: [listed[place - 1] for place in places] for role, places in found.items()}


def test_the_header_is_the_row_whose_columns_mean_most() -> None:
    rows = [
        ["某银行流水"],
        ["账号：1", "日期：2025-01-01"],
        ["序号", "交易日期", "金额", "余额", "摘要"],
        ["1", "2025-01-01", "5.00", "5.00", "a"],
    ]
    found = find_header(rows, words())
    assert found is not None
    assert (found.first_row, found.last_row) == (3, 3)
    assert found.name("amount") == "金额"
    assert found.at("flag") is None
    assert found.name("flag") == ""


def test_no_header_is_found_where_there_is_none() -> None:
    assert find_header([["a", "b"], ["1", "2"]], words()) is None


def test_a_posted_amount_is_preferred_and_the_other_is_the_original() -> None:
    found = _roles("交易日期,交易金额,交易货币,入账金额,入账货币", "2025-01-01,10.00,USD,72.00,CNY")
    assert found["amount"] == ["入账金额"]
    assert found["amount_original"] == ["交易金额"]
    assert found["currency"] == ["入账货币"]
    assert found["original_currency"] == ["交易货币"]


def test_sides_in_brackets_are_sides() -> None:
    found = _roles("交易日期,交易金额(收入),交易金额(支出),记账金额(收入),记账金额(支出)", "2025-01-01,1.00,,1.00,")
    assert (found["in"], found["out"]) == (["记账金额(收入)"], ["记账金额(支出)"])
    assert (found["in_original"], found["out_original"]) == (["交易金额(收入)"], ["交易金额(支出)"])
    assert "amount" not in found


@pytest.mark.parametrize(
    ("name", "role", "cell"),
    [("借方发生额/元(支取)", "out", "1.00"),
    ("交易日期[ Transaction Date ]", "when", "2025-01-01"), ("对方卡号/账号", "counterparty_account", "6222"),
     ("账户明细编号-交易流水号", "serial", "9"),
     ("交易後餘額 After-transaction balance", "balance", "1.00"), ("Amount (HKD)", "amount", "1.00")],
)  # fmt: skip
def test_a_name_is_read_by_its_parts(name: str, role: Role, cell: str) -> None:
    assert _roles(name, cell).get(role) == [name]


def test_what_cells_hold_decides_between_meanings() -> None:
    assert "flag" in _roles("Date,Transaction Type,Amount", "2025-01-01,CREDIT,1.00", "2025-01-02,DEBIT,2.00")
    assert "kind" in _roles("Date,Transaction Type,Amount", "2025-01-01,Transfer,1.00", "2025-01-02,Fee,2.00")
    assert "time" in _roles("交易日期,交易时间", "20250101,093021")
    assert "balance" not in _roles("日期,余额", "2025-01-01,xx,yyy.zz")


def test_a_statement_needs_a_date_money_and_one_thing_more() -> None:
    assert is_statement({"when": (1,), "amount": (2,), "memo": (3,)})
    assert not is_statement({"when": (1,), "amount": (2,)})
    assert not is_statement({"when": (1,), "memo": (3,), "serial": (4,)})
    assert not is_statement({"amount": (2,), "memo": (3,), "serial": (4,)})


def test_rows_without_a_header_look_like_entries_when_dated_and_paid() -> None:
    assert bears_entries([["05/01/2023", "a", "1.96"], ["05/02/2023", "b", "2.00"]])
    assert not bears_entries([["hash", "time"], ["x", "2025-01-01"]])
    assert not bears_entries([["1", "2", "3"]])
    assert not bears_entries([])

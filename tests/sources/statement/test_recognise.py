"""Statements of many layouts, each written here, are read to the fen or asked about."""

from datetime import datetime
from typing import Any

import pytest

from suyuan.sources.statement import Hints

at = datetime.fromisoformat

OWN = Hints(own_account="6222000000000001")


def _brief(found: Any) -> list[tuple[str, int]]:
    return [(entry["effect"], entry["amount_fen"]) for entry in found.entries]


def test_split_columns_under_a_preamble_close_and_agree_with_their_totals(read: Any) -> None:
    found = read(
        "某某银行账户交易明细\n"
        "户名：李雷,账号：6222000000000001,币种：人民币\n"
        "起始日期：2025-01-01 终止日期：2025-01-31\n"
        "收入合计：1笔 100.00元\n支出合计：2笔 30.50元\n\n"
        "交易日期,摘要,借方发生额,贷方发生额,余额,对方户名,对方账号\n"
        "2025-01-02,工资,,100.00,150.00,甲公司,110000000001\n"
        "2025-01-03,消费,20.00,,130.00,乙店,110000000002\n"
        "2025-01-05,转账,10.50,0.00,119.50,韩梅,110000000003\n"
        "合计,,30.50,100.00,,,\n以上明细仅供参考\n"
    )
    assert _brief(found) == [("in", 10000), ("out", 2000), ("out", 1050)]
    assert found.column("account_id") == ["6222000000000001"] * 3
    assert found.refused == []
    assert found.report["sums"] == {"CNY": {"in": 10000, "out": 3050, "rows": 3}}
    assert found.report["balance"]["closes"] is True
    assert found.report["totals"]["agree"] is True
    assert len(found.report["totals"]["checked"]) == 4
    assert found.facts["period"] == {"from": "2025-01-01", "to": "2025-01-31"}
    assert found.accounts[0]["holder_name"] == "李雷"


def test_newest_first_with_one_date_is_put_in_order_by_the_balance(read: Any) -> None:
    found = read(
        "日期,摘要,金额,余额\n2025-05-01,丙,-5.00,85.00\n2025-05-01,乙,-10.00,90.00\n2025-05-01,甲,100.00,100.00\n",
        hints=OWN,
    )
    assert found.column("memo") == ["甲", "乙", "丙"]
    assert found.facts["order"] == "newest_first"
    assert found.report["balance"]["closes"] is True


def test_the_balance_tells_the_order_where_dates_run_against_it(read: Any) -> None:
    found = read(
        "交易日期,摘要,收入,支出,余额\n2025-01-01,e,,1.00,94.00\n2025-01-01,d,,2.00,95.00\n2025-01-02,c,,3.00,97.00\n2025-01-03,b,100.00,,100.00\n",
        hints=OWN,
    )
    assert found.column("memo") == ["b", "c", "d", "e"]
    assert found.report["balance"]["closes"] is True


@pytest.mark.parametrize(("name", "told"), [(",账户余额（元）", (",9.00", ",4.00")), ("", ("", ""))])
def test_spending_printed_with_its_minus_sign(read: Any, name: str, told: tuple[str, str]) -> None:
    found = read(
        f"发生时间,收入金额（+元）,支出金额（-元）,备注{name}\n2025-01-01 10:00:00,9.00,,a{told[0]}\n"
        f"2025-01-02 10:00:00,,-5.00,b{told[1]}\n",
        hints=OWN,
    )
    assert _brief(found) == [("in", 900), ("out", 500)]
    assert found.facts["amounts"] == "split:minus"


def test_flags_of_several_words_and_an_unknown_one(read: Any) -> None:
    found = read(
        "交易时间,借贷标志,交易金额,余额,摘要\n"
        "2025-01-01 08:00:00,贷,100.00,100.00,a\n"
        "2025-01-01 09:00:00,借,30.00,70.00,b\n"
        "2025-01-01 10:00:00,贷,30.00,100.00,c\n"
        "2025-01-01 10:30:00,,5.00,105.00,d\n"
        "2025-01-01 11:00:00,,0.00,105.00,e\n",
        hints=OWN,
    )
    assert _brief(found) == [("in", 10000), ("out", 3000), ("in", 3000), ("neutral", 0)]
    assert found.refused == [(5, ["no_direction"])]


def test_negative_amounts_under_a_flag_are_reversals_when_both_signs_occur(read: Any) -> None:
    found = read(
        "交易日期,借贷,交易金额,余额,摘要\n2025-01-01,贷 Cr,100.00,100.00,存\n2025-01-02,借 Dr,30.00,70.00,付\n"
        "2025-01-03,借 Dr,-30.00,100.00,冲正\n2025-01-04,借 Dr,1.00,99.00,费\n",
        hints=OWN,
    )
    assert _brief(found) == [("in", 10000), ("out", 3000), ("in", 3000), ("out", 100)]
    assert found.report["balance"]["closes"] is True


def test_a_flag_beside_signed_amounts_says_the_same_thing_twice(read: Any) -> None:
    found = read(
        "Transaction date,Description,Amount,Currency,Credit / Debit\n01/13/2025,SHOP,-10.00,USD,DEBIT\n"
        "01/14/2025,PAY,100.00,USD,CREDIT\n",
        hints=OWN,
    )
    assert _brief(found) == [("out", 1000), ("in", 10000)]


def test_a_card_bill_is_positive_for_spending_when_its_words_say_so(read: Any) -> None:
    found = read(
        "某银行信用卡对账单（2024年01月）\n交易日,记账日,交易摘要,人民币金额,卡号末四位\n,12/29,自动还款,-100.00,4321\n"
        '01/02,01/03,超市消费,"1,056.78",4321\n01/05,01/05,退货 超市,-56.78,4321\n'
    )
    assert _brief(found) == [("in", 10000), ("out", 105678), ("in", 5678)]
    assert found.column("booked_at") == [at("2023-12-29"), at("2024-01-02"), at("2024-01-05")]
    assert set(found.column("time_precision")) == {"day"}
    assert found.column("account_id") == ["4321"] * 3


def test_a_card_whose_amounts_bear_no_sign_is_read_by_its_words_alone(read: Any) -> None:
    found = read(
        "交易日期,记账日期,交易说明,交易币种/金额,入账币种/金额\n"
        "2025-01-10,2025-01-10,退货 某商户,CNY 123.18,CNY 123.18\n"
        "2025-01-11,2025-01-12,消费 某商户,JPY 1000.00,CNY 49.85\n"
        "2025-01-12,2025-01-12,还款宝 说明不明,CNY 5.00,CNY 5.00\n"
        "2025-01-13,2025-01-13,信用卡还款 转账,CNY 60.00,CNY60.00\n",
        hints=OWN,
    )
    assert _brief(found) == [("in", 12318), ("out", 4985), ("in", 500), ("in", 6000)]
    assert found.entries[1]["original_amount_fen"] == 100000
    assert found.entries[1]["original_currency"] == "JPY"
    assert found.entries[0]["original_amount_fen"] is None


def test_a_card_balance_may_be_a_debt_that_spending_increases(read: Any) -> None:
    found = read(
        "某银行信用卡账单\n"
        "交易日期,交易描述,交易金额,余额\n"
        "2025-02-01,消费 书店,30.00,130.00\n"
        "2025-02-02,消费 饭店,20.00,150.00\n"
        "2025-02-03,还款,-150.00,0.00\n",
        hints=OWN,
    )
    assert _brief(found) == [("out", 3000), ("out", 2000), ("in", 15000)]
    assert found.report["balance"] == {"closes": True, "checked": 2, "breaks": 0, "first_break": None}


def test_a_company_ledger_has_its_sides_the_other_way_round(read: Any) -> None:
    found = read(
        "日期,摘要,借方金额,贷方金额,余额\n2025-02-01,收款,100.00,,100.00\n2025-02-02,付款,,30.00,70.00\n2025-02-03,付款,,20.00,50.00\n",
        hints=OWN,
    )
    assert _brief(found) == [("in", 10000), ("out", 3000), ("out", 2000)]
    assert found.facts["amounts"] == "split:swapped"


def test_a_header_of_two_rows_with_merged_cells(read: Any) -> None:
    found = read(
        "交易日期,交易时间,交易金额,,余额,对方,\n,,收入,支出,,户名,账号\n20250101,093021,,12.00,88.00,乙,1100000001\n"
        "20250102,93021,5.00,,93.00,甲,1100000002\n",
        hints=OWN,
    )
    assert _brief(found) == [("out", 1200), ("in", 500)]
    assert found.column("booked_at") == [at("2025-01-01 09:30:21"), at("2025-01-02 09:30:21")]
    assert found.column("counterparty_name") == ["乙", "甲"]
    assert found.column("counterparty_account") == ["1100000001", "1100000002"]


def test_amounts_in_fen_as_a_payment_firm_returns_them(read: Any) -> None:
    found = read(
        "用户ID\t交易单号\t用户侧账号名称\t借贷类型\t交易业务类型\t交易时间\t交易金额(分)\t账户余额(分)\t对手方ID\t对手侧账户名称\t备注1\n"
        "u1001@wx\t5001\t李雷\t入\t转账\t2025-01-01 10:00:00\t12345\t12345\tu2002@wx\t韩梅\t\n"
        "u1001@wx\t5002\t李雷\t出\t红包\t2025-01-01 11:00:00\t345\t12000\tu2003@wx\t丁\t发红包\n",
        delimiter="\t",
    )
    assert _brief(found) == [("in", 12345), ("out", 345)]
    assert found.column("account_id") == ["u1001@wx"] * 2
    assert found.column("balance_fen") == [12345, 12000]
    assert found.column("counterparty_account") == ["u2002@wx", "u2003@wx"]


QUERY = (
    "交易卡号,交易账号,账户开户名称,开户人证件号码,交易时间,交易金额,交易余额,收付标志,交易对手账卡号,现金标志,对手户名,对手身份证号,"
    "对手开户银行,摘要说明,交易币种,交易网点名称,交易网点代码,交易发生地,交易是否成功,传票号,终端号,IP地址,MAC地址,对手交易余额,"
    "交易流水号,日志号,凭证种类,凭证号,交易柜员号,商户名称,商户号,备注,交易类型,查询反馈结果原因"
)


def _query(**told: str) -> str:
    names = QUERY.split(",")
    assert set(told) <= set(names), told
    return ",".join(told.get(name, "") for name in names)


def test_a_returned_fund_query_of_34_columns_and_its_traps(read: Any) -> None:
    one = {"交易卡号": "'6222000000000001_1\t", "交易币种": "CNY", "交易是否成功": "成功"}
    found = read(
        "\n".join(
            [
                QUERY,
                _query(
                    **one,
                    交易时间="2025-01-01 10:00:00",
                    交易金额="100.00",
                    交易余额="100.00",
                    收付标志="进",
                    现金标志="现金",
                ),
                _query(
                    **one,
                    交易时间="2025-01-01 11:00:00",
                    交易金额="-30.00",
                    交易余额="70.00",
                    收付标志="出",
                    对手户名="乙",
                ),
                _query(
                    **one,
                    交易时间="2025-01-01 12:00:00",
                    交易金额="20.00",
                    交易余额="50.00",
                    收付标志="O",
                    交易对手账卡号="6222000000000009_CNY",
                ),
                _query(
                    **(one | {"交易是否成功": "失败"}), 交易时间="2025-01-01 13:00:00", 交易金额="20.00", 收付标志="出"
                ),
                _query(
                    **(one | {"交易是否成功": "01"}), 交易时间="2025-01-01 13:30:00", 交易金额="20.00", 收付标志="出"
                ),
                _query(**one, 交易时间="2025-01-01 00:00:00", 交易金额="0.00", 交易余额="50.00"),
                _query(
                    交易卡号="",
                    交易账号="110022",
                    交易时间="2025-01-02 14:00:00",
                    交易金额="7.00",
                    收付标志="贷",
                    交易币种="人民币",
                ),
                _query(交易卡号="6222000000000003", 查询反馈结果原因="查无此账号"),
                _query(**one, 交易时间="2025-01-03 15:00:00", 交易金额="7.00", 收付标志=""),
            ]
        )
    )
    assert _brief(found) == [
        ("in", 10000), ("out", 3000), ("out", 2000), ("void", 2000), ("void", 2000), ("neutral", 0), ("in", 700),
    ]  # fmt: skip
    assert found.column("account_id")[0] == "6222000000000001"
    assert found.entries[-1]["account_id"] == "110022"
    assert found.entries[0]["cash"] is True
    assert found.entries[2]["counterparty_account"] == "6222000000000009"
    assert found.entries[5]["time_precision"] == "day"
    assert (
        found.refused[0] == (9, ["no_transaction", "no_date", "no_amount", "no_currency"])
        or found.refused[0][1][0] == "no_transaction"
    )
    assert found.refused[1] == (10, ["no_direction"])
    assert found.report["sums"]["CNY"] == {"in": 10700, "out": 5000, "rows": 7}
    assert {account["account_id"] for account in found.accounts} >= {"6222000000000001", "110022"}


def test_a_wallet_package_tells_names_beside_accounts(read: Any) -> None:
    found = read(
        "交易号,商户订单号,交易创建时间,付款时间,最近修改时间,用户信息,交易对方信息,消费名称,金额（元）,收/支,交易状态\n"
        "900001,M1,2025-01-01 10:00:00,2025-01-01 10:00:01,,20880001(李雷),20880002(韩梅),转账,12.00,支出,交易成功\n"
        "900002,,2025-01-02 10:00:00,2025-01-02 10:00:01,,20880001(李雷),20880003(丁一),退款,3.00,收入,交易成功\n"
        "900003,,2025-01-03 10:00:00,2025-01-03 10:00:01,,20880001(李雷),20880003(丁一),充值,5.00,,交易成功\n"
        "900004,,2025-01-03 11:00:00,,,20880001(李雷),20880003(丁一),买书,9.00,支出,交易关闭\n"
    )
    assert _brief(found) == [("out", 1200), ("in", 300), ("neutral", 500), ("void", 900)]
    assert found.column("account_id") == ["20880001"] * 4
    assert found.entries[0]["counterparty_name"] == "韩梅"
    assert found.entries[0]["counterparty_account"] == "20880002"
    assert found.accounts[0]["holder_name"] == "李雷"


def test_a_refund_behind_the_amount_is_taken_off_and_a_full_one_voids(read: Any) -> None:
    found = read(
        "交易时间,商户名称,金额,交易状态,收/支,交易订单号\n2025-01-01 10:00:00,甲,131.77(已退款89.84),交易成功,支出,1\n"
        "2025-01-01 11:00:00,甲,89.84,退款成功,不计收支,2\n"
        "2025-01-01 12:00:00,甲,468.32(已全额退款),交易成功,不计收支,3\n",
        hints=OWN,
    )
    assert [(e["effect"], e["amount_fen"], e["refunded_fen"]) for e in found.entries] == [
        ("out", 4193, 8984), ("neutral", 8984, None), ("void", 0, 46832),
    ]  # fmt: skip
    assert found.report["sums"]["CNY"]["out"] == 4193


def test_a_corporate_export_with_payer_and_payee(read: Any) -> None:
    header = (
        "交易日期[ Transaction Date ],交易时间[ Transaction time ],付款人账号[ Debit Account No. ],"
        "付款人名称[ Payer's Name ],"
        "收款人账号[ Payee's Account Number ],收款人名称[ Payee's Name ],交易金额[ Trade Amount ],"
        "交易后余额[ After-transaction balance ],交易流水号[ Transaction reference number ],摘要[ Reference ]"
    )
    found = read(
        f"查询账号[ Inquirer account number ],110000000001\n{header}\n"
        '20250101,10:00:00,220000000002,乙公司,110000000001,甲公司,"1,000.00","1,000.00",S1,货款\n'
        "20250102,11:00:00,110000000001,甲公司,330000000003,丙公司,-400.00,600.00,S2,采购\n"
        "20250103,11:00:00,110000000001,甲公司,330000000003,丙公司,-100.00,500.00,S3,采购\n"
    )
    assert _brief(found) == [("in", 100000), ("out", 40000), ("out", 10000)]
    assert found.column("account_id") == ["110000000001"] * 3
    assert found.column("counterparty_name") == ["乙公司", "丙公司", "丙公司"]
    assert found.column("counterparty_account") == ["220000000002", "330000000003", "330000000003"]


def test_payer_and_payee_tell_the_direction_of_unsigned_amounts(read: Any) -> None:
    found = read(
        "付款日期,付款方账号,付款方名称,收款方账号,收款方名称,转账金额,备注\n2025-01-01,A2001,乙,A1001,甲,10.00,还钱\n"
        "2025-01-02,A1001,甲,A3001,丙,4.00,饭钱\n",
        hints=Hints(own_account="A1001", currency="CNY"),
    )
    assert _brief(found) == [("in", 1000), ("out", 400)]
    assert found.column("counterparty_name") == ["乙", "丙"]


def test_debit_flag_beside_split_columns(read: Any) -> None:
    found = read(
        "凭证号,本方账号,对方账号,交易时间,借/贷,借方发生额,贷方发生额,对方行号,摘要,用途,对方单位名称,余额,个性化信息\n"
        "1,110000000001,220000000002,2025-01-01 10:00:00,贷,0,100.00,102,货款,,乙公司,100.00,\n"
        "2,110000000001,220000000003,2025-01-02 10:00:00,借,40.00,0,102,采购,设备,丙公司,60.00,\n"
    )
    assert _brief(found) == [("in", 10000), ("out", 4000)]
    assert found.column("memo") == ["货款", "采购; 设备"]
    assert found.report["balance"]["closes"] is True


def test_spreadsheet_serials_and_numbers_that_became_floats(read: Any) -> None:
    found = read(
        [
            ["记账日期", "交易金额", "余额", "对方账号", "摘要"],
            ["45658", "-16.780000000000001", "83.22", "1234567899.0", "a"],
            ["45659.5", "0.3", "83.52", "12", "b"],
        ],
        hints=OWN,
    )
    assert _brief(found) == [("out", 1678), ("in", 30)]
    assert found.column("booked_at") == [at("2025-01-01"), at("2025-01-02 12:00:00")]
    assert found.entries[0]["counterparty_account"] == "1234567899"


def test_hong_kong_traditional_headers_and_two_currencies(read: Any) -> None:
    found = read(
        "戶口號碼：012-345-6789\n交易日期,交易說明,存入金額,提款金額,貨幣,結餘\n13/03/2025,薪金,500.00,,港幣,500.00\n"
        "14/03/2025,轉賬,,1.00,美元,9.00\n15/03/2025,轉賬,,100.00,港幣,400.00\n16/03/2025,利息,1.00,,美元,10.00\n"
    )
    assert found.report["sums"] == {
        "HKD": {"in": 50000, "out": 10000, "rows": 2},
        "USD": {"in": 100, "out": 100, "rows": 2},
    }
    assert found.report["in_fen"] is None
    assert found.report["balance"]["closes"] is True
    assert found.facts["date_order"] == "dmy"


def test_english_money_in_and_money_out_with_named_months(read: Any) -> None:
    found = read(
        "Account number: 12345678\n"
        "Currency: GBP\n"
        "Date,Details,Money out,Money in,Balance\n"
        "03 Mar 2025,CARD SHOP,£12.50,,£87.50\n"
        "04 Mar 2025,SALARY,,£100.00,£187.50\n"
    )
    assert _brief(found) == [("out", 1250), ("in", 10000)]
    assert found.report["sums"] == {"GBP": {"in": 10000, "out": 1250, "rows": 2}}
    assert found.column("account_id") == ["12345678"] * 2


def test_suffixes_cr_dr_parentheses_and_trailing_minus(read: Any) -> None:
    found = read(
        "Date,Description,Amount,Currency\n2025-01-01,a,12.50DR,HKD\n2025-01-02,b,(3.00),HKD\n2025-01-03,c,4.00-,HKD\n"
        "2025-01-04,d,100.00 CR,HKD\n2025-01-05,e,１，０００．５０,HKD\n",
        hints=OWN,
    )
    assert _brief(found) == [("out", 1250), ("out", 300), ("out", 400), ("in", 10000), ("in", 100050)]


def test_times_in_utc_become_china_standard_time(read: Any) -> None:
    found = read(
        "Date,Description,Amount,Currency,Balance\n2025-01-01T20:00:00Z,a,5.00,CNY,5.00\n2025-01-02T01:00:00+00:00,b,-1.00,CNY,4.00\n",
        hints=OWN,
    )
    assert found.column("booked_at") == [at("2025-01-02 04:00:00"), at("2025-01-02 09:00:00")]


def test_minutes_without_seconds_are_precise_to_the_minute(read: Any) -> None:
    found = read(
        "交易时间,金额,余额,摘要\n"
        "2025/1/1 9:05,5.00,5.00,a\n"
        "2025年1月2日 15时00分,-1.00,4.00,b\n"
        "2025-01-03,1.00,5.00,c\n",
        hints=OWN,
    )
    assert found.column("time_precision") == ["minute", "minute", "day"]
    assert found.entries[1]["booked_at"] == at("2025-01-02 15:00:00")


def test_a_row_whose_date_cannot_be_read_is_refused_and_not_lost(read: Any) -> None:
    found = read(
        "交易日期,金额,余额,摘要\n2025-01-01,5.00,5.00,a\n2025-13-41,5.00,10.00,b\n2025-01-03,五元,10.00,c\n2025-01-04,1.005,9,d\n",
        hints=OWN,
    )
    assert [row for row, _ in found.refused] == [3, 4, 5]
    assert [why[0] for _, why in found.refused] == ["no_date", "no_amount", "no_amount"]


def test_pages_repeat_their_header_and_carry_balances(read: Any) -> None:
    found = read(
        "交易日期,摘要,收入,支出,余额\n"
        ",期初余额,,,100.00\n"
        "2025-01-01,a,5.00,,105.00\n"
        "本页小计,,5.00,,\n"
        "第1页 共2页,,,,\n"
        "交易日期,摘要,收入,支出,余额\n,承前页,,,105.00\n2025-01-02,b,,6.00,99.00\n合计,,5.00,6.00,\n打印时间：2025-02-01,,,,\n",
        hints=OWN,
    )
    assert _brief(found) == [("in", 500), ("out", 600)]
    assert found.refused == []


def test_totals_that_disagree_are_reported_with_both_sums(read: Any) -> None:
    found = read(
        "共3笔记录\n收入：1笔 6.00元\n交易日期,摘要,收入,支出,余额\n2025-01-01,a,5.00,,5.00\n2025-01-02,b,,1.00,4.00\n",
        hints=OWN,
    )
    assert found.report["totals"]["agree"] is False
    assert [total["agree"] for total in found.report["totals"]["checked"]] == [False, False]
    assert found.report["totals"]["checked"][1]["told"] == {"count": 1, "fen": 600}
    assert found.report["totals"]["checked"][1]["found"] == {"count": 1, "fen": 500}


def test_a_balance_that_breaks_names_the_row(read: Any) -> None:
    found = read(
        "交易日期,摘要,收入,支出,余额\n"
        + "".join(f"2025-01-0{day},a,1.00,,{day}.00\n" for day in range(1, 8))
        + "2025-01-08,b,,2.00,4.00\n",
        hints=OWN,
    )
    assert found.report["balance"]["closes"] is False
    assert found.report["balance"]["first_break"] == {
        "row": 9,
        "account_id": "6222000000000001",
        "expected_fen": 500,
        "told_fen": 400,
    }


def test_name_and_number_in_one_cell_are_parted_only_when_sure(read: Any) -> None:
    found = read(
        "记账日期,货币,交易金额,联机余额,交易摘要,对手信息\n"
        "2025-01-01,CNY,5.00,5.00,a,张三 66666666666666\n"
        "2025-01-02,CNY,5.00,10.00,b,国网电力有限公司99999999999999\n"
        "2025-01-03,CNY,5.00,15.00,c,第5工程队2024\n2025-01-04,CNY,5.00,20.00,d,12341234123412341\n2025-01-05,CNY,-5.00,15.00,e,--\n",
        hints=OWN,
    )
    assert found.column("counterparty_name") == ["张三", "国网电力有限公司", "第5工程队2024", None, None]
    assert found.column("counterparty_account") == ["66666666666666", "99999999999999", None, "12341234123412341", None]


def test_many_accounts_in_one_file_each_close(read: Any) -> None:
    found = read(
        "账号,交易时间,收入,支出,余额,摘要\n"
        "A10001,2025-01-01 10:00:00,5.00,,5.00,a\n"
        "A10002,2025-01-01 09:00:00,7.00,,7.00,b\n"
        "A10001,2025-01-02 10:00:00,,1.00,4.00,c\nA10002,2025-01-02 09:00:00,,1.00,6.00,d\n"
    )
    assert found.report["balance"] == {"closes": True, "checked": 2, "breaks": 0, "first_break": None}
    assert [account["account_id"] for account in found.accounts] == ["A10001", "A10002"]


def test_a_statement_without_a_header_asks_for_all_it_lacks_at_once(read: Any) -> None:
    rows = "05/01/2023,SHOP,1.96,,13.04\n05/02/2023,MARKET,12.10,,15.00\n05/03/2023,PAY,,0.01,27.10\n"
    assert read(rows).options == ["--header", "--date-order", "--currency", "--own-account"]
    hints = Hints(
        header=("Date", "Description", "Withdrawal", "Deposit", "Balance"),
        date_order="mdy",
        currency="CAD",
        own_account="1",
    )
    found = read(rows, hints=hints)
    assert found.report["sums"] == {"CAD": {"in": 1, "out": 1406, "rows": 3}}


@pytest.mark.parametrize(
    ("written", "hints", "options"),
    [
        ("日期,摘要,金额,余额\n03/04/2025,a,5.00,5.00\n04/05/2025,b,-1.00,4.00\n", OWN, ["--date-order"]),
        ("交易日,摘要,收入,支出\n12/29,a,5.00,\n12/30,b,,4.00\n", OWN, ["--year"]),
        ("Date,Description,Amount,Balance\n2025-01-01,a,5.00,5.00\n2025-01-02,b,-1.00,4.00\n", OWN, ["--currency"]),
        ("交易日期,摘要,收入,支出\n2025-01-01,a,5.00,\n", Hints(), ["--own-account"]),
        ("交易日期,摘要,金额\n2025-01-01,a,5.00\n2025-01-02,b,6.00\n", OWN, ["--positive"]),
        (
            "卡号后四位,交易日期,摘要,收入,支出\n1234,2025-01-01,a,5.00,\n5678,2025-01-01,a,5.00,\n,2025-01-02,b,,4.00\n",
            Hints(),
            ["--own-account"],
        ),
    ],
)
def test_what_cannot_be_decided_is_asked(read: Any, written: str, hints: Hints, options: list[str]) -> None:
    assert read(written, hints=hints).options == options


@pytest.mark.parametrize(
    "written",
    [
        "id,name,phone\n1,a,13800000000\n",
        "sourceNodeId,targetNodeId,value,time\n1,2,10.50,3\n2,3,7.25,4\n",
        "合同编号,借款人,放款日期\nL1,甲,2025-01-01\n",
        "just some words\nand more of them\n",
        "",
    ],
)
def test_what_is_no_statement_is_left_to_others(read: Any, written: str) -> None:
    assert read(written).plan is None


def test_the_year_comes_from_the_file_name_and_wraps(read: Any) -> None:
    found = read("交易日,摘要,收入,支出\n12/29,a,5.00,\n01/02,b,,4.00\n", hints=OWN, file="账单_202501.csv")
    assert found.column("booked_at") == [at("2024-12-29"), at("2025-01-02")]


def test_the_own_account_comes_from_the_file_name(read: Any) -> None:
    found = read("交易日期,摘要,收入,支出\n2025-01-01,a,5.00,\n", file="6222000000000777_20250101_20250131.csv")
    assert found.column("account_id") == ["6222000000000777"]
    assert found.facts["own_account_from"] == "file name"


def test_a_masked_number_gives_way_to_a_hint_that_fits_and_to_no_other(read: Any) -> None:
    written = "卡号：6222****0001\n交易日期,摘要,收入,支出\n2025-01-01,a,5.00,\n"
    assert read(written).column("account_id") == ["6222****0001"]
    assert read(written, hints=OWN).column("account_id") == ["6222000000000001"]
    assert read(written, hints=Hints(own_account="6222000000000002")).column("account_id") == ["6222****0001"]


def test_keys_over_values_in_the_preamble(read: Any) -> None:
    found = read(
        "户名,账号,币种\n李雷,6222000000000005,美元\n\n交易日期,摘要,收入,支出,余额\n2025-01-01,a,5.00,,5.00\n"
    )
    assert found.column("account_id") == ["6222000000000005"]
    assert found.column("currency") == ["USD"]
    assert found.facts["holder"] == "李雷"


def test_the_same_serial_amount_and_time_twice_is_a_duplicate_and_both_are_kept(read: Any) -> None:
    found = read(
        "交易时间,流水号,收入,支出\n"
        "2025-01-01 10:00:00,S1,5.00,\n"
        "2025-01-01 10:00:00,S1,5.00,\n"
        "2025-01-01 10:00:00,S2,5.00,\n",
        hints=OWN,
    )
    assert found.report["duplicates"] == 1
    assert len(found.entries) == 3

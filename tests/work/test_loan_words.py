from datetime import date

import pytest

from suyuan.domain.errors import UsageError
from suyuan.work.loan_words import Payment, dated, day_of, fen_of, flow_of, payment_of, positive_fen


@pytest.mark.parametrize(
    ("text", "fen"),
    [("1000", 100_000), ("1,000.5", 100_050), ("-0.05", -5), ("￥700.00", 70_000), ("12元", 1_200), (" 3.1 ", 310)],
)
def test_amounts_in_yuan_become_fen(text: str, fen: int) -> None:
    assert fen_of(text, what="--repay") == fen


@pytest.mark.parametrize("text", ["700.123", "", "1e3", "1,00", "NaN", "--5", "1.2.3", "١٢", "9" * 13])
def test_what_is_no_amount_of_two_decimals_is_a_usage_error(text: str) -> None:
    with pytest.raises(UsageError, match="--received"):
        fen_of(text, what="--received")


@pytest.mark.parametrize("text", ["0", "-1"])
def test_an_amount_that_must_be_above_0_says_so(text: str) -> None:
    with pytest.raises(UsageError) as fault:
        positive_fen(text, what="--principal")
    assert fault.value.key == "loan.not_positive"


def test_payments_may_carry_days_or_a_day() -> None:
    assert payment_of("1000") == Payment(fen=100_000)
    assert payment_of("350.5@14") == Payment(fen=35_050, after_days=14)
    assert payment_of("350@2018-09-15") == Payment(fen=35_000, on=date(2018, 9, 15))
    for text in ("1000@", "1000@x", "0@3", "1000@-3"):
        with pytest.raises(UsageError):
            payment_of(text)


def test_flows_have_a_day_and_a_sign() -> None:
    assert flow_of("2018-09-08:-1000") == (date(2018, 9, 8), -100_000)
    for text in ("2018-09-08", "2018-9-8:1", "2018-02-30:1"):
        with pytest.raises(UsageError):
            flow_of(text)


def test_a_payment_without_a_day_is_made_on_the_last_day_of_the_term() -> None:
    start = date(2018, 9, 1)
    assert dated(Payment(fen=1), paid_out_on=start, term_days=7) == (date(2018, 9, 8), 1)
    assert dated(Payment(fen=1, after_days=3), paid_out_on=start, term_days=7) == (date(2018, 9, 4), 1)
    assert dated(Payment(fen=1, on=date(2019, 1, 1)), paid_out_on=start, term_days=7) == (date(2019, 1, 1), 1)
    with pytest.raises(UsageError) as fault:
        dated(Payment(fen=1), paid_out_on=start, term_days=None)
    assert fault.value.key == "loan.no_day"


def test_a_day_is_written_in_full() -> None:
    assert day_of("2018-09-01", what="--signed") == date(2018, 9, 1)
    with pytest.raises(UsageError, match="--signed"):
        day_of("01.09.2018", what="--signed")

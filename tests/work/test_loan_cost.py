from datetime import date, timedelta
from typing import Any

import pytest

from suyuan.domain.errors import UsageError
from suyuan.money.schedule import Flow
from suyuan.work.loan_cost import Loan, cost_of

START = date(2018, 9, 1)


def week(start: date = START, **told: Any) -> Loan:
    flows = (Flow(on=start, fen=70_000), Flow(on=start + timedelta(days=7), fen=-100_000))
    fields: dict[str, Any] = {"flows": flows, "principal_fen": 100_000, "signed_on": start, "term_days": 7} | told
    return Loan(**fields)


def test_the_golden_loan_has_two_lines_to_the_fen() -> None:
    found = cost_of(week())
    assert (found.nominal_rate, found.effective_rate, found.head_cut) == (22.34693878, 119407269.4, 0.3)
    assert [(line.yearly_rate, line.allowed_fen, line.over_fen) for line in found.lines] == [
        (0.24, 322, 29_678),
        (0.36, 483, 29_517),
    ]
    assert (found.received_fen, found.repaid_fen, found.why_null, found.why_no_line) == (70_000, 100_000, None, None)
    assert found.to_json()["lines"][0]["source"].startswith("法释〔2015〕18号")


def test_licensed_lenders_have_the_line_of_practice_only() -> None:
    assert [line.name for line in cost_of(week(lender_kind="licensed")).lines] == ["practice_24"]


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"signed_on": None}, "contract_day_unknown"),
        ({"currency": "USD"}, "currency_without_line"),
        ({"signed_on": date(2026, 2, 1)}, "lpr_unknown"),
        ({"signed_on": date(2015, 1, 1), "lender_kind": "bank"}, "no_rule_for_kind_and_day"),
    ],
)
def test_where_no_line_holds_it_says_why(told: dict[str, Any], why: str) -> None:
    found = cost_of(week(**told))
    assert (found.lines, found.why_no_line) == ((), why)
    assert found.nominal_rate is not None


def test_an_unknown_kind_of_lender_is_a_usage_error_even_without_a_day() -> None:
    with pytest.raises(UsageError):
        cost_of(week(lender_kind="friend", signed_on=None))


def test_what_happened_after_the_day_asked_for_does_not_count() -> None:
    found = cost_of(week(), as_of=START + timedelta(days=6))
    assert (found.repaid_fen, found.why_null) == (0, "nothing_repaid")
    assert [line.over_fen for line in found.lines] == [0, 0]


def test_a_contract_that_ran_on_past_2020_08_19_needs_the_day_of_suit() -> None:
    start = date(2020, 8, 18)
    assert cost_of(week(start)).why_no_line == "suit_day_unknown"
    found = cost_of(week(start), suit_on=date(2022, 9, 1))
    line = found.lines[0]
    assert (line.changes_on, line.yearly_rate_after) == (date(2020, 8, 20), 0.146)
    assert line.allowed_fen == round(70_000 * (2 * 0.24 + 5 * 0.146) / 365)
    settled = cost_of(week(date(2020, 8, 13)))
    assert (settled.why_no_line, settled.lines[0].changes_on, settled.lines[0].allowed_fen) == (None, None, 322)


def test_amounts_beyond_reckoning_are_a_usage_error() -> None:
    with pytest.raises(UsageError) as fault:
        cost_of(week(flows=(Flow(on=START, fen=10**14),)))
    assert fault.value.key == "loan.beyond"

from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from pydantic import ValidationError

from suyuan.domain.contract import contracts
from suyuan.domain.errors import UsageError
from suyuan.money.cap import NO_LINES, Line, Rule, caps, first_lines, lender_kinds, lines
from suyuan.money.schedule import day_number


def told(kind: str, day: date, suit: date | None = None) -> list[tuple[str, int]] | str:
    found = lines(lender_kind=kind, signed_on=day, suit_on=suit)
    return found if isinstance(found, str) else [(line.name, line.rate) for line in found]


def test_private_contracts_up_to_2020_08_19_have_24_and_36() -> None:
    assert told("private", date(2018, 9, 1)) == [("private_24", 2400), ("private_36", 3600)]
    assert told("private", date(2020, 8, 19)) == [("private_24", 2400), ("private_36", 3600)]


@pytest.mark.parametrize(
    ("day", "rate"),
    [
        (date(2020, 8, 20), 1540),
        (date(2021, 12, 19), 1540),
        (date(2021, 12, 20), 1520),
        (date(2022, 8, 21), 1480),
        (date(2022, 8, 22), 1460),
        (date(2024, 10, 21), 1240),
        (date(2025, 12, 31), 1200),
    ],
)
def test_private_contracts_from_2020_08_20_have_four_times_the_lpr_of_their_day(day: date, rate: int) -> None:
    assert told("private", day) == [("private_4lpr", rate)]
    assert told("unlicensed", day) == [("private_4lpr", rate)]


def test_in_a_month_whose_lpr_is_unknown_no_line_is_named() -> None:
    assert told("private", date(2026, 1, 1)) == "lpr_unknown"


def test_licensed_lenders_were_never_under_the_private_rule() -> None:
    for kind in ("licensed", "bank", "consumer_finance", "trust", "auto_finance"):
        assert told(kind, date(2018, 9, 1)) == [("practice_24", 2400)]
        assert told(kind, date(2021, 6, 1)) == [("practice_24", 2400)]
        assert told(kind, date(2026, 6, 1)) == [("practice_24", 2400)]
        assert told(kind, date(2017, 8, 3)) == "no_rule_for_kind_and_day"


@pytest.mark.parametrize(
    "kind", ["small_loan", "guarantee", "pawn", "leasing", "factoring", "regional_exchange", "local_amc"]
)
def test_the_seven_local_kinds_left_the_private_rule_on_2021_01_01(kind: str) -> None:
    assert told(kind, date(2019, 1, 1)) == [("private_24", 2400), ("private_36", 3600)]
    assert told(kind, date(2020, 12, 31)) == [("private_4lpr", 1540)]
    assert told(kind, date(2021, 1, 1)) == [("practice_24", 2400)]


def test_small_loan_firms_have_a_line_of_their_own_since_december_2025() -> None:
    assert told("small_loan", date(2025, 12, 23)) == [("practice_24", 2400)]
    assert told("small_loan", date(2025, 12, 24)) == [("small_loan_24", 2400)]
    assert told("small_loan", date(2028, 1, 1)) == "lpr_unknown"


def _first(day: date, suit: date | None = None, kind: str = "private") -> Line:
    found = lines(lender_kind=kind, signed_on=day, suit_on=suit)
    assert not isinstance(found, str)
    return found[0]


def test_old_private_contracts_that_ran_on_have_the_line_of_the_day_of_suit_afterwards() -> None:
    known = _first(date(2018, 9, 1), date(2022, 9, 1))
    assert (known.change_on, known.rate_after, known.why_after) == (date(2020, 8, 20), 1460, None)
    unsaid, late = _first(date(2018, 9, 1)), _first(date(2018, 9, 1), date(2026, 5, 1))
    assert (unsaid.rate_after, unsaid.why_after) == (None, "suit_day_unknown")
    assert (late.rate_after, late.why_after) == (None, "lpr_unknown")
    assert _first(date(2018, 9, 1), kind="pawn").change_on is None


def test_an_unknown_kind_of_lender_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="friend"):
        lines(lender_kind="friend", signed_on=date(2020, 1, 1))


def test_kinds_are_those_of_the_contract_and_every_line_has_its_source() -> None:
    assert set(lender_kinds()) == set(contracts()["loan"].columns["lender_kind"].values or ())
    rules = caps()
    assert all(rule.source and set(rule.title) == {"en", "zh"} for rule in rules.lines)
    assert all(group in rules.groups for rule in rules.lines for group in rule.groups)
    assert rules.checked_on >= date(2026, 11, 1)


def test_the_lpr_table_is_the_published_one() -> None:
    lpr = caps().lpr
    assert len(lpr.percent) == 13
    assert lpr.on(date(2019, 8, 19)) is None
    assert (lpr.on(date(2019, 8, 20)), lpr.on(date(2025, 12, 31))) == (Decimal("4.25"), Decimal("3.00"))
    assert lpr.on(date(2026, 1, 1)) is None


def test_a_rule_without_a_rate_or_with_two_does_not_load() -> None:
    for rate in ({}, {"percent": "24", "lpr_times": 4}):
        with pytest.raises(ValidationError):
            Rule.model_validate({"name": "x", "title": {"en": "x", "zh": "x"}, "groups": [], "source": "x", **rate})


def test_a_table_names_the_lines_that_single_loans_have() -> None:
    days = [date(2015, 1, 1), *(date(year, month, 20) for year in range(2017, 2029) for month in (1, 8, 12))]
    days += [date(2020, 8, 19), date(2020, 12, 31), date(2021, 1, 1), date(2025, 12, 31), date(2026, 1, 1)]
    kinds = lender_kinds()
    kind = np.repeat(np.arange(len(kinds)), len(days))
    signed = np.tile(np.array([day_number(day) for day in days]), len(kinds))
    suit = date(2022, 9, 1)
    found = first_lines(kinds=kinds, kind=kind, signed_day=signed, suit_on=suit)
    for place, index in enumerate(found.index.tolist()):
        single = lines(lender_kind=kinds[kind[place]], signed_on=days[place % len(days)], suit_on=suit)
        expected = single if isinstance(single, str) else single[0]
        assert (NO_LINES[-1 - index] if index < 0 else found.lines[index]) == expected


def test_a_table_says_why_it_names_no_line() -> None:
    unknown = int(np.iinfo(np.int64).min)
    found = first_lines(
        kinds=["private", "friend"],
        kind=np.array([-1, 0, 1]),
        signed_day=np.array([17775, unknown, 17775]),
        suit_on=None,
    )
    told = [NO_LINES[-1 - index] for index in found.index.tolist()]
    assert told == ["lender_kind_unknown", "contract_day_unknown", "lender_kind_unknown"]

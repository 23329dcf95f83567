from datetime import date, timedelta
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from suyuan.money.allowed import MOST_FEN, beyond, reckon
from suyuan.money.compiled import WORTH_IT
from suyuan.money.schedule import Flow, Schedules, day_number

DAY = date(2018, 9, 1)
NEVER = 1 << 40


def reckoned(told: list[tuple[int, int]], rate: int, *, change: date | None = None, after: int = 0) -> tuple[int, int]:
    schedules = Schedules.of_one([Flow(on=DAY + timedelta(days=day), fen=fen) for day, fen in told])
    change_day = np.array([NEVER if change is None else day_number(change)])
    found = reckon(schedules, rate=np.array([rate]), change_day=change_day, rate_after=np.array([after]))
    return int(found.allowed[0]), int(found.over[0])


@pytest.mark.parametrize(("rate", "allowed", "over"), [(2400, 322, 29_678), (3600, 483, 29_517)])
def test_the_golden_loan_to_the_fen(rate: int, allowed: int, over: int) -> None:
    assert reckoned([(0, 70_000), (7, -100_000)], rate) == (allowed, over)


def test_a_fee_paid_on_the_first_day_is_like_a_head_cut() -> None:
    assert reckoned([(0, 100_000), (0, -30_000), (7, -100_000)], 2400) == (322, 29_678)


def test_interest_runs_on_what_is_left_of_what_was_received() -> None:
    # 100,000.00 for 73 days at 20 %: 4,000.00; 54,000.00 pays it and leaves 50,000.00: 2,000.00 for 73 days more
    assert reckoned([(0, 10_000_000), (73, -5_400_000), (146, -5_300_000)], 2000) == (600_000, 100_000)


def test_what_was_taken_over_the_line_brings_the_balance_down() -> None:
    # all was settled on day 73, so nothing accrues afterwards and the second payment is over the line whole
    assert reckoned([(0, 10_000_000), (73, -10_400_000), (146, -1_000)], 2000) == (400_000, 1_000)


def test_a_payment_below_the_interest_due_leaves_the_balance_and_no_interest_on_interest() -> None:
    # 4,000.00 due on day 73, 1,000.00 paid; 4,000.00 more by day 146: 8,000.00 allowed, nothing over
    assert reckoned([(0, 10_000_000), (73, -100_000), (146, -10_700_000)], 2000) == (800_000, 0)
    assert reckoned([(0, 10_000_000), (73, -100_000), (146, -10_700_001)], 2000) == (800_000, 1)


def test_the_line_of_the_day_of_suit_holds_from_its_day_on() -> None:
    change = DAY + timedelta(days=73)
    assert reckoned([(0, 10_000_000), (146, -10_600_000)], 2000, change=change, after=1000) == (600_000, 0)
    assert reckoned([(0, 10_000_000), (73, -10_400_000)], 2000, change=change, after=1000) == (400_000, 0)


def test_money_paid_before_it_was_received_bears_no_interest() -> None:
    assert reckoned([(0, -1_000), (1, 71_000), (8, -100_000)], 2400) == (322, 29_678)


def test_what_is_still_owed_is_not_over() -> None:
    assert reckoned([(0, 70_000), (7, -10_000)], 2400) == (322, 0)
    assert reckoned([(0, 70_000)], 2400) == (0, 0)
    assert reckoned([], 2400) == (0, 0)


def in_fractions(told: dict[int, int], rate: int) -> tuple[int, int]:
    """The same rules in exact fractions, the slow way: day by day."""
    exact, accrued, due, balance = Fraction(0), 0, 0, 0
    for day in range(max(told) + 1):
        if day:
            exact += Fraction(max(balance, 0) * rate, 365 * 10_000)
        fen = told.get(day)
        if fen is None:
            continue
        rounded = int(exact + Fraction(1, 2))
        due, accrued = due + rounded - accrued, rounded
        if fen > 0:
            balance += fen
        else:
            settled = min(due, -fen)
            due -= settled
            balance += fen + settled
    return accrued, max(0, -balance - due)


@given(
    st.dictionaries(st.integers(0, 60), st.integers(-(10**7), 10**7).filter(bool), min_size=1, max_size=8),
    st.integers(0, 5000),
)
def test_the_sums_are_those_of_exact_fractions_day_by_day(told: dict[int, int], rate: int) -> None:
    first = min(told)
    shifted = {day - first: fen for day, fen in told.items()}
    found = reckoned(sorted(shifted.items()), rate)
    assert found == in_fractions(shifted, rate)


@given(st.integers(1, 10**10), st.lists(st.tuples(st.integers(1, 400), st.integers(1, 10**10)), max_size=6))
def test_not_a_fen_is_lost(received: int, steps: list[tuple[int, int]]) -> None:
    days = np.cumsum([gap for gap, _ in steps]).tolist()
    told = [(0, received), *((day, -fen) for day, (_, fen) in zip(days, steps, strict=True))]
    allowed, over = reckoned(told, 2400)
    owed = received + allowed + over - sum(fen for _, fen in steps)
    assert owed >= 0
    assert owed == 0 or over == 0


def test_amounts_beyond_64_bits_are_marked() -> None:
    def one(*told: tuple[int, int]) -> bool:
        flows = [Flow(on=date(1900, 1, 1) + timedelta(days=day), fen=fen) for day, fen in told]
        return bool(beyond(Schedules.of_one(flows))[0])

    assert not one()
    assert not one((0, MOST_FEN))
    assert one((0, MOST_FEN), (1, -1))
    assert not one((0, 1), (73_000, -1))
    assert one((0, 1), (73_001, -1))


def test_a_table_is_reckoned_alike_in_machine_code() -> None:
    loans = WORTH_IT
    loan = np.tile(np.arange(loans), 2)
    day = np.concatenate([np.zeros(loans, dtype=np.int64), np.full(loans, 7)])
    fen = np.concatenate([np.full(loans, 70_000), np.full(loans, -100_000)])
    none = np.zeros(loans, dtype=np.int64)
    found = reckon(
        Schedules.of(loans=loans, loan=loan, day=day, fen=fen),
        rate=none + 2400,
        change_day=none + NEVER,
        rate_after=none,
    )
    assert set(found.allowed.tolist()) == {322}
    assert set(found.over.tolist()) == {29_678}

"""The root finder against brute force."""

import math
from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from suyuan.money.root import BEYOND, FOUND, SEVERAL, Floats, log_rate, pattern, payment_interval
from suyuan.money.schedule import Schedules

CODES = {"found": FOUND, "several": SEVERAL}


def brute_log_rates(days: Floats, fen: Floats) -> Floats:
    """Halve [−60, 60] a hundred times on the sign of the present value, row by row; rows are padded by flows of 0."""
    low, high = np.full(len(days), -60.0), np.full(len(days), 60.0)
    for _ in range(100):
        middle = (low + high) / 2
        power = np.where(fen == 0, -np.inf, -middle[:, None] * days)
        value = (fen * np.exp(power - power.max(axis=1)[:, None])).sum(axis=1)
        low, high = np.where(value < 0, middle, low), np.where(value < 0, high, middle)
    rates: Floats = (low + high) / 2
    return rates


def solved(days: list[int], fen: list[int]) -> tuple[int, float]:
    columns = np.array(days, dtype=np.int64), np.array(fen, dtype=np.int64)
    code, last_in, first_out, excess = pattern(*columns, 0, len(days))
    return code, log_rate(*columns, 0, len(days), last_in, first_out, excess) if code == FOUND else math.nan


def random_schedule(rng: np.random.Generator) -> tuple[list[int], list[int]]:
    """Receipts, then payments: one to three receipts, one to twelve payments, repaid 5 % to 50-fold."""
    receipts, payments = int(rng.integers(1, 4)), int(rng.integers(1, 13))
    gaps = rng.integers(1, int(rng.choice([3, 10, 40, 200])), receipts + payments - 1)
    days = [0, *np.cumsum(gaps).tolist()]
    received = rng.integers(1, 10**8, receipts)
    weights = rng.uniform(0.1, 1.0, payments)
    total = float(received.sum()) * math.exp(rng.uniform(math.log(0.05), math.log(50)))
    paid = np.maximum(1, (weights / weights.sum() * total).astype(np.int64))
    return days, [*received.tolist(), *(-paid).tolist()]


def test_ten_thousand_random_schedules_agree_with_brute_force() -> None:
    rng = np.random.default_rng(20181101)
    schedules = [random_schedule(rng) for _ in range(10_000)]
    padded = np.zeros((2, len(schedules), 16))
    for row, (days, fen) in enumerate(schedules):
        padded[0, row, : len(days)], padded[1, row, : len(fen)] = days, fen
    expected = brute_log_rates(padded[0], padded[1])
    found = [solved(days, fen) for days, fen in schedules]
    assert {code for code, _ in found} == {FOUND}
    rates = np.array([rate for _, rate in found])
    assert (np.abs(rates - expected) <= 1e-11 * np.maximum(1e-2, np.abs(expected))).all()


def roots_on_a_grid(days: list[int], fen: list[int]) -> int:
    """Count sign changes of the present value over 4,001 daily log rates between −0.5 and 0.5."""
    grid = np.linspace(-0.5, 0.5, 4001)
    values = np.array(fen, dtype=float) @ np.exp(-np.outer(days, grid))
    return sum(before * after < 0 for before, after in pairwise(values.tolist()))


@settings(max_examples=300)
@given(
    st.lists(st.tuples(st.integers(1, 30), st.integers(-1000, 1000)), min_size=2, max_size=6),
)
def test_where_more_than_one_root_exists_none_is_told(steps: list[tuple[int, int]]) -> None:
    days = np.cumsum([gap for gap, _ in steps]).tolist()
    fen = [amount for _, amount in steps]
    if roots_on_a_grid(days, fen) > 1:
        assert solved(days, fen)[0] == SEVERAL


def test_a_textbook_schedule_with_two_roots_is_told_as_several() -> None:
    days, fen = [0, 10, 20], [-1000, 2300, -1320]  # 10 % and 20 % for ten days
    assert roots_on_a_grid(days, fen) == 2
    assert solved(days, fen)[0] == SEVERAL


def test_amounts_and_spans_at_the_edge_stay_in_range() -> None:
    for days, fen in (([0, 1], [1, -(10**13)]), ([0, 1], [10**13, -1]), ([0, 36500], [10**13, -1])):
        code, rate = solved(days, fen)
        assert code == FOUND
        assert abs(rate - math.log(-fen[1] / fen[0]) / days[1]) <= 1e-12 * abs(rate)


def test_a_free_loan_costs_exactly_nothing() -> None:
    assert solved([0, 30, 60], [1000, -500, -500]) == (FOUND, 0.0)


def test_an_interval_is_told_by_contract_term_or_payments() -> None:
    def interval(days: list[int], fen: list[int], given: int = 0, term: int = 0) -> float:
        found = Schedules.of(
            loans=1, loan=np.zeros(len(days), dtype=np.int64), day=np.array(days), fen=np.array(fen, dtype=np.int64)
        )
        return payment_interval(found.days, found.fen, 0, len(days), given, term)

    assert interval([0, 20], [10, -12], term=7) == 7
    assert interval([0, 20], [10, -12], given=10, term=7) == 10
    assert interval([0, 20], [10, -12]) == 20
    assert interval([0, 30], [10, -12], term=30) == 30
    assert interval([0, 31, 59, 90], [10, -4, -4, -4]) == 365 / 12
    assert interval([0, 7, 14, 40], [10, -4, -4, -4]) == 7
    assert interval([0, 31, 59], [10, -6, -6], given=30) == 365 / 12
    assert interval([0, 365, 731], [10, -6, -6]) == 365
    assert interval([0, 91, 182], [10, -6, -6]) == 365 / 4


def test_codes_are_those_the_table_of_reasons_has() -> None:
    assert (CODES["found"], BEYOND) == (0, 6)

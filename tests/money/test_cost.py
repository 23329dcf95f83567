import math
from datetime import date, timedelta

import numpy as np
import pytest
import pyxirr
from hypothesis import given
from hypothesis import strategies as st

from suyuan.money.compiled import WORTH_IT
from suyuan.money.cost import head_cut, rates, table_rates
from suyuan.money.schedule import Flow, Schedules

DAY = date(2018, 9, 1)


def flows(*told: tuple[int, int]) -> list[Flow]:
    return [Flow(on=DAY + timedelta(days=day), fen=fen) for day, fen in told]


def test_the_seven_day_loan_costs_what_the_published_case_says() -> None:
    found = rates(flows((0, 70_000), (7, -100_000)), term_days=7)
    assert found.nominal_rate == pytest.approx((1000 / 700 - 1) * 365 / 7, rel=1e-9)
    assert found.effective_rate == pytest.approx((1000 / 700) ** (365 / 7) - 1, rel=1e-9)
    assert (round(found.nominal_rate or 0, 3), float(f"{(found.effective_rate or 0) * 100:.3e}")) == (22.347, 1.194e10)


def test_a_head_cut_is_the_share_kept_back() -> None:
    assert head_cut(principal_fen=100_000, received_fen=70_000) == 0.3
    assert head_cut(principal_fen=150_000, received_fen=105_000) == 0.3
    assert head_cut(principal_fen=None, received_fen=1) is None
    assert head_cut(principal_fen=1, received_fen=None) is None
    assert head_cut(principal_fen=0, received_fen=0) is None


def test_monthly_instalments_have_a_nominal_rate_by_the_month() -> None:
    months = [date(2024, month, 15) for month in range(2, 12)]
    paid = [Flow(on=day, fen=-10_558_21) for day in months]
    found = rates([Flow(on=date(2024, 1, 15), fen=100_000_00), *paid])
    effective = pyxirr.xirr([date(2024, 1, 15), *months], [100_000_00, *[-10_558_21] * 10])
    assert effective is not None
    assert found.effective_rate == pytest.approx(effective, rel=1e-8)
    assert found.nominal_rate == pytest.approx(((1 + effective) ** (1 / 12) - 1) * 12, rel=1e-8)


@given(
    st.integers(10_000, 10**8),
    st.lists(st.tuples(st.integers(1, 60), st.integers(1, 10**7)), min_size=1, max_size=6),
)
def test_the_reference_library_agrees_where_it_gives_a_rate(received: int, steps: list[tuple[int, int]]) -> None:
    days = np.cumsum([gap for gap, _ in steps]).tolist()
    told = flows((0, received), *((day, -fen) for day, (_, fen) in zip(days, steps, strict=True)))
    reference = pyxirr.xirr([flow.on for flow in told], [flow.fen for flow in told])
    found = rates(told)
    if reference is not None and math.isfinite(reference) and -0.99 < reference < 1e9:
        assert found.effective_rate == pytest.approx(reference, rel=1e-6, abs=1e-9)
    assert (found.nominal_rate is None) <= (found.why_null is not None)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ([], "no_time"),
        ([(0, 70_000)], "nothing_repaid"),
        ([(7, -70_000)], "nothing_received"),
        ([(0, 70_000), (0, -70_000)], "no_time"),
        ([(0, 70_000), (0, -80_000), (7, -1)], "nothing_received"),
        ([(0, -3_000), (2, 70_000)], "paid_before_received"),
        ([(0, -3_000), (2, 70_000), (9, -100_000)], "several_sign_changes"),
        ([(0, 70_000), (7, -50_000), (8, 10_000), (20, -40_000)], "several_sign_changes"),
    ],
)
def test_where_no_single_rate_exists_it_is_null_with_a_reason(told: list[tuple[int, int]], why: str) -> None:
    found = rates(flows(*told))
    assert (found.nominal_rate, found.effective_rate, found.why_null) == (None, None, why)


def test_an_effective_rate_beyond_numbers_is_null_and_the_nominal_one_told() -> None:
    found = rates(flows((0, 1_000), (1, -100_000)))
    assert (found.nominal_rate, found.effective_rate, found.why_null) == (36_135.0, None, "beyond_numbers")


def test_less_repaid_than_received_is_a_rate_below_zero() -> None:
    found = rates(flows((0, 100_000), (365, -90_000)))
    assert found.effective_rate == pytest.approx(-0.1)


def test_a_table_gives_the_same_rates_in_machine_code() -> None:
    rng = np.random.default_rng(3)
    loans = WORTH_IT
    received = rng.integers(10_000, 10**6, loans)
    day = np.stack([np.zeros(loans, dtype=np.int64), *np.cumsum(rng.integers(1, 40, (3, loans)), axis=0)])
    fen = np.stack([received, *(-(received * rng.uniform(0.1, 0.9, loans)).astype(np.int64) for _ in range(3))])
    loan = np.tile(np.arange(loans), 4)
    none = np.zeros(loans, dtype=np.int64)
    fast = table_rates(
        Schedules.of(loans=loans, loan=loan, day=day.ravel(), fen=fen.ravel()), interval_days=none, term_days=none
    )
    few = 500
    kept = loan < few
    slow = table_rates(
        Schedules.of(loans=few, loan=loan[kept], day=day.ravel()[kept], fen=fen.ravel()[kept]),
        interval_days=none[:few],
        term_days=none[:few],
    )
    assert fast.why[:few].tolist() == slow.why.tolist()
    np.testing.assert_allclose(fast.nominal[:few], slow.nominal, rtol=2e-10)
    np.testing.assert_allclose(fast.effective[:few], slow.effective, rtol=2e-10)

"""Own capital and profit of a treasury."""

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from suyuan.world.rings.routine_loans.treasury import plan

DAYS = st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), min_size=1, max_size=60)


@given(DAYS, st.integers(1, 9))
def test_a_treasury_is_never_below_zero_and_ends_empty(days: Any, every: Any) -> None:
    arriving, leaving = np.array(days, np.int64).T
    found = plan(arriving=arriving, leaving=leaving, every=every)
    stands = np.cumsum(found.injected + arriving - leaving - found.drawn)
    assert (found.injected >= 0).all()
    assert (found.drawn >= 0).all()
    assert (stands >= 0).all()
    assert stands[-1] == 0


@given(DAYS)
def test_no_more_capital_comes_in_than_the_worst_day_lacks(days: Any) -> None:
    arriving, leaving = np.array(days, np.int64).T
    found = plan(arriving=arriving, leaving=leaving, every=7)
    assert found.injected.sum() == max(0, -int(np.cumsum(arriving - leaving).min()))

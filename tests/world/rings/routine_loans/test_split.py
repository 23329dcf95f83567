"""Sums cut into pieces."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from suyuan.world.frame.dice import dice
from suyuan.world.rings.routine_loans.split import pieces


@given(st.lists(st.integers(1, 10**12), max_size=20), st.integers(0, 10**9))
def test_the_pieces_of_a_sum_add_up_to_it(totals: Any, seed: Any) -> None:
    smallest = max(max(totals, default=1) // 200, 1)
    owner, amount = pieces(dice(seed, "x"), np.array(totals, np.int64), around_fen=smallest, spread=1.0)
    sums = np.zeros(len(totals), np.int64)
    np.add.at(sums, owner, amount)
    assert sums.tolist() == totals
    assert (amount > 0).all()


def test_a_sum_stays_whole_when_nothing_is_asked() -> None:
    owner, amount = pieces(dice(1, "x"), np.array([5, 10**7]), around_fen=0, spread=1.0)
    assert (owner.tolist(), amount.tolist()) == ([0, 1], [5, 10**7])


def test_pieces_lie_around_what_was_asked() -> None:
    _, amount = pieces(dice(1, "x"), np.full(50, 10**7), around_fen=10**5, spread=0.9)
    assert 40_000 < np.median(amount) < 110_000


def test_no_sum_is_cut_into_nothing() -> None:
    with pytest.raises(ValueError, match="over 0"):
        pieces(dice(1, "x"), np.array([0]), around_fen=10, spread=1.0)

"""The figures of everyday life, and how they are drawn from."""

import numpy as np
import pytest

from suyuan.world.frame.dice import dice
from suyuan.world.life.figures import choose, chosen, figures, permille, spread


def test_a_file_that_is_not_there_is_told() -> None:
    with pytest.raises(OSError, match="nothing_of_that_name"):
        figures("nothing_of_that_name")


def test_shares_are_drawn_by_their_weights() -> None:
    drawn = choose(dice(1), {"often": 900, "never": 0, "rarely": 100}, 5000)
    assert not (drawn == 1).any()
    assert 800 < (drawn == 2).sum() * 2 < 1200
    assert set(chosen(dice(1), {"a": 1, "b": 1}, 50)) == {"a", "b"}


def test_a_spread_keeps_its_median_and_takes_one_a_row() -> None:
    drawn = spread(dice(2), np.array([100, 10_000] * 2000), np.array([0.5, 1.0] * 2000), 4000)
    assert 90 < np.median(drawn[::2]) < 110
    assert 9_000 < np.median(drawn[1::2]) < 11_000


def test_a_share_in_a_thousand_holds() -> None:
    assert 150 < permille(dice(3), 200, 1000).sum() < 250
    assert permille(dice(3), np.array([0, 1000]), 2).tolist() == [False, True]

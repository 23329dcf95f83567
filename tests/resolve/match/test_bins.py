import math

import numpy as np
import pytest

from suyuan.resolve.match.bins import (
    AMOUNT_BINS,
    AMOUNT_WIDTHS,
    BIN_OF_CELL,
    DAY_BINS,
    LAG_BINS,
    LAG_WIDTHS,
    RATIO_EDGES,
    REACH,
    ROUNDED,
    SAME,
    SECOND_EDGES,
    UNEQUAL,
    amount_bin,
    lag_bin,
)


@pytest.mark.parametrize(
    ("days", "one", "other", "seconds"),
    [
        (0, 10, 10, (0, 1)),
        (0, 10, 12, (1, 5)),
        (0, 12, 10, (-4, 0)),
        (1, 86_399, 0, (1, 5)),
        (2, 0, 0, (172_800, 259_200)),
    ],
)
def test_two_times_fall_into_the_bin_of_the_seconds_between(
    days: int, one: int, other: int, seconds: tuple[int, int]
) -> None:
    found = lag_bin(days, one, other) - DAY_BINS
    assert (SECOND_EDGES[found], SECOND_EDGES[found + 1]) == seconds


def test_a_day_without_time_is_compared_by_days() -> None:
    assert [lag_bin(days, -1, 5) for days in (-REACH, 0, REACH)] == [0, REACH, 2 * REACH]


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [(10_000, 10_000, SAME), (10_050, 10_000, ROUNDED), (10_000, 10_099, ROUNDED), (10_000, 12_000, -1)],
)
def test_amounts_are_equal_rounded_or_too_far_apart(one: int, other: int, wanted: int) -> None:
    assert amount_bin(one, other, math.log(other / one)) == wanted


def test_unequal_amounts_fall_into_the_bin_of_their_ratio() -> None:
    found = amount_bin(10_001, 10_302, math.log(10_302 / 10_001)) - UNEQUAL
    assert RATIO_EDGES[found] <= math.log(10_302 / 10_001) < RATIO_EDGES[found + 1]


def test_bins_are_symmetric_and_have_widths() -> None:
    assert np.allclose(RATIO_EDGES, -RATIO_EDGES[::-1])
    assert len(LAG_WIDTHS) == LAG_BINS
    assert len(AMOUNT_WIDTHS) == AMOUNT_BINS == BIN_OF_CELL.max() + 1
    assert (LAG_WIDTHS > 0).all()
    assert (AMOUNT_WIDTHS > 0).all()

"""Shares, intervals and medians that may be unknown."""

import pytest

from suyuan.world.score.number import f1, median, share, wilson


def test_a_share_of_nothing_is_null_and_never_zero() -> None:
    assert share(0, 0) is None
    assert share(0, 3) == 0
    assert f1(0, 0, 0) is None


def test_f1_is_the_harmonic_mean_of_precision_and_recall() -> None:
    precision, recall = 3 / 4, 3 / 12
    assert f1(3, 4, 12) == pytest.approx(2 * precision * recall / (precision + recall))


@pytest.mark.parametrize(
    ("hit", "of", "low", "high"), [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (5, 10, 0.2366, 0.7634)]
)
def test_wilson_gives_the_published_intervals(hit: int, of: int, low: float, high: float) -> None:
    assert wilson(hit, of) == pytest.approx((low, high), abs=1e-4)


def test_nothing_counted_has_no_interval() -> None:
    assert wilson(0, 0) is None


def test_the_median_of_an_even_number_lies_between_the_two_in_the_middle() -> None:
    assert median([4, 1, 3, 2]) == 2.5
    assert median([3, 1, 2]) == 2
    assert median([]) is None

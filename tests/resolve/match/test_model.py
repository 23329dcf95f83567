import numpy as np

from suyuan.resolve.match.bins import AMOUNT_BINS, DAY_BINS, LAG_BINS, REACH, SAME
from suyuan.resolve.match.model import Seen, at_first, learned, word_weights
from suyuan.resolve.match.side import side_of
from suyuan.resolve.match.words import Words, words_of
from tests.resolve.match.rows import told


def some_words() -> Words:
    rows = ({"amount_fen": 5 + row, "memo": f"payment {'rare' if row == 0 else 'common'}"} for row in range(40))
    one = side_of(told(*rows), salt="a")
    return words_of(one, one)


def seen(lags: list[int]) -> Seen:
    n = len(lags)
    at = np.arange(n) % 40
    return Seen(
        left=at,
        right=at,
        lag=np.array(lags, dtype=np.int64) + REACH,
        amount=np.full(n, SAME),
        flow=np.ones((2, n), np.int64),
        party=np.ones((4, n), np.int64),
        cut=np.zeros(n, np.int64),
    )


def test_what_is_believed_at_first_adds_up() -> None:
    first = at_first(3)
    assert np.isclose(first.lag[:DAY_BINS].sum(), 1)
    assert np.isclose(first.amount.sum(), 1)
    assert len(first.lag) == LAG_BINS
    assert len(first.amount) == AMOUNT_BINS


def test_days_are_learned_and_those_that_chance_fills_are_not() -> None:
    lags = [1] * 900 + [2] * 600 + [day for day in range(-REACH, REACH + 1) for _ in range(3)]
    lag = learned(seen(lags), some_words(), rows=(40, 40)).lag[:DAY_BINS]
    assert 0.55 < lag[REACH + 1] < 0.65
    assert lag[REACH + 20] == 0
    assert lag[REACH + 3] > 0


def test_a_rare_word_weighs_more_than_a_common_one_and_a_missing_one_less_than_nothing() -> None:
    words = some_words()
    kept = np.full(len(words.kind), 0.9)
    both, one, other = word_weights(kept, words.left.whole, words.right.whole, words)
    common, payment, rare = 0, 1, 2
    assert both[rare] > both[common] > both[payment] - 1
    assert (one < 1e-9).all()
    assert one[rare] < -1
    assert np.allclose(one, other)

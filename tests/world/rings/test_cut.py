import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from suyuan.world.frame.options import Options
from suyuan.world.frame.world import World
from suyuan.world.rings.cut import cut, shared, taken

TOTALS = st.lists(st.integers(1, 10_000_000), min_size=1, max_size=20)
WORLD = World(options=Options(seed=1))


@given(TOTALS, st.integers(0, 500_000))
def test_pieces_sum_to_their_totals(totals: list[int], middle: int) -> None:
    owner, fen = cut(WORLD, np.random.default_rng(1), np.array(totals), around_fen=middle, spread=1.0)
    assert np.bincount(owner, weights=fen, minlength=len(totals)).astype(int).tolist() == totals
    assert fen.min() > 0


def test_a_sum_stays_whole_when_no_piece_is_asked_for() -> None:
    owner, fen = cut(WORLD, np.random.default_rng(1), np.array([5, 0, 7]), around_fen=0, spread=1.0)
    assert (owner.tolist(), fen.tolist()) == ([0, 2], [5, 7])


def test_the_last_piece_is_what_is_left() -> None:
    owner, fen = taken(np.array([10, 5]), np.array([3, 2]), lambda n: np.full(n, 4))
    assert (owner.tolist(), fen.tolist()) == ([0, 0, 0, 1, 1], [4, 4, 2, 4, 1])


@given(TOTALS)
def test_shares_leave_nothing_over(totals: list[int]) -> None:
    parts = shared(np.array(totals), [80, 333])
    assert np.sum(parts, axis=0).tolist() == totals

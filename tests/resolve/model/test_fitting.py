"""Weights out of patterns of agreement."""

import numpy as np
import pytest

from suyuan.resolve.model.fitting import Seen, fitted
from suyuan.resolve.model.shape import Comparison, Level


def ladder(name: str, *, m: float = 0.9, u: float = 0.01) -> Comparison:
    levels = (Level(label="model.same", sql="a", m=m, u=u), Level(label="model.differs", sql="else", m=1 - m, u=1 - u))
    return Comparison(name=name, label="model.name", null="", levels=levels)


THREE = tuple(ladder(name) for name in "abc")


def world(*, ones: int, twos: int, m: float, u: float) -> Seen:
    """Return the patterns of `ones` pairs of one entity and `twos` of two, each comparison agreeing in `m` and `u`."""
    levels = np.array([[a, b, c] for a in (1, 0) for b in (1, 0) for c in (1, 0)])
    shares = [np.prod(np.where(levels == 1, p, 1 - p), axis=1) for p in (m, u)]
    pairs = ones * shares[0] + twos * shares[1]
    share = (ones * m + twos * u) / (ones + twos)
    return Seen(
        levels=levels,
        pairs=pairs,
        total=ones + twos,
        chance={each.name: (share, 1 - share) for each in THREE},
        drawn=float(ones + twos),
        drawn_open=1.0,
        keyed={},
        nodes=2000,
    )


def test_the_shares_that_made_the_patterns_are_found_again() -> None:
    prior, weights, one = fitted(THREE, world(ones=5000, twos=1_000_000, m=0.8, u=0.02))
    assert one == pytest.approx(5000, rel=0.05)
    assert prior == pytest.approx(5000 / 1_005_000, rel=0.05)
    for (m, u), _ in weights.values():
        assert m == pytest.approx(0.8, abs=0.02)
        assert u == pytest.approx(0.02, rel=0.05)


def test_pairs_of_one_entity_among_those_drawn_do_not_pass_for_chance() -> None:
    """Where a rare value is shared by pairs of one entity alone, what is drawn agrees as often as they occur."""
    _, weights, _ = fitted(THREE, world(ones=5000, twos=1_000_000, m=0.9, u=1e-6))
    assert all(u < 5e-4 for (_, u), _ in weights.values())


def test_without_data_the_weights_are_those_of_the_comparisons() -> None:
    none = Seen(
        levels=np.empty((0, 3), np.int64),
        pairs=np.empty(0),
        total=1.0,
        chance={},
        drawn=0.0,
        drawn_open=1.0,
        keyed={},
        nodes=0,
    )
    prior, weights, one = fitted(THREE, none)
    assert weights["a"] == ((0.9, 0.01), (0.1, 0.99))
    assert one == 0
    assert 0 < prior <= 0.5


def test_clusters_of_one_key_teach_how_often_one_entity_agrees() -> None:
    seen = world(ones=10, twos=1_000_000, m=0.9, u=0.01)
    taught = Seen(**{**seen.__dict__, "keyed": {"a": np.array([500.0, 500.0])}})
    weights = fitted(THREE, taught)[1]
    assert weights["a"][0][0] == pytest.approx(0.5, abs=0.05)
    assert weights["b"][0][0] > 0.8


def test_what_is_not_compared_counts_for_nothing() -> None:
    seen = world(ones=5000, twos=1_000_000, m=0.8, u=0.02)
    blind = seen.levels.copy()
    blind[:, 2] = -1
    weights = fitted(THREE, Seen(**{**seen.__dict__, "levels": blind, "chance": {**seen.chance, "c": (0.0, 0.0)}}))[1]
    assert weights["c"] == ((0.9, 0.01), (0.1, 0.99))

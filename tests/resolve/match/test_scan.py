import numpy as np
import pytest

from suyuan.resolve.match import match as matching
from suyuan.resolve.match.both import Both, both_of
from suyuan.resolve.match.model import at_first
from suyuan.resolve.match.scan import levels, visits
from suyuan.resolve.match.side import side_of
from tests.resolve.match.rows import told, two_sides


def laid(pairs: int) -> Both:
    left, right, _ = two_sides(pairs=pairs)
    return both_of(side_of(left, salt="a"), side_of(right, salt="b"), strict=False)


def test_pairs_within_reach_are_counted() -> None:
    left = side_of(told({"day": 10, "amount_fen": 1_000}), salt="a")
    rows = [{"day": day, "amount_fen": fen} for day, fen in ((9, 1_000), (10, 1_050), (12, 1_000), (10, 2_000))]
    both = both_of(left, side_of(told(*rows), salt="b"), strict=False)
    assert [visits(*both.lines, 0.1, days) for days in (0, 1, 2)] == [1, 2, 3]


def test_pairs_are_the_same_however_few_fit_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    both = laid(150)
    first = at_first(len(both.words.kind))
    whole = matching._candidates(both, first, days=31, ratio=0.15, strict=False)
    monkeypatch.setattr(matching, "CHUNK", 40)
    parts = matching._candidates(both, first, days=31, ratio=0.15, strict=False)
    assert len(whole[0]) > 100
    assert all(np.array_equal(one, other) for one, other in zip(whole, parts, strict=True))


def test_levels_of_a_pair_are_its_bins() -> None:
    both = laid(1)
    lag, amount, party = levels(*both.lines, both.texts, np.array([0]), np.array([0]))
    assert lag[0] == 31 + int(both.lines[1].slot[0] - both.lines[0].slot[0])
    assert amount[0] in (0, 2) or amount[0] > 2
    assert party.ravel().tolist() == [0, 0, 0, 0]

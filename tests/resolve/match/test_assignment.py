from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from suyuan.resolve.match import assignment
from suyuan.resolve.match.assignment import best_pairs

GRAPHS = st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 4)), st.integers(-2, 20), max_size=14)


def most(graph: dict[tuple[int, int], int]) -> int:
    """Return the greatest worth of any choice of pairs, by trying all of them."""
    rows = sorted({left for left, _ in graph})
    columns = [*sorted({right for _, right in graph}), *[None] * len(rows)]
    return max(
        (
            sum(
                max(graph.get((row, column), 0), 0)
                for row, column in zip(rows, order, strict=False)
                if column is not None
            )
            for order in set(permutations(columns, len(rows)))
        ),
        default=0,
    )


@given(GRAPHS)
def test_no_choice_is_worth_more(graph: dict[tuple[int, int], int]) -> None:
    pairs = sorted(graph)
    left, right = (np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1))
    worth = np.array([graph[pair] for pair in pairs], dtype=np.float64)
    taken = best_pairs(left, right, worth)
    assert len(set(left[taken])) == len(set(right[taken])) == len(taken)
    assert (worth[taken] > 0).all()
    if len({row for row, _ in graph}) <= 4:
        assert worth[taken].sum() == most(graph)


def test_a_greedy_choice_is_beaten() -> None:
    taken = best_pairs(np.array([0, 0, 1]), np.array([0, 1, 0]), np.array([10.0, 9.0, 9.0]))
    assert taken.tolist() == [1, 2]


@pytest.mark.parametrize("gathered", [1, 50])
def test_components_are_solved_alike_however_many_at_once(monkeypatch: pytest.MonkeyPatch, gathered: int) -> None:
    rng = np.random.default_rng(3)
    pairs = np.unique(rng.integers(0, 3_600, 400))
    left, right, worth = pairs // 60, pairs % 60, rng.random(len(pairs))
    whole = best_pairs(left, right, worth)
    monkeypatch.setattr(assignment, "_GATHERED", gathered)
    assert worth[best_pairs(left, right, worth)].sum() == pytest.approx(worth[whole].sum())

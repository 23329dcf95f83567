from random import Random

import networkx as nx
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from suyuan.resolve.cluster import (
    CERTAIN,
    JOINED,
    JUDGED,
    JUDGED_APART,
    NONE,
    SCORED,
    TWO_BIRTHS,
    TWO_NUMBERS,
    UNDECIDED,
    Clusters,
    Nodes,
    Pairs,
    clustered,
    slip,
)

Pair = tuple[int, int, float, int]


def cluster(
    pairs: list[Pair],
    *,
    n: int = 6,
    numbers: dict[int, int] | None = None,
    births: dict[int, int] | None = None,
    apart: list[tuple[int, int]] | None = None,
    held: list[tuple[int, int]] | None = None,
) -> Clusters:
    number, birth = np.full(n, NONE), np.full(n, NONE)
    for node, value in (numbers or {}).items():
        number[node] = value
    for node, value in (births or {}).items():
        birth[node] = value
    columns = [np.array([pair[place] for pair in pairs]) for place in range(4)]
    table = Pairs(
        left=columns[0].astype(np.int64),
        right=columns[1].astype(np.int64),
        weight=columns[2].astype(np.float64),
        kind=columns[3].astype(np.int64),
        free=np.array([pair[:2] not in (held or []) for pair in pairs], np.bool_),
    )
    sides = tuple(np.array([pair[side] for pair in apart or []], np.int64) for side in (0, 1))
    return clustered(Nodes(number=number, birth=birth), table, apart=(sides[0], sides[1]), join_at=5.0)


def test_heavy_pairs_join_and_light_ones_stay_undecided() -> None:
    found = cluster([(0, 1, 9.0, SCORED), (1, 2, 4.0, SCORED), (3, 2, 5.0, SCORED)])
    assert found.root.tolist() == [0, 0, 2, 2, 4, 5]
    assert found.answer.tolist() == [JOINED, UNDECIDED, JOINED]


def test_a_light_pair_whose_sides_others_join_is_joined() -> None:
    assert cluster([(0, 1, 1.0, SCORED), (0, 2, 9.0, SCORED), (2, 1, 9.0, SCORED)]).answer.tolist() == [JOINED] * 3


def test_a_pair_that_is_not_free_joins_nothing_but_others_may_join_its_sides() -> None:
    pairs = [(0, 1, 20.0, SCORED), (2, 3, 20.0, SCORED), (2, 4, 9.0, SCORED), (3, 4, 9.0, SCORED)]
    found = cluster(pairs, held=[(0, 1), (2, 3)])
    assert found.root.tolist() == [0, 1, 2, 2, 2, 5]
    assert found.answer.tolist() == [UNDECIDED, JOINED, JOINED, JOINED]


def test_two_numbers_are_never_one_and_the_heavier_pair_wins() -> None:
    found = cluster([(0, 1, 7.0, SCORED), (1, 2, 9.0, SCORED)], numbers={0: 5, 2: 6})
    assert found.root.tolist() == [0, 1, 1, 3, 4, 5]
    assert found.answer.tolist() == [TWO_NUMBERS, JOINED]


def test_two_births_part_unless_one_is_a_slip_of_the_other() -> None:
    pairs = [(0, 1, 9.0, SCORED), (2, 3, 9.0, SCORED)]
    found = cluster(pairs, births={0: 19800102, 1: 19750601, 2: 19800102, 3: 19800103})
    assert found.answer.tolist() == [TWO_BIRTHS, JOINED]


def test_what_people_judge_one_is_joined_across_numbers_and_what_they_judge_two_is_parted() -> None:
    pairs = [(0, 1, 0.0, JUDGED), (2, 3, 50.0, SCORED), (3, 4, 40.0, SCORED), (2, 4, 9.0, CERTAIN)]
    found = cluster(pairs, numbers={0: 1, 1: 2}, apart=[(2, 3)])
    assert found.root.tolist() == [0, 0, 2, 3, 2, 5]
    assert found.answer.tolist() == [JOINED, JUDGED_APART, JUDGED_APART, JOINED]


def test_a_slip_is_a_digit_two_neighbours_or_day_and_month() -> None:
    assert slip(19800102, 19800201)
    assert slip(19800102, 19810102)
    assert slip(19891231, 19981231)
    assert not slip(19800102, 19820112)
    assert not slip(19801231, 19811130)


nodes = st.integers(0, 11)
scored = st.lists(st.tuples(nodes, nodes, st.sampled_from([1.0, 5.0, 6.0, 8.0]), st.sampled_from([SCORED, CERTAIN])))
parted = st.lists(st.tuples(nodes, nodes).filter(lambda pair: pair[0] != pair[1]), max_size=5)


@given(pairs=scored)
def test_without_contradictions_clusters_are_the_connected_components(pairs: list[Pair]) -> None:
    graph = nx.Graph()
    graph.add_nodes_from(range(12))
    graph.add_edges_from((left, right) for left, right, weight, kind in pairs if weight >= 5.0 or kind == CERTAIN)
    wanted = {node: min(part) for part in nx.connected_components(graph) for node in part}
    assert cluster(pairs, n=12).root.tolist() == [wanted[node] for node in range(12)]


@given(
    pairs=scored,
    apart=parted,
    numbers=st.dictionaries(nodes, st.integers(1, 3)),
    order=st.randoms(use_true_random=False),
)
def test_no_cluster_holds_a_contradiction_and_the_order_of_pairs_plays_no_part(
    pairs: list[Pair], apart: list[tuple[int, int]], numbers: dict[int, int], order: Random
) -> None:
    only = [(left, right, weight, SCORED) for left, right, weight, _ in pairs]
    found = cluster(only, n=12, numbers=numbers, apart=apart)
    root = found.root.tolist()
    for cluster_root in set(root):
        held = {numbers[node] for node in range(12) if root[node] == cluster_root and node in numbers}
        assert len(held) <= 1
    assert all(root[left] != root[right] for left, right in apart)
    shuffled = list(only)
    order.shuffle(shuffled)
    assert cluster(shuffled, n=12, numbers=numbers, apart=apart).root.tolist() == root

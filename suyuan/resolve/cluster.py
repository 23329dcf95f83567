"""Clusters out of weighed pairs: the surest first, and never across a contradiction.

Union-find over arrays (Tarjan 1975, path halving), taken in the order of Kruskal (1956): what people judged one, then
what is certain, then scored pairs from the heaviest down. A union is refused, and its pair reported, when both sides
bear numbers that differ, or births that differ by more than a slip, or a person judged two of their records different.
What people judged one is joined across numbers and births; a later judgement that would contradict an earlier one is not.
"""

from dataclasses import dataclass
from typing import Final

import numba
import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

SCORED, CERTAIN, JUDGED = 0, 1, 2
"""Kinds of pair, the later the surer."""

UNDECIDED, JOINED, TWO_NUMBERS, TWO_BIRTHS, JUDGED_APART = 0, 1, 2, 3, 4
"""Answers to a pair."""

NONE: Final = -1


@dataclass(frozen=True, kw_only=True)
class Pairs:
    """Pairs of nodes, each `left[i]`, `right[i]` with `weight[i]` in bits and what kind of pair it is."""

    left: Ints
    right: Ints
    weight: Floats
    kind: Ints


@dataclass(frozen=True, kw_only=True)
class Nodes:
    """What nodes bear: a code for the certain number and the birth as YYYYMMDD; -1 where there is none."""

    number: Ints
    birth: Ints


@dataclass(frozen=True, kw_only=True)
class Clusters:
    """`root[n]` is the least node of the cluster of node `n`; `answer[i]` is what became of pair `i`."""

    root: Ints
    answer: Ints


def clustered(nodes: Nodes, pairs: Pairs, *, apart: tuple[Ints, Ints], join_at: float) -> Clusters:
    """Return the clusters of `nodes`.

    Args:
        nodes: One entry a node.
        pairs: In any order; the answer does not depend on it.
        apart: Nodes that people judged different, left and right.
        join_at: Scored pairs of at least this weight join; lighter ones stay undecided unless others join their sides.

    Cost: sorting the pairs; then near linear.
    """
    order = np.lexsort(
        (np.maximum(pairs.left, pairs.right), np.minimum(pairs.left, pairs.right), -pairs.weight, -pairs.kind)
    )
    may = (pairs.kind[order] > SCORED) | (pairs.weight[order] >= join_at)
    root, answer = _joined(
        pairs.left[order], pairs.right[order], pairs.kind[order], may, nodes.number, nodes.birth, *apart
    )
    told = np.empty(len(order), np.int64)
    told[order] = answer
    return Clusters(root=_least(root), answer=told)


def _least(root: Ints) -> Ints:
    """Return for each node the least node of its cluster."""
    least = np.full(len(root), len(root), np.int64)
    np.minimum.at(least, root, np.arange(len(root)))
    return least[root]


@numba.njit(cache=True)
def slip(one: int, other: int) -> bool:
    """Return whether two dates YYYYMMDD may be one mistyped: one digit, two neighbours swapped, or day and month."""
    if one // 10000 == other // 10000 and one % 100 == other // 100 % 100 and one // 100 % 100 == other % 100:
        return True
    wrong, first, second = 0, -1, -1
    for place in range(8):
        power = 10**place
        if one // power % 10 != other // power % 10:
            wrong += 1
            first, second = second, place
    if wrong <= 1:
        return True
    low, high = 10 ** max(first, 0), 10 ** max(second, 0)
    return bool(
        wrong == 2
        and second == first + 1
        and one // low % 10 == other // high % 10
        and one // high % 10 == other // low % 10
    )


@numba.njit(cache=True)
def _find(parent: Ints, node: int) -> int:
    while parent[node] != node:
        parent[node] = parent[parent[node]]
        node = parent[node]
    return node


@numba.njit(cache=True)
def _listed(n: int, left: Ints, right: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """Return linked lists of who must stay apart from each node: heads, tails, following places, others."""
    head, tail = np.full(n, -1, np.int64), np.full(n, -1, np.int64)
    following, other = np.full(2 * len(left), -1, np.int64), np.empty(2 * len(left), np.int64)
    for place in range(len(left)):
        for side in range(2):
            node, away = (left[place], right[place]) if side == 0 else (right[place], left[place])
            entry = 2 * place + side
            other[entry] = away
            if head[node] < 0:
                head[node] = entry
            else:
                following[tail[node]] = entry
            tail[node] = entry
    return head, tail, following, other


@numba.njit(cache=True)
def _judged_apart(parent: Ints, head: Ints, following: Ints, other: Ints, one: int, two: int) -> bool:
    entry = head[one]
    while entry >= 0:
        if _find(parent, other[entry]) == two:
            return True
        entry = following[entry]
    return False


@numba.njit(cache=True)
def _joined(
    left: Ints,
    right: Ints,
    kind: Ints,
    may: NDArray[np.bool_],
    number: Ints,
    birth: Ints,
    apart_left: Ints,
    apart_right: Ints,
) -> tuple[Ints, Ints]:
    n = len(number)
    parent, held_number, held_birth = np.arange(n), number.copy(), birth.copy()
    head, tail, following, other = _listed(n, apart_left, apart_right)
    answer = np.zeros(len(left), np.int64)
    for place in range(len(left)):
        one, two = _find(parent, left[place]), _find(parent, right[place])
        if one == two or not may[place]:
            continue
        if head[one] >= 0 and head[two] >= 0 and _judged_apart(parent, head, following, other, one, two):
            answer[place] = JUDGED_APART
            continue
        if kind[place] == SCORED:
            if held_number[one] >= 0 and held_number[two] >= 0 and held_number[one] != held_number[two]:
                answer[place] = TWO_NUMBERS
                continue
            if held_birth[one] >= 0 and held_birth[two] >= 0 and not slip(held_birth[one], held_birth[two]):
                answer[place] = TWO_BIRTHS
                continue
        parent[two] = one
        held_number[one] = max(held_number[one], held_number[two])
        held_birth[one] = held_birth[one] if held_birth[one] >= 0 else held_birth[two]
        if head[two] >= 0:
            if head[one] < 0:
                head[one] = head[two]
            else:
                following[tail[one]] = head[two]
            tail[one] = tail[two]
    for node in range(n):
        parent[node] = _find(parent, node)
    for place in range(len(left)):
        if parent[left[place]] == parent[right[place]]:
            answer[place] = JOINED
    return parent, answer

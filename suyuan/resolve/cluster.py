"""Clusters out of weighed pairs: the surest first, and never across a contradiction.

Union-find over arrays (Tarjan 1975, path halving), taken in the order of Kruskal (1956): what people judged one, then
what is certain, then scored pairs from the heaviest down. A union is refused, and its pair reported, when both sides
bear numbers that differ, or births that differ by more than a slip, or a person judged two of their records different.
What people judged one is joined across numbers and births.
"""

from dataclasses import dataclass
from typing import Final, NamedTuple

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
    """Pairs of nodes, each `left[i]`, `right[i]` with `weight[i]` in bits and what kind of pair it is.

    A scored pair that is not `free` joins nothing, however heavy it is.
    """

    left: Ints
    right: Ints
    weight: Floats
    kind: Ints
    free: NDArray[np.bool_]


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


class _Held(NamedTuple):
    """Nodes while they are joined: parents, and what the cluster of each root bears."""

    parent: Ints
    number: Ints
    birth: Ints


class _Taken(NamedTuple):
    """Pairs in the order in which they are taken."""

    left: Ints
    right: Ints
    kind: Ints
    may: NDArray[np.bool_]


class _Apart(NamedTuple):
    """Linked lists of who must stay apart from each root: heads, tails, following places, others."""

    head: Ints
    tail: Ints
    following: Ints
    other: Ints


def clustered(nodes: Nodes, pairs: Pairs, *, apart: tuple[Ints, Ints], join_at: float) -> Clusters:
    """Return the clusters of `nodes`.

    Args:
        nodes: One entry a node.
        pairs: In any order; the answer does not depend on it.
        apart: Nodes that people judged different, left and right.
        join_at: Free scored pairs of at least this weight join; others stay undecided unless more join their sides.

    Cost: sorting the pairs; then near linear.
    """
    order = np.lexsort(
        (np.maximum(pairs.left, pairs.right), np.minimum(pairs.left, pairs.right), -pairs.weight, -pairs.kind)
    )
    may = ((pairs.kind > SCORED) | (pairs.free & (pairs.weight >= join_at)))[order]
    held = _Held(np.arange(len(nodes.number)), nodes.number.copy(), nodes.birth.copy())
    taken = _Taken(pairs.left[order], pairs.right[order], pairs.kind[order], may)
    root, answer = _joined(held, taken, _listed(len(nodes.number), *apart))
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
def _listed(n: int, left: Ints, right: Ints) -> _Apart:
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
    return _Apart(head, tail, following, other)


@numba.njit(cache=True)
def _judged_apart(parent: Ints, apart: _Apart, one: int, two: int) -> bool:
    entry = apart.head[one]
    while entry >= 0:
        if _find(parent, apart.other[entry]) == two:
            return True
        entry = apart.following[entry]
    return False


@numba.njit(cache=True)
def _contradiction(held: _Held, one: int, two: int) -> int:
    """Return why the clusters of two roots cannot be one by weight, `UNDECIDED` where nothing speaks against it."""
    if held.number[one] >= 0 and held.number[two] >= 0 and held.number[one] != held.number[two]:
        return TWO_NUMBERS
    if held.birth[one] >= 0 and held.birth[two] >= 0 and not slip(held.birth[one], held.birth[two]):
        return TWO_BIRTHS
    return UNDECIDED


@numba.njit(cache=True)
def _unite(held: _Held, apart: _Apart, one: int, two: int) -> None:
    held.parent[two] = one
    held.number[one] = max(held.number[one], held.number[two])
    if held.birth[one] < 0:
        held.birth[one] = held.birth[two]
    if apart.head[two] >= 0:
        if apart.head[one] < 0:
            apart.head[one] = apart.head[two]
        else:
            apart.following[apart.tail[one]] = apart.head[two]
        apart.tail[one] = apart.tail[two]


@numba.njit(cache=True)
def _joined(held: _Held, taken: _Taken, apart: _Apart) -> tuple[Ints, Ints]:
    """Join `held` in place; return the root of every node and the answer to every pair."""
    parent = held.parent
    answer = np.zeros(len(taken.left), np.int64)
    for place in range(len(answer)):
        one, two = _find(parent, taken.left[place]), _find(parent, taken.right[place])
        if one == two or not taken.may[place]:
            continue
        if _judged_apart(parent, apart, one, two):
            answer[place] = JUDGED_APART
        elif taken.kind[place] == SCORED:
            answer[place] = _contradiction(held, one, two)
        if answer[place] == UNDECIDED:
            _unite(held, apart, one, two)
    for node in range(len(parent)):
        parent[node] = _find(parent, node)
    for place in range(len(answer)):
        if parent[taken.left[place]] == parent[taken.right[place]]:
            answer[place] = JOINED
    return parent, answer

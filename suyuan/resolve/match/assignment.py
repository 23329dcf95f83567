"""Which pairs to take so that each row is taken at most once and their worth together is greatest.

Source: R. Jonker and A. Volgenant, "A shortest augmenting path algorithm for dense and sparse linear assignment
problems", Computing 38 (1987), 325-340, doi:10.1007/BF02278710, as SciPy's `min_weight_full_bipartite_matching` has it.
"""

import numpy as np
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components, min_weight_full_bipartite_matching

from suyuan.resolve.match.side import Floats, Ints

_ROOM = 1.0  # SciPy takes a cost of zero for no edge


def best_pairs(left: Ints, right: Ints, worth: Floats) -> Ints:
    """Return the places of the pairs to take, rising; a pair of no positive worth is never taken.

    Args:
        left: Row of the left side, ≥ 0; no pair stands twice.
        right: Row of the right side, ≥ 0.
        worth: What taking the pair is worth; the sum of all taken is the greatest there is.

    Deterministic. Cost: pairs whose rows stand in no other are taken at once; the rest are solved component by
    component, each near linear for the sparse components that real files make.
    """
    good = np.flatnonzero(worth > 0)
    row, n_left = _dense(left[good])
    column, n_right = _dense(right[good])
    alone = (np.bincount(row, minlength=n_left)[row] == 1) & (np.bincount(column, minlength=n_right)[column] == 1)
    taken = [good[alone]]
    rest = good[~alone]
    if len(rest):
        taken += [_solved(part, left, right, worth) for part in _components(rest, left, right)]
    return np.sort(np.concatenate(taken))


def _dense(values: Ints) -> tuple[Ints, int]:
    known, numbers = np.unique(values, return_inverse=True)
    return numbers.astype(np.int64), len(known)


def _components(pairs: Ints, left: Ints, right: Ints) -> list[Ints]:
    """Return the pairs parted into components, small ones gathered so that each call of the solver is worth it."""
    row, n_left = _dense(left[pairs])
    column, n_right = _dense(right[pairs])
    nodes = n_left + n_right
    graph = coo_array((np.ones(len(pairs), dtype=np.int8), (row, n_left + column)), shape=(nodes, nodes))
    _, label = connected_components(graph, directed=False)
    owner = label[row]
    order = np.argsort(owner, kind="stable")
    sizes = np.bincount(owner)
    gathered = np.cumsum(sizes[sizes > 0])
    cuts, since = [], 0
    for end in gathered[:-1].tolist():
        if end - since >= _GATHERED:
            cuts.append(end)
            since = end
    return np.split(pairs[order], cuts)


_GATHERED = 2_000
"""Pairs a call of the solver gets at least: below, the call costs more than its work."""


def _solved(pairs: Ints, left: Ints, right: Ints, worth: Floats) -> Ints:
    """Return the best of `pairs`. Each left row has a column of its own that stands for leaving it alone."""
    row, n_left = _dense(left[pairs])
    column, n_right = _dense(right[pairs])
    value = worth[pairs]
    most = float(value.max()) + _ROOM
    cost = np.concatenate([most - value, np.full(n_left, most)])
    rows, columns = np.concatenate([row, np.arange(n_left)]), np.concatenate([column, n_right + np.arange(n_left)])
    graph = csr_array((cost, (rows, columns)), shape=(n_left, n_right + n_left))
    taken_row, taken_column = min_weight_full_bipartite_matching(graph)
    place = csr_array((np.arange(1, len(pairs) + 1), (row, column)), shape=(n_left, n_right))
    real = taken_column < n_right
    found = np.asarray(place[taken_row[real], taken_column[real]]).ravel()
    return pairs[found.astype(np.int64) - 1]

"""How many of the best pairs met by chance: counted on decoys, the same rows with one side's days moved far away.

No row of a decoy has its partner in reach, so whatever is matched there met by chance, with the rarity and the
repetitions (the same wage each month, the same shop each day) that these very files have.

Source: J. E. Elias and S. P. Gygi, "Target-decoy search strategy for increased confidence in large-scale protein
identifications by mass spectrometry", Nature Methods 4 (2007), doi:10.1038/nmeth1019.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from scipy.optimize import isotonic_regression

from suyuan.resolve.match.assignment import best_pairs
from suyuan.resolve.match.bins import REACH
from suyuan.resolve.match.side import Floats, Ints, Side

LEAST_SPAN: Final = 28
"""Days a file must span for its days to be moved."""
SURE: Final = 0.1
"""Pairs that are at most this likely to have met by chance hold their rows: those can no longer meet others."""
_WEEK = 7
_PASSES = 3
_DOUBT = 0.5  # of a pair: added to the decoys of each bin
_NOTHING = 1e-6  # weight of a bin without pairs


@dataclass(frozen=True, kw_only=True)
class Weighed:
    """Pairs with what they are worth: rows of the left and of the right side as they were told."""

    left: Ints
    right: Ints
    worth: Floats


def moved(side: Side) -> Side | None:
    """Return `side` with its days turned by about half their span, whole weeks; null when they span too few.

    A wage paid on the tenth and a shop's busy Saturday keep their rhythm; only who meets whom is lost.
    """
    day = side.rows.day
    first, span = int(day.min()), int(day.max() - day.min()) + 1
    if span < LEAST_SPAN:
        return None
    by = max(round(span / 2 / _WEEK) * _WEEK, _WEEK)
    if span > 4 * (REACH + _WEEK):
        by = min(by, (2 * REACH + 1 + _WEEK) // _WEEK * _WEEK)
    return replace(side, rows=side.rows._replace(day=first + (day - first + by) % span))


def share_by_chance(taken: Weighed, decoys: Weighed, *, times: int) -> Floats:
    """Return for each taken pair the probability that it met by chance, falling as its worth rises.

    Args:
        taken: The best pairs of the real files.
        decoys: All pairs of the decoys; the best of those whose rows no sure pair holds are counted.
        times: How many pairs each decoy stands for.

    A row that has its partner can no longer meet another by chance, so who is sure is found by turns, from none on.
    """
    share = np.ones(len(taken.worth))
    for _ in range(_PASSES):
        sure = share <= SURE
        free = ~np.isin(decoys.left, taken.left[sure]) & ~np.isin(decoys.right, taken.right[sure])
        best = best_pairs(decoys.left[free], decoys.right[free], decoys.worth[free])
        before, share = share, _shares(taken.worth, decoys.worth[free][best], times=times)
        if np.array_equal(before <= SURE, share <= SURE):
            break
    return share


def _shares(worth: Floats, decoys: Floats, *, times: int) -> Floats:
    if not len(worth):
        return worth
    top = int(max(worth.max(), decoys.max(initial=0.0))) + 1
    at = worth.astype(np.int64)
    seen = np.bincount(at, minlength=top + 1).astype(np.float64)
    by_chance = times * np.bincount(decoys.astype(np.int64), minlength=top + 1)
    raw = np.minimum((by_chance + _DOUBT) / (seen + _DOUBT), 1.0)
    share: Floats = np.asarray(isotonic_regression(raw, weights=seen + _NOTHING, increasing=False).x)[at]
    return share

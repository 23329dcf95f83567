"""How many of the best pairs met by chance: counted on decoys, the same rows with one side's days moved far away.

No row of a decoy has its partner in reach, so whatever is matched there met by chance, with the rarity and the
repetitions (the same wage each month, the same shop each day) that these very files have.

Source: J. E. Elias and S. P. Gygi, "Target-decoy search strategy for increased confidence in large-scale protein
identifications by mass spectrometry", Nature Methods 4 (2007), doi:10.1038/nmeth1019.
"""

from typing import Final

import numpy as np
import pyarrow as pa
from scipy.optimize import isotonic_regression

from suyuan.resolve.match.bins import REACH
from suyuan.resolve.match.side import Floats, Rows, Side

LEAST_SPAN: Final = 28
"""Days a file must span for its days to be moved."""
_WEEK = 7
_FLOOR = 0.002


def moved(side: Side) -> Side | None:
    """Return `side` with its days turned by about half their span, whole weeks; null when they span too few.

    A wage paid on the tenth and a shop's busy Saturday keep their rhythm; only who meets whom is lost.
    """
    day = side.rows.day
    first, span = int(day.min()), int(day.max() - day.min()) + 1
    if span < LEAST_SPAN:
        return None
    by = max(round(span / 2 / _WEEK) * _WEEK, _WEEK)
    by = min(by, 2 * REACH + 1 + _WEEK) // _WEEK * _WEEK if span > 4 * (REACH + _WEEK) else by
    turned = first + (day - first + by) % span
    _, code = np.unique(side.texts["currency"].fill_null("\uffff").to_numpy(zero_copy_only=False), return_inverse=True)
    order = np.lexsort((np.arange(len(day)), side.rows.fen, turned, code))
    rows = Rows(*(np.ascontiguousarray(each[order]) for each in side.rows._replace(day=turned)))
    return Side(rows=rows, texts=side.texts.take(pa.array(order)).combine_chunks(), digest=side.digest)


def share_by_chance(worth: Floats, decoys: Floats, *, times: int, sizes: tuple[int, int]) -> Floats:
    """Return for each taken pair the probability that it met by chance, falling as its worth rises.

    Args:
        worth: Of the pairs taken from the real files.
        decoys: Of the pairs taken from the decoys.
        times: How many pairs each decoy stands for.
        sizes: Rows of each side. A row that has its partner can no longer meet another by chance, so the decoys count
            for as many as have none; how many those are is found by turns, from none upward.
    """
    if not len(worth) or not len(decoys):
        return np.zeros(len(worth))
    top = int(np.ceil(max(worth.max(), decoys.max()))) + 1
    at = np.minimum(worth.astype(np.int64), top)
    seen = np.bincount(at, minlength=top + 1).astype(np.float64)
    by_chance = times * np.bincount(np.minimum(decoys.astype(np.int64), top), minlength=top + 1).astype(np.float64)
    free, share = 1.0, np.ones(top + 1)
    for _ in range(50):
        raw = np.minimum((free * by_chance + _FLOOR) / np.maximum(seen, 0.5), 1.0)
        share = np.asarray(isotonic_regression(raw, weights=seen + 0.5, increasing=False).x)
        real = float(((1 - share) * seen).sum())
        before, free = free, (1 - min(real / sizes[0], 1.0)) * (1 - min(real / sizes[1], 1.0))
        if abs(before - free) < 1e-4:
            break
    found: Floats = share[at]
    return found

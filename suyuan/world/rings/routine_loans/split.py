"""Cuts sums into pieces, in whole numbers."""

import numpy as np

from suyuan.world.frame.dice import Ints

_WEIGHT = 1_000


def pieces(chance: np.random.Generator, totals: Ints, *, around_fen: int, spread: float) -> tuple[Ints, Ints]:
    """Return for every piece the position of its total, and its amount.

    A total has about `total / around_fen` pieces, log-normal among themselves with sigma `spread`; their sum is the
    total, and none is 0. With `around_fen` 0, and below it, a total stays whole.

    Raises:
        ValueError: A total is not over 0.
    """
    totals = np.asarray(totals, np.int64)
    if len(totals) and int(totals.min()) <= 0:
        raise ValueError("a sum must be over 0")
    count = np.ones(len(totals), np.int64) if around_fen <= 0 else 1 + (totals - 1) // around_fen
    owner = np.repeat(np.arange(len(totals)), count)
    weights = 1 + np.rint(chance.lognormal(0.0, spread, len(owner)) * _WEIGHT).astype(np.int64)
    first = np.concatenate([[0], np.cumsum(count)])[:-1]
    running = np.cumsum(weights)
    before = np.concatenate([[0], running])[first] if len(first) else np.zeros(0, np.int64)
    inside = running - before[owner]
    whole = np.add.reduceat(weights, first) if len(first) else np.zeros(0, np.int64)
    spare = totals - count  # every piece holds one fen at least
    upto = _share(spare[owner], inside, whole[owner])
    start = np.zeros(len(owner), np.int64)
    start[1:] = upto[:-1]
    start[first] = 0
    return owner, upto - start + 1


def _share(total: Ints, part: Ints, whole: Ints) -> Ints:
    """Return `total × part ÷ whole` rounded down, without leaving 64 bits."""
    quotient, rest = total // whole, total % whole
    return quotient * part + rest * part // whole

"""How far apart two tellings lie in time and in amount, as bins that a model can count."""

from typing import Final

import numba
import numpy as np

from suyuan.resolve.match.side import Floats, Ints

REACH: Final = 31
"""Days between two tellings, inclusive, beyond which they are never compared."""

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400
_WITHIN = (1, 5, 15, _MINUTE, 5 * _MINUTE, 15 * _MINUTE, _HOUR, 4 * _HOUR, 12 * _HOUR)
_LATER = np.array([*_WITHIN, *(day * _DAY for day in range(1, REACH + 2))], dtype=np.int64)

SECOND_EDGES: Final[Ints] = np.concatenate([-_LATER[::-1] + 1, _LATER])
"""Bin k of two told times holds `SECOND_EDGES[k] <= seconds < SECOND_EDGES[k + 1]`; equal times have their own."""

DAY_BINS: Final = 2 * REACH + 1
"""Bins of whole days, used where one side tells no time; those of `SECOND_EDGES` follow them."""

LAG_BINS: Final = DAY_BINS + len(SECOND_EDGES) - 1

LAG_WIDTHS: Final[Floats] = np.concatenate([np.ones(DAY_BINS), np.diff(SECOND_EDGES) / _DAY])
"""Width of each bin of time, in days."""

RATIO_REACH: Final = 0.15
"""Largest difference of two amounts, as the logarithm of their ratio."""

_RATIOS = np.array([0, 1e-4, 1e-3, 2e-3, *np.arange(1, 31) * 0.005])
RATIO_EDGES: Final[Floats] = np.concatenate([-_RATIOS[:0:-1], _RATIOS])
"""Bin k of unequal amounts holds `RATIO_EDGES[k] <= ln(right / left) < RATIO_EDGES[k + 1]`."""

SAME, ROUNDED, UNEQUAL = 0, 1, 2
"""Bins of amounts: equal; equal when one is rounded to whole units; from `UNEQUAL` on those of `RATIO_EDGES`."""

AMOUNT_BINS: Final = UNEQUAL + len(RATIO_EDGES) - 1
AMOUNT_WIDTHS: Final[Floats] = np.concatenate([[1.0, 1.0], np.diff(RATIO_EDGES)])

CELLS: Final = 10_000
"""Cells of equal width that a unit of the logarithm is cut into; every edge lies between two."""
_MIDDLES = (np.arange(round(2 * RATIO_REACH * CELLS)) + 0.5) / CELLS - RATIO_REACH
BIN_OF_CELL: Final[Ints] = UNEQUAL + np.searchsorted(RATIO_EDGES, _MIDDLES, side="right") - 1


@numba.njit(cache=True, inline="always")
def lag_bin(days: int, one_second: int, other_second: int) -> int:
    """Return the bin of time; `days` is what the other is later by, seconds are of the day, negative where untold."""
    if one_second < 0 or other_second < 0:
        return days + REACH
    apart = days * 86_400 + other_second - one_second
    return int(DAY_BINS + np.searchsorted(SECOND_EDGES, apart, side="right") - 1)


@numba.njit(cache=True, inline="always")
def amount_bin(one: int, other: int, ratio: float) -> int:
    """Return the bin of two amounts in fen, `ratio` the logarithm of other / one; -1 when they are too far apart."""
    if one == other:
        return SAME
    if abs(one - other) < 100 and (one % 100 == 0) != (other % 100 == 0):
        return ROUNDED
    cell = int(np.floor((ratio + RATIO_REACH) * CELLS))
    return int(BIN_OF_CELL[cell]) if 0 <= cell < len(BIN_OF_CELL) else -1

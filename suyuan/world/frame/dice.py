"""Chance by name: every part of the world draws from a stream of its own, so that adding a part moves no other.

What keeps a seed's bytes the same on every processor: draw with `Generator` (its loops are plain C), reckon in
integers, sort with `kind="stable"`. NumPy's own `exp`, `log`, `sin`, `power` and float sums differ in the last bit
between processors, and are not used in this room (a test reads the code).
"""

import hashlib

import numpy as np
from numpy.typing import ArrayLike, NDArray

Ints = NDArray[np.int64]


def dice(seed: int, *name: str | int) -> np.random.Generator:
    """Return the stream of chance that belongs to `name` in the world of `seed`."""
    digest = hashlib.sha256("/".join(str(part) for part in (seed, *name)).encode()).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest[:16], "big")))


def around(chance: np.random.Generator, middle: ArrayLike, *, spread: float, n: int | None = None) -> Ints:
    """Return whole numbers log-normal around the median `middle` (one a value, or `n` of them), spread as sigma."""
    factors = chance.lognormal(0.0, spread, n if n is not None else np.shape(middle) or None)
    return np.asarray(np.rint(np.asarray(middle) * factors), dtype=np.int64)


def weighted(chance: np.random.Generator, weights: ArrayLike, n: int) -> Ints:
    """Return `n` positions drawn with whole-number `weights`: exact, because it reckons in integers."""
    sums = np.cumsum(np.asarray(weights, dtype=np.int64))
    return np.searchsorted(sums, chance.integers(0, sums[-1], n), side="right").astype(np.int64)


def parts(chance: np.random.Generator, totals: Ints, *, into: int) -> NDArray[np.int64]:
    """Return `totals` cut into `into` random whole parts each, shape (n, into); every row sums to its total."""
    cuts = np.sort(chance.integers(0, totals[:, None] + 1, (len(totals), into - 1)), axis=1, kind="stable")
    edges = np.concatenate([np.zeros((len(totals), 1), np.int64), cuts, totals[:, None]], axis=1)
    return np.diff(edges, axis=1)

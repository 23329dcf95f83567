"""The figures of everyday life, from `data/life/*.yml`: shares, spreads, products, texts."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from suyuan.world.frame.dice import Ints, weighted
from suyuan.world.frame.figures import figures as read


def figures(name: str) -> Mapping[str, Any]:
    """Return what `data/life/<name>.yml` holds.

    Raises:
        ValueError: The file is no YAML.
        OSError: There is no such file.
    """
    return read("life", name)


def volume(name: str, key: str, scale: float) -> int:
    """Return how many rows of `key` a world of `scale` has: the count at scale 1.0 in `<name>.yml`, never none."""
    return max(1, round(int(figures(name)["counts"][key]) * scale))


def choose(chance: np.random.Generator, shares: Mapping[str, int], n: int) -> Ints:
    """Return `n` places among the keys of `shares`, drawn by their whole-number weights."""
    return weighted(chance, list(shares.values()), n)


def chosen(chance: np.random.Generator, shares: Mapping[str, int], n: int) -> np.ndarray[Any, Any]:
    """Return `n` keys of `shares` drawn by their weights: texts as objects."""
    return np.array(list(shares), dtype=object)[choose(chance, shares, n)]


def spread(chance: np.random.Generator, median: Any, sigma: Any, n: int) -> Ints:
    """Return `n` whole numbers log-normal around `median` (one for all, or one a row) with `sigma` likewise."""
    return np.asarray(np.rint(np.asarray(median) * chance.lognormal(0.0, sigma, n)), np.int64)


def permille(chance: np.random.Generator, share: Any, n: int) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Return which of `n` rows fall under `share` in a thousand (one for all, or one a row)."""
    return np.asarray(chance.integers(0, 1000, n) < np.asarray(share))

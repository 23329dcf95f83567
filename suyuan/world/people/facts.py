"""What people, firms and their accounts are drawn from: the files `data/people*.yml`, read once."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from suyuan.world.frame.dice import Ints, weighted
from suyuan.world.frame.figures import figures


def facts(topic: str = "") -> Mapping[str, Any]:
    """Return `data/people.yml` or, of a topic (names, places, firms, banks, numbers), `data/people_<topic>.yml`."""
    return figures(f"people{'_' if topic else ''}{topic}")


def by_weight(chance: np.random.Generator, weights: Mapping[Any, int], n: int) -> np.ndarray[Any, Any]:
    """Return `n` keys of `weights`, drawn by their weights."""
    return np.array(list(weights))[weighted(chance, list(weights.values()), n)]


def hundredths(chance: np.random.Generator, share: Any, n: int) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Return `n` yes or no, yes in `share` (one or one each) of a hundred."""
    return np.asarray(chance.integers(0, 100, n) < share)


def days_of(chance: np.random.Generator, low: Any, high: Any, n: int) -> Ints:
    """Return `n` days drawn evenly from `low` to before `high` (one or one each; `high` is at least `low` + 1)."""
    return np.asarray(chance.integers(low, np.maximum(np.asarray(high), np.asarray(low) + 1), n), dtype=np.int64)

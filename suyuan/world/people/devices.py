"""Devices and addresses of the network, as tokens: whole numbers until files are written."""

import numpy as np

from suyuan.world.frame.dice import Ints


def tokens(chance: np.random.Generator, n: int) -> Ints:
    """Return `n` new tokens; 62 random bits, so that none comes twice."""
    return np.asarray(chance.integers(0, 1 << 62, n), dtype=np.int64)

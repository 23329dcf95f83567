"""Devices and addresses of the network, as tokens: whole numbers until files are written.

Those of the town are counted from nought, later ones are drawn from the upper half of what a text has room for.
"""

import numpy as np

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import NOBODY

_DEVICE_BITS = 33  # what an IMEI of test equipment has room for
_IP_BITS = 28  # the block reserved for future use


def counted(holds: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Ints:
    """Return tokens 0, 1, 2 … for those who have one, -1 for the others."""
    return np.where(holds, np.cumsum(holds) - 1, NOBODY)


def new_devices(chance: np.random.Generator, n: int) -> Ints:
    """Return `n` devices that nobody of the town has."""
    return chance.integers(1 << (_DEVICE_BITS - 1), 1 << _DEVICE_BITS, n)


def new_ips(chance: np.random.Generator, n: int) -> Ints:
    """Return `n` addresses that no home of the town has."""
    return chance.integers(1 << (_IP_BITS - 1), 1 << _IP_BITS, n)

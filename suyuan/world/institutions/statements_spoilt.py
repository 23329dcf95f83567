"""Which rows of statements and registers of accounts are broken on purpose."""

import numpy as np

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.world import World
from suyuan.world.institutions.statements_layouts import figures


def spoilt(world: World, source: str, table: str, n: int, reasons: list[str]) -> tuple[Ints, list[str]]:
    """Return the places of rows to break among `n`, rising, and for which of `reasons` each is to be refused."""
    told = figures().spoilt
    count = min(n // 10, max(told.least, n * told.in_a_million // 1_000_000))
    chance = world.chance("institutions", "spoilt", source, table)
    places = np.sort(chance.permutation(n)[:count], kind="stable").astype(np.int64)
    return places, [reasons[k] for k in chance.integers(0, len(reasons), count).tolist()]

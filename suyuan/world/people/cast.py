"""Casting: who plays in a ring or look-alike. Everyone and everything made here has the shape of the background's.

Days are days of the world (0 is its first, negative ones lie before). Ids come back in the order asked for.
"""

import numpy as np

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import first_id
from suyuan.world.frame.world import World
from suyuan.world.people.firms import OPEN
from suyuan.world.people.found import found, rooms
from suyuan.world.people.hand_out import crowd, take
from suyuan.world.people.newcomers import newcomers
from suyuan.world.people.opening import devices, institutions, ips, issue_sims, open_accounts, outside_accounts

__all__ = [
    "OPEN",
    "crowd",
    "devices",
    "firms_of",
    "found",
    "institutions",
    "ips",
    "issue_sims",
    "newcomers",
    "open_accounts",
    "outside_accounts",
    "rooms",
    "take",
]


def firms_of(world: World, trade: str) -> Ints:
    """Return the honest background's firms of `trade` that are there as long as the world lives: at least two."""
    fits = (world.column("company", "_trade") == trade) & (world.column("company", "_background") == 1)
    fits &= (world.column("company", "_closed") == OPEN) & (world.column("company", "_founded") < 0)
    return first_id("company") + np.flatnonzero(fits)

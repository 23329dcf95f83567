"""What a ring of borrowed people has: its truth, calendar, figures, people and accounts, and its ways of paying."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.truths import RingTruth
from suyuan.world.frame.world import World
from suyuan.world.rings.send import Ways


@dataclass(frozen=True, kw_only=True)
class Company:
    """A ring as far as all of them are alike. `people` are by role, `accounts` by what they are for."""

    truth: RingTruth
    days: Mapping[str, int]
    told: Mapping[str, Any]
    """The figures of the kind, `data/rings/<kind>.yml`."""
    at: Mapping[str, Any]
    """The figures of the evasion level."""
    people: Mapping[str, Ints]
    accounts: Mapping[str, Ints]
    ways: Ways

    def chance(self, world: World, part: str) -> np.random.Generator:
        """Return the ring's stream of chance for one part of its play."""
        return world.chance("rings", self.truth.ring_id, part)

"""What an honest look-alike is: a named scenario that a careless model takes for a ring."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from suyuan.world.frame.world import World

FULL = 150
"""Instances of a kind at scale 1.0: thirty at 0.2, where the models are judged."""


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """One kind of look-alike. `cast` takes people and founds firms before life begins, `play` lays rows after it.

    `kind` is said in the words of the model it might fool, `like` names that model.
    """

    kind: str
    like: str
    cast: Callable[[World], Any]
    play: Callable[[World, Any], None]


def instances(world: World) -> int:
    """Return how many instances of each kind a world holds, three at least."""
    return max(3, round(FULL * world.options.scale))

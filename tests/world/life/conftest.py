from functools import cache

import pytest

from suyuan.world.frame.options import Options
from suyuan.world.frame.world import World
from suyuan.world.life.flows import live_money
from suyuan.world.people.settle import settle


@cache
def _settled(seed: int, evasion: int) -> World:
    world = World(options=Options(seed=seed, evasion=evasion))
    settle(world)
    live_money(world)
    return world


@pytest.fixture(scope="module")
def busy_world() -> World:
    """A world at scale 0.02 whose everyday money has been laid; to be read only."""
    return _settled(3, 1)

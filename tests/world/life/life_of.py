"""A small world with everyday life in it, for the tests of its parts."""

from functools import cache

from suyuan.world.frame.options import Options
from suyuan.world.frame.world import World
from suyuan.world.life.live import live
from suyuan.world.people import settle


@cache
def life_of(seed: int = 1, scale: float = 0.03) -> World:
    """Return a world that was settled and lived in, without rings and plain money."""
    world = World(options=Options(seed=seed, scale=scale))
    settle.settle(world)
    live(world)
    return world

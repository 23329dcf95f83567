"""Small worlds with one ring in them, for the tests of its parts."""

from functools import cache

from suyuan.world.frame.options import Options
from suyuan.world.frame.world import World
from suyuan.world.life.flows import live_money
from suyuan.world.people.settle import settle
from suyuan.world.rings import greenhouse, surrender
from suyuan.world.rings.arbitrage.crew import Crew as Team
from suyuan.world.rings.blank.crew import Crew


@cache
def settled(evasion: int = 0, hidden: float = 0.0) -> tuple[World, Crew, Team]:
    """Return a settled world and the casts of a ring of each kind; nothing is played yet."""
    world = World(options=Options(seed=11, scale=0.02, evasion=evasion, hidden=hidden))
    settle(world)
    crew, team = greenhouse.cast(world, number=1), surrender.cast(world, number=1)
    live_money(world)
    return world, crew, team


@cache
def played(evasion: int = 0, hidden: float = 0.0) -> tuple[World, Crew, Team]:
    """Return a world in which a ring of each kind has been played."""
    world = World(options=Options(seed=11, scale=0.02, evasion=evasion, hidden=hidden))
    settle(world)
    crew, team = greenhouse.cast(world, number=1), surrender.cast(world, number=1)
    live_money(world)
    greenhouse.play(world, crew)
    surrender.play(world, team)
    return world, crew, team

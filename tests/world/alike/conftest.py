"""A small world in which the scenarios of one module have been cast and played."""

from collections.abc import Callable
from functools import cache

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from suyuan.world.alike.scenario import Scenario, Scene
from suyuan.world.frame.options import Options
from suyuan.world.frame.world import World
from suyuan.world.people.settle import settle

Played = tuple[World, dict[str, Scene]]


@cache
def _played(scenarios: tuple[Scenario, ...], seed: int) -> Played:
    world = World(options=Options(seed=seed, scale=0.02))
    settle(world)
    scenes = [(one, one.cast(world)) for one in scenarios]
    for one, scene in scenes:
        one.play(world, scene)
    return world, {one.kind: scene for one, scene in scenes}


@pytest.fixture(scope="session")
def played() -> Callable[..., Played]:
    """Return a function that plays `scenarios` in a small world; the same call gives the same world."""

    def _play(scenarios: tuple[Scenario, ...], seed: int = 3) -> Played:
        return _played(scenarios, seed)

    return _play


def rows_of(world: World, table: str, kind: str) -> pa.Table:
    """Return the rows that the scenario `kind` laid in `table`."""
    found = world.tables.table(table)
    return found.filter(pc.equal(found["_scenario"].cast(pa.string()), kind))


@pytest.fixture(scope="session")
def rows() -> Callable[[World, str, str], pa.Table]:
    """Return `rows_of`."""
    return rows_of

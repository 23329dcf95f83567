"""One small town for all tests of people; tests that change it settle their own."""

import pytest

from suyuan.world.frame.options import Options
from suyuan.world.frame.world import World
from suyuan.world.people.settle import settle


@pytest.fixture(scope="session")
def town() -> World:
    """Return a settled town of four thousand; read only."""
    return settled(seed=1)


@pytest.fixture(scope="session")
def stage() -> World:
    """Return a settled town that tests cast from."""
    return settled(seed=2)


def settled(*, seed: int, scale: float = 0.02) -> World:
    """Return a town of `seed`."""
    world = World(options=Options(seed=seed, scale=scale))
    settle(world)
    return world

"""Small worlds with rings of routine loans, each played once."""

from functools import cache
from typing import Any

import pytest

from suyuan.world.frame.options import Options
from suyuan.world.frame.world import World
from suyuan.world.life import flows
from suyuan.world.people import settle
from suyuan.world.rings import lanzhou, qitaihe

KINDS = {"lanzhou": lanzhou, "qitaihe": qitaihe}


@cache
def played(
    kind: Any = "lanzhou", *, seed: Any = 1, evasion: Any = 0, hidden: Any = 0.0, months: Any = 18, scale: Any = 0.01
) -> Any:
    """Return a world in which one ring of `kind` was played, and its cast; from evasion 1 on with the money of life."""
    world = World(options=Options(seed=seed, scale=scale, evasion=evasion, hidden=hidden, months=months))
    settle.settle(world)
    cast = KINDS[kind].cast(world, number=1)
    if evasion:
        flows.live_money(world)
    KINDS[kind].play(world, cast)
    return world, cast


@pytest.fixture(params=[0, 1], ids=["as published", "thresholds known"])
def ring(request: Any) -> Any:
    """A world and the cast of its one lanzhou ring, at each evasion level."""
    return played(evasion=request.param)


@pytest.fixture
def published() -> Any:
    return played()


@pytest.fixture
def knowing() -> Any:
    return played(evasion=1)


@pytest.fixture
def vendor() -> Any:
    return played("qitaihe")


@pytest.fixture
def play() -> Any:
    """`played` itself, for tests that choose their world."""
    return played

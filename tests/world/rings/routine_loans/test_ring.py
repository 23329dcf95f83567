"""One ring, whole."""

import hashlib
from typing import Any

import numpy as np
import pytest

from suyuan.world.frame.options import Options
from suyuan.world.frame.world import World
from suyuan.world.people import settle
from suyuan.world.rings import lanzhou

STEPS = ("recruit", "prepare", "strike", "launder", "wind_down")


def digest(world: Any) -> Any:
    """Return a digest of every value of every table."""
    found = hashlib.sha256()
    for name in sorted(world.tables.counts()):
        table = world.tables.table(name)
        for column in table.column_names:
            found.update(f"{name}.{column}".encode())
            found.update(repr(table[column].to_pylist()).encode())
    return found.hexdigest()


@pytest.mark.parametrize("evasion", [0, 1])
@pytest.mark.parametrize("months", [3, 18])
def test_the_story_is_told_in_its_order(play: Any, evasion: Any, months: Any) -> None:
    world, crew = play(evasion=evasion, months=months)
    days = [crew.ring.story[step] for step in STEPS]
    assert days == sorted(days)
    at, step = world.column("transfer", "booked_at"), world.column("transfer", "_step").astype(str)
    mine = world.column("transfer", "_ring") == crew.ring.index
    first = {name: at[mine & (step == name)].min() for name in STEPS if (mine & (step == name)).any()}
    assert first["prepare"] <= first["strike"] <= first["launder"] <= first["wind_down"]
    assert first["strike"] >= world.moment(crew.ring.story["prepare"], 0)


def test_rows_of_a_ring_bear_only_the_steps_of_a_story(ring: Any) -> None:
    world, _ = ring
    for name in world.tables.counts():
        mine = world.column(name, "_ring") >= 0
        assert set(world.column(name, "_step")[mine].astype(str)) <= set(STEPS)


def test_a_ring_is_the_same_in_every_world_of_its_seed() -> None:
    def made() -> Any:
        world = World(options=Options(seed=5, scale=0.01))
        settle.settle(world)
        lanzhou.play(world, lanzhou.cast(world, number=1))
        return digest(world)

    assert made() == made()


def test_loans_and_people_are_as_many_as_published(play: Any) -> None:
    loans, people, received = 0, 0, 0
    for seed in range(1, 7):
        world, crew = play(seed=seed)
        loans += world.tables.rows("loan")
        people += len(crew.victims)
        received += int(np.sum(world.column("loan", "received_fen")))
    assert loans / people == pytest.approx(6.9, rel=0.25)
    assert received / loans == pytest.approx(182_300, rel=0.25)

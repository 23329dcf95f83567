"""The phones of people and firms."""

import numpy as np

from suyuan.world.frame.options import Options
from suyuan.world.frame.world import World
from suyuan.world.life.phones import phones


def test_phones_of_people_and_firms_are_read_together() -> None:
    world = World(options=Options(seed=3))
    person, firm = world.add("person", n=1, phone="131"), world.add("company", n=1, phone="0931")
    assert phones(world, np.array([firm[0], -1, person[0]])).to_pylist() == ["0931", None, "131"]

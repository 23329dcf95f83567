import numpy as np

from suyuan.world.frame.options import Options
from suyuan.world.frame.world import World
from suyuan.world.truth.ids import kinds_told, told


def test_a_thing_is_named_by_its_table_and_row() -> None:
    world = World(options=Options(seed=1))
    people = world.add("person", name=["甲", "乙"])
    account = world.add("account", number=["1"])
    ids = np.concatenate([people, account, [-1]])
    assert told(ids).to_pylist() == ["person:0", "person:1", "account:0", "cash"]
    assert kinds_told(ids).to_pylist() == ["person", "person", "account", "cash"]


def test_no_ids_have_no_names() -> None:
    assert told([]).to_pylist() == []

import numpy as np

from suyuan.world.frame.options import Options
from suyuan.world.frame.tables import Why, first_id
from suyuan.world.frame.truths import Truths
from suyuan.world.frame.world import World
from suyuan.world.truth.accounts import core, label_accounts

PERSON = first_id("person")


def _told(world: World) -> tuple[int, int]:
    one, other = (world.truths.ring(kind="k", number=n, hidden=False, story={}) for n in (1, 2))
    world.truths.role(one, PERSON + np.array([0, 1, 2]), "collector")
    world.truths.role(one, PERSON + np.array([0]), "operator")
    world.truths.role(one, PERSON + np.array([3]), "straw_borrower")
    world.truths.role(other, PERSON + np.array([2, 3]), "coach")
    world.truths.controller(other, PERSON + 4, rank=1)
    return one.index, other.index


def test_somebody_at_the_core_of_two_rings_is_at_neithers() -> None:
    world = World(options=Options(seed=1))
    one, other = _told(world)
    members, rings = core(world.truths)
    assert (members - PERSON).tolist() == [0, 1, 3, 4]
    assert rings.tolist() == [one, one, other, other]


def test_without_rings_nobody_is_at_a_core() -> None:
    assert [len(each) for each in core(Truths())] == [0, 0]


def test_private_accounts_of_core_members_are_their_rings_and_labels_stay() -> None:
    world = World(options=Options(seed=1))
    one, other = _told(world)
    world.add("account", holder_id=PERSON + np.array([0, 2, 9]))
    world.add("account", Why(ring=other, step="strike"), holder_id=PERSON + np.array([0, 9]))
    label_accounts(world)
    assert world.column("account", "_ring").tolist() == [one, -1, -1, other, other]
    steps = world.tables.table("account")["_step"].to_pylist()
    assert steps == ["prepare", "", "", "strike", "strike"]


def test_a_world_without_accounts_is_left_alone() -> None:
    world = World(options=Options(seed=1))
    _told(world)
    label_accounts(world)
    assert world.tables.rows("account") == 0

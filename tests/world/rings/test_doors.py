import numpy as np

from suyuan.world.frame.options import Options
from suyuan.world.frame.tables import NOBODY, Why
from suyuan.world.frame.world import World
from suyuan.world.life.software import live_software
from suyuan.world.people.cast import take
from suyuan.world.people.settle import settle
from suyuan.world.rings.doors import apps_of, enter, ring


def town() -> World:
    world = World(options=Options(seed=3, scale=0.01))
    settle(world)
    return world


def test_a_call_tells_sim_device_and_cell() -> None:
    world = town()
    people = take(world, np.random.default_rng(1), 4)
    ring(
        world,
        Why(ring=0),
        chance=np.random.default_rng(2),
        caller=people[:2],
        callee=people[2:],
        days=np.array([3, 900]),
    )
    [first, last] = world.tables.table("call").to_pylist()
    assert first["caller_sim"] == world.of(people[:1], "_main_sim")[0]
    assert last["started_at"].date() < world.options.end
    assert first["caller_cell"] >= 0


def test_a_login_is_to_the_app_of_the_bank_that_keeps_the_account() -> None:
    world = town()
    people = take(world, np.random.default_rng(1), 3)
    accounts = world.of(people, "_main_account")
    assert apps_of(world, accounts).tolist() == [NOBODY] * 3
    live_software(world)
    apps = apps_of(world, accounts)
    assert (apps != NOBODY).all()
    enter(
        world, Why(ring=0), chance=np.random.default_rng(2), accounts=accounts, days=np.array([1, 2, 3]), device=5, ip=6
    )
    assert world.column("login", "app_id").tolist()[-3:] == apps.tolist()
    assert world.column("login", "person_id").tolist()[-3:] == people.tolist()

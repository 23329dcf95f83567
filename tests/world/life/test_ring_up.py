"""Calls, logins and messages that somebody means to make."""

import numpy as np
import pytest

from suyuan.world.frame.options import Options
from suyuan.world.frame.tables import Why
from suyuan.world.frame.world import World
from suyuan.world.life.ring_up import call, days_of, log_in, message


def _world(*, evasion: int = 0, people: int = 400) -> World:
    world = World(options=Options(seed=3, evasion=evasion))
    world.add("person", name=[f"人{n}" for n in range(people)], phone=[f"139{n:08d}" for n in range(people)])
    return world


def _calls(*, evasion: int, why: Why) -> World:
    world = _world(evasion=evasion)
    who = np.arange(400, dtype=np.int64) + world.add("person", n=1, phone="13000000000")[0] - 400
    call(
        world,
        why,
        chance=world.chance("t"),
        caller=np.full(400, who[0]),
        callee=who,
        at=world.moment(np.full(400, 40), 3 * 3600),
        talk_seconds=7,
        answered=True,
        ring_seconds=3,
    )
    return world


def test_a_call_looks_as_told_at_level_0() -> None:
    world = _calls(evasion=0, why=Why(ring=0, step="strike"))
    assert set(world.column("call", "talk_seconds")) == {7}
    assert set(world.column("call", "number_kind")) == {"mobile"}
    assert (world.column("call", "started_at") == world.moment(40, 3 * 3600)).all()


def test_a_rings_calls_take_everyones_looks_at_level_1() -> None:
    world = _calls(evasion=1, why=Why(ring=0, step="strike"))
    assert len(set(world.column("call", "talk_seconds"))) > 50
    assert not world.column("call", "answered").all()
    assert set(days_of(world, world.column("call", "started_at"))) == {40}
    hours = (world.column("call", "started_at") - world.moment(40, 0)).astype(np.int64) // 3600
    assert (hours == 3).mean() < 0.05


def test_the_honest_never_blend() -> None:
    assert set(_calls(evasion=1, why=Why(scenario="hospital")).column("call", "talk_seconds")) == {7}


def test_a_call_shows_the_number_of_its_sim() -> None:
    world = _world()
    sims = world.add("sim", number=["17000000001", "17000000002"])
    who = np.full(2, world.add("person", n=1, phone="13111111111")[0])
    call(world, chance=world.chance("t"), caller=who, caller_sim=sims, callee=who, at=world.moment([1, 2], 9))
    assert world.column("call", "caller_number").tolist() == ["17000000001", "17000000002"]
    assert (world.column("call", "caller_sim") == sims).all()
    assert world.column("call", "callee_number").tolist() == ["13111111111"] * 2


def test_nobody_talks_unless_answered() -> None:
    world = _world()
    who = world.add("person", n=3, phone="13111111111")
    call(world, chance=world.chance("t"), caller=who, callee=who, at=world.moment([1, 2, 3], 9), answered=False)
    assert world.column("call", "talk_seconds").tolist() == [0, 0, 0]


@pytest.mark.parametrize(("evasion", "kinds"), [(0, 1), (1, 4)])
def test_a_login_blends_at_level_1_only(evasion: int, kinds: int) -> None:
    world = _world(evasion=evasion)
    who = world.add("person", n=500, phone="13111111111")
    log_in(
        world,
        Why(ring=0, step="strike"),
        chance=world.chance("t"),
        person=who,
        at=world.moment(np.full(500, 3), 60),
        device=5,
        ip=7,
        action="apply",
    )
    assert len(set(world.column("login", "action"))) >= kinds
    assert set(world.column("login", "device")) == {5}
    assert (len(set(world.column("login", "device_model"))) == 1) == (evasion == 0)


def test_a_message_keeps_what_it_says() -> None:
    world = _world(evasion=1)
    who = world.add("person", n=200, phone="13111111111")
    message(
        world,
        Why(ring=0, step="strike"),
        chance=world.chance("t"),
        sender=np.full(200, -1),
        sender_handle="10690001",
        receiver=who,
        at=world.moment(np.full(200, 3), 60),
        body="还钱",
        content_class="threat",
    )
    assert set(world.column("message", "content_class")) == {"threat"}
    assert len(set(world.column("message", "channel"))) > 1

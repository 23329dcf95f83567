import numpy as np
import pytest

from suyuan.world.frame.options import Options
from suyuan.world.frame.tables import HONEST, Why
from suyuan.world.frame.world import World
from suyuan.world.life.pay import CASH, pay


def _world() -> World:
    world = World(options=Options(seed=5))
    world.add("account", n=3, kind="card")
    return world


def test_a_transfer_keeps_what_it_was_told() -> None:
    world = _world()
    ids = pay(
        world,
        Why(ring=2, step="strike"),
        src=10,
        dst=np.array([11, 12]),
        at=world.moment(np.array([1, 2]), 60),
        amount_fen=np.array([5, 7]),
        memo=["a", None],
        device=3,
        ip=4,
        flow="intake",
    )
    told = world.tables.table("transfer").to_pylist()
    assert len(ids) == 2
    assert [row["memo"] for row in told] == ["a", None]
    assert [(row["src_account_id"], row["dst_account_id"], row["amount_fen"]) for row in told] == [
        (10, 11, 5),
        (10, 12, 7),
    ]
    assert {(row["_channel"], row["kind"], row["_device"], row["_ip"], row["_flow"]) for row in told} == {
        ("mobile", "转账", 3, 4, "intake")
    }


def test_cash_is_told_as_cash_and_leaves_no_device() -> None:
    world = _world()
    pay(world, HONEST, src=10, dst=CASH, at=world.moment(0, 9), amount_fen=500, device=3)
    pay(world, HONEST, src=CASH, dst=10, at=world.moment(0, 9), amount_fen=500, channel="atm")
    drawn, paid_in = world.tables.table("transfer").to_pylist()
    assert (drawn["_cash"], drawn["kind"], drawn["_channel"], drawn["_device"]) == (True, "取现", "counter", -1)
    assert (paid_in["_cash"], paid_in["kind"], paid_in["_channel"]) == (True, "存现", "atm")


def test_nothing_is_paid_for_nothing() -> None:
    world = _world()
    with pytest.raises(ValueError, match="over 0"):
        pay(world, HONEST, src=1, dst=2, at=world.moment(0, 9), amount_fen=0)
    with pytest.raises(ValueError, match="cash"):
        pay(world, HONEST, src=CASH, dst=CASH, at=world.moment(0, 9), amount_fen=1)


def test_no_transfer_is_no_row() -> None:
    world = _world()
    none = np.zeros(0, np.int64)
    assert len(pay(world, HONEST, src=none, dst=none, at=world.moment(none, 0), amount_fen=none)) == 0

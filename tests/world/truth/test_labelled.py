import numpy as np

from suyuan.world.frame.options import Options
from suyuan.world.frame.tables import Why
from suyuan.world.frame.world import World
from suyuan.world.truth.labelled import flows, labelled, moments


def small_world() -> World:
    world = World(options=Options(seed=1))
    accounts = world.add("account", number=["1", "2"])
    same = {"src_account_id": accounts[0], "dst_account_id": accounts[1], "amount_fen": 5, "currency": "CNY"}
    world.add("transfer", n=1, booked_at=world.moment([1], 0), **same)
    world.add("transfer", Why(ring=0, step="strike"), 1, booked_at=world.moment([9], 0), _flow="intake", **same)
    world.add("transfer", Why(ring=0, step="launder"), 1, booked_at=world.moment([4], 0), _flow="payout", **same)
    return world


def test_flows_are_the_rings_transfers_in_the_order_of_time() -> None:
    found = flows(small_world())
    assert found.ring.tolist() == [0, 0]
    assert np.diff(found.second).tolist() == [5 * 86_400]
    assert (found.intake.tolist(), found.payout.tolist()) == ([False, True], [True, False])


def test_what_belongs_to_no_ring_is_not_labelled() -> None:
    assert labelled(small_world(), "transfer").num_rows == 2
    assert labelled(small_world(), "loan").num_rows == 0


def test_moments_tell_the_step_of_every_row_of_a_ring() -> None:
    ring, step, second = moments(small_world())
    assert ring.tolist() == [0, 0]
    assert step.tolist() == ["strike", "launder"]
    assert len(second) == 2


def test_a_world_without_transfers_has_no_flows() -> None:
    assert len(flows(World(options=Options(seed=1))).ring) == 0

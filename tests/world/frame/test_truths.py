import numpy as np

from suyuan.world.frame.truths import NOT_CORE, Truths


def test_rings_are_numbered_as_they_are_planted() -> None:
    truths = Truths()
    vendor = truths.ring(kind="qitaihe", number=1, hidden=False, story={"recruit": 3})
    tenant = truths.ring(kind="qitaihe_tenant", number=1, hidden=True, parent=vendor.ring_id, story={"recruit": 9})
    assert [vendor.index, tenant.index] == [0, 1]
    assert tenant.parent == "qitaihe-1"


def test_what_is_told_of_a_ring_is_kept_under_its_index() -> None:
    truths = Truths()
    ring = truths.ring(kind="lanzhou", number=2, hidden=True, story={})
    truths.role(ring, 7, "operator", since=4)
    truths.controller(ring, 7, rank=1)
    truths.victim(
        ring,
        np.array([8]),
        "rolled_over",
        received_fen=np.array([1]),
        paid_fen=np.array([2]),
        claimed_fen=np.array([3]),
    )
    truths.shows(ring, "routine_loan", np.array([9]))
    truths.look_alike("payroll account", 1, np.array([10]))
    assert truths.roles[0][1].tolist() == [7]
    assert truths.controllers == [(0, 7, 1)]
    assert truths.victims[0][2] == "rolled_over"
    assert truths.shown[0][1] == "lending.routine_loan"
    assert truths.alike[0][3] == "main"
    assert "victim" in NOT_CORE

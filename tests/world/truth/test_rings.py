from datetime import date, datetime

from suyuan.world.frame.options import Options
from suyuan.world.frame.tables import Why
from suyuan.world.frame.world import World
from suyuan.world.truth.labelled import flows
from suyuan.world.truth.rings import rings


def test_a_ring_is_told_by_its_intake_its_first_crime_and_its_story() -> None:
    world = World(options=Options(seed=1))
    world.truths.ring(kind="surrender", number=3, hidden=True, story={"recruit": 0, "strike": 10})
    accounts = world.add("account", number=["1", "2"])
    same = {"src_account_id": accounts[0], "dst_account_id": accounts[1], "currency": "CNY"}
    strike = Why(ring=0, step="strike")
    world.add("transfer", Why(ring=0, step="recruit"), 1, booked_at=world.moment([1], 0), amount_fen=3, **same)
    world.add("policy", strike, 1, applied_on=world.day([10]))
    world.add("transfer", strike, 1, booked_at=world.moment([12], 60), amount_fen=7, _flow="intake", **same)
    [row] = rings(world, flows(world)).to_pylist()
    assert (row["ring_id"], row["hidden"], row["victims"], row["amount_fen"]) == ("surrender-3", True, 0, 7)
    assert row["first_crime_at"] == datetime.fromisoformat("2023-07-11")
    assert row["first_loss_at"] == row["last_at"] == datetime.fromisoformat("2023-07-13T00:01")
    assert (row["recruit_on"], row["strike_on"], row["launder_on"]) == (date(2023, 7, 1), date(2023, 7, 11), None)


def test_a_ring_that_did_nothing_yet_has_no_times() -> None:
    world = World(options=Options(seed=1))
    world.truths.ring(kind="lanzhou", number=0, hidden=False, story={})
    [row] = rings(world, flows(world)).to_pylist()
    assert (row["amount_fen"], row["first_crime_at"], row["last_at"]) == (0, None, None)

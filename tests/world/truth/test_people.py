import numpy as np

from suyuan.world.frame.options import Options
from suyuan.world.frame.world import World
from suyuan.world.truth.people import holders, lookalikes, members, shows, victims


def small_world() -> World:
    world = World(options=Options(seed=1))
    people = world.add("person", name=["甲", "乙", "丙", "丁"])
    firm = world.add("company", name=["行"])
    truths = world.truths
    ring = truths.ring(kind="greenhouse", number=0, hidden=False, story={"strike": 5})
    truths.role(ring, people[:1], "recruiter", since=4)
    truths.role(ring, people[:2], "straw_borrower", since=2)
    truths.controller(ring, int(people[2]), rank=1)
    fen = np.array([10])
    truths.victim(ring, firm, "paid_for", received_fen=fen, paid_fen=fen * 9, claimed_fen=fen * 0)
    truths.shows(ring, "blank_borrowers", people[:2])
    truths.look_alike("village loans", 7, people[3:], role="crowd")
    return world


def test_core_is_who_has_one_role_that_is_no_victims() -> None:
    rows = {(row["truth_id"], row["role"]): row for row in members(small_world()).to_pylist()}
    assert rows["person:0", "straw_borrower"]["core"]
    assert not rows["person:1", "straw_borrower"]["core"]
    assert not rows["company:0", "victim"]["core"]
    assert rows["person:0", "recruiter"]["since_on"].isoformat() == "2023-07-05"


def test_a_controller_told_without_a_role_is_a_member() -> None:
    rows = [row for row in members(small_world()).to_pylist() if row["truth_id"] == "person:2"]
    assert [(row["role"], row["core"], row["controller_rank"]) for row in rows] == [("controller", True, 1)]


def test_victims_keep_their_three_sums() -> None:
    assert victims(small_world()).to_pylist() == [
        {
            "ring_id": "greenhouse-0",
            "truth_id": "company:0",
            "profile": "paid_for",
            "received_fen": 10,
            "paid_fen": 90,
            "claimed_fen": 0,
        }
    ]


def test_what_a_ring_shows_is_told_by_typology_and_subject() -> None:
    assert [(row["subject_kind"], row["truth_id"]) for row in shows(small_world()).to_pylist()] == [
        ("person", "person:0"),
        ("person", "person:1"),
    ]


def test_a_look_alike_is_told_by_kind_instance_and_role() -> None:
    row = {"kind": "village loans", "instance": 7, "truth_id": "person:3", "role": "crowd"}
    assert lookalikes(small_world()).to_pylist() == [row]


def test_holders_are_told_of_every_account_that_somebody_holds() -> None:
    world = small_world()
    firm = world.add("company", name=["店"])[0]
    world.add("account", number=["1", "2", "3"], holder_id=np.array([firm, -1, firm]))
    rows = [{"account_id": f"account:{n}", "holder_id": "company:1"} for n in (0, 2)]
    assert holders(world).to_pylist() == rows


def test_a_world_without_rings_has_empty_tables() -> None:
    world = World(options=Options(seed=1))
    assert [of(world).num_rows for of in (members, victims, shows, lookalikes)] == [0, 0, 0, 0]

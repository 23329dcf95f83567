from collections.abc import Callable

from suyuan.engine.duck import DuckEngine
from suyuan.lead.lineage import Overlap, name_groups, overlap_steps


def shared(group: str, lead: str, count: int, *, before: int, now: int) -> Overlap:
    return Overlap(group_id=group, lead_id=lead, shared=count, before_size=before, now_size=now)


def test_a_ring_that_grew_keeps_its_id() -> None:
    named = name_groups(
        {"g": "a:1"}, overlaps=[shared("g", "L1", 3, before=3, now=9)], since={"L1": 1}, taken=frozenset()
    )
    assert named.lead_of == {"g": "L1"}


def test_less_than_half_of_the_smaller_is_a_new_lead() -> None:
    overlaps = [shared("g", "L1", 1, before=3, now=9)]
    named = name_groups({"g": "a:1"}, overlaps=overlaps, since={"L1": 1}, taken=frozenset({"L1"}))
    assert named.lead_of["g"] != "L1"


def test_of_two_that_grew_together_the_older_lives() -> None:
    overlaps = [shared("g", "L1", 2, before=2, now=9), shared("g", "L2", 5, before=5, now=9)]
    named = name_groups({"g": "a:1"}, overlaps=overlaps, since={"L1": 1, "L2": 2}, taken=frozenset({"L1", "L2"}))
    assert (named.lead_of, named.redirect) == ({"g": "L1"}, {"L2": "L1"})


def test_of_one_that_fell_apart_the_larger_part_keeps_the_id() -> None:
    overlaps = [shared("g1", "L1", 2, before=5, now=2), shared("g2", "L1", 3, before=5, now=3)]
    named = name_groups({"g1": "a:1", "g2": "a:2"}, overlaps=overlaps, since={"L1": 1}, taken=frozenset({"L1"}))
    assert named.lead_of["g2"] == "L1"
    assert named.lead_of["g1"] != "L1"
    assert named.redirect == {}


def test_a_new_id_never_takes_one_that_was_borne() -> None:
    first = name_groups({"g": "a:1"}, overlaps=[], since={}, taken=frozenset()).lead_of["g"]
    assert name_groups({"g": "a:1"}, overlaps=[], since={}, taken=frozenset({first})).lead_of["g"] != first


def test_only_core_members_are_compared_and_merged_entities_are_followed(lay: Callable[..., None]) -> None:
    engine = DuckEngine()
    lay(
        engine,
        lead_member=[
            {"lead_id": "L1", "member_id": "old", "role": "lender", "signals": 1},
            {"lead_id": "L1", "member_id": "V", "role": "victim", "signals": 0},
        ],
        entity_redirect=[{"old_id": "old", "entity_id": "C"}],
    )
    engine.write("previous_member", engine.read("lead_member"))
    from pyarrow import Table

    members = [
        {"group_id": "g", "member_id": "C", "role": "lender", "signals": 1},
        {"group_id": "h", "member_id": "V", "role": "victim", "signals": 0},
    ]
    engine.write("group_member", Table.from_pylist(members))
    engine.run(overlap_steps())
    found = [Overlap(**row) for row in engine.read("lead_overlap").to_pylist()]
    assert found == [shared("g", "L1", 1, before=1, now=1)]

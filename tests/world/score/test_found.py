"""What was found, in the ids of the truth."""

import pytest
from hypothesis import given, settings

from suyuan.world.score.found import found_steps
from suyuan.world.score.truth import truth_steps
from tests.world.score.small import Naive, Small, add_lead, add_record, laid, smalls


def _cores(small: Small, *, entities: bool = True) -> dict[str, set[str]]:
    with laid(small) as engine:
        engine.run([*truth_steps(), *found_steps(entities=entities)])
        found: dict[str, set[str]] = {}
        for row in engine.read("score_lead_core").to_pylist():
            found.setdefault(row["lead_id"], set()).add(row["who"])
        return found


@pytest.mark.parametrize("role", ["victim", "straw_borrower", "borrower", "unrelated_service"])
def test_victims_straw_borrowers_and_services_are_no_core_of_a_lead(role: str) -> None:
    small = Small()
    add_record(small, "person:1")
    add_record(small, "person:2")
    add_lead(small, "l", {"person:1": role, "person:2": "lender"})
    assert _cores(small) == {"l": {"person:2"}}


def test_whoever_nothing_is_said_of_is_core_only_where_a_signal_fired() -> None:
    small = Small()
    for who in ("person:1", "person:2"):
        add_record(small, who)
    add_lead(small, "l", {"person:1": "unknown", "person:2": "unknown"})
    small["found_member"][1]["signals"] = 1
    assert _cores(small) == {"l": {"person:2"}}


def test_an_account_counts_as_its_holder() -> None:
    small = Small()
    add_record(small, "account:1")
    small["truth_holders"].append({"account_id": "account:1", "holder_id": "person:5"})
    add_lead(small, "l", {"account:1": "collection"})
    assert _cores(small) == {"l": {"person:5"}}


def test_an_account_that_nobody_holds_counts_as_itself() -> None:
    small = Small()
    add_record(small, "account:1")
    add_lead(small, "l", {"account:1": "collection"})
    assert _cores(small) == {"l": {"account:1"}}


def test_a_member_whom_no_record_names_is_a_stranger_and_still_counts() -> None:
    small = Small()
    add_lead(small, "l", {"person:1": "lender"})
    assert _cores(small) == {"l": {"?person:person:1"}}


def test_apps_are_left_out() -> None:
    small = Small()
    add_lead(small, "l", {"app:1": "lender"})
    assert _cores(small) == {}


def test_a_lead_that_was_not_raised_has_no_core() -> None:
    small = Small()
    add_record(small, "person:1")
    add_lead(small, "l", {"person:1": "lender"}, raised=False)
    assert _cores(small) == {}


def test_an_entity_is_whom_most_of_its_records_are_and_ties_are_told() -> None:
    small = Small()
    for key, who in (("a", "person:2"), ("b", "person:2"), ("c", "person:1")):
        add_record(small, who, entity="p-1", key=key)
    for key, who in (("d", "person:4"), ("e", "person:3")):
        add_record(small, who, entity="p-2", key=key)
    with laid(small) as engine:
        engine.run([*truth_steps(), *found_steps(entities=True)])
        named = {row["member_id"]: (row["truth_id"], row["tied"]) for row in engine.read("score_named").to_pylist()}
    assert named == {"p-1": ("person:2", False), "p-2": ("person:3", True)}


def test_another_tool_names_records_and_needs_no_kind() -> None:
    small = Small()
    add_record(small, "person:1", key="k1")
    add_record(small, "account:1", key="k2")
    small["truth_holders"].append({"account_id": "account:1", "holder_id": "company:1"})
    add_lead(small, "l", {"x": None, "y": None, "z": None})
    for row, key in zip(small["found_member"], ("k1", "k2", "nowhere"), strict=True):
        row.update(kind=None, source="s", source_key=key)
    assert _cores(small, entities=False) == {"l": {"person:1", "company:1", "?person:z"}}


@settings(max_examples=40)
@given(smalls())
def test_cores_are_those_of_a_naive_reckoning(small: Small) -> None:
    assert _cores(small) == {lead: core for lead, core in Naive(small).core.items() if core}

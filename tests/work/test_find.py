from datetime import date
from pathlib import Path

import pytest

from suyuan.domain.errors import UsageError
from suyuan.domain.workspace import Workspace
from suyuan.work.find import find, normalised
from suyuan.work.run import Ran
from tests.ring import CARD, FIRM, PHONE, read_in, ring

Ring = tuple[Workspace, Ran]


def test_a_phone_with_gaps_finds_its_row_its_person_and_his_lead(told_ring: Ring) -> None:
    workspace, done = told_ring
    found = find(f"{PHONE[:3]} {PHONE[3:7]}-{PHONE[7:]}", workspace=workspace)
    assert [(row.table, row.exact, row.matched) for row in found.rows] == [("person", True, ("phone",))]
    assert found.rows[0].origin.file is not None
    (person,) = found.entities
    assert (person.name, person.leads) == ("马建国", tuple(done.run.read("lead")["lead_id"].to_pylist()))


def test_a_part_of_a_card_and_of_a_name_is_found(told_ring: Ring) -> None:
    workspace, _ = told_ring
    card = find(CARD[-6:], workspace=workspace)
    assert [(row.table, row.exact) for row in card.rows] == [("account", False)]
    firm = find(FIRM[:4], workspace=workspace)
    assert {row.table for row in firm.rows} >= {"company"}
    assert len(firm.leads) == 1


def test_a_lead_and_an_entity_are_found_by_their_ids(told_ring: Ring) -> None:
    workspace, done = told_ring
    lead_id = done.run.read("lead")["lead_id"].to_pylist()[0]
    assert [one.lead_id for one in find(lead_id, workspace=workspace).leads] == [lead_id]
    entity_id = done.run.read("entity")["entity_id"].to_pylist()[0]
    assert entity_id in {one.id for one in find(entity_id, workspace=workspace).entities}


def test_every_group_is_bounded_and_says_so(told_ring: Ring) -> None:
    workspace, _ = told_ring
    found = find("app:", workspace=workspace)
    assert len(found.rows) == 20
    assert "rows" in found.more


def test_without_a_run_the_lake_alone_is_searched(tmp_path: Path) -> None:
    workspace = Workspace(root=tmp_path / "w")
    read_in(workspace, tmp_path / "files", ring(borrowers=1, loans=1))
    found = find("马建国", workspace=workspace)
    assert (found.run_id, found.leads, found.entities) == (None, (), ())
    assert [row.table for row in found.rows] == ["person"]


def test_a_quote_is_just_a_letter(told_ring: Ring) -> None:
    workspace, _ = told_ring
    assert find("' or '1'='1", workspace=workspace).rows == ()
    assert find("[.*+", workspace=workspace).rows == ()


def test_one_character_is_too_little(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        find("马 ", workspace=Workspace(root=tmp_path))


def test_numbers_lose_their_gaps_and_names_keep_theirs() -> None:
    assert normalised("6222 0058 6541 2560 019") == CARD
    assert normalised("１３９-0931") == "1390931"
    assert normalised("John Smith") == "John Smith"


def test_as_of_a_day_only_what_was_known_then_is_found(told_ring: Ring) -> None:
    workspace, _ = told_ring
    assert "loan" in {row.table for row in find("app:", workspace=workspace).rows}
    before = find("app:", workspace=workspace, as_of=date(2000, 1, 1))
    assert before.run_id is None
    assert "loan" not in {row.table for row in before.rows}

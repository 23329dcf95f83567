import math

import pytest

from suyuan.access.mask import mask_json
from suyuan.domain.errors import NotFound
from suyuan.domain.workspace import Workspace
from suyuan.work.lead_show import show
from suyuan.work.run import Ran
from tests.ring import FIRM

Ring = tuple[Workspace, Ran]


def test_a_lead_is_told_with_reasons_evidence_members_and_what_would_disprove_it(told_ring: Ring) -> None:
    workspace, done = told_ring
    lead_id = done.run.read("lead")["lead_id"].to_pylist()[0]
    shown = show(lead_id, workspace=workspace)
    told = shown.to_json()
    assert math.isclose(sum(one["contribution"] for one in told["reasons"]), told["score"], abs_tol=1e-9)
    assert all(one["numbers"] and one["looks_like"] and one["blind_to"] for one in told["reasons"])
    assert told["disproof"]
    assert told["next_step"]
    loan = next(one for one in told["evidence"] if one["table"] == "loan")
    assert (loan["amount_fen"], loan["currency"]) == (70_000, "CNY")
    assert loan["row"]["principal_fen"] == 100_000
    origin = loan["origins"][0]
    assert origin["file"].endswith("loan.csv")
    assert origin["row_no"] >= 2
    assert {one["role"] for one in told["members"]} >= {"lender", "collection", "victim", "legal_representative"}
    assert told["victims"] == 12
    assert {day["flow"] for day in told["timeline"]} == {"lent", "repaid"}
    assert {edge["kind"] for edge in told["edges"]} >= {"lends", "repays", "tied", "holds"}


def test_ids_of_evidence_rows_are_those_of_the_members(told_ring: Ring) -> None:
    workspace, done = told_ring
    lead_id = done.run.read("lead")["lead_id"].to_pylist()[0]
    story = show(lead_id, workspace=workspace).story
    members = {one.id for one in story.members}
    loan = next(one for one in story.evidence if one.table == "loan")
    assert {loan.row["lender_id"], loan.row["borrower_id"]} <= members
    assert FIRM in {one.name for one in story.who}


def test_what_a_printer_gets_names_no_person(told_ring: Ring) -> None:
    workspace, done = told_ring
    lead_id = done.run.read("lead")["lead_id"].to_pylist()[0]
    text = str(mask_json(show(lead_id, workspace=workspace).to_json()))
    assert "马建国" not in text
    assert "马**" in text


def test_a_lead_that_is_not_there_is_told(told_ring: Ring) -> None:
    workspace, _ = told_ring
    with pytest.raises(NotFound):
        show("lead-0", workspace=workspace)

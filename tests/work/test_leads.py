import shutil
from datetime import date
from pathlib import Path

import pytest

from suyuan.domain.errors import NotFound
from suyuan.domain.say import spoken
from suyuan.domain.workspace import Workspace
from suyuan.work.leads import leads, mute_lead, mutes, unmute_lead
from suyuan.work.run import Ran
from tests.ring import FIRM, NOW

Ring = tuple[Workspace, Ran]


def test_leads_tell_who_how_much_where_and_when(told_ring: Ring) -> None:
    workspace, done = told_ring
    (lead,) = leads(workspace=workspace, now=NOW).to_json()
    assert FIRM in lead["title"]
    assert {"lending.routine_loan"} <= set(lead["typologies"])
    assert lead["amount_fen"] == 12 * 3 * 70_000
    assert lead["provinces"] == ["110000", "520000", "620000"]
    assert lead["hidden"] is True
    assert (lead["run_id"], lead["rank"], lead["muted"]) == (done.run.run_id, 1, None)
    roles = [member["role"] for member in lead["members"]]
    assert roles[:3] == ["lender", "collection", "legal_representative"], roles
    assert roles.count("victim") == 12
    assert lead["members_total"] == len(roles)


def test_a_title_speaks_the_language_of_the_reader(told_ring: Ring) -> None:
    workspace, _ = told_ring
    for lang in ("zh", "en"):
        token = spoken.set(lang)
        (lead,) = leads(workspace=workspace, now=NOW).to_json()
        spoken.reset(token)
        assert lead["title"] == lead[f"title_{lang}"]


def test_a_muted_lead_is_left_out_until_its_day_and_listed_with_the_rest(told_ring: Ring, tmp_path: Path) -> None:
    workspace = Workspace(root=Path(shutil.copytree(told_ring[0].root, tmp_path / "w")))
    (lead,) = leads(workspace=workspace, now=NOW).to_json()
    lead_id = lead["lead_id"]
    mute_lead(lead_id, workspace=workspace, until_on=date(2026, 12, 1), actor="Lin", why="licensed", now=NOW)
    assert list(mutes(workspace, on=NOW.date())) == [lead_id]
    assert (leads(workspace=workspace, now=NOW).leads, leads(workspace=workspace, now=NOW).left_out) == ((), 1)
    (muted,) = leads(workspace=workspace, now=NOW, everything=True).to_json()
    assert muted["muted"] == {"owner": "Lin", "why": "licensed", "until_on": date(2026, 12, 1)}
    unmute_lead(lead_id, workspace=workspace, actor="Lin", why="forged", now=NOW)
    assert len(leads(workspace=workspace, now=NOW).leads) == 1
    with pytest.raises(NotFound):
        unmute_lead(lead_id, workspace=workspace, actor="Lin", why="again", now=NOW)


def test_what_is_not_there_is_told(told_ring: Ring, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        leads(workspace=Workspace(root=tmp_path / "none"), now=NOW)
    workspace, _ = told_ring
    with pytest.raises(NotFound):
        mute_lead("lead-0", workspace=workspace, until_on=date(2030, 1, 1), actor="Lin", why="x", now=NOW)

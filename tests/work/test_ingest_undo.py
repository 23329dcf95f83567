"""A source taken out again, and whom that changed."""

from datetime import timedelta
from pathlib import Path

import pytest

from suyuan.domain.errors import NotFound, UsageError
from suyuan.domain.workspace import Workspace
from suyuan.ledger.store import Ledger
from suyuan.sources import lake
from suyuan.work.entity_store import latest, resolutions
from suyuan.work.ingest_leave import KIND
from suyuan.work.ingest_undo import Undone, ingest_undo
from suyuan.work.lead_show import show
from suyuan.work.resolve import resolve
from suyuan.work.run import run
from tests.resolve.lake import MA
from tests.ring import NOW, read_in, ring
from tests.work.lake_of import people, take


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Two institutions that know one man by his number, and one more each."""
    (tmp_path / "bank.csv").write_text(people("1", **{"2": MA}), encoding="utf-8")
    (tmp_path / "app.csv").write_text(people("8", **{"9": MA}), encoding="utf-8")
    found = Workspace(root=tmp_path / "w")
    take(found, "bank", tmp_path / "bank.csv")
    take(found, "app", tmp_path / "app.csv")
    return found


def undo(workspace: Workspace, name: str, *, reason: str = "sent by mistake", dry_run: bool = False) -> Undone:
    return ingest_undo(workspace, name, reason=reason, actor="tester", now=NOW, dry_run=dry_run)


def counts(undone: Undone) -> dict[str, int]:
    assert undone.changes is not None
    return {word: count for word, count in undone.changes.counts.items() if count}


def files(workspace: Workspace) -> dict[str, bytes]:
    return {
        str(path.relative_to(workspace.root)): path.read_bytes()
        for path in workspace.root.rglob("*")
        if path.is_file() and path != workspace.lock
    }


def test_what_it_brought_is_gone_and_it_says_whom_that_changed(workspace: Workspace) -> None:
    told = undo(workspace, "app")
    assert counts(told) == {"reduced": 1, "gone": 1, "unchanged": 1}
    assert next(lake.manifests(workspace))["source"] == "bank"
    assert len(list(workspace.lake.rglob("*.parquet"))) == 1
    assert told.resolution_id == latest(workspace).resolution_id
    shown = told.to_json()
    assert (shown["what"], shown["rows_kept"], shown["rows_quarantined"]) == ("source", 2, 0)
    assert {each["change"]: each["lost"] for each in shown["entities"]["changed"]} == {"reduced": 1, "gone": 1}


def test_changes_are_due_to_the_file_alone_though_the_standing_resolution_is_old(
    workspace: Workspace, tmp_path: Path
) -> None:
    resolve(workspace=workspace)
    (tmp_path / "more.csv").write_text(people("5", "6"), encoding="utf-8")
    take(workspace, "wallet", tmp_path / "more.csv")
    assert counts(undo(workspace, "app.csv")) == {"reduced": 1, "gone": 1, "unchanged": 3}


def test_a_dry_run_writes_nothing_and_estimates_from_what_stands(workspace: Workspace) -> None:
    unknown = undo(workspace, "app", dry_run=True, reason="")
    assert unknown.changes is None
    assert unknown.why_unknown
    resolve(workspace=workspace)
    before = files(workspace)
    assert counts(undo(workspace, "app", dry_run=True)) == {"reduced": 1, "gone": 1, "unchanged": 1}
    assert files(workspace) == before


def test_the_last_file_leaves_an_empty_lake_and_everyone_gone(workspace: Workspace) -> None:
    undo(workspace, "app")
    told = undo(workspace, "bank")
    assert counts(told) == {"gone": 2}
    assert told.resolution_id is None
    assert lake.tables(workspace) == {}


def test_without_a_reason_nothing_is_taken_out(workspace: Workspace) -> None:
    with pytest.raises(UsageError) as refused:
        undo(workspace, "app", reason="  ")
    assert refused.value.key == "undo.no_reason"
    assert len(list(lake.manifests(workspace))) == 2


def test_what_is_not_in_the_lake_is_refused_before_anything_is_resolved(workspace: Workspace) -> None:
    with pytest.raises(NotFound):
        undo(workspace, "absent.csv")
    assert resolutions(workspace) == []


def test_each_undo_is_one_event(workspace: Workspace) -> None:
    undo(workspace, "app")
    undo(workspace, "bank.csv", reason="not ours")
    with Ledger(workspace.ledger) as ledger:
        assert [(each.subject, each.why) for each in ledger.events(kind=KIND)] == [
            ("source:app", "sent by mistake"),
            ("file:bank.csv", "not ours"),
        ]
        assert ledger.verify() is None


def test_a_run_made_before_still_shows_its_leads_and_the_next_finds_none(tmp_path: Path) -> None:
    workspace = Workspace(root=tmp_path / "w")
    read_in(workspace, tmp_path / "files", ring())
    before = run(workspace=workspace, now=NOW).run
    (lead,) = before.read("lead")["lead_id"].to_pylist()
    undo(workspace, "loan.csv")
    assert show(lead, workspace=workspace).story.lead_id == lead
    after = run(workspace=workspace, now=NOW + timedelta(days=1)).run
    assert after.number == before.number + 1
    assert after.read("lead").num_rows == 0

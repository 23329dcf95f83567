"""A run against the truth, and another tool's leads against the same."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from suyuan.domain.errors import NotFound
from suyuan.domain.workspace import Workspace
from suyuan.work.evaluate import evaluate, evaluate_members
from suyuan.work.run import Ran, run
from tests.ring import NOW
from tests.work.truth_of_ring import truth_of_ring, write_truth

Ring = tuple[Workspace, Ran]


def _quiet(*_: object) -> None:
    pass


@pytest.fixture(scope="module")
def truth(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_truth(tmp_path_factory.mktemp("world") / "truth", truth_of_ring())


def test_a_run_that_finds_its_ring_scores_one(told_ring: Ring, truth: Path) -> None:
    workspace, done = told_ring
    told = evaluate(workspace=workspace, truth=truth, now=NOW, again=False, tell=_quiet).to_json()
    assert told["run"]["run_id"] == done.run.run_id
    assert told["world"] == {"seed": 1, "scale": 0.02}
    assert (told["rings"]["recall"], told["rings"]["precision"], told["leads"]["precision_at_10"]) == (1, 1, 1)
    assert (told["hidden"]["recall"], told["lookalikes"]["flagged_share"]) == (1, 0)
    assert told["members"]["recall_by_role"]["victim"]["recall"] == 1
    assert told["typologies"]["lending.routine_loan"]["ap"] == 1
    assert told["money"]["amount_found_share"] == 0.7, "the lead tells what was received, the truth what was paid"
    assert told["transfers"]["f1"] is None, "this truth does not say which lines tell of one transfer"
    assert told["roles"]["macro_f1"] is None
    assert "roles.macro_f1" in told["why"]


def test_without_its_only_typology_the_ring_is_lost(told_ring: Ring, truth: Path) -> None:
    workspace, _ = told_ring
    told = evaluate(workspace=workspace, truth=truth, now=NOW, again=False, tell=_quiet).to_json()
    assert told["typologies"]["lending.routine_loan"]["without"]["rings_recall"] == 0
    assert told["early"]["median_loss_share"] is None
    assert told["why"]["early.median_loss_share"]["en"] == "Nothing was replayed."


def test_a_replay_says_how_early_and_leaves_no_trace(told_ring: Ring, truth: Path) -> None:
    workspace, _ = told_ring
    before = sorted(path.relative_to(workspace.root) for path in workspace.root.rglob("*"))
    said: list[tuple[str, int, int | None]] = []
    found = evaluate(workspace=workspace, truth=truth, now=NOW, tell=lambda *told: said.append(told))
    early = found.to_json()["early"]
    assert (early["looks"], early["seen"]) == (2, 1)
    assert early["median_days"] in ([-1, 13], [13, 27])
    assert early["median_loss_share"] in (pytest.approx(1 / 3, abs=1e-6), 1)
    assert said[-1][1:] == (2, 2)
    assert sorted(path.relative_to(workspace.root) for path in workspace.root.rglob("*")) == before


def test_a_workspace_without_a_run_of_everything_is_refused(told_ring: Ring, truth: Path, tmp_path: Path) -> None:
    workspace = Workspace(root=tmp_path / "w")
    shutil.copytree(told_ring[0].root, workspace.root)
    shutil.rmtree(workspace.runs)
    run(workspace=workspace, now=NOW, as_of=date(2018, 9, 30))
    with pytest.raises(NotFound, match="--as-of"):
        evaluate(workspace=workspace, truth=truth, now=NOW, tell=_quiet)


def test_another_tool_is_scored_by_its_members_alone(truth: Path, tmp_path: Path) -> None:
    file = tmp_path / "members.csv"
    file.write_text("lead_id,rank,score,source,source_key\nx,1,0.9,reg,C\nx,1,0.9,reg,B\n", encoding="utf-8")
    told = evaluate_members(members=file, truth=truth).to_json()
    assert (told["run"], told["rings"]["recall"], told["rings"]["jaccard"]) == (None, 1, 1)
    assert told["typologies"] == {}
    assert {"typologies", "entities.person.f1", "money.amount_found_share", "early.median_days"} <= told["why"].keys()

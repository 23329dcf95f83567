"""Files leave the lake together and are written down, or neither."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from suyuan.domain.workspace import Workspace
from suyuan.engine.disk import locked
from suyuan.ledger.store import Ledger
from suyuan.sources import lake
from suyuan.work.ingest_leave import KIND, finish, leave
from suyuan.work.ingest_named import meant
from tests.work.lake_of import COLUMNS, NOW, people, take


def _out(workspace: Workspace, name: str) -> None:
    with locked(workspace):
        leave(workspace, meant(workspace, name), reason="sent by mistake", actor="li", now=NOW)


def test_what_left_is_gone_from_every_folder_and_written_down(tmp_path: Path) -> None:
    workspace = Workspace(root=tmp_path / "w")
    (tmp_path / "a.csv").write_text(people("a", "b"), encoding="utf-8")
    (tmp_path / "b.csv").write_text(people("c"), encoding="utf-8")
    take(workspace, "bank", tmp_path / "a.csv", tmp_path / "b.csv")
    (gone,) = meant(workspace, "a.csv").files
    _out(workspace, "a.csv")
    assert [told["file"] for told in lake.manifests(workspace)] == [str(tmp_path / "b.csv")]
    assert len(list(workspace.lake.rglob("*.parquet"))) == len(list(workspace.ingests.iterdir())) == 1
    with Ledger(workspace.ledger) as ledger:
        (event,) = ledger.events(kind=KIND)
    assert (event.actor, event.why, event.subject, event.recorded_at) == ("li", "sent by mistake", "file:a.csv", NOW)
    assert event.body["digests"] == [gone.sha256]
    assert event.body["rows"] == {"person": 2}


def test_what_left_comes_in_again_and_may_leave_again(tmp_path: Path) -> None:
    workspace = Workspace(root=tmp_path / "w")
    (tmp_path / "a.csv").write_text(people("a"), encoding="utf-8")
    for turn in (1, 2):
        take(workspace, "bank", tmp_path / "a.csv")
        assert list(lake.tables(workspace)) == ["person"]
        with locked(workspace):
            leave(workspace, meant(workspace, "a.csv"), reason="r", actor="a", now=NOW.replace(minute=turn))
        assert lake.tables(workspace) == {}
    with Ledger(workspace.ledger) as ledger:
        assert len(list(ledger.events(kind=KIND))) == 2


def test_with_nothing_left_over_finish_does_nothing(tmp_path: Path) -> None:
    workspace = Workspace(root=tmp_path / "w")
    with locked(workspace):
        finish(workspace)
    assert not workspace.ledger.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")
def test_killed_at_any_step_all_files_are_in_or_all_are_out(tmp_path: Path) -> None:
    refused = f"{COLUMNS},birth_on\nx,某,,,1990-01-01\ny,某,,,no day\n"
    (tmp_path / "one.csv").write_text(people("a", "b"), encoding="utf-8")
    (tmp_path / "two.csv").write_text(refused, encoding="utf-8")
    (tmp_path / "other.csv").write_text(people("o"), encoding="utf-8")
    script = Path(__file__).parent / "kill_undo.py"
    roots = os.pathsep.join([str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PYTHONPATH": roots}
    done = subprocess.run(
        [sys.executable, str(script), str(tmp_path)], capture_output=True, text=True, check=False, env=environment
    )
    assert done.returncode == 0, done.stderr
    trials = [json.loads(line) for line in done.stdout.splitlines()]
    before, after = {"person": 3, "refused": 1}, {"refused": 0}
    assert sum(not trial["ended"] for trial in trials) > 8
    for trial in trials:
        out = trial["right_after"] == after
        assert out or trial["right_after"] == before
        assert trial["next"] == ({"person": 1, "refused": 0} if out else {"person": 4, "refused": 1})
        assert trial["events"] == out
        assert trial["again"] == {"person": 4, "refused": 1}
        assert trial["rubbish"] == 0
    assert {len(trial["right_after"]) for trial in trials} == {1, 2}

import json
from datetime import date
from pathlib import Path

import pytest

from suyuan.domain.errors import DataError, NotFound
from suyuan.domain.workspace import Workspace
from suyuan.work.kept import previous_of
from suyuan.work.run_store import TOLD, latest, runs


def finished(workspace: Workspace, number: int, *, as_of: str | None = None) -> str:
    folder = workspace.runs / f"run{number}"
    folder.mkdir(parents=True)
    told = {"run_id": folder.name, "number": number, "as_of": as_of, "inputs": f"i{number}"}
    (folder / TOLD).write_text(json.dumps(told), encoding="utf-8")
    return folder.name


def test_the_last_run_is_the_last_that_saw_everything(tmp_path: Path) -> None:
    workspace = Workspace(root=tmp_path)
    with pytest.raises(NotFound):
        latest(workspace)
    finished(workspace, 1, as_of="2024-01-01")
    assert latest(workspace).run_id == "run1"
    finished(workspace, 2)
    finished(workspace, 10, as_of="2024-01-01")
    assert [run.number for run in runs(workspace)] == [1, 2, 10]
    assert latest(workspace).run_id == "run2"
    assert latest(workspace, as_of=date(2024, 1, 1)).run_id == "run10"
    with pytest.raises(NotFound):
        latest(workspace, as_of=date(2023, 1, 1))


def test_a_run_never_continues_one_that_knew_more(tmp_path: Path) -> None:
    workspace = Workspace(root=tmp_path)
    finished(workspace, 1, as_of="2024-01-01")
    finished(workspace, 2)
    known = runs(workspace)
    assert previous_of([], as_of=None) is None
    assert [run.number for run in known if run == previous_of(known, as_of=None)] == [2]
    assert [run.number for run in known if run == previous_of(known, as_of=date(2024, 6, 1))] == [1]
    assert previous_of(known, as_of=date(2023, 1, 1)) is None


def test_a_broken_run_is_told_with_its_file(tmp_path: Path) -> None:
    workspace = Workspace(root=tmp_path)
    finished(workspace, 1)
    (workspace.runs / "run1" / TOLD).write_text("{", encoding="utf-8")
    with pytest.raises(DataError) as fault:
        runs(workspace)
    assert fault.value.key == "run.broken"
    (workspace.runs / "run1" / TOLD).unlink()
    finished(workspace, 2)
    with pytest.raises(DataError):
        latest(workspace).read("lead")

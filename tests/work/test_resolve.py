from datetime import date
from pathlib import Path

import pytest

from suyuan.domain.errors import DataError
from suyuan.domain.workspace import Workspace
from suyuan.ledger.store import Ledger
from suyuan.resolve.judgement import judge
from suyuan.work.entity_store import TABLES
from suyuan.work.resolve import resolve
from suyuan.work.run import run
from tests.resolve.lake import MA
from tests.work.lake_of import NOW, people, take


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "a.csv").write_text(people("1", "2"), encoding="utf-8")
    (tmp_path / "b.csv").write_text(people(**{"9": MA}), encoding="utf-8")
    found = Workspace(root=tmp_path / "w")
    take(found, "bank", tmp_path / "a.csv")
    take(found, "telecom", tmp_path / "b.csv")
    return found


def test_nothing_ingested_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError) as fault:
        resolve(workspace=Workspace(root=tmp_path))
    assert fault.value.key == "run.nothing_ingested"


def test_the_same_files_give_the_same_bytes_and_are_resolved_once(workspace: Workspace, tmp_path: Path) -> None:
    first = resolve(workspace=workspace)
    again = resolve(workspace=workspace)
    assert (first.unchanged, again.unchanged) == (False, True)
    assert again.resolution.folder == first.resolution.folder
    other = Workspace(root=tmp_path / "other")
    take(other, "bank", tmp_path / "a.csv")
    take(other, "telecom", tmp_path / "b.csv")
    twin = resolve(workspace=other).resolution
    assert twin.resolution_id == first.resolution.resolution_id
    for path in sorted(first.resolution.folder.iterdir()):
        assert (twin.folder / path.name).read_bytes() == path.read_bytes(), path.name


def test_a_new_file_tells_what_changed_since(workspace: Workspace, tmp_path: Path) -> None:
    assert resolve(workspace=workspace).changes is None
    (tmp_path / "c.csv").write_text(people(**{"5": MA}), encoding="utf-8")
    take(workspace, "wallet", tmp_path / "c.csv")
    told = resolve(workspace=workspace).to_json()
    assert told["changes"]["counts"] | {"grown": 1, "unchanged": 2} == told["changes"]["counts"]
    assert told["number"] == 2


def test_a_judgement_is_followed_and_asks_for_a_new_resolution(workspace: Workspace) -> None:
    before = resolve(workspace=workspace).resolution
    with Ledger(workspace.ledger) as ledger:
        judge(ledger, kind="person", left="bank:1", right="bank:2", answer="same", actor="a", why="seen", now=NOW)
    after = resolve(workspace=workspace)
    assert after.resolution.told["judgements"] == 1
    assert after.resolution.told["entities"]["person"]["entities"] == before.told["entities"]["person"]["entities"] - 1
    assert after.resolution.inputs != before.inputs
    assert resolve(workspace=workspace, as_of=date(2020, 1, 1)).resolution.told["judgements"] == 0


def test_a_run_takes_the_resolution_that_stands(workspace: Workspace) -> None:
    stood = resolve(workspace=workspace).resolution
    info = run(workspace=workspace, now=NOW).run
    assert info.told["resolution"] == stood.resolution_id
    assert [path.name for path in workspace.entities.iterdir()] == [stood.resolution_id]
    assert info.read("entity_member").equals(stood.read("entity_member"))


def test_a_run_without_one_makes_it_first(workspace: Workspace) -> None:
    info = run(workspace=workspace, now=NOW).run
    assert resolve(workspace=workspace).unchanged
    assert resolve(workspace=workspace).resolution.resolution_id == info.told["resolution"]


def test_a_kill_while_it_is_written_leaves_nothing(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("suyuan.work.resolving.move", killed)
        with pytest.raises(KeyboardInterrupt):
            resolve(workspace=workspace)
    assert not list(workspace.entities.glob("*/*"))
    found = resolve(workspace=workspace).resolution
    assert all(found.file(table).is_file() for table in TABLES)


def test_a_telephone_of_too_many_is_not_compared_and_that_is_said(tmp_path: Path) -> None:
    rows = [f"{n},客{chr(0x4E00 + n)}户,13909310001" for n in range(160)]
    (tmp_path / "hub.csv").write_text("\n".join(["person_id,name,phone", *rows]), encoding="utf-8")
    workspace = Workspace(root=tmp_path / "w")
    take(workspace, "bank", tmp_path / "hub.csv")
    told = resolve(workspace=workspace).to_json()
    assert {"kind": "person", "block": "phone", "values": 1, "profiles": 160} in told["left_out"]

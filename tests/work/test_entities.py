import csv
from pathlib import Path

import pytest

from suyuan.domain.errors import NotFound, UsageError
from suyuan.domain.workspace import Workspace
from suyuan.ledger.store import Ledger
from suyuan.work.entities import EXPORTED, export
from tests.resolution import MA_ENTITY, resolved_people
from tests.ring import NOW


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return resolved_people(tmp_path_factory.mktemp("people"))


def test_every_id_of_a_kind_is_told_once_with_the_institutions_own_key(workspace: Workspace, tmp_path: Path) -> None:
    done = export(workspace=workspace, kind="person", out=tmp_path / "F.csv", actor="Lin", now=NOW)
    with done.out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["entity_id", "source", "source_key"]
    assert [tuple(row.values()) for row in rows[:3]] == [
        (MA_ENTITY, "bank", "M1"),
        (MA_ENTITY, "telecom", "M3"),
        (MA_ENTITY, "wallet", "M2"),
    ]
    assert (done.rows, done.entities) == (7, 5)
    assert len(rows) == 7


def test_the_same_resolution_gives_the_same_bytes_and_nothing_is_left_aside(
    workspace: Workspace, tmp_path: Path
) -> None:
    for name in ("a.csv", "b.csv"):
        export(workspace=workspace, kind="person", out=tmp_path / name, actor="Lin", now=NOW)
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "b.csv"]


def test_the_ledger_keeps_who_took_the_keys(workspace: Workspace, tmp_path: Path) -> None:
    export(workspace=workspace, kind="company", out=tmp_path / "F.csv", actor="Wang", now=NOW)
    with Ledger(workspace.ledger) as ledger:
        *_, last = ledger.events(kind=EXPORTED)
    assert (last.actor, last.body["kind"], last.body["rows"]) == ("Wang", "company", 1)


def test_a_place_that_cannot_be_written_is_told(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="folder"):
        export(workspace=workspace, kind="person", out=tmp_path, actor="Lin", now=NOW)
    with pytest.raises(NotFound, match="nowhere"):
        export(workspace=workspace, kind="person", out=tmp_path / "nowhere" / "F.csv", actor="Lin", now=NOW)


def test_without_a_resolution_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="suyuan resolve"):
        export(workspace=Workspace(root=tmp_path), kind="person", out=tmp_path / "F.csv", actor="Lin", now=NOW)
    assert not (tmp_path / "F.csv").exists()

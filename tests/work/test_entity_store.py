from datetime import date
from pathlib import Path

import pytest

from suyuan.domain.errors import DataError, NotFound
from suyuan.domain.workspace import Workspace
from suyuan.work import entity_store
from suyuan.work.entity_store import TABLES, latest, resolutions
from suyuan.work.resolve import resolve
from tests.work.lake_of import people, take


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "a.csv").write_text(people("1", "2"), encoding="utf-8")
    found = Workspace(root=tmp_path / "w")
    take(found, "bank", tmp_path / "a.csv")
    return found


def test_the_last_resolution_is_the_last_that_saw_everything(workspace: Workspace) -> None:
    with pytest.raises(NotFound):
        latest(workspace)
    day = resolve(workspace=workspace, as_of=date(2024, 1, 1)).resolution
    assert latest(workspace).resolution_id == day.resolution_id
    whole = resolve(workspace=workspace).resolution
    assert [one.number for one in resolutions(workspace)] == [1, 2]
    assert latest(workspace).resolution_id == whole.resolution_id
    assert latest(workspace, as_of=date(2024, 1, 1)).resolution_id == day.resolution_id
    with pytest.raises(NotFound):
        latest(workspace, as_of=date(2020, 1, 1))


def test_what_stands_is_read_back_whole(workspace: Workspace) -> None:
    found = resolve(workspace=workspace).resolution
    standing = found.standing()
    assert set(standing.ids) == {"entity_anchor", "entity_member", "entity_redirect"}
    assert standing.profiles.num_rows == 2
    assert standing.models["person"].kind == "person"
    assert {table for table in TABLES if found.file(table).is_file()} == set(TABLES)


def test_what_another_version_weighed_no_longer_counts(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    found = resolve(workspace=workspace).resolution
    monkeypatch.setattr(entity_store, "weighing", lambda: "another")
    standing = found.standing()
    assert standing.ids["entity_member"].num_rows == 2
    assert (standing.profiles.num_rows, standing.pairs.num_rows, dict(standing.models)) == (0, 0, {})


@pytest.mark.parametrize("file", ["model_person.json", "entity_member.parquet", "weighed_pair.parquet"])
def test_a_broken_file_is_told_by_name(workspace: Workspace, file: str) -> None:
    found = resolve(workspace=workspace).resolution
    (found.folder / file).write_text("{", encoding="utf-8")
    with pytest.raises(DataError):
        found.standing()

"""Manifests make Parquet files count; nothing else does."""

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from suyuan.domain.errors import DataError
from suyuan.domain.workspace import Workspace
from suyuan.sources.lake import (
    Part,
    admit,
    end_leaving,
    ingested,
    leaving,
    manifest_path,
    manifests,
    quarantined,
    sweep_orphans,
    tables,
    take_out,
)

SHA = "0123456789abcdef" + "0" * 48


def _staged(folder: Path, name: str, rows: int = 1) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    pq.write_table(pa.table({"n": list(range(rows))}), path)
    return path


def _admit(workspace: Workspace, *, rows: int = 1, refused: bool = False) -> None:
    folder = workspace.staging / "x"
    parts = [Part(path=_staged(folder, "loan-1.parquet", rows), table="loan", sheet_no=1)]
    if refused:
        parts.append(Part(path=_staged(folder, "loan-1.refused.parquet"), table=None, sheet_no=1))
    admit(workspace, {"sha256": SHA, "file": "a.csv"}, parts, folder=folder)


def test_a_file_counts_once_its_manifest_stands(tmp_path: Path) -> None:
    workspace = Workspace(root=tmp_path)
    assert tables(workspace) == {}
    assert ingested(workspace, SHA) is None
    _admit(workspace, refused=True)
    assert tables(workspace) == {"loan": [tmp_path / "lake/loan/0123456789abcdef.parquet"]}
    assert quarantined(workspace) == [tmp_path / "quarantine/loan-0123456789abcdef.parquet"]
    assert ingested(workspace, SHA) is not None


def test_a_further_sheet_and_a_further_turn_show_in_the_name(tmp_path: Path) -> None:
    workspace = Workspace(root=tmp_path)
    folder = workspace.staging / "x"
    for _ in range(2):
        parts = [Part(path=_staged(folder, f"loan-{sheet}.parquet"), table="loan", sheet_no=sheet) for sheet in (1, 3)]
        admit(workspace, {"sha256": SHA, "file": "a.xlsx"}, parts, folder=folder)
    assert [path.name for path in tables(workspace)["loan"]] == [
        "0123456789abcdef.2.parquet",
        "0123456789abcdef-3.2.parquet",
    ]
    assert len(list((tmp_path / "lake/loan").iterdir())) == 2


def test_reading_a_file_again_replaces_what_it_gave(tmp_path: Path) -> None:
    workspace = Workspace(root=tmp_path)
    _admit(workspace, rows=1, refused=True)
    _admit(workspace, rows=5)
    (path,) = tables(workspace)["loan"]
    assert pq.read_metadata(path).num_rows == 5
    assert quarantined(workspace) == []
    assert list(workspace.quarantine.iterdir()) == []


def test_a_parquet_that_no_manifest_names_is_swept(tmp_path: Path) -> None:
    workspace = Workspace(root=tmp_path)
    _admit(workspace)
    orphan = _staged(workspace.lake / "loan", "ffffffffffffffff.parquet")
    _staged(workspace.quarantine, "loan-ffffffffffffffff.parquet")
    assert sweep_orphans(workspace) == 2
    assert not orphan.exists()
    assert len(tables(workspace)["loan"]) == 1


def test_a_file_that_a_manifest_names_and_that_is_gone_is_said(tmp_path: Path) -> None:
    workspace = Workspace(root=tmp_path)
    _admit(workspace)
    tables(workspace)["loan"][0].unlink()
    with pytest.raises(DataError, match="0123456789abcdef"):
        tables(workspace)


@pytest.mark.parametrize("text", ["{", "[]", '{"parts": []}'])
def test_a_broken_manifest_is_named_and_nothing_is_swept(tmp_path: Path, text: str) -> None:
    workspace = Workspace(root=tmp_path)
    _admit(workspace)
    path = manifest_path(workspace, "f" * 64)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match="ffffffffffffffff"):
        sweep_orphans(workspace)
    assert len(list((tmp_path / "lake/loan").iterdir())) == 1


def test_the_manifest_is_the_report_and_says_where_the_rows_lie(tmp_path: Path) -> None:
    workspace = Workspace(root=tmp_path)
    _admit(workspace)
    told = json.loads(manifest_path(workspace, SHA).read_text(encoding="utf-8"))
    assert told["file"] == "a.csv"
    assert told["parts"] == [{"table": "loan", "path": "lake/loan/0123456789abcdef.parquet"}]
    assert told["refused"] == []
    assert told["turn"] == 1


def test_what_leaves_counts_no_more_before_it_is_removed(tmp_path: Path) -> None:
    workspace = Workspace(root=tmp_path)
    _admit(workspace, refused=True)
    take_out(workspace, [SHA], note={"why": "mistake"}, folder=workspace.staging / "x")
    assert manifest_path(workspace, SHA).is_file()
    assert ingested(workspace, SHA) is None
    assert (list(manifests(workspace)), tables(workspace), quarantined(workspace)) == ([], {}, [])
    assert leaving(workspace) == {"why": "mistake"}


def test_the_end_of_a_leaving_removes_all_it_left_and_may_come_twice(tmp_path: Path) -> None:
    workspace = Workspace(root=tmp_path)
    _admit(workspace, refused=True)
    take_out(workspace, [SHA], note={}, folder=workspace.staging / "x")
    for _ in range(2):
        end_leaving(workspace)
        assert [path for path in (*workspace.lake.rglob("*"), *workspace.quarantine.rglob("*")) if path.is_file()] == []
        assert leaving(workspace) is None
    _admit(workspace)
    assert ingested(workspace, SHA) is not None


def test_a_broken_note_of_a_leaving_is_named(tmp_path: Path) -> None:
    workspace = Workspace(root=tmp_path)
    _admit(workspace)
    for text in ("{", "[]"):
        (workspace.lake / "_leaving.json").write_text(text, encoding="utf-8")
        with pytest.raises(DataError) as refused:
            tables(workspace)
        assert refused.value.key == "lake.bad_leaving"

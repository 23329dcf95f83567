from datetime import datetime
from pathlib import Path

import pyarrow.dataset as ds

from suyuan.domain.workspace import Workspace
from suyuan.sources.statement import Hints
from suyuan.work.ingest import Wanted
from suyuan.work.ingest_folders import ingest_folders

NOW = datetime.fromisoformat("2026-01-02 03:04:05")
TRANSFERS = "transfer_id,src_account_id,dst_account_id,amount_fen,currency\n{key},a,b,100,CNY\n"


def _sources(workspace: Path) -> list[str]:
    return sorted(ds.dataset(workspace / "lake" / "transfer").to_table()["source"].to_pylist())


def _take(root: Path, folder: Path, *, institution: str | None = None) -> list[str]:
    wanted = Wanted(hints=Hints(institution=institution))
    report = ingest_folders(
        Workspace(root=root), [folder], wanted=wanted, actor="tester", now=NOW, tell=lambda *_: None
    )
    return [file.status for file in report.files]


def test_a_folder_is_the_institution_it_is_called_after(tmp_path: Path) -> None:
    for name in ("bank_01", "bank_02"):
        (tmp_path / "in" / name).mkdir(parents=True)
        (tmp_path / "in" / name / "t.csv").write_text(TRANSFERS.format(key=name), encoding="utf-8")
    assert _take(tmp_path / "w", tmp_path / "in") == ["ingested", "ingested"]
    assert _sources(tmp_path / "w") == ["bank_01", "bank_02"]


def test_files_beside_the_folders_have_the_institution_that_was_told(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "t.csv").write_text(TRANSFERS.format(key="t"), encoding="utf-8")
    _take(tmp_path / "w", tmp_path / "in", institution="somebody")
    assert _sources(tmp_path / "w") == ["somebody"]


def test_a_folder_with_nothing_in_it_gives_nothing(tmp_path: Path) -> None:
    (tmp_path / "in" / "bank_01").mkdir(parents=True)
    assert _take(tmp_path / "w", tmp_path / "in") == []

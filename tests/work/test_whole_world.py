"""A built world through the whole house: every file is taken in, only what was broken on purpose is refused."""

from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from suyuan.domain.workspace import Workspace
from suyuan.sources.statement import Hints
from suyuan.work.evaluate import evaluate
from suyuan.work.ingest import Wanted
from suyuan.work.ingest_folders import ingest_folders
from suyuan.work.ingest_report import IngestReport
from suyuan.work.run import run
from suyuan.world.build import build
from suyuan.world.frame.options import Options

NOW = datetime(2026, 1, 2, 3)  # noqa: DTZ001 - house times carry no zone
Taken = tuple[Path, Workspace, IngestReport]


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Taken:
    folder = tmp_path_factory.mktemp("whole")
    build(folder, Options(seed=21, scale=0.005, months=6, rings=("lanzhou", "greenhouse"), evasion=1))
    workspace = Workspace(root=folder / "W")
    wanted = Wanted(hints=Hints())
    report = ingest_folders(workspace, [folder / "sources"], wanted=wanted, actor="test", now=NOW, tell=lambda *_: None)
    return folder, workspace, report


def truth(folder: Path, table: str) -> list[dict[str, Any]]:
    return list(pq.read_table(folder / "truth" / f"{table}.parquet").to_pylist())


def test_every_file_of_every_institution_is_taken_in(taken: Taken) -> None:
    folder, _, report = taken
    files = [path for path in (folder / "sources").rglob("*") if path.is_file()]
    assert Counter(each.status for each in report.files) == {"ingested": len(files)}


def test_exactly_the_rows_that_were_broken_on_purpose_are_refused(taken: Taken) -> None:
    folder, _, report = taken
    broken = Counter(Path(row["file"]).name for row in truth(folder, "rows") if row["broken"] is not None)
    refused = Counter({Path(each.file).name: 0 for each in report.files})
    for each in report.files:
        refused[Path(each.file).name] += each.rows_quarantined
    assert sum(broken.values()) > 50
    assert +refused == broken


def test_a_run_over_it_can_be_scored_and_no_look_alike_is_flagged(taken: Taken) -> None:
    folder, workspace, _ = taken
    run(workspace=workspace, now=NOW)
    told = evaluate(workspace=workspace, truth=folder / "truth", now=NOW, again=False, tell=lambda *_: None).to_json()
    assert told["rings"]["planted"] == 2
    for kind in ("person", "company"):
        one = told["entities"][kind]
        assert (one["f1"] >= 0.98, one["purity"] >= 0.99, one["two_ids"]) == (True, True, 0), (kind, one)
    assert told["entities"]["account"]["f1"] > 0.9
    assert told["transfers"]["pairs"] > 1000
    assert told["transfers"]["f1"] >= 0.97
    assert told["lookalikes"]["flagged_share"] == 0
    assert told["early"]["median_loss_share"] is None
    assert told["why"]["early.median_loss_share"]["zh"]

"""The forged small world, from institutions' files to leads: the ring is found, its honest neighbours are not."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from suyuan.domain.workspace import Workspace
from suyuan.sources.statement import Hints
from suyuan.work.ingest import Wanted, ingest
from suyuan.work.ingest_report import IngestReport
from suyuan.work.run import run
from suyuan.work.run_store import RunInfo
from suyuan.world.small import forge

NOW = datetime(2026, 1, 2, 3)  # noqa: DTZ001 - house times carry no zone


Made = tuple[IngestReport, RunInfo, dict[str, Any]]
"""What the ingest said, the run, and the truth."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("small")
    forged = forge(folder, seed=11)
    workspace = Workspace(root=folder / "workspace")
    report = ingest(
        workspace,
        [folder / "files"],
        wanted=Wanted(hints=Hints()),
        actor="local",
        now=NOW,
        tell=lambda *_: None,
    )
    return report, run(workspace=workspace, now=NOW).run, json.loads(Path(forged.truth).read_text(encoding="utf-8"))


def key_values(told: RunInfo) -> dict[str, str]:
    """Entity id → the number it is known by."""
    return {row["entity_id"]: row["key_value"] for row in told.read("entity").to_pylist()}


def test_every_forged_file_is_taken_in_whole(made: Made) -> None:
    files = made[0].to_json()["files"]
    assert {file["status"] for file in files} == {"ingested"}
    assert sum(file["rows_quarantined"] for file in files) == 0
    statements = [file for file in files if file["table"] == "entry"]
    assert len(statements) == 10
    assert not any((file["balance"] or {}).get("closes") is False for file in statements)
    assert not any((file["totals"] or {}).get("agree") is False for file in statements)


def test_the_ring_is_one_raised_lead_and_no_look_alike_is_in_any(
    made: Made,
) -> None:
    _, ran, truth = made
    leads = ran.read("lead").to_pylist()
    assert [lead["raised"] for lead in leads] == [True]
    known = key_values(ran)
    named = {known.get(row["member_id"]) for row in ran.read("lead_member").to_pylist()}
    (ring,) = truth["rings"]
    lenders = {each["number"] for each in ring["members"] if each["role"] == "lender"}
    accounts = {each["number"] for each in ring["accounts"] if each["role"] in {"payment", "collection"}}
    assert lenders | accounts <= named
    honest = {
        number
        for each in truth["honest"]
        for number in (*each["accounts"], *(one["number"] for one in each["parties"]))
    }
    assert not honest & named
    assert set(leads[0]["typologies"]) == {
        "lending.routine_loan",
        "lending.debt_rollover",
        "funds.pass_through",
        "funds.fan_in_out",
    }


def test_signals_name_the_ring_and_its_victims_alone(made: Made) -> None:
    _, ran, truth = made
    known = key_values(ran)
    fired = {known.get(row["subject_id"]) for row in pq.read_table(ran.file("signal")).to_pylist()}
    (ring,) = truth["rings"]
    members = {each["number"] for part in ("members", "accounts", "victims") for each in ring[part]}
    assert fired <= members
    assert len(fired & {each["number"] for each in ring["victims"]}) >= 25

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from suyuan.domain.errors import DataError, UsageError
from suyuan.domain.workspace import Workspace
from suyuan.work.run import run
from suyuan.work.run_store import OUTPUTS, RunInfo
from tests.ring import NOW, read_in, ring, ring_run

LATER = NOW + timedelta(days=9)


def table_bytes(info: RunInfo) -> dict[str, bytes]:
    return {table: info.file(table).read_bytes() for table in OUTPUTS}


def ids(info: RunInfo) -> list[str]:
    return sorted(info.read("lead")["lead_id"].to_pylist())


def test_the_same_files_give_the_same_bytes_of_every_table_in_two_workspaces(tmp_path: Path) -> None:
    infos = []
    for place, now in (("one", NOW), ("two", LATER)):
        workspace = Workspace(root=tmp_path / place)
        read_in(workspace, tmp_path / "files", ring(), now=now)
        infos.append(run(workspace=workspace, now=now).run)
    first, second = infos
    assert first.run_id == second.run_id
    assert first.told == second.told
    assert first.told["rows"]["lead"] == 1
    assert table_bytes(first) == table_bytes(second)


def test_nothing_new_returns_the_run_that_stands_and_says_so(tmp_path: Path) -> None:
    workspace, first = ring_run(tmp_path)
    again = run(workspace=workspace, now=LATER)
    assert (first.unchanged, again.unchanged) == (False, True)
    assert again.run.run_id == first.run.run_id
    assert len(list(workspace.runs.iterdir())) == 1
    assert again.to_json()["unchanged"] is True


def test_a_ring_that_grew_keeps_its_lead_and_the_run_names_the_one_before(tmp_path: Path) -> None:
    workspace, first = ring_run(tmp_path)
    read_in(workspace, tmp_path / "more", ring(borrowers=14, loans=4))
    second = run(workspace=workspace, now=LATER).run
    assert (second.number, second.told["previous"]) == (2, first.run.run_id)
    assert ids(second) == ids(first.run)
    assert second.read("lead")["since_no"].to_pylist() == [1]


def test_as_of_a_day_reads_like_data_cut_at_that_day(tmp_path: Path) -> None:
    """Known loans and repayments up to the day are the same rows of the same files, only the later ones are gone."""
    day = date(2018, 9, 14)
    tables = ring()
    known = {
        **tables,
        "loan": [row for row in tables["loan"] if row["signed_on"] <= day.isoformat()],
        "repayment": [row for row in tables["repayment"] if row["paid_at"][:10] <= day.isoformat()],
    }
    known["loan"] = [{**row, "status": ""} for row in known["loan"]]
    whole, cut = Workspace(root=tmp_path / "whole"), Workspace(root=tmp_path / "cut")
    read_in(whole, tmp_path / "all", tables)
    read_in(cut, tmp_path / "some", known)
    told = run(workspace=whole, now=NOW, as_of=day).run
    same = run(workspace=cut, now=NOW).run
    assert told.told["rows"] == same.told["rows"]
    for table, columns in {
        "lead": ["title_en", "score", "amount_fen", "typologies", "provinces", "first_at", "last_at", "hidden"],
        "loan_cost": ["loan_id", "repaid_fen", "over_fen", "effective_rate"],
        "signal": ["typology_id", "score", "amount_fen", "window_from_at", "window_to_at"],
    }.items():
        assert told.read(table, columns=columns).equals(same.read(table, columns=columns)), table
    assert told.told["rows"]["loan_cost"] == len(known["loan"]) < len(tables["loan"])


def test_what_lacks_its_tables_is_skipped_by_name(tmp_path: Path) -> None:
    workspace = Workspace(root=tmp_path / "w")
    move = {"transfer_id": "b:1", "src_account_id": "b:a", "dst_account_id": "b:c", "amount_fen": 5, "currency": "CNY"}
    read_in(workspace, tmp_path / "files", {"transfer": [move]})
    told = run(workspace=workspace, now=NOW).run.told
    skipped = {one["id"]: one["why"]["en"] for one in told["typologies"]["skipped"]}
    assert "loan" in skipped["lending.routine_loan"]
    assert {one["id"] for one in told["typologies"]["ran"]} == {"funds.fan_in_out", "funds.pass_through"}
    assert told["known_rows"] == {"transfer": 1}


def test_only_the_typologies_asked_for_run(tmp_path: Path) -> None:
    workspace, _ = ring_run(tmp_path)
    told = run(workspace=workspace, now=NOW, typologies=["lending.routine_loan"]).run.told
    assert [one["id"] for one in told["typologies"]["ran"]] == ["lending.routine_loan"]
    with pytest.raises(UsageError):
        run(workspace=workspace, now=NOW, typologies=["nothing.such"])


def test_an_empty_workspace_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(DataError) as refused:
        run(workspace=Workspace(root=tmp_path), now=NOW)
    assert refused.value.key == "run.nothing_ingested"


def test_a_run_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace, _ = ring_run(tmp_path)
    read_in(workspace, tmp_path / "more", ring(prefix="x"))

    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("disk full")

    monkeypatch.setattr("suyuan.work.run.write_report", fails)
    with pytest.raises(RuntimeError):
        run(workspace=workspace, now=NOW)
    assert len(list(workspace.runs.iterdir())) == 1
    assert not any(workspace.staging.rglob("*"))


def test_runs_may_be_held_elsewhere_and_leave_the_workspace_as_it_was(tmp_path: Path) -> None:
    workspace, done = ring_run(tmp_path)
    before = sorted(workspace.root.rglob("*"))
    elsewhere = Workspace(root=tmp_path / "elsewhere")
    again = run(workspace=workspace, now=NOW, into=elsewhere)
    assert sorted(workspace.root.rglob("*")) == before
    assert again.run.folder.parent == elsewhere.runs
    assert (again.run.run_id, again.run.number) == (done.run.run_id, 1)
    assert again.run.file("lead").read_bytes() == done.run.file("lead").read_bytes()


def test_clock_readings_stand_in_their_own_file_only(tmp_path: Path) -> None:
    _, done = ring_run(tmp_path)
    assert "started_at" in (done.run.folder / "timing.json").read_text(encoding="utf-8")
    told = (done.run.folder / "run.json").read_text(encoding="utf-8")
    assert f"{datetime.now():%Y-%m-%d}" not in told  # noqa: DTZ005
    assert "2026-11-22" not in told


@pytest.mark.spark
def test_both_engines_find_the_same(tmp_path: Path) -> None:
    workspace, duck = ring_run(tmp_path)
    spark = run(workspace=workspace, now=NOW, engine="spark").run
    for table in OUTPUTS:
        assert spark.read(table).num_rows == duck.run.read(table).num_rows, table
    columns = ["lead_id", "title_zh", "score", "amount_fen", "provinces"]
    assert spark.read("lead", columns=columns).equals(duck.run.read("lead", columns=columns))

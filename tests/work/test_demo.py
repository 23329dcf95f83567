"""The whole house, walked through as a newcomer does."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from suyuan.domain.errors import Conflict
from suyuan.work.demo import MARK, Demo, demo

NOW = datetime(2026, 11, 22, 9, 0)  # noqa: DTZ001


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    return demo(folder=tmp_path_factory.mktemp("house") / "demo", actor="local", now=NOW)


def test_every_forged_file_is_taken_in_whole(made: Demo) -> None:
    assert {each.status for each in made.ingested.files} == {"ingested"}
    assert not sum(each.rows_quarantined for each in made.ingested.files)


def test_the_forged_statements_come_in_six_layouts_or_more(made: Demo) -> None:
    statements = [each for each in made.ingested.files if each.mapping == "statement"]
    assert len(statements) >= 6
    assert all(each.checks["balance"]["closes"] is not False for each in statements)


def test_the_ring_is_one_lead_with_its_core_and_no_look_alike(made: Demo) -> None:
    assert len(made.leads.leads) == 1
    lead = made.leads.leads[0]
    assert {"lending.routine_loan", "lending.debt_rollover", "funds.pass_through"} <= set(lead["typologies"])
    assert sum(member["role"] == "victim" for member in lead["members"]) >= 20


def test_the_run_says_what_ran_and_what_was_skipped_and_why(made: Demo) -> None:
    told = made.ran.to_json()["typologies"]
    assert len(told["ran"]) + len(told["skipped"]) >= 4
    assert all(one["why"]["zh"] and one["why"]["en"] for one in told["skipped"])


def test_the_report_stands_on_its_own(made: Demo) -> None:
    page = made.ran.run.report.read_text(encoding="utf-8")
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert "https://" not in page


def test_the_same_seed_finds_the_same_leads_to_the_byte(made: Demo, tmp_path: Path) -> None:
    again = demo(folder=tmp_path / "demo", actor="local", now=NOW)
    assert again.ran.run.run_id == made.ran.run.run_id
    for table in ("signal", "signal_evidence", "lead", "lead_member", "transfer", "loan_cost"):
        assert again.ran.run.file(table).read_bytes() == made.ran.run.file(table).read_bytes()


def test_real_files_that_are_no_tables_stop_nothing(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear all,\nnothing to count here.\n", encoding="utf-8")
    made = demo(folder=tmp_path / "demo", files=[tmp_path / "letter.txt"], actor="local", now=NOW)
    assert made.real is not None
    assert made.real.files[0].status in {"asked", "refused"}
    assert made.leads.leads


def test_a_folder_that_no_demo_made_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "precious.txt").write_text("x", encoding="utf-8")
    with pytest.raises(Conflict):
        demo(folder=tmp_path, actor="local", now=NOW)
    assert (tmp_path / "precious.txt").exists()
    assert not (tmp_path / MARK).exists()


def test_what_it_tells_is_json(made: Demo) -> None:
    assert json.loads(json.dumps(made.to_json(), default=str))["leads"]

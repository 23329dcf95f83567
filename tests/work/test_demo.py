"""The whole house, walked through as a newcomer does."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from suyuan.domain.errors import Conflict
from suyuan.work import demo as module
from suyuan.work.demo import MARK, Demo, demo

NOW = datetime(2026, 11, 22, 9, 0)  # noqa: DTZ001


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """Walk through once, in the smallest world, with a file that is no table among the real ones."""
    folder = tmp_path_factory.mktemp("house")
    (folder / "letter.txt").write_text("Dear all,\nnothing to count here.\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as smaller:
        smaller.setattr(module, "SCALE", 0.005)
        return demo(folder=folder / "demo", files=[folder / "letter.txt"], actor="local", now=NOW)


def test_every_file_of_the_world_is_taken_in_and_only_what_was_broken_on_purpose_is_refused(made: Demo) -> None:
    assert {each.status for each in made.ingested.files} == {"ingested"}
    refused = sum(each.rows_quarantined for each in made.ingested.files)
    assert 0 < refused < 0.01 * sum(each.rows_kept for each in made.ingested.files)


def header(path: Path) -> str:
    """Return the first of a text's lines with the most cells; the suffix of a workbook."""
    if path.suffix == ".xlsx":
        return path.suffix
    lines = path.read_bytes()[:4_000].decode("gb18030", errors="replace").splitlines()[:20]
    return max(lines, key=lambda line: max(line.count(mark) for mark in ",|\t"))


def test_statements_come_in_eight_layouts_or_more(made: Demo) -> None:
    names = {Path(each.file).name for each in made.ingested.files if each.table == "entry"}
    files = [path for path in (made.world.folder / "sources").rglob("*") if path.name in names]
    assert len({header(path) for path in files}) >= 8


def test_four_kinds_of_ring_are_hidden_and_what_is_missed_is_said(made: Demo) -> None:
    kinds = made.scores["rings"]["by_kind"]
    assert {"lanzhou", "qitaihe", "qitaihe_tenant", "greenhouse", "surrender"} == set(kinds)
    assert made.scores["rings"]["planted"] == sum(one["planted"] for one in kinds.values()) >= 7


def test_lenders_of_the_rings_are_raised_and_no_look_alike_is_taken_for_one(made: Demo) -> None:
    assert made.leads.leads
    assert made.scores["lookalikes"]["flagged_share"] == 0
    assert made.scores["typologies"]["lending.routine_loan"]["precision"] == 1


def test_the_run_says_what_ran_and_what_was_skipped_and_why(made: Demo) -> None:
    told = made.ran.to_json()["typologies"]
    assert len(told["ran"]) + len(told["skipped"]) >= 4
    assert all(one["why"]["zh"] and one["why"]["en"] for one in told["skipped"])


def test_the_report_stands_on_its_own(made: Demo) -> None:
    page = made.ran.run.report.read_text(encoding="utf-8")
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert "https://" not in page


def test_real_files_that_are_no_tables_stop_nothing(made: Demo) -> None:
    assert made.real is not None
    assert made.real.files[0].status in {"asked", "refused"}


def test_a_folder_that_no_demo_made_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "precious.txt").write_text("x", encoding="utf-8")
    with pytest.raises(Conflict):
        demo(folder=tmp_path, actor="local", now=NOW)
    assert (tmp_path / "precious.txt").exists()
    assert not (tmp_path / MARK).exists()


def test_what_it_tells_is_json(made: Demo) -> None:
    told = json.loads(json.dumps(made.to_json(), default=str))
    assert told["leads"]
    assert told["world"]["rings"]

import json
from pathlib import Path

import pytest

from suyuan.cli.main import main
from tests.typology.small import CASES, write


def run(*words: str) -> int:
    with pytest.raises(SystemExit) as left:
        main(["typology", *words])
    return int(left.value.code or 0)


def test_the_list_names_every_typology(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("list", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert {"lending.routine_loan", "funds.pass_through"} <= {each["id"] for each in told}
    assert run("list") == 0


def test_check_tells_a_stale_lock_with_what_to_type(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", "--also", str(write(tmp_path)), "--json") == 1
    assert "suyuan typology lock" in json.loads(capsys.readouterr().out)["stale"][-1]["why"]
    assert run("lock", "--also", str(tmp_path / "typologies"), "--json") == 0
    assert json.loads(capsys.readouterr().out)["locked"][-1:] == ["lending.many_loans 1"]
    assert run("check", "--also", str(tmp_path / "typologies")) == 0


def test_a_file_with_a_fault_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", "--also", str(write(tmp_path, sql="select 1 as x"))) == 3
    assert "many_loans.sql" in capsys.readouterr().err


def test_test_leaves_with_1_when_a_case_goes_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = str(write(tmp_path, cases=CASES.replace("loans: 3,", "loans: 4,")))
    assert run("test", "lending.many_loans", "--also", wrong) == 1
    assert "loans should be 4" in capsys.readouterr().out
    assert run("test", "lending.many_loans", "--also", str(write(tmp_path)), "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"engine": "duck", "passed": 2, "failed": []}


def test_pages_go_where_they_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    into = str(tmp_path / "docs")
    assert run("page", "--into", into, "--check") == 1
    assert run("page", "--into", into) == 0
    capsys.readouterr()
    assert run("page", "--into", into, "--check", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"changed": []}


def test_a_plan_is_printed_for_either_engine(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("plan", "lending.routine_loan", "--print", "--engine", "spark") == 0
    assert "CACHE TABLE" in capsys.readouterr().out
    assert run("plan", "lending.routine_loan", "--json") == 0
    assert [step["name"] for step in json.loads(capsys.readouterr().out)] == [
        "signals_of_lending_routine_loan",
        "evidence_of_lending_routine_loan",
    ]
    assert run("plan", "lending.lost") == 2

"""`suyuan doctor` at the edge."""

import json
from pathlib import Path

import pytest

from suyuan.cli.main import main


def test_it_tells_every_check_as_json_and_leaves_with_0_on_a_healthy_machine(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as leaving:
        main(["doctor", "--workspace", str(tmp_path), "--json"])
    told = json.loads(capsys.readouterr().out)
    assert told["healthy"] is (leaving.value.code == 0)
    assert {check["status"] for check in told["checks"]} <= {"ok", "missing", "optional"}


def test_it_draws_a_line_per_check(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--lang", "en", "doctor"])
    assert "Python 3.11" in capsys.readouterr().out

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from suyuan.cli.edge import REFUSED, USAGE
from suyuan.domain.workspace import Workspace
from tests.cli.conftest import Call


def test_a_run_that_stands_is_told_with_its_report(ring_workspace: Workspace, call: Call) -> None:
    code, out, _ = call("run", "--workspace", str(ring_workspace.root))
    assert code == 0
    assert "lending.routine_loan" in out
    assert "report.html" in out


def test_a_program_reads_what_ran_and_what_was_found(ring_workspace: Workspace, call_json: Callable[..., Any]) -> None:
    told = call_json("run", "--workspace", str(ring_workspace.root))
    assert (told["unchanged"], told["leads"], told["raised"]) == (True, 1, 1)
    assert Path(told["report"]).is_file()


def test_an_empty_workspace_is_refused_with_the_next_step(tmp_path: Path, call: Call) -> None:
    code, _, err = call("run", "--workspace", str(tmp_path))
    assert code == REFUSED
    assert "suyuan ingest" in err


@pytest.mark.parametrize("words", [("--as-of", "yesterday"), ("--engine", "abacus"), ("--typology", "no.such")])
def test_what_cannot_be_meant_is_a_usage_error(words: tuple[str, str], ring_workspace: Workspace, call: Call) -> None:
    code, _, err = call("run", "--workspace", str(ring_workspace.root), *words)
    assert code == USAGE
    assert words[1] in err

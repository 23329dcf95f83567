from collections.abc import Callable
from pathlib import Path
from typing import Any

from suyuan.cli.edge import REFUSED, USAGE
from suyuan.domain.workspace import Workspace
from tests.cli.conftest import Call


def test_who_is_who_is_told_with_the_next_step(ring_workspace: Workspace, call: Call) -> None:
    code, out, _ = call("resolve", "--workspace", str(ring_workspace.root))
    assert code == 0
    assert "people" in out
    assert "suyuan run" in out


def test_it_speaks_chinese_too(ring_workspace: Workspace, call: Call) -> None:
    code, out, _ = call("--lang", "zh", "resolve", "--workspace", str(ring_workspace.root))
    assert code == 0
    assert "下一步" in out


def test_a_program_reads_counts_and_decisions(ring_workspace: Workspace, call_json: Callable[..., Any]) -> None:
    told = call_json("resolve", "--workspace", str(ring_workspace.root))
    assert told["unchanged"] is True  # the run made it
    assert told["entities"]["company"]["entities"] == 1
    assert Path(told["folder"], "entity_member.parquet").is_file()


def test_an_empty_workspace_and_an_unknown_engine_are_refused(tmp_path: Path, call: Call) -> None:
    code, _, err = call("resolve", "--workspace", str(tmp_path))
    assert code == REFUSED
    assert "suyuan ingest" in err
    assert call("resolve", "--workspace", str(tmp_path), "--engine", "abacus")[0] == USAGE

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from suyuan.cli.edge import USAGE
from suyuan.domain.workspace import Workspace
from tests.cli.conftest import Call


def lead_id(workspace: Workspace, call_json: Callable[..., Any]) -> str:
    return str(call_json("leads", "--workspace", str(workspace.root), "--all")[0]["lead_id"])


def test_a_lead_is_told_without_a_persons_name(
    ring_workspace: Workspace, call: Call, call_json: Callable[..., Any]
) -> None:
    wanted = lead_id(ring_workspace, call_json)
    code, out, _ = call("lead", "show", wanted, "--workspace", str(ring_workspace.root))
    assert code == 0
    assert "loan.lender_id" in out.replace("\n", "")
    assert "马建国" not in out
    told = call_json("lead", "show", wanted, "--workspace", str(ring_workspace.root))
    assert {"reasons", "members", "evidence", "timeline", "disproof", "next_step"} <= set(told)
    assert "马建国" not in str(told)


def test_a_mute_leaves_a_lead_out_and_an_unmute_brings_it_back(
    ring_workspace: Workspace, tmp_path: Path, call: Call, call_json: Callable[..., Any]
) -> None:
    place = shutil.copytree(ring_workspace.root, tmp_path / "w")
    where = ("--workspace", str(place))
    wanted = lead_id(ring_workspace, call_json)
    code, out, _ = call("lead", "mute", wanted, "--why", "licensed", "--until", "2099-01-01", *where)
    assert (code, "2099-01-01" in out) == (0, True)
    assert call_json("leads", *where) == []
    assert call("lead", "unmute", wanted, "--why", "forged", *where)[0] == 0
    assert len(call_json("leads", *where)) == 1


def test_a_mute_without_a_day_to_come_is_refused(
    ring_workspace: Workspace, call: Call, call_json: Callable[..., Any]
) -> None:
    wanted = lead_id(ring_workspace, call_json)
    where = ("--workspace", str(ring_workspace.root))
    assert call("lead", "mute", wanted, "--why", "x", "--until", "2001-01-01", *where)[0] == USAGE
    assert call("lead", "show", "lead-0", *where)[0] == USAGE

from collections.abc import Callable
from typing import Any

from suyuan.cli.edge import USAGE
from suyuan.domain.workspace import Workspace
from tests.cli.conftest import Call
from tests.ring import PHONE


def test_what_is_found_is_told_masked(ring_workspace: Workspace, call: Call) -> None:
    code, out, _ = call("find", PHONE, "--workspace", str(ring_workspace.root))
    assert code == 0
    assert "person" in out
    assert PHONE not in out
    assert "马建国" not in out


def test_a_program_gets_three_groups(ring_workspace: Workspace, call_json: Callable[..., Any]) -> None:
    told = call_json("find", PHONE, "--workspace", str(ring_workspace.root))
    assert [len(told[group]) for group in ("leads", "entities", "rows")] == [0, 1, 1]
    assert PHONE not in str(told)


def test_nothing_found_is_said_and_too_little_is_refused(ring_workspace: Workspace, call: Call) -> None:
    where = ("--workspace", str(ring_workspace.root))
    code, out, _ = call("find", "nobody at all", *where)
    assert (code, bool(out.strip())) == (0, True)
    assert call("find", "x", *where)[0] == USAGE

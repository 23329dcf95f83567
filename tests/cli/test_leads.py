from collections.abc import Callable
from pathlib import Path
from typing import Any

from suyuan.cli.edge import USAGE
from suyuan.domain.workspace import Workspace
from tests.cli.conftest import Call
from tests.ring import FIRM


def test_leads_are_listed_best_first(ring_workspace: Workspace, call: Call) -> None:
    code, out, _ = call("leads", "--workspace", str(ring_workspace.root))
    assert code == 0
    assert FIRM[:6] in out.replace("\n", "").replace(" ", "")


def test_a_program_gets_a_list(ring_workspace: Workspace, call_json: Callable[..., Any]) -> None:
    (lead,) = call_json("leads", "--workspace", str(ring_workspace.root))
    wanted = {
        "lead_id",
        "title",
        "score",
        "amount_fen",
        "typologies",
        "members",
        "provinces",
        "first_at",
        "last_at",
        "hidden",
    }
    assert wanted <= set(lead)
    assert set(lead["members"][0]) == {"kind", "id", "role"}
    assert lead["first_at"].endswith("+08:00")


def test_without_a_run_the_next_step_is_told(tmp_path: Path, call: Call) -> None:
    code, _, err = call("leads", "--workspace", str(tmp_path))
    assert code == USAGE
    assert "suyuan run" in err

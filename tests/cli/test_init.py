import json
from pathlib import Path

from tests.cli.conftest import Call


def test_a_workspace_is_made_and_the_next_step_told(call: Call, tmp_path: Path) -> None:
    code, out, _ = call("--lang", "en", "init", str(tmp_path / "w"))
    assert code == 0
    assert "suyuan ingest --workspace" in out.replace("\n", " ")
    assert (tmp_path / "w" / "suyuan.toml").is_file()
    code, out, _ = call("init", str(tmp_path / "w"), "--json")
    assert (code, json.loads(out)["made"]) == (0, False)

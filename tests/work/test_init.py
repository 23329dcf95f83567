import tomllib
from pathlib import Path

from suyuan.domain.workspace import Workspace
from suyuan.work.init import init


def test_a_workspace_is_made_once_and_then_left_alone(tmp_path: Path) -> None:
    workspace = Workspace(root=tmp_path / "w")
    assert init(workspace)
    assert workspace.lake.is_dir()
    assert tomllib.loads(workspace.config.read_text(encoding="utf-8")) == {"lead": {}}
    workspace.config.write_text("[lead]\nraise_at = 0.9\n", encoding="utf-8")
    assert not init(workspace)
    assert "0.9" in workspace.config.read_text(encoding="utf-8")

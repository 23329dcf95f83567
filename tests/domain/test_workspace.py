from pathlib import Path

from suyuan.domain.workspace import Workspace


def test_everything_lies_inside_the_workspace(tmp_path: Path) -> None:
    workspace = Workspace(root=tmp_path)
    names = [name for name in dir(Workspace) if isinstance(getattr(Workspace, name), property)]
    assert {"lake", "runs", "ledger", "quarantine", "staging", "lock", "config", "ingests"} <= set(names)
    paths = [getattr(workspace, name) for name in names]
    assert all(path.is_relative_to(tmp_path) for path in paths)
    assert len(set(paths)) == len(paths)


def test_looking_at_the_layout_writes_nothing(tmp_path: Path) -> None:
    workspace = Workspace(root=tmp_path / "w")
    assert not workspace.lake.exists()
    assert not workspace.root.exists()

"""Makes a workspace: a folder with a commented `suyuan.toml`."""

from pathlib import Path

from suyuan.domain.workspace import Workspace

TEMPLATE = Path(__file__).parent / "suyuan.toml"


def init(workspace: Workspace) -> bool:
    """Make the folders of `workspace` and its `suyuan.toml`; leave what is there. Return whether anything was new.

    Raises:
        OSError: The folder cannot be made or written.
    """
    fresh = not workspace.config.exists()
    for folder in (workspace.root, workspace.lake, workspace.quarantine, workspace.runs):
        folder.mkdir(parents=True, exist_ok=True)
    if fresh:
        workspace.config.write_text(TEMPLATE.read_text(encoding="utf-8"), encoding="utf-8")
    return fresh

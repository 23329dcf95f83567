"""`suyuan init`."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from suyuan.cli.edge import DONE
from suyuan.cli.out import Json, emit
from suyuan.domain.say import say
from suyuan.domain.workspace import Workspace
from suyuan.engine.disk import locked
from suyuan.work.init import init as make


def init(
    workspace: Annotated[Path, typer.Argument(help=say("init.workspace"))],
    as_json: Json = False,
) -> int:
    """Make a workspace; one that is there is left as it is."""
    place = Workspace(root=workspace)
    with locked(place):
        fresh = make(place)
    emit({"workspace": str(workspace), "made": fresh}, as_json=as_json, render=_render)
    return DONE


def _render(console: Console, told: Any) -> None:
    console.print(say("init.made" if told["made"] else "init.there", workspace=told["workspace"]))
    console.print(say("init.next", workspace=told["workspace"]))

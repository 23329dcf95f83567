"""`suyuan find`."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from suyuan.access.pseudonym import use_key
from suyuan.cli.asked import day
from suyuan.cli.edge import DONE
from suyuan.cli.out import Json, emit
from suyuan.domain.say import say
from suyuan.domain.workspace import Workspace
from suyuan.work.find import MOST
from suyuan.work.find import find as look


def find(
    text: Annotated[str, typer.Argument(help=say("find.text"))],
    workspace: Annotated[Path, typer.Option("--workspace", "-w", help=say("run.workspace"))] = Path(),
    as_of: Annotated[str | None, typer.Option("--as-of", help=say("run.as_of"), metavar="YYYY-MM-DD")] = None,
    as_json: Json = False,
) -> int:
    """Find a phone, card, name, serial or id in leads, entities and the lake."""
    place = Workspace(root=workspace)
    use_key(place)
    emit(asdict(look(text, workspace=place, as_of=day(as_of))), as_json=as_json, render=_render)
    return DONE


def _render(console: Console, told: Any) -> None:
    for one in told["leads"]:
        console.print(Text(f"{say('find.lead')}  {one['lead_id']}  {100 * one['score']:.0f}  {one['title']}"))
    for one in told["entities"]:
        leads = ", ".join(one["leads"])
        console.print(Text(f"{say('find.entity')}  {one['kind']}  {one['id']}  {one['name'] or ''}  {leads}"))
    for one in told["rows"]:
        origin = one["origin"]
        where = f"{origin['file'] or ''}:{origin['row_no'] or ''}"
        shown = " ".join(f"{name}={one['row'].get(name, '')}" for name in one["matched"])
        mark = "=" if one["exact"] else "~"
        console.print(Text(f"{mark} {one['table']}  {where}  {one['row_id']}  {shown}"))
    if not any(told[group] for group in ("leads", "entities", "rows")):
        console.print(Text(say("find.nothing")))
    if told["more"]:
        console.print(Text(say("find.more", most=MOST)))
    if told["run_id"] is None:
        console.print(Text(say("find.no_run")))

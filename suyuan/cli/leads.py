"""`suyuan leads`."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from suyuan.access.pseudonym import use_key
from suyuan.cli.asked import day
from suyuan.cli.clock import china_now
from suyuan.cli.edge import DONE
from suyuan.cli.out import Json, emit, fen
from suyuan.domain.say import say
from suyuan.domain.workspace import Workspace
from suyuan.work.leads import Leads
from suyuan.work.leads import leads as rank


def leads(
    workspace: Annotated[Path, typer.Option("--workspace", "-w", help=say("run.workspace"))] = Path(),
    as_of: Annotated[str | None, typer.Option("--as-of", help=say("leads.as_of"), metavar="YYYY-MM-DD")] = None,
    everything: Annotated[bool, typer.Option("--all", help=say("leads.all"))] = False,
    as_json: Json = False,
) -> int:
    """List the leads of the last run, best first."""
    place = Workspace(root=workspace)
    use_key(place)
    now = china_now()
    found = rank(workspace=place, now=now, as_of=day(as_of), everything=everything)
    emit(found.to_json(), as_json=as_json, render=lambda console, told: _render(console, told, found))
    return DONE


def _render(console: Console, told: Any, found: Leads) -> None:
    table = Table(box=None)
    for key in ("leads.col.rank", "leads.col.score"):
        table.add_column(say(key), justify="right")
    table.add_column(say("leads.col.lead"), overflow="fold", ratio=1)
    table.add_column(say("leads.col.amount"), justify="right")
    table.add_column(say("leads.col.members"), justify="right")
    table.add_column(say("leads.col.flags"))
    for one in told:
        title = Text(one["title"], style="bold").append(f"\n{one['lead_id']}", style="dim not bold")
        amount = f"{fen(one['amount_fen'])} {one['currency'] or ''}".strip()
        score = Text(f"{100 * one['score']:.0f}", style="bold red" if one["raised"] else "dim")
        table.add_row(str(one["rank"]), score, title, amount, f"{one['members_total']:,}", Text(_flags(one)))
    if told:
        console.print(table)
    run = found.run
    day_told = say("leads.as_of_day", day=run.as_of) if run.as_of else ""
    console.print(Text(say("leads.of_run", number=run.number, run_id=run.run_id, as_of=day_told, count=len(told))))
    if found.left_out:
        console.print(Text(say("leads.left_out", count=found.left_out)))


def _flags(one: Any) -> str:
    flags = [say("leads.hidden")] if one["hidden"] else []
    if one["muted"]:
        flags.append(say("leads.muted", day=one["muted"]["until_on"]))
    elif not one["raised"]:
        flags.append(say("leads.below"))
    return ", ".join(flags)

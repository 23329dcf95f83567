"""`suyuan lead`: one lead, told; muted and unmuted."""

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
from suyuan.typology.page import SUBJECTS
from suyuan.work.lead_show import show
from suyuan.work.leads import mute_lead, unmute_lead

app = typer.Typer(help=say("lead.help"), no_args_is_help=True)

Where = Annotated[Path, typer.Option("--workspace", "-w", help=say("run.workspace"))]
LeadId = Annotated[str, typer.Argument(help=say("lead.id"))]
Actor = Annotated[str, typer.Option(envvar="SUYUAN_ACTOR", help=say("lead.actor"))]
Why = Annotated[str, typer.Option(help=say("lead.why"))]

MOST_SHOWN = 20


@app.command("show", help=say("lead.show.help"), epilog=say("lead.show.example"))
def show_one(
    lead_id: LeadId,
    workspace: Where = Path(),
    as_of: Annotated[str | None, typer.Option("--as-of", help=say("leads.as_of"), metavar="YYYY-MM-DD")] = None,
    as_json: Json = False,
) -> int:
    """Tell one lead: reasons, evidence, members, what would disprove it."""
    place = Workspace(root=workspace)
    use_key(place)
    shown = show(lead_id, workspace=place, as_of=day(as_of))
    emit(shown.to_json(), as_json=as_json, render=_render)
    return DONE


@app.command("mute", help=say("lead.mute.help"), epilog=say("lead.mute.example"))
def mute(
    lead_id: LeadId,
    *,
    why: Why,
    until: Annotated[str, typer.Option(help=say("lead.until"), metavar="YYYY-MM-DD")],
    workspace: Where = Path(),
    actor: Actor = "local",
    as_json: Json = False,
) -> int:
    """Mute a lead for a while, with a reason."""
    now = china_now()
    until_on = day(until) or now.date()
    held = mute_lead(lead_id, workspace=Workspace(root=workspace), until_on=until_on, actor=actor, why=why, now=now)
    told = {"lead_id": held.lead_id, "owner": held.owner, "why": held.why, "until_on": held.until_on}
    emit(told, as_json=as_json, render=lambda console, one: console.print(Text(say("lead.muted", **one))))
    return DONE


@app.command("unmute", help=say("lead.unmute.help"), epilog=say("lead.unmute.example"))
def unmute(
    lead_id: LeadId, *, why: Why, workspace: Where = Path(), actor: Actor = "local", as_json: Json = False
) -> int:
    """Take a mute away."""
    now = china_now()
    unmute_lead(lead_id, workspace=Workspace(root=workspace), actor=actor, why=why, now=now)
    render = lambda console, one: console.print(Text(say("lead.unmuted", **one)))  # noqa: E731
    emit({"lead_id": lead_id}, as_json=as_json, render=render)
    return DONE


def _render(console: Console, told: Any) -> None:
    console.print(Text(f"{told['title']}", style="bold"))
    amount = f"{fen(told['amount_fen'])} {told['currency'] or ''}".strip()
    head = {"lead_id": told["lead_id"], "score": f"{100 * told['score']:.0f}", "amount": amount}
    console.print(Text(say("lead.head", rank=told["rank"], members=f"{told['members_total']:,}", **head)))
    _heading(console, "lead.reasons")
    for one in told["reasons"]:
        console.print(Text(f"  +{100 * one['contribution']:.1f}  {one['text']}"))
    _heading(console, "lead.members")
    for one in told["members"][:MOST_SHOWN]:
        name = one["name"] or ""
        proof = say("lead.proof", column=one["role_basis"], row=one["role_row_id"])
        console.print(Text(f"  {one['role_told']}  {say(SUBJECTS[one['kind']])}  {name} {one['id']}  {proof}"))
    if told["members_total"] > MOST_SHOWN:
        console.print(Text(say("lead.more_members", count=told["members_total"] - MOST_SHOWN)))
    _heading(console, "lead.evidence")
    console.print(_evidence(told))
    console.print(Text(say("lead.evidence_total", shown=len(told["evidence"]), total=told["evidence_total"])))
    _heading(console, "lead.disproof")
    for text in told["disproof"]:
        console.print(Text(f"  · {text}"))
    console.print(Text(say("lead.next", step=told["next_step"]), style="bold"))


def _heading(console: Console, key: str) -> None:
    console.print(Text(f"\n{say(key)}", style="bold cyan"))


def _evidence(told: Any) -> Table:
    table = Table(box=None)
    for key in ("lead.col.time", "lead.col.table", "lead.col.row", "lead.col.amount", "lead.col.content"):
        table.add_column(say(key), overflow="fold")
    for one in told["evidence"][:MOST_SHOWN]:
        origin = one["origins"][0] if one["origins"] else None
        where = f"{origin['file'] or ''}:{origin['row_no'] or ''}\n{one['row_id']}" if origin else one["row_id"]
        content = " ".join(f"{name}={value}" for name, value in list(one["row"].items())[:8])
        moment = "" if one["told_at"] is None else f"{one['told_at']:%Y-%m-%d %H:%M}"
        table.add_row(moment, one["table"], Text(where), fen(one["amount_fen"]), Text(content))
    return table

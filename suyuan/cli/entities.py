"""`suyuan entities`: export who is whom, show one entity, merge and unmerge."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from suyuan.access.pseudonym import use_key
from suyuan.access.reveal import reveal
from suyuan.cli.asked import day
from suyuan.cli.clock import china_now
from suyuan.cli.edge import DONE
from suyuan.cli.entities_draw import draw_entity
from suyuan.cli.out import Json, emit
from suyuan.domain.say import say
from suyuan.domain.workspace import Workspace
from suyuan.ledger.store import Ledger
from suyuan.work.entities import export as write
from suyuan.work.entity_book import kind_of
from suyuan.work.entity_show import show as look
from suyuan.work.judge import merge_entities, unmerge_entity

app = typer.Typer(help=say("entities.help"), no_args_is_help=True)

KINDS = "person|company|account"

Where = Annotated[Path, typer.Option("--workspace", "-w", help=say("entities.workspace"))]
EntityId = Annotated[str, typer.Argument(help=say("entities.id"))]
AsOf = Annotated[str | None, typer.Option("--as-of", help=say("entities.as_of"), metavar="YYYY-MM-DD")]
Actor = Annotated[str, typer.Option(envvar="SUYUAN_ACTOR", help=say("entities.actor"))]
Reason = Annotated[str, typer.Option("--reason", "--why", help=say("entities.reason"))]


@app.command("export", help=say("entities.export.help"), epilog=say("entities.export.example"))
def export(
    *,
    kind: Annotated[str, typer.Option(help=say("entities.kind"), metavar=KINDS)],
    out: Annotated[Path, typer.Option(help=say("entities.export.out"))],
    workspace: Where = Path(),
    as_of: AsOf = None,
    actor: Actor = "local",
    as_json: Json = False,
) -> int:
    """Write which id of which institution is whom."""
    done = write(
        workspace=Workspace(root=workspace),
        kind=kind_of(kind),
        out=out,
        actor=actor,
        now=china_now(),
        as_of=day(as_of),
    )
    emit(done.to_json(), as_json=as_json, render=_exported)
    return DONE


@app.command("show", help=say("entities.show.help"), epilog=say("entities.show.example"))
def show(
    entity_id: EntityId,
    *,
    workspace: Where = Path(),
    kind: Annotated[str | None, typer.Option(help=say("entities.which_kind"), metavar=KINDS)] = None,
    as_of: AsOf = None,
    unmasked: Annotated[bool, typer.Option("--reveal", help=say("entities.reveal"))] = False,
    reason: Reason = "",
    actor: Actor = "local",
    as_json: Json = False,
) -> int:
    """Tell one entity."""
    place = Workspace(root=workspace)
    use_key(place)
    shown = look(entity_id, workspace=place, kind=None if kind is None else kind_of(kind), as_of=day(as_of))
    payload: Any = shown.to_json()
    if unmasked:
        with Ledger(place.ledger) as ledger:
            payload = reveal(payload, subject=shown.entity_id, ledger=ledger, actor=actor, why=reason, now=china_now())
    emit(payload, as_json=as_json, render=draw_entity)
    return DONE


@app.command("merge", help=say("entities.merge.help"), epilog=say("entities.merge.example"))
def merge(
    left: EntityId,
    right: EntityId,
    *,
    reason: Reason,
    against_numbers: Annotated[bool, typer.Option("--against-numbers", help=say("entities.against_numbers"))] = False,
    workspace: Where = Path(),
    actor: Actor = "local",
    as_json: Json = False,
) -> int:
    """Judge two entities to be one."""
    place = Workspace(root=workspace)
    use_key(place)
    done = merge_entities(
        left, right, workspace=place, actor=actor, why=reason, now=china_now(), against_numbers=against_numbers
    )
    emit(done.to_json(), as_json=as_json, render=_merged)
    return DONE


@app.command("unmerge", help=say("entities.unmerge.help"), epilog=say("entities.unmerge.example"))
def unmerge(
    entity_id: EntityId,
    *,
    record: Annotated[list[str], typer.Option(help=say("entities.unmerge.record"), metavar="SOURCE:KEY")],
    reason: Reason,
    workspace: Where = Path(),
    actor: Actor = "local",
    as_json: Json = False,
) -> int:
    """Judge that some records of an entity are somebody else."""
    place = Workspace(root=workspace)
    use_key(place)
    done = unmerge_entity(entity_id, record, workspace=place, actor=actor, why=reason, now=china_now())
    told = {**done.to_json(), "named": len(set(record))}
    emit(told, as_json=as_json, render=_unmerged)
    return DONE


def _exported(console: Console, told: Any) -> None:
    words: dict[str, Any] = {name: f"{told[name]:,}" for name in ("rows", "entities")}
    words |= {"file": told["file"], "kind": say(f"entities.kind.{told['kind']}"), "no": told["resolution_no"]}
    console.print(Text(say("entities.exported", **words)), soft_wrap=True)
    console.print(Text(say("entities.exported_next"), style="dim"))


def _merged(console: Console, told: Any) -> None:
    left, right = told["entity_ids"]
    console.print(Text(say("entities.merged", left=left, right=right, count=len(told["judgements"]))))
    console.print(Text(told["next_step"], style="bold"))


def _unmerged(console: Console, told: Any) -> None:
    console.print(Text(say("entities.unmerged", named=told["named"], id=told["entity_ids"][0])))
    console.print(Text(told["next_step"], style="bold"))

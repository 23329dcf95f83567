"""`suyuan ingest`; what follows the word `undo` lies in `ingest_undo`."""

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from suyuan.cli.clock import china_now
from suyuan.cli.edge import DONE, REFUSED
from suyuan.cli.ingest_view import draw, draw_drafts
from suyuan.cli.out import Json, emit, progress
from suyuan.domain.errors import UsageError
from suyuan.domain.say import say
from suyuan.domain.workspace import Workspace
from suyuan.sources.statement import Hints
from suyuan.sources.statement.ask import DateOrder, Positive
from suyuan.work.guess import guess as guess_mapping
from suyuan.work.guess import to_json
from suyuan.work.ingest import Wanted
from suyuan.work.ingest import ingest as take
from suyuan.work.ingest_folders import ingest_folders

UNDO = "undo"


class WithUndo(TyperCommand):
    """Files, or the word `undo` and what to take out. A file of that name is written `./undo`."""

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        """Return the context of `undo` when it is the first word, else that of the command itself."""
        if args[:1] != [UNDO]:
            return super().make_context(info_name, args, parent=parent, **extra)
        from suyuan.cli.ingest_undo import command  # noqa: PLC0415 - it loads all of who is who

        return command().make_context(f"{info_name} {UNDO}", args[1:], parent=parent, **extra)


COMMAND = WithUndo


def ingest(
    paths: Annotated[list[Path] | None, typer.Argument(help=say("ingest.paths"))] = None,
    *,
    workspace: Annotated[Path, typer.Option("--workspace", "-w", help=say("ingest.workspace"))] = Path(),
    mapping: Annotated[str | None, typer.Option(help=say("ingest.mapping"))] = None,
    own_account: Annotated[str | None, typer.Option(help=say("ingest.own_account"))] = None,
    holder: Annotated[str | None, typer.Option(help=say("ingest.holder"))] = None,
    currency: Annotated[str | None, typer.Option(help=say("ingest.currency"))] = None,
    date_order: Annotated[DateOrder | None, typer.Option(help=say("ingest.date_order"))] = None,
    header: Annotated[str | None, typer.Option(help=say("ingest.header"))] = None,
    year: Annotated[int | None, typer.Option(help=say("ingest.year"))] = None,
    positive: Annotated[Positive | None, typer.Option(help=say("ingest.positive"))] = None,
    source: Annotated[str | None, typer.Option("--source", "--institution", help=say("ingest.source"))] = None,
    by_folder: Annotated[bool, typer.Option("--by-folder", help=say("ingest.by_folder"))] = False,
    again: Annotated[bool, typer.Option("--again", help=say("ingest.again"))] = False,
    guess: Annotated[bool, typer.Option("--guess", help=say("ingest.guess"))] = False,
    actor: Annotated[str, typer.Option(envvar="SUYUAN_ACTOR", help=say("ingest.actor"))] = "local",
    as_json: Json = False,
) -> int:
    """Take files into the lake; exit 3 when one was refused or must be asked about."""
    if not paths and not again:
        raise UsageError("ingest.no_paths")
    if guess:
        return _guess(paths or [], as_json=as_json)
    hints = Hints(
        own_account=own_account,
        holder=holder,
        currency=currency.upper() if currency else None,
        date_order=date_order,
        header=tuple(name.strip() for name in header.split(",")) if header else None,
        year=year,
        positive=positive,
        institution=source,
    )
    wanted = Wanted(hints=hints, mapping=mapping, again=again)
    now = china_now()
    with progress(quiet=as_json) as tell:
        verb = ingest_folders if by_folder else take
        report = verb(Workspace(root=workspace), paths or [], wanted=wanted, actor=actor, now=now, tell=tell)
    emit(report.to_json(), as_json=as_json, render=lambda console, told: draw(console, told, workspace=workspace))
    return REFUSED if report.wants_attention else DONE


def _guess(paths: list[Path], *, as_json: bool) -> int:
    """Print the draft of a mapping for the first table of each file."""
    drafts = [guess_mapping(path) for path in paths]
    emit([to_json(told) for told in drafts], as_json=as_json, render=draw_drafts)
    return DONE

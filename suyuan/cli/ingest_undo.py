"""`suyuan ingest undo`."""

from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from typer.core import TyperCommand
from typer.main import get_command

from suyuan.cli.clock import china_now
from suyuan.cli.edge import DONE
from suyuan.cli.out import Json, emit, progress
from suyuan.domain.say import say
from suyuan.domain.workspace import Workspace
from suyuan.work.ingest_undo import MOST, ingest_undo

WORD = "undo"

_CHANGE = {
    "new": "undo.new",
    "grown": "undo.grown",
    "reduced": "undo.reduced",
    "renamed": "undo.renamed",
    "merged": "undo.merged",
    "split": "undo.split",
    "gone": "undo.gone",
    "unchanged": "undo.same",
}


def undo(
    name: Annotated[str, typer.Argument(metavar="FILE|BATCH|SOURCE", help=say("undo.name"))],
    *,
    reason: Annotated[str, typer.Option("--reason", help=say("undo.reason"))] = "",
    workspace: Annotated[Path, typer.Option("--workspace", "-w", help=say("run.workspace"))] = Path(),
    actor: Annotated[str, typer.Option(envvar="SUYUAN_ACTOR", help=say("ingest.actor"))] = "local",
    dry_run: Annotated[bool, typer.Option("--dry-run", help=say("undo.dry_run"))] = False,
    as_json: Json = False,
) -> int:
    """Take out what the name means and say whom that changed."""
    where = Workspace(root=workspace)
    with progress(quiet=as_json) as tell:
        done = ingest_undo(where, name, reason=reason, actor=actor, now=china_now(), dry_run=dry_run, tell=tell)
    emit(done.to_json(), as_json=as_json, render=lambda console, told: draw(console, told, workspace=workspace))
    return DONE


def command() -> TyperCommand:
    """Return `undo` as a command of its own."""
    app = typer.Typer(add_completion=False)
    app.command(WORD, help=say("undo.help"), epilog=say("undo.example"))(undo)
    found = get_command(app)
    if not isinstance(found, TyperCommand):
        raise TypeError(type(found).__name__)
    return found


def draw(console: Console, told: Any, *, workspace: Path) -> None:
    """Print what went, then whom that changed, then the next step."""
    table = Table(box=None, pad_edge=False)
    table.add_column(say("undo.col.file"), overflow="fold", min_width=16)
    table.add_column(say("undo.col.source"), no_wrap=True)
    for key in ("undo.col.rows", "undo.col.refused"):
        table.add_column(say(key), justify="right", no_wrap=True)
    for file in told["files"]:
        rows, refused = sum(file["tables"].values()), file["rows_quarantined"]
        name = escape(PurePath(file["file"]).name)
        table.add_row(name, escape(file["source"] or ""), f"{rows:,}", f"{refused:,}")
    console.print(table)
    key = "undo.would" if told["dry_run"] else "undo.done"
    files, rows = len(told["files"]), f"{told['rows_kept']:,}"
    console.print(escape(say(key, files=files, rows=rows, actor=told["actor"])))
    if told["entities"] is None:
        console.print(escape(say("undo.unknown", why=told["why_unknown"])))
    else:
        _entities(console, told["entities"])
    if told["dry_run"] and told["entities"]:
        console.print(say("undo.estimate"))
    if not told["dry_run"]:
        console.print(escape(say("undo.next", workspace=workspace)))


def _entities(console: Console, told: Any) -> None:
    counts = {word: count for word, count in told["counts"].items() if count}
    words = ", ".join(say(_CHANGE[word], count=f"{count:,}") for word, count in counts.items())
    console.print(escape(say("undo.entities", counts=words)))
    for word in (word for word in counts if word != "unchanged"):
        listed = [each for each in told["changed"] if each["change"] == word]
        console.print(f"[bold]{escape(say(_CHANGE[word], count=f'{counts[word]:,}'))}[/]")
        for line in _lines(listed):
            console.print(f"  {escape(line)}")
        if counts[word] > len(listed):
            console.print(f"  {escape(say('undo.more', count=f'{counts[word] - len(listed):,}'))}")


def _lines(listed: Sequence[Any]) -> list[str]:
    """Return one line an entity: its id, the ids it came of or went to, its records before and after."""
    lines = []
    for each in listed[:MOST]:
        others = ", ".join(each["other_ids"])
        records = say("undo.records", before=each["records_before"], after=each["records_after"])
        lines.append(f"{each['entity_id']}{f' ({others})' if others else ''}  {records}")
    return lines

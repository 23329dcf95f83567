"""`suyuan ingest`."""

from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePath
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from suyuan.cli.edge import DONE, REFUSED
from suyuan.cli.out import Json, emit, fen, progress
from suyuan.domain.errors import UsageError
from suyuan.domain.say import say
from suyuan.domain.workspace import Workspace
from suyuan.sources.statement import Hints
from suyuan.sources.statement.ask import DateOrder, Positive
from suyuan.work.guess import guess as draft
from suyuan.work.ingest import Wanted
from suyuan.work.ingest import ingest as take

_REASONS = {
    "missing": "ingest.reason.missing",
    "wrong_type": "ingest.reason.wrong_type",
    "not_allowed": "ingest.reason.not_allowed",
    "out_of_range": "ingest.reason.out_of_range",
    "surplus_cells": "ingest.reason.surplus_cells",
}
_MARKS = {"ingested": "[green]✓[/]", "already": "[dim]=[/]", "refused": "[red]✗[/]", "asked": "[yellow]?[/]"}


def ingest(
    paths: Annotated[list[Path] | None, typer.Argument(help=say("ingest.paths"))] = None,
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
    now = datetime.now(UTC).replace(tzinfo=None, microsecond=0) + timedelta(hours=8)
    with progress(quiet=as_json) as tell:
        report = take(Workspace(root=workspace), paths or [], wanted=wanted, actor=actor, now=now, tell=tell)
    emit(report.to_json(), as_json=as_json, render=lambda console, told: _render(console, told, workspace))
    return REFUSED if report.wants_attention else DONE


def _guess(paths: list[Path], *, as_json: bool) -> int:
    """Print the draft of a mapping for the first table of each file."""
    for path in paths:
        told = draft(path)
        emit(told.to_json(), as_json=as_json, render=lambda console, shown: console.print(shown["yaml"], markup=False))
    return DONE


def _render(console: Console, told: Any, workspace: Path) -> None:
    table = Table(box=None)
    for key in ("ingest.col.file", "ingest.col.table", "ingest.col.mapping"):
        table.add_column(say(key), overflow="fold")
    for key in ("ingest.col.read", "ingest.col.kept", "ingest.col.quarantined", "ingest.col.in", "ingest.col.out"):
        table.add_column(say(key), justify="right")
    table.add_column(say("ingest.col.balance"))
    for file in told["files"]:
        table.add_row(
            f"{_MARKS[file['status']]} {PurePath(file['file']).name}",
            file["table"] or "",
            file["mapping"] or "",
            f"{file['rows_read']:,}",
            f"{file['rows_kept']:,}",
            f"{file['rows_quarantined']:,}",
            *_money(file),
            _balance(file),
        )
    console.print(table)
    for file in told["files"]:
        _remarks(console, file)
    done = told["by_status"].get("ingested", 0)
    asked = told["by_status"].get("asked", 0) + told["by_status"].get("refused", 0)
    console.print(say("ingest.done", files=done, rows=f"{told['rows_kept']:,}", left=asked))
    if done and not asked:
        console.print(say("ingest.next", workspace=workspace))


def _money(file: Any) -> tuple[str, str]:
    """Return in and out as printed: of the main currency, or of each when there is none."""
    sums = file.get("sums") or {}
    return (
        "\n".join(f"{fen(flow['in'])} {currency}" for currency, flow in sums.items()),
        "\n".join(f"{fen(flow['out'])} {currency}" for currency, flow in sums.items()),
    )


def _balance(file: Any) -> str:
    closes = (file.get("balance") or {}).get("closes")
    return "" if closes is None else say("ingest.closes" if closes else "ingest.breaks")


def _remarks(console: Console, file: Any) -> None:
    """Print what a person should know of `file` beyond its counts."""
    name = file["file"]
    if file.get("why"):
        console.print(f"[red]✗[/] {file['why']}")
    for need in file.get("needs", []):
        console.print(f"[yellow]?[/] {name}: {need['why']}")
    for reason, count in file["quarantine_reasons"].items():
        code, _, column = reason.partition(":")
        words = say(_REASONS[code], column=column) if code in _REASONS else reason
        console.print(f"[yellow]![/] {say('ingest.quarantined', file=name, count=count, words=words)}")
    first = (file.get("balance") or {}).get("first_break")
    if first:
        expected, found = fen(first["expected_fen"]), fen(first["told_fen"])
        console.print(f"[yellow]![/] {say('ingest.first_break', file=name, row=first['row'], expected=expected, told=found)}")
    for check in (file.get("totals") or {}).get("checked", []):
        if not check["agree"]:
            console.print(f"[yellow]![/] {say('ingest.total_differs', file=name, where=check['where'])}")
    if file.get("duplicates"):
        console.print(f"[yellow]![/] {say('ingest.duplicates', file=name, count=file['duplicates'])}")
    for sheet in file.get("sheets", []):
        if sheet.get("same_as"):
            console.print(f"[dim]=[/] {say('ingest.same_sheet', file=name, sheet=sheet['sheet'], other=sheet['same_as'])}")
        elif sheet.get("left"):
            console.print(f"[dim]–[/] {say('ingest.left_sheet', file=name, sheet=sheet['sheet'])}")
    for note in file.get("notes", []):
        console.print(f"[dim]i[/] {name}: {note}")

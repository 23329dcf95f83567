"""What `suyuan ingest` shows a person: a line a file, then what he should know of each, then the next step."""

from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from suyuan.cli.out import fen
from suyuan.domain.say import say

_REASONS = {
    "missing": "ingest.reason.missing",
    "wrong_type": "ingest.reason.wrong_type",
    "not_allowed": "ingest.reason.not_allowed",
    "out_of_range": "ingest.reason.out_of_range",
    "surplus_cells": "ingest.reason.surplus_cells",
}
_MARKS = {"ingested": "[green]✓[/]", "already": "[dim]=[/]", "refused": "[red]✗[/]", "asked": "[yellow]?[/]"}


def draw(console: Console, told: Any, *, workspace: Path) -> None:
    """Print the masked report `told`; `workspace` is named in the next step."""
    console.print(_table(told["files"]))
    for file in told["files"]:
        for mark, words in _remarks(file):
            console.print(f"{mark} {escape(words)}")
    done = told["by_status"].get("ingested", 0)
    if already := told["by_status"].get("already", 0):
        console.print(say("ingest.already", count=already))
    waiting = told["by_status"].get("asked", 0) + told["by_status"].get("refused", 0)
    console.print(say("ingest.done", files=done, rows=f"{told['rows_kept']:,}", left=waiting))
    if done and not waiting:
        console.print(escape(say("ingest.next", workspace=workspace)))


def draw_drafts(console: Console, told: Any) -> None:
    """Print each draft as YAML, then what a person must look at before it loads."""
    for each in told:
        console.print(each["yaml"], markup=False, highlight=False, soft_wrap=True)
        unsure = ", ".join(each["unsure"]) or "–"
        missing = ", ".join(each["missing"]) or "–"
        console.print(escape(say("ingest.draft", table=each["table"], unsure=unsure, missing=missing)))


def _table(files: list[Any]) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column(say("ingest.col.file"), overflow="fold", min_width=16)
    table.add_column(say("ingest.col.table"), no_wrap=True)
    for key in ("ingest.col.kept", "ingest.col.quarantined", "ingest.col.in", "ingest.col.out"):
        table.add_column(say(key), justify="right", no_wrap=True)
    table.add_column(say("ingest.col.balance"), no_wrap=True)
    for file in files:
        sums = file.get("sums") or {}
        table.add_row(
            f"{_MARKS[file['status']]} {escape(PurePath(file['file']).name)}",
            file["table"] or "",
            f"{file['rows_kept']:,}",
            f"{file['rows_quarantined']:,}",
            "\n".join(f"{fen(flow['in'])} {currency}" for currency, flow in sums.items()),
            "\n".join(f"{fen(flow['out'])} {currency}" for currency, flow in sums.items()),
            _balance(file),
        )
    return table


def _balance(file: Any) -> str:
    closes = (file.get("balance") or {}).get("closes")
    return "" if closes is None else say("ingest.closes" if closes else "ingest.breaks")


def _remarks(file: Any) -> Iterator[tuple[str, str]]:
    """Yield (mark, words) for what a person should know of `file` beyond its counts."""
    name = PurePath(file["file"]).name
    if file.get("why"):
        yield "[red]✗[/]", file["why"]
    for need in file.get("needs", []):
        yield "[yellow]?[/]", f"{name}: {need['why']}"
    for reason, count in file["quarantine_reasons"].items():
        code, _, column = reason.partition(":")
        words = say(_REASONS[code], column=column) if code in _REASONS else reason
        yield "[yellow]![/]", say("ingest.quarantined", file=name, count=count, words=words)
    for words in _checks(file, name):
        yield "[yellow]![/]", words
    for sheet in file.get("sheets", []):
        if sheet.get("same_as"):
            yield "[dim]=[/]", say("ingest.same_sheet", file=name, sheet=sheet["sheet"], other=sheet["same_as"])
        elif sheet.get("left"):
            yield "[dim]–[/]", say("ingest.left_sheet", file=name, sheet=sheet["sheet"])
    for note in file.get("notes", []):
        yield "[dim]i[/]", f"{name}: {note}"


def _checks(file: Any, name: str) -> Iterator[str]:
    """Yield what a file says against its own rows, and what the mapping left out."""
    first = (file.get("balance") or {}).get("first_break")
    if first:
        expected, found = fen(first["expected_fen"]), fen(first["told_fen"])
        yield say("ingest.first_break", file=name, row=first["row"], expected=expected, told=found)
    for check in (file.get("totals") or {}).get("checked", []):
        if not check["agree"]:
            yield say("ingest.total_differs", file=name, where=check["where"])
    if file.get("duplicates"):
        yield say("ingest.duplicates", file=name, count=file["duplicates"])
    if file.get("rows_left_out"):
        yield say("ingest.rows_left_out", file=name, count=file["rows_left_out"])

"""Draws questions of who is who: two records side by side, what speaks for one, what the answer changes."""

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from suyuan.cli.entities_draw import agreed, bar, cell, label
from suyuan.domain.say import say


def draw_question(console: Console, told: Any, *, number: int) -> None:
    """Draw one question: what both sides tell, differences in red, and what hangs on it."""
    kind = say(f"entities.kind.{told['kind']}")
    title = say("review.title", number=number, open=f"{told['open_questions']:,}", kind=kind)
    console.print(Panel(_sides(told), title=title, title_align="left", border_style="cyan"))
    console.print(_weight(told))
    if told["agreed"]:
        console.print(agreed(told["agreed"]))
    console.print(Text(_changes(told)))


def draw_queue(console: Console, told: Any) -> None:
    """Draw the queue as a table, a line a question."""
    table = Table(box=None)
    for key in ("review.col.leads", "review.col.probability"):
        table.add_column(say(key), justify="right")
    for key in ("review.col.left", "review.col.right"):
        table.add_column(say(key), overflow="fold", ratio=1)
    table.add_column(say("review.col.stands"))
    for one in told["questions"]:
        sides = (_name(one[side]) for side in ("left", "right"))
        table.add_row(f"{one['changes']['leads']:,}", f"{100 * one['probability']:.1f} %", *sides, _stands(one))
    if told["questions"]:
        console.print(table)
    count = f"{len(told['questions']):,}"
    console.print(Text(say("review.listed", count=count, open=f"{told['open_questions']:,}")))
    if told["run_id"] is None:
        console.print(Text(say("review.no_run"), style="dim"))
    key = "review.next_judge" if told["questions"] else "review.next_none"
    console.print(Text(say(key), style="bold"))


def _sides(told: Any) -> Table:
    left, right = told["left"], told["right"]
    table = Table(box=None, show_header=True, expand=True)
    table.add_column("")
    for side in (left, right):
        head = Text(side["lake_id"], style="bold").append(f"\n{side['entity_id']}", style="dim not bold")
        records = say("review.records", count=f"{side['records']:,}")
        table.add_column(head.append(f"  {records}", style="dim not bold"), ratio=1, overflow="fold")
    for column in dict.fromkeys([*left["row"], *right["row"]]):
        style = "red" if column in told["differs"] else "green" if column in told["agrees"] else "dim"
        cells = (
            Text(cell(column, side["row"][column]), style=style) if column in side["row"] else ""
            for side in (left, right)
        )
        table.add_row(Text(label(told["kind"], column), style="dim"), *cells)
    return table


def _weight(told: Mapping[str, Any]) -> Text:
    line = bar(told["weight"]).append(f" {say('entities.tree.bits', bits=format(told['weight'], '+.1f'))}")
    line.append(f"  {100 * told['probability']:.1f} %  ", style="bold")
    return line.append(_stands(told), style="yellow")


def _stands(told: Mapping[str, Any]) -> str:
    if told["decision"] == "joined":
        return say("review.joined")
    return say(f"entities.why.{told['why'] or 'undecided'}")


def _changes(told: Mapping[str, Any]) -> str:
    changes = told["changes"]
    if not changes["leads"]:
        return say("review.no_leads")
    listed = ", ".join(one["lead_id"] for one in changes["listed"])
    return say("review.leads", count=f"{changes['leads']:,}", score=f"{100 * changes['score']:.0f}", listed=listed)


def _name(side: Mapping[str, Any]) -> Text:
    line = Text(str(side["name"] or "–"), style="bold")
    return line.append(f"\n{side['entity_id']}", style="cyan not bold").append(f"\n{side['lake_id']}", style="dim")

"""Draws one entity as a tree: what institutions tell, what joined it, what did not, who judged."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from suyuan.cli.out import fen
from suyuan.domain.contract import contracts
from suyuan.domain.say import say, spoken

_WIDEST = 12  # characters of the longest bar
_BITS_A_BAR = 2.5  # bits that one character of a bar stands for
_AROUND = 30  # characters of guides, of what joined an id and of the count of records
_LEAST_COLUMNS = 2
_COLUMNS = {
    "person": ("name", "id_number", "birth_on", "phone", "address", "employer"),
    "company": ("name", "credit_code", "legal_rep_name", "founded_on", "phone", "address"),
    "account": ("number", "holder_name", "holder_id_no", "bank", "phone", "opened_on"),
}
"""Kind of entity → columns that tell one from another, as far as somebody tells them."""
_BY = {"number": "green", "weight": "cyan", "judged": "magenta", "id": "dim"}
_ANSWER = {"same": "green", "different": "red", "unsure": "yellow"}


def draw_entity(console: Console, told: Any) -> None:
    """Draw the document of `entities show`."""
    if told["asked_id"] != told["entity_id"] and ":" not in told["asked_id"]:
        console.print(Text(say("entities.moved", asked=told["asked_id"], id=told["entity_id"]), style="yellow"))
    tree = Tree(_head(told), guide_style="dim")
    _ids(tree, told, width=console.width)
    _alike(tree, told["alike"])
    _pairs(tree, told)
    _apart(tree, told)
    _judgements(tree, told["judgements"])
    if told["earlier_ids"]:
        tree.add(Text(say("entities.tree.earlier"), style="bold cyan")).add(Text("  ".join(told["earlier_ids"])))
    console.print(tree)
    console.print(Text(told["next_step"], style="bold"))


def label(table: str, column: str) -> str:
    """Return what people call `column` of `table`."""
    words = contracts()[table].columns[column].label
    return words.zh if spoken.get() == "zh" else words.en


def cell(column: str, value: Any) -> str:
    """Return `value` of `column` as it is shown."""
    if column.endswith("_fen"):
        return fen(value)
    return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else str(value)


def bar(bits: float) -> Text:
    """Return a bar as long as `bits` weigh: green for one, red for two."""
    length = min(_WIDEST, max(1, round(abs(bits) / _BITS_A_BAR)))
    return Text("█" * length + " " * (_WIDEST - length), style="green" if bits > 0 else "red")


def agreed(parts: Sequence[Mapping[str, Any]]) -> Text:
    """Return what each comparison weighs, in one line."""
    line = Text()
    for one in parts:
        style = "dim" if one["about"] == "prior" else "green" if one["bits"] > 0 else "red"
        line.append(f"{one['comparison']} {one['level']}".strip())
        line.append(f" {one['bits']:+.1f}   ", style=style)
    return line


def _head(told: Any) -> Text:
    head = Text(told["name"] or "–", style="bold")
    head.append(f"  {say('entities.kind.' + told['kind'])}  ", style="not bold")
    head.append(told["entity_id"], style="cyan not bold")
    sources = len({one["source"] for one in told["ids"]})
    count, ids = f"{told['records']:,}", f"{told['ids_total']:,}"
    head.append("\n" + say("entities.head", count=count, sources=sources, ids=ids), style="not bold")
    if told["number"]:
        number = next(iter(told["number"]["row"].values()))
        key = say(f"entities.key.{told['key_kind']}", number=number)
    else:
        key = say("entities.key.none")
    return head.append("  ·  " + key, style="not bold dim")


def _ids(tree: Tree, told: Any, *, width: int) -> None:
    branch = tree.add(Text(say("entities.tree.ids"), style="bold cyan"))
    kind, columns = told["kind"], _fitting(told, width=width)
    table = Table(box=None, pad_edge=False)
    table.add_column(say("entities.tree.id"), overflow="fold")
    for column in columns:
        table.add_column(label(kind, column), overflow="fold")
    table.add_column(say("entities.tree.by"))
    table.add_column(say("entities.tree.records"), justify="right")
    for one in told["ids"]:
        cells = (_told(one, column) for column in columns)
        by, count = say(f"entities.by.{one['by']}"), f"{sum(one['told_in'].values()):,}"
        table.add_row(Text(one["lake_id"], style="bold"), *cells, Text(by, style=_BY[one["by"]]), count)
    branch.add(table)
    _more(branch, told["ids_total"] - len(told["ids"]))


def _fitting(told: Any, *, width: int) -> list[str]:
    """Return the columns that somebody tells, as many as stand beside each other in `width`, and two at least."""
    kind, rows = told["kind"], [one["row"] for one in told["ids"]]
    left = width - _AROUND - max((cell_len(one["lake_id"]) for one in told["ids"]), default=0)
    chosen: list[str] = []
    for column in _COLUMNS[kind]:
        cells = [cell(column, row[column]) for row in rows if column in row]
        left -= 2 + max((cell_len(text) for text in (label(kind, column), *cells)), default=0) if cells else 0
        if cells and (left >= 0 or len(chosen) < _LEAST_COLUMNS):
            chosen.append(column)
    return chosen


def _told(one: Mapping[str, Any], column: str) -> Text:
    if column not in one["row"]:
        return Text("·", style="dim")
    return Text(cell(column, one["row"][column]), style="yellow" if column in one["odd"] else "default")


def _row(table: str, row: Mapping[str, Any]) -> Text:
    line = Text()
    for column, value in row.items():
        line.append(f"{label(table, column)} ", style="dim").append(f"{cell(column, value)}   ")
    return line


def _alike(tree: Tree, found: Sequence[Mapping[str, Any]]) -> None:
    if not found:
        return
    branch = tree.add(Text(say("entities.tree.alike"), style="bold cyan"))
    for one in found:
        line = _row(one["table"], one["row"])
        branch.add(line.append(say("entities.tree.alike_ids", count=len(one["told_by"])), style="green"))


def _pairs(tree: Tree, told: Any) -> None:
    branch = tree.add(Text(say("entities.tree.pairs"), style="bold cyan"))
    for one in told["pairs"]:
        _pair(branch, one, f"{one['left_lake_id']} = {one['right_lake_id']}")
    _more(branch, told["pairs_total"] - len(told["pairs"]))
    if not told["pairs"]:
        key = "entities.tree.certain" if told["ids_total"] > 1 else "entities.tree.alone"
        branch.add(Text(say(key), style="dim"))


def _apart(tree: Tree, told: Any) -> None:
    if not told["not_joined"]:
        return
    branch = tree.add(Text(say("entities.tree.apart"), style="bold cyan"))
    for one in told["not_joined"]:
        other = one["other"]
        _pair(branch, one, f"{one['left_lake_id']} ≠ {one['right_lake_id']}  {other['name'] or ''} {other['id']}")
    _more(branch, told["not_joined_total"] - len(told["not_joined"]))


def _pair(branch: Tree, one: Mapping[str, Any], words: str) -> None:
    line = Text()
    if one["weight"] is not None:
        line = bar(one["weight"]).append(f" {say('entities.tree.bits', bits=format(one['weight'], '+.1f'))}  ")
    line.append(words, style="default")
    why = one["why"] or ("undecided" if one["decision"] == "undecided" else None)
    if why:
        line.append("  " + say(f"entities.why.{why}"), style="yellow")
    leaf = branch.add(line)
    if one["agreed"]:
        leaf.add(agreed(one["agreed"]))


def _judgements(tree: Tree, found: Sequence[Mapping[str, Any]]) -> None:
    if not found:
        return
    branch = tree.add(Text(say("entities.tree.judgements"), style="bold cyan"))
    for one in found:
        answer = say(f"entities.answer.{one['answer']}")
        words = {"actor": one["actor"], "day": f"{one['recorded_at']:%Y-%m-%d}", "why": one["why"]}
        line = Text(f"{one['left_lake_id']} – {one['right_lake_id']}  ")
        line.append(say("entities.tree.judged", answer=answer, **words), style=_ANSWER[one["answer"]])
        if not one["applied"]:
            line.append(" " + say("entities.tree.waits"), style="yellow")
        branch.add(line)


def _more(branch: Tree, count: int) -> None:
    if count > 0:
        branch.add(Text(say("entities.tree.more", count=f"{count:,}"), style="dim"))

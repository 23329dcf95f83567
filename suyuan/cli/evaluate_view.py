"""Draws scores in a terminal: the numbers, rings and look-alikes by kind, typologies."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from suyuan.domain.say import say, spoken
from suyuan.report.score_page import NUMBERS, at
from suyuan.world.frame.names import names


def render(console: Console, told: Any) -> None:
    """Draw the scores of one run."""
    rings = told["rings"]
    console.print(say("evaluate.head", found=rings["found"], planted=rings["planted"], raised=told["leads"]["raised"]))
    table = Table(box=None, show_header=False)
    for path, key in NUMBERS.items():
        value, why = at(told, path), told["why"].get(path)
        table.add_row(say(key), number(value), Text(why[spoken.get()] if why else "", style="dim"))
    days = told["early"]["median_days"]
    if days is not None:
        table.add_row(say("evaluate.n_days"), say("evaluate.days", low=f"{days[0]:g}", high=f"{days[1]:g}"), "")
    console.print(table)
    _counts(console, "evaluate.kind", rings["by_kind"], of="planted", hit="found", share="recall")
    flagged = {kind: one for kind, one in told["lookalikes"]["by_kind"].items() if one["flagged"]}
    _counts(console, "evaluate.alike", flagged, of="cases", hit="flagged", share="share")
    _typologies(console, told["typologies"])


def render_seeds(console: Console, told: Any) -> None:
    """Draw the scores of several worlds."""
    console.print(say("evaluate.head_seeds", worlds=told["worlds"], scale=told["world"]["scale"]))
    table = Table(box=None, header_style="bold")
    table.add_column(say("evaluate.number"))
    for key in ("evaluate.mean", "evaluate.interval", "evaluate.worlds_told"):
        table.add_column(say(key), justify="right")
    for path, key in NUMBERS.items():
        one = at(told, path)
        if one is None:
            why = told["why"].get(path, {}).get(spoken.get(), "")
            table.add_row(say(key), number(None), Text(why, style="dim"), "")
            continue
        ends = "–" if one["low"] is None else f"{one['low']:.3f} – {one['high']:.3f}"
        table.add_row(say(key), number(one["mean"]), ends, str(one["worlds"]))
    console.print(table)
    pooled = told["pooled"]
    _counts(console, "evaluate.kind", pooled["rings"]["by_kind"], of="planted", hit="found", share="share")
    _counts(console, "evaluate.alike", pooled["lookalikes"]["by_kind"], of="cases", hit="flagged", share="share")


_ENTITIES = {
    "precision": "evaluate.e_precision",
    "recall": "evaluate.e_recall",
    "f1": "evaluate.e_f1",
    "cluster_f1": "evaluate.e_cluster_f1",
    "purity": "evaluate.e_purity",
    "two_ids": "evaluate.e_two_ids",
}


def render_entities(console: Console, told: Any) -> None:
    """Draw how well the records of one kind were brought together."""
    one = told["entities"][told["kind"]]
    counts = {name: one[name] for name in ("records", "known", "clusters")}
    console.print(say("evaluate.head_entities", **counts))
    table = Table(box=None, show_header=False)
    for name, key in _ENTITIES.items():
        why = told["why"].get(f"entities.{told['kind']}.{name}")
        value = one[name]
        shown = str(value) if isinstance(value, int) else number(value)
        table.add_row(say(key), shown, Text(why[spoken.get()] if why else "", style="dim"))
    console.print(table)


def number(value: float | None) -> str:
    """Return a share with three places; a dash for null."""
    return "–" if value is None else f"{value:.3f}"


def named(kind: str) -> str:
    """Return what a kind of ring or look-alike is called in the language spoken."""
    return names().get(kind, {}).get(spoken.get(), kind)


def _counts(
    console: Console, head: str, rows: Mapping[str, Mapping[str, Any]], *, of: str, hit: str, share: str
) -> None:
    if not rows:
        return
    table = _table(head, ("evaluate.count_of", "evaluate.count_hit", "evaluate.share", "evaluate.interval"))
    for kind, one in rows.items():
        ends = one.get("interval")
        shown = "" if ends is None else f"{ends[0]:.2f} – {ends[1]:.2f}"
        table.add_row(named(kind), str(one[of]), str(one[hit]), number(one[share]), shown)
    console.print(table)


def _typologies(console: Console, rows: Mapping[str, Mapping[str, Any]]) -> None:
    if not rows:
        return
    columns = ("evaluate.fired", "evaluate.shown", "evaluate.precision", "evaluate.recall", "evaluate.ap")
    table = _table("evaluate.typology", (*columns, "evaluate.without"))
    for name, one in rows.items():
        without = one["without"]["rings_recall"] if one["without"] else None
        shares = (one["precision"], one["recall"], one["ap"], without)
        table.add_row(name, str(one["fired"]), str(one["shown"]), *(number(share) for share in shares))
    console.print(table)


def _table(head: str, columns: Sequence[str]) -> Table:
    table = Table(box=None, header_style="bold")
    table.add_column(say(head), no_wrap=True)
    for key in columns:
        table.add_column(say(key), justify="right", min_width=5)
    return table

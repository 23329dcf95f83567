"""`suyuan demo`."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from suyuan.cli.clock import china_now
from suyuan.cli.edge import DONE
from suyuan.cli.evaluate_view import named
from suyuan.cli.out import Json, emit, fen, progress
from suyuan.cli.world import spoken_steps
from suyuan.domain.say import say
from suyuan.work.demo import SEED
from suyuan.work.demo import demo as show


def demo(
    folder: Annotated[Path, typer.Argument(help=say("demo.folder"))] = Path("demo"),
    files: Annotated[list[Path] | None, typer.Option("--files", help=say("demo.files"))] = None,
    seed: Annotated[int, typer.Option(help=say("demo.seed"))] = SEED,
    actor: Annotated[str, typer.Option(envvar="SUYUAN_ACTOR", help=say("demo.actor"))] = "local",
    as_json: Json = False,
) -> int:
    """Forge a small input, find its ring, print the leads and write the report."""
    now = china_now()
    with progress() as tell:
        made = show(folder=folder, files=files or (), seed=seed, actor=actor, now=now, tell=spoken_steps(tell))
    emit(made.to_json(), as_json=as_json, render=_render)
    return DONE


def _render(console: Console, told: Any) -> None:
    rings = sum(told["world"]["rings"].values())
    console.print(say("demo.built", rings=rings, look_alikes=told["world"]["look_alikes"]), markup=False)
    _files(console, told["ingested"], "demo.forged")
    if told["real"]:
        _files(console, told["real"], "demo.real")
        for each in told["real"]["files"]:
            if each["status"] in ("asked", "refused"):
                options = ", ".join(need["option"] for need in each.get("needs", [])) or each.get("why", "")
                console.print(say("demo.wants", file=each["file"], options=options), markup=False)
    ran = told["run"]["typologies"]
    console.print(say("demo.ran", ran=len(ran["ran"]), skipped=len(ran["skipped"]), leads=len(told["leads"])))
    table = Table(box=None, header_style="bold")
    for column in ("demo.score", "demo.lead", "demo.amount", "demo.members", "demo.hidden"):
        table.add_column(say(column), justify="right" if column in ("demo.score", "demo.amount") else "left")
    for lead in told["leads"]:
        hidden = say("demo.yes" if lead["hidden"] else "demo.no")
        cells = (f"{lead['score']:.2f}", lead["title"], fen(lead["amount_fen"]), str(lead["members_total"]), hidden)
        table.add_row(*cells)
    console.print(table)
    _missed(console, told["scores"])
    lead_id = told["leads"][0]["lead_id"] if told["leads"] else "ID"
    console.print(say("demo.report", report=told["run"]["report"]), soft_wrap=True, markup=False)
    console.print(say("demo.next", workspace=told["workspace"], lead_id=lead_id), soft_wrap=True, markup=False)


def _missed(console: Console, scores: Any) -> None:
    """Say what was found and what was missed: the truth is known here."""
    rings = scores["rings"]
    seen = rings["seen"] - rings["found"]
    told = say("demo.found", found=rings["found"], planted=rings["planted"], seen=seen)
    console.print(told, soft_wrap=True, markup=False)
    table = Table(box=None, header_style="bold")
    for column in ("demo.kind", "demo.planted_of", "demo.found_of", "demo.missed_of"):
        table.add_column(say(column), justify="left" if column == "demo.kind" else "right")
    for kind, one in rings["by_kind"].items():
        table.add_row(named(kind), str(one["planted"]), str(one["found"]), str(one["planted"] - one["found"]))
    console.print(table)
    flagged = [
        f"{named(kind)} × {one['flagged']}" for kind, one in scores["lookalikes"]["by_kind"].items() if one["flagged"]
    ]
    console.print(say("demo.alike", flagged="；".join(flagged) or say("demo.none")), soft_wrap=True, markup=False)


def _files(console: Console, told: Any, key: str) -> None:
    taken = told["by_status"].get("ingested", 0)
    console.print(
        say(key, files=len(told["files"]), taken=taken, kept=told["rows_kept"], refused=told["rows_quarantined"])
    )

"""`suyuan world`: builds a world of institutions' files with rings hidden in it, and describes one."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from suyuan.cli.edge import DONE, FINDINGS
from suyuan.cli.evaluate_view import named
from suyuan.cli.out import Json, emit, progress
from suyuan.domain.say import catalogue, say
from suyuan.domain.tell import Tell
from suyuan.work.world_build import world_build
from suyuan.work.world_describe import world_describe
from suyuan.world.frame.options import RING_KINDS, Options

app = typer.Typer(help=say("world.help"), no_args_is_help=True)


@app.command("build", help=say("world.build.help"), epilog=say("world.build.example"))
def build(
    *,
    out: Annotated[Path, typer.Option(help=say("world.build.out"))],
    seed: Annotated[int, typer.Option(help=say("world.build.seed"))],
    scale: Annotated[float, typer.Option(help=say("world.build.scale"))] = 0.02,
    rings: Annotated[str, typer.Option(help=say("world.build.rings"))] = ",".join(RING_KINDS),
    hidden: Annotated[float, typer.Option(help=say("world.build.hidden"))] = 0.5,
    evasion: Annotated[int, typer.Option(help=say("world.build.evasion"))] = 0,
    months: Annotated[int, typer.Option(help=say("world.build.months"))] = 18,
    as_json: Json = False,
) -> int:
    """Build a world and say what lies where."""
    options = Options(seed=seed, scale=scale, rings=kinds(rings), hidden=hidden, evasion=evasion, months=months)
    with progress() as tell:
        made = world_build(out=out, options=options, tell=spoken_steps(tell))
    emit(made.to_json(), as_json=as_json, render=_render)
    return DONE


@app.command("describe", help=say("describe.help"), epilog=say("describe.example"))
def describe(
    *,
    folder: Annotated[Path, typer.Argument(help=say("describe.folder"))],
    html: Annotated[Path | None, typer.Option("--html", help=say("describe.html"))] = None,
    as_json: Json = False,
) -> int:
    """Describe a world; exit 1 when single rows give its rings away."""
    with progress() as tell:
        told = world_describe(folder=folder, html=html, tell=spoken_steps(tell))
    payload = {**told.to_json(), "folder": str(folder), "html": str(html) if html else None}
    emit(payload, as_json=as_json, render=_render_described)
    return FINDINGS if told.told_apart else DONE


def spoken_steps(tell: Tell) -> Tell:
    """Return `tell` with the steps of a build in the language spoken; what else is told passes as it is."""
    names = {key.removeprefix("world.step."): key for key in catalogue() if key.startswith("world.step.")}
    return lambda what, done, of: tell(say(names[what]) if what in names else what, done, of)


def kinds(text: str) -> tuple[str, ...]:
    """Return the kinds of ring that `text` names: a list with commas, or `none`."""
    return () if text.strip() == "none" else tuple(part.strip() for part in text.split(",") if part.strip())


def _render(console: Console, told: Any) -> None:
    rings = say("world.comma").join(f"{named(kind)} × {n}" for kind, n in told["rings"].items()) or say(
        "world.no_rings"
    )
    console.print(say("world.built", folder=told["folder"], files=told["files"]), soft_wrap=True, markup=False)
    console.print(say("world.planted", rings=rings, look_alikes=told["look_alikes"]), soft_wrap=True, markup=False)
    table = Table(box=None, header_style="bold")
    table.add_column(say("world.table"))
    table.add_column(say("world.rows"), justify="right")
    for name, rows in told["rows"].items():
        table.add_row(name, f"{rows:,}")
    console.print(table)
    console.print(say("world.next", sources=told["sources"], truth=told["truth"]), soft_wrap=True, markup=False)


def _render_described(console: Console, told: Any) -> None:
    table = Table(box=None, header_style="bold")
    table.add_column(say("describe.table"))
    for column in ("describe.ring_rows", "describe.background_rows", "describe.auc"):
        table.add_column(say(column), justify="right")
    table.add_column(say("describe.strongest"))
    for one in told["telling"]:
        auc = say(one["why"]) if one["auc"] is None else f"{one['auc']:.3f}"
        helped = ", ".join(f"{name} {share:.0%}" for name, share in one["strongest"][:3])
        table.add_row(one["table"], f"{one['ring_rows']:,}", f"{one['background_rows']:,}", auc, helped)
    console.print(table)
    if not told["evasion"]:
        console.print(say("describe.as_published", bar=told["bar"]), soft_wrap=True, markup=False)
    else:
        console.print(say("describe.bad" if told["told_apart"] else "describe.good", bar=told["bar"]), markup=False)
    if told["html"]:
        console.print(say("describe.page", html=told["html"]), soft_wrap=True, markup=False)
    else:
        console.print(say("describe.next", folder=told["folder"]), soft_wrap=True, markup=False)

"""`suyuan world`: builds a world of institutions' files with rings hidden in it, and describes one."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from suyuan.cli.edge import DONE
from suyuan.cli.out import Json, emit, progress
from suyuan.domain.say import say
from suyuan.work.world_build import world_build
from suyuan.world.frame.options import RING_KINDS, Options

app = typer.Typer(help=say("world.help"), no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Keep `build` a command of its own."""


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
        made = world_build(out=out, options=options, tell=lambda what, n, of: tell(say(f"world.step.{what}"), n, of))
    emit(made.to_json(), as_json=as_json, render=_render)
    return DONE


def kinds(text: str) -> tuple[str, ...]:
    """Return the kinds of ring that `text` names: a list with commas, or `none`."""
    return () if text.strip() == "none" else tuple(part.strip() for part in text.split(",") if part.strip())


def _render(console: Console, told: Any) -> None:
    rings = say("world.comma").join(f"{kind} × {n}" for kind, n in told["rings"].items()) or say("world.no_rings")
    console.print(say("world.built", folder=told["folder"], files=told["files"]), soft_wrap=True, markup=False)
    console.print(say("world.planted", rings=rings, look_alikes=told["look_alikes"]), soft_wrap=True, markup=False)
    table = Table(box=None, header_style="bold")
    table.add_column(say("world.table"))
    table.add_column(say("world.rows"), justify="right")
    for name, rows in told["rows"].items():
        table.add_row(name, f"{rows:,}")
    console.print(table)
    console.print(say("world.next", sources=told["sources"], truth=told["truth"]), soft_wrap=True, markup=False)

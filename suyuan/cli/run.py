"""`suyuan run`."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from suyuan.cli.asked import day, engine_name
from suyuan.cli.clock import china_now
from suyuan.cli.edge import DONE
from suyuan.cli.out import Json, emit, progress
from suyuan.domain.say import say, spoken
from suyuan.domain.workspace import Workspace
from suyuan.work.run import run as carry_out


def run(
    workspace: Annotated[Path, typer.Option("--workspace", "-w", help=say("run.workspace"))] = Path(),
    as_of: Annotated[str | None, typer.Option("--as-of", help=say("run.as_of"), metavar="YYYY-MM-DD")] = None,
    engine: Annotated[str, typer.Option(help=say("run.engine"), metavar="duck|spark")] = "duck",
    typology: Annotated[list[str] | None, typer.Option("--typology", help=say("run.typology"))] = None,
    as_json: Json = False,
) -> int:
    """Run the model group over the lake and write ranked leads."""
    now = china_now()
    with progress(quiet=as_json) as tell:
        done = carry_out(
            workspace=Workspace(root=workspace),
            now=now,
            as_of=day(as_of),
            engine=engine_name(engine),
            typologies=typology or (),
            tell=tell,
        )
    emit(done.to_json(), as_json=as_json, render=_render)
    return DONE


def _render(console: Console, told: Any) -> None:
    table = Table(box=None, show_header=False)
    for one in told["typologies"]["ran"]:
        count = say("run.signals", count=f"{one['signals']:,}")
        table.add_row("[green]✓[/]", one["id"], say("run.ran"), Text(count))
    for one in told["typologies"]["skipped"]:
        table.add_row("[yellow]–[/]", one["id"], say("run.skipped"), Text(one["why"][spoken.get()]))
    console.print(table)
    key = "run.unchanged" if told["unchanged"] else "run.done"
    numbers = {name: told[name] for name in ("number", "run_id", "leads", "raised")}
    console.print(Text(say(key, **numbers)))
    console.print(Text(say("run.see", report=told["report"])), soft_wrap=True)

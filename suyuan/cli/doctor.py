"""`suyuan doctor`."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from suyuan.cli.edge import DONE, FINDINGS
from suyuan.cli.out import Json, emit
from suyuan.domain.say import say
from suyuan.work.doctor import doctor as look

MARKS = {"ok": "[green]✓[/]", "missing": "[red]✗[/]", "optional": "[yellow]–[/]"}


def doctor(
    workspace: Annotated[Path, typer.Option("--workspace", "-w", help=say("doctor.workspace"))] = Path(),
    as_json: Json = False,
) -> int:
    """Say what this machine lacks; exit 1 when something needed is missing."""
    checks = look(folder=workspace)
    healthy = all(check.status != "missing" for check in checks)
    emit({"healthy": healthy, "checks": [asdict(check) for check in checks]}, as_json=as_json, render=_render)
    return DONE if healthy else FINDINGS


def _render(console: Console, payload: Any) -> None:
    table = Table(box=None, show_header=False)
    for check in payload["checks"]:
        table.add_row(MARKS[check["status"]], check["name"], check["found"], check["how"])
    console.print(table)
    console.print(say("doctor.healthy" if payload["healthy"] else "doctor.unhealthy"))

"""The printer: everything a command says goes through `emit`, and so through the mask."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from suyuan.access.mask import mask_json
from suyuan.domain.say import say
from suyuan.domain.tell import Tell

Json = Annotated[bool, typer.Option("--json", help=say("cli.json"))]


def emit(payload: Any, *, as_json: bool, render: Callable[[Console, Any], None]) -> None:
    """Mask `payload`, then print it as JSON or hand it to `render`.

    `render` gets the masked payload and nothing else, so nothing unmasked can reach a terminal.
    """
    masked = mask_json(payload)
    if as_json:
        sys.stdout.write(json.dumps(masked, ensure_ascii=False, indent=2, default=_plain) + "\n")
        return
    render(Console(), masked)


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds") + "+08:00"
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON form")


@contextmanager
def progress(*, quiet: bool = False) -> Iterator[Tell]:
    """Yield a `Tell` that draws bars on standard error, where that is a terminal; elsewhere it is silent."""
    console = Console(stderr=True)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=quiet or not console.is_terminal) as bars:
        tasks: dict[str, Any] = {}

        def tell(what: str, done: int, total: int | None) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=total)
            bars.update(tasks[what], completed=done, total=total)

        yield tell


def fen(amount: int | None) -> str:
    """Return `amount` (1/100 of a currency unit) as people write it: 123456 → "1,234.56"; null → "–"."""
    if amount is None:
        return "–"
    sign = "-" if amount < 0 else ""
    return f"{sign}{abs(amount) // 100:,}.{abs(amount) % 100:02d}"

"""`suyuan transfers`: what several institutions tell of the same money."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from suyuan.cli.edge import DONE
from suyuan.cli.out import Json, emit, progress
from suyuan.domain.say import say
from suyuan.domain.workspace import Workspace
from suyuan.sources.statement.ask import DateOrder
from suyuan.work.transfers_match import Columns, transfers_match

app = typer.Typer(help=say("transfers.help"), no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Hold the commands: a single one would otherwise stand in place of the group."""


@app.command("match", help=say("transfers.match.help"), epilog=say("transfers.match.example"))
def match(
    left: Annotated[str, typer.Argument(help=say("transfers.side"), metavar="A")],
    right: Annotated[str, typer.Argument(help=say("transfers.side"), metavar="B")],
    *,
    out: Annotated[Path, typer.Option(help=say("transfers.out"))],
    workspace: Annotated[Path, typer.Option("--workspace", "-w", help=say("transfers.workspace"))] = Path(),
    left_key: Annotated[str | None, typer.Option(help=say("transfers.left_key"))] = None,
    right_key: Annotated[str | None, typer.Option(help=say("transfers.right_key"))] = None,
    date: Annotated[str | None, typer.Option(help=say("transfers.date"))] = None,
    amount: Annotated[str | None, typer.Option(help=say("transfers.amount"))] = None,
    memo: Annotated[str | None, typer.Option(help=say("transfers.memo"))] = None,
    date_order: Annotated[DateOrder | None, typer.Option(help=say("transfers.date_order"))] = None,
    as_json: Json = False,
) -> int:
    """Match the same transfers told by two institutions."""
    columns = Columns(
        left_key=_names(left_key),
        right_key=_names(right_key),
        date=_names(date),
        amount=_names(amount),
        memo=_names(memo),
    )
    with progress(quiet=as_json) as tell:
        pairs = transfers_match(
            left=left,
            right=right,
            out=out,
            workspace=Workspace(root=workspace),
            columns=columns,
            date_order=date_order,
            tell=tell,
        )
    emit(pairs.to_json(), as_json=as_json, render=_render)
    return DONE


def _names(text: str | None) -> tuple[str, ...]:
    return tuple(name.strip() for name in (text or "").split(",") if name.strip())


def _render(console: Console, told: Any) -> None:
    for side in (told["left"], told["right"]):
        columns = ", ".join(f"{role} = {name}" for role, name in side["columns"].items())
        words = say(
            "transfers.read",
            name=side["name"],
            rows=f"{side['rows']:,}",
            refused=f"{side['rows_refused']:,}",
            read_as=side["read_as"],
            columns=columns,
        )
        console.print(words, soft_wrap=True, markup=False)
    percent = f"{100 * told['within_amount_ratio']:.2g}"
    done = say("transfers.done", pairs=f"{told['pairs']:,}", out=told["out"], days=told["within_days"], percent=percent)
    console.print(done, soft_wrap=True, markup=False)
    if told["narrowed"]:
        console.print(say("transfers.narrowed"), soft_wrap=True, markup=False)

"""`suyuan resolve`: who is who, and the commands about it."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from suyuan.cli.asked import day, engine_name
from suyuan.cli.edge import DONE
from suyuan.cli.out import Json, emit, progress
from suyuan.cli.resolve_names import names
from suyuan.cli.resolve_review import judge, review
from suyuan.domain.say import say
from suyuan.domain.workspace import Workspace
from suyuan.work.resolve import resolve as carry_out

_KIND = {"person": "resolve.person", "company": "resolve.company", "account": "resolve.account"}
_CUT = {"two_numbers": "resolve.cut_two_numbers", "two_births": "resolve.cut_two_births"}
_CHANGE = {
    "new": "resolve.new",
    "grown": "resolve.grown",
    "reduced": "resolve.reduced",
    "renamed": "resolve.renamed",
    "merged": "resolve.merged",
    "split": "resolve.split",
    "gone": "resolve.gone",
    "unchanged": "resolve.same",
}
_COLUMNS = (
    "resolve.col.entities",
    "resolve.col.records",
    "resolve.col.joined",
    "resolve.col.undecided",
    "resolve.col.cut",
)

app = typer.Typer(help=say("resolve.help"), epilog=say("resolve.example"))
app.command("names", help=say("names.help"), epilog=say("names.example"))(names)
app.command("review", help=say("review.help"), epilog=say("review.example"))(review)
app.command("judge", help=say("review.judge.help"), epilog=say("review.judge.example"))(judge)


@app.callback(invoke_without_command=True)
def resolve(
    context: typer.Context,
    workspace: Annotated[Path, typer.Option("--workspace", "-w", help=say("run.workspace"))] = Path(),
    as_of: Annotated[str | None, typer.Option("--as-of", help=say("resolve.as_of"), metavar="YYYY-MM-DD")] = None,
    engine: Annotated[str, typer.Option(help=say("run.engine"), metavar="duck|spark")] = "duck",
    as_json: Json = False,
) -> int:
    """Say who is who in everything ingested."""
    if context.invoked_subcommand:
        return DONE
    with progress(quiet=as_json) as tell:
        done = carry_out(workspace=Workspace(root=workspace), as_of=day(as_of), engine=engine_name(engine), tell=tell)
    emit(done.to_json(), as_json=as_json, render=_render)
    return DONE


def _render(console: Console, told: Any) -> None:
    console.print(_counts(told))
    for one in told["pairs"]:
        if one["why"] in _CUT:
            console.print(Text(say(_CUT[one["why"]], kind=say(_KIND[one["kind"]]), pairs=f"{one['pairs']:,}")))
    for one in told["left_out"]:
        values, profiles = f"{one['values']:,}", f"{one['profiles']:,}"
        shown = say(
            "resolve.left_out", kind=say(_KIND[one["kind"]]), block=one["block"], values=values, profiles=profiles
        )
        console.print(Text(shown))
    if told["judgements"]:
        console.print(Text(say("resolve.judgements", count=told["judgements"])))
    if told.get("changes"):
        counts = told["changes"]["counts"]
        words = [say(_CHANGE[word], count=f"{count:,}") for word, count in counts.items() if count]
        console.print(Text(say("resolve.changed", changes=", ".join(words))))
    key = "resolve.unchanged" if told["unchanged"] else "resolve.done"
    console.print(Text(say(key, number=told["number"], resolution_id=told["resolution_id"])))
    undecided = sum(one["pairs"] for one in told["pairs"] if one["decision"] == "undecided")
    console.print(Text(say("resolve.review_next" if undecided else "resolve.run_next", count=f"{undecided:,}")))


def _counts(told: Any) -> Table:
    table = Table(box=None)
    table.add_column("")
    for key in _COLUMNS:
        table.add_column(say(key), justify="right")
    for kind, one in told["entities"].items():
        pairs = [
            sum(pair["pairs"] for pair in told["pairs"] if (pair["kind"], pair["decision"]) == (kind, decision))
            for decision in ("joined", "undecided", "cut")
        ]
        table.add_row(say(_KIND[kind]), *(f"{count:,}" for count in (one["entities"], one["records"], *pairs)))
    return table

"""`suyuan typology`: the model group, its checks, cases, lock, pages and plans."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.syntax import Syntax
from rich.table import Table

from suyuan.cli.edge import DONE, FINDINGS
from suyuan.cli.out import Json, emit, progress
from suyuan.domain.say import say, spoken
from suyuan.engine.open import EngineName
from suyuan.typology.lock import Stale, write_lock
from suyuan.typology.page import SEVERITIES, STATUSES, SUBJECTS
from suyuan.work.typology_check import model_group, typology_check
from suyuan.work.typology_page import stale_pages, write_pages
from suyuan.work.typology_plan import typology_plan
from suyuan.work.typology_test import chosen, typology_test

app = typer.Typer(help=say("typology.help"), no_args_is_help=True)

Also = Annotated[Path | None, typer.Option("--also", help=say("typology.also"))]
Engine = Annotated[EngineName, typer.Option("--engine", help=say("typology.engine"))]


@app.command("list", help=say("typology.list.help"), epilog=say("typology.list.example"))
def list_typologies(also: Also = None, as_json: Json = False) -> int:
    """Print one line a typology."""
    found = [
        {
            "id": typology.id,
            "version": typology.version,
            "title": {"en": typology.title.en, "zh": typology.title.zh},
            "status": typology.status,
            "severity": typology.severity,
            "subject": typology.subject,
            "stage": list(typology.stage),
            "cases": len(typology.cases),
        }
        for typology in model_group(also).typologies.values()
    ]
    emit(found, as_json=as_json, render=_draw_list)
    return DONE


@app.command("check", help=say("typology.check.help"), epilog=say("typology.check.example"))
def check(also: Also = None, as_json: Json = False) -> int:
    """Check every typology and the lock; exit 1 when the lock is stale, 3 when a file has a fault."""
    checked = typology_check(also)
    told = {
        "typologies": len(checked.group.typologies),
        "cases": sum(len(typology.cases) for typology in checked.group.typologies.values()),
        "stale": [_stale(each) for each in checked.stale],
    }
    emit(told, as_json=as_json, render=_draw_check)
    return FINDINGS if checked.stale else DONE


@app.command("test", help=say("typology.test.help"), epilog=say("typology.test.example"))
def try_cases(
    ids: Annotated[list[str] | None, typer.Argument(help=say("typology.ids"))] = None,
    engine: Engine = "duck",
    also: Also = None,
    as_json: Json = False,
) -> int:
    """Try the cases; exit 1 when one does not go as it says."""
    with progress(quiet=as_json) as tell:
        tested = typology_test(model_group(also), ids=ids or (), engine=engine, tell=tell)
    told = {
        "engine": tested.engine,
        "passed": sum(outcome.passed for outcome in tested.outcomes),
        "failed": [
            {"typology": outcome.typology_id, "case": outcome.case, "wrong": list(outcome.wrong)}
            for outcome in tested.outcomes
            if not outcome.passed
        ],
    }
    emit(told, as_json=as_json, render=_draw_test)
    return DONE if tested.passed else FINDINGS


@app.command("lock", help=say("typology.lock.help"), epilog=say("typology.lock.example"))
def lock(
    rewrite: Annotated[bool, typer.Option("--rewrite", help=say("typology.lock.rewrite"))] = False,
    also: Also = None,
    as_json: Json = False,
) -> int:
    """Tie every version to what decides its firing."""
    added = write_lock(model_group(also), rewrite=rewrite)
    said = say("typology.lock.added", count=len(added))
    told = {"locked": [each.replace("@", " ") for each in added]}  # an @ would be masked as an address
    emit(told, as_json=as_json, render=lambda console, shown: console.print(said, ", ".join(shown["locked"])))
    return DONE


@app.command("page", help=say("typology.page.help"), epilog=say("typology.page.example"))
def page(
    into: Annotated[Path, typer.Option("--into", help=say("typology.page.into"))] = Path("docs/typologies"),
    fresh: Annotated[bool, typer.Option("--check", help=say("typology.page.check"))] = False,
    also: Also = None,
    as_json: Json = False,
) -> int:
    """Write the pages, or say which are not fresh."""
    group = model_group(also)
    changed = stale_pages(group, folder=into) if fresh else write_pages(group, into=into)
    said = say("typology.page.stale" if fresh else "typology.page.written", count=len(changed), folder=str(into))
    emit({"changed": changed}, as_json=as_json, render=lambda console, told: console.print(said, *told["changed"]))
    return FINDINGS if fresh and changed else DONE


@app.command("plan", help=say("typology.plan.help"), epilog=say("typology.plan.example"))
def plan(
    name: Annotated[str, typer.Argument(metavar="ID", help=say("typology.plan.id"))],
    show: Annotated[bool, typer.Option("--print", help=say("typology.plan.print"))] = False,
    engine: Engine = "duck",
    also: Also = None,
    as_json: Json = False,
) -> int:
    """Print the steps of one typology as an engine will run them."""
    planned = typology_plan(chosen(model_group(also), [name])[0], engine=engine)
    told = [
        {"name": step.name, "keep": step.keep, **({"sql": step.sql} if show or as_json else {})} for step in planned
    ]
    emit(told, as_json=as_json, render=_draw_plan)
    return DONE


def _stale(each: Stale) -> dict[str, Any]:
    said = say(each.key, id=each.id, version=each.version, next=each.version + 1)
    return {"id": each.id, "version": each.version, "why": said}


def _draw_list(console: Console, payload: Any) -> None:
    table = Table(box=None)
    table.add_column(say("typology.column_id"), no_wrap=True)  # a person will type it
    for key in ("typology.column_title", "typology.page_status", "typology.page_severity"):
        table.add_column(say(key))
    table.add_column(say("typology.page_subject"))
    table.add_column(say("typology.page_cases"), justify="right")
    for each in payload:
        table.add_row(
            f"{each['id']}@{each['version']}",
            each["title"][spoken.get()],
            say(STATUSES[each["status"]]),
            say(SEVERITIES[each["severity"]]),
            say(SUBJECTS[each["subject"]]),
            str(each["cases"]),
        )
    console.print(table)


def _draw_check(console: Console, payload: Any) -> None:
    console.print(say("typology.checked", typologies=payload["typologies"], cases=payload["cases"]))
    for each in payload["stale"]:
        console.print(each["why"])


def _draw_test(console: Console, payload: Any) -> None:
    for each in payload["failed"]:
        console.print(f"[red]✗[/] {each['typology']}: {each['case']}")
        for wrong in each["wrong"]:
            console.print(f"    {wrong}")
    said = say("typology.tested", passed=payload["passed"], failed=len(payload["failed"]), engine=payload["engine"])
    console.print(said)


def _draw_plan(console: Console, payload: Any) -> None:
    for step in payload:
        console.print(say("typology.plan.step", name=step["name"], keep=step["keep"]), style="bold")
        if "sql" in step:
            console.print(Syntax(step["sql"], "sql", background_color="default", word_wrap=True))

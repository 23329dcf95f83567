"""`suyuan contract`: what every table and column means."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from suyuan.cli.edge import DONE, FINDINGS
from suyuan.cli.out import Json, emit
from suyuan.domain.content import content_dir
from suyuan.domain.contract import Contract, contracts, load_contracts
from suyuan.domain.contract_page import CHAINS, NULLS
from suyuan.domain.errors import NotFound
from suyuan.domain.say import say, spoken
from suyuan.work.contract_page import stale_pages, write_pages

app = typer.Typer(help=say("contract.help"), no_args_is_help=True)

Also = Annotated[Path | None, typer.Option("--also", help=say("contract.also"))]


@app.command("list", help=say("contract.list.help"), epilog=say("contract.list.example"))
def list_tables(also: Also = None, as_json: Json = False) -> int:
    """Print one line a table."""
    found = [
        {
            "table": contract.table,
            "chain": contract.chain,
            "title": {"en": contract.title.en, "zh": contract.title.zh},
            "columns": len(contract.columns),
        }
        for contract in _all(also).values()
    ]
    emit(found, as_json=as_json, render=_draw_list)
    return DONE


@app.command("show", help=say("contract.show.help"), epilog=say("contract.show.example"))
def show(
    table: Annotated[str, typer.Argument(help=say("contract.show.table"))], also: Also = None, as_json: Json = False
) -> int:
    """Print one table with its columns.

    Raises:
        NotFound: No contract bears the name.
    """
    found = _all(also)
    if table not in found:
        raise NotFound("contract.not_found", table=table, tables=", ".join(found))
    emit(_told(found[table]), as_json=as_json, render=_draw_table)
    return DONE


@app.command("page", help=say("contract.page.help"), epilog=say("contract.page.example"))
def page(
    into: Annotated[Path, typer.Option("--into", help=say("contract.page.into"))] = Path("docs/tables"),
    check: Annotated[bool, typer.Option("--check", help=say("contract.page.check"))] = False,
    also: Also = None,
    as_json: Json = False,
) -> int:
    """Write the pages, or say which are not fresh."""
    found = _all(also)
    changed = stale_pages(found, folder=into) if check else write_pages(found, into=into)
    said = say("contract.page.stale" if check else "contract.page.written", count=len(changed), folder=str(into))
    emit({"changed": changed}, as_json=as_json, render=lambda console, told: console.print(said, *told["changed"]))
    return FINDINGS if check and changed else DONE


def _all(also: Path | None) -> dict[str, Contract]:
    return dict(load_contracts(content_dir("contracts"), also) if also else contracts())


def _told(contract: Contract) -> dict[str, Any]:
    columns = [
        {
            "name": column.name,
            "label": {"en": column.label.en, "zh": column.label.zh},
            "type": column.type,
            "unit": column.unit,
            "null": column.null,
            "grade": column.grade,
            "mask": column.mask,
            "refs": list(column.refs),
            "later": column.later,
            "values": list(column.values),
            "ftm": column.ftm,
        }
        for column in contract.columns.values()
    ]
    return {
        "table": contract.table,
        "version": contract.version,
        "chain": contract.chain,
        "title": {"en": contract.title.en, "zh": contract.title.zh},
        "grain": {"en": contract.grain.en, "zh": contract.grain.zh},
        "key": list(contract.key),
        "event_time": contract.event_time,
        "known_time": contract.known_time,
        "ftm": contract.ftm,
        "columns": columns,
    }


def _draw_list(console: Console, found: Any) -> None:
    drawn = Table(box=None)
    for key in ("contract.page_table", "contract.page_title", "contract.page_chain_head", "contract.page_columns"):
        drawn.add_column(say(key))
    for row in found:
        title = row["title"][spoken.get()]
        drawn.add_row(row["table"], title, say(CHAINS[row["chain"]]), str(row["columns"]))
    console.print(drawn)


def _draw_table(console: Console, told: Any) -> None:
    lang = spoken.get()
    console.print(f"[bold]{told['table']}[/] {told['title'][lang]}: {told['grain'][lang]}")
    drawn = Table(box=None)
    for key in ("contract.page_column", "contract.page_label", "contract.page_type", "contract.page_null"):
        drawn.add_column(say(key))
    drawn.add_column(say("contract.page_grade"))
    drawn.add_column(say("contract.page_notes"))
    for column in told["columns"]:
        kind = f"{column['type']} {column['unit'] or ''}".strip()
        notes = ", ".join([*column["refs"], *column["values"], *(["later"] if column["later"] else [])])
        label, null = column["label"][lang], say(NULLS[column["null"]])
        drawn.add_row(column["name"], label, kind, null, column["grade"], notes)
    console.print(drawn)

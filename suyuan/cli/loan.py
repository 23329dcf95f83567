"""`suyuan loan`: what a loan really cost."""

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from suyuan.cli.edge import DONE, REFUSED
from suyuan.cli.loan_draw import draw_loan, draw_table
from suyuan.cli.out import Json, emit
from suyuan.domain.errors import UsageError
from suyuan.domain.say import say
from suyuan.money.schedule import Flow
from suyuan.work.loan_cost import Loan, cost_of
from suyuan.work.loan_table import TableCost, cost_of_table
from suyuan.work.loan_words import dated, day_of, flow_of, payment_of, positive_fen

app = typer.Typer(help=say("loan.help"), no_args_is_help=True)

_NO_DAY = date(2000, 1, 1)  # where only the days between flows are known, any first day gives the same rates


@app.callback()
def _group() -> None:
    """Keep `cost` a command of its own."""


@app.command("cost", help=say("loan.cost.help"), epilog=say("loan.cost.example"))
def cost(
    *,
    file: Annotated[Path | None, typer.Argument(help=say("loan.cost.file"))] = None,
    principal: Annotated[str | None, typer.Option(help=say("loan.cost.principal"))] = None,
    received: Annotated[str | None, typer.Option(help=say("loan.cost.received"))] = None,
    days: Annotated[int | None, typer.Option(min=0, max=73_000, help=say("loan.cost.days"))] = None,
    repay: Annotated[list[str] | None, typer.Option(metavar="AMOUNT[@DAY]", help=say("loan.cost.repay"))] = None,
    flow: Annotated[list[str] | None, typer.Option(metavar="DATE:AMOUNT", help=say("loan.cost.flow"))] = None,
    signed: Annotated[str | None, typer.Option(metavar="DATE", help=say("loan.cost.signed"))] = None,
    paid_out: Annotated[str | None, typer.Option(metavar="DATE", help=say("loan.cost.paid_out"))] = None,
    interval: Annotated[int | None, typer.Option(min=1, max=3_660, help=say("loan.cost.interval"))] = None,
    lender: Annotated[str, typer.Option(help=say("loan.cost.lender"))] = "private",
    currency: Annotated[str, typer.Option(help=say("loan.cost.currency"))] = "CNY",
    suit: Annotated[str | None, typer.Option(metavar="DATE", help=say("loan.cost.suit"))] = None,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help=say("loan.cost.as_of"))] = None,
    as_json: Json = False,
) -> int:
    """Print the yearly rates of a loan or a table of loans, the head cut, and what was taken over each line.

    Raises:
        UsageError: What was typed cannot be read, or is not enough.
    """
    law = {"suit_on": suit and day_of(suit, what="--suit"), "as_of": as_of and day_of(as_of, what="--as-of")}
    until: dict[str, Any] = {name: day or None for name, day in law.items()}
    if file is not None:
        if any((principal, received, repay, flow, signed, paid_out, days, interval)):
            raise UsageError("loan.file_or_loan")
        found = cost_of_table(file, lender_kind=lender, currency=currency.upper(), **until)
        emit(_told(found), as_json=as_json, render=draw_table)
        return REFUSED if found.refused else DONE
    if as_of and not (signed or paid_out or flow):
        raise UsageError("loan.need_first_day")
    loan = Loan(
        flows=_flows(received=received, days=days, repay=repay or [], flow=flow or [], start=paid_out or signed),
        principal_fen=positive_fen(principal, what="--principal") if principal else None,
        signed_on=_signed(signed, paid_out=paid_out, flow=flow or []),
        lender_kind=lender,
        currency=currency.upper(),
        term_days=days,
        interval_days=interval,
    )
    emit(cost_of(loan, **until).to_json(), as_json=as_json, render=draw_loan)
    return DONE


def _flows(
    *, received: str | None, days: int | None, repay: list[str], flow: list[str], start: str | None
) -> tuple[Flow, ...]:
    told = [Flow(on=day, fen=fen) for day, fen in map(flow_of, flow)]
    first = min((each.on for each in told if each.fen > 0), default=None)
    if received is not None and first is not None:
        raise UsageError("loan.received_twice")
    if received is None and first is None:
        raise UsageError("loan.need_received")
    if start is None and (told or any("-" in each.partition("@")[2] for each in repay)) and first is None:
        raise UsageError("loan.need_first_day")
    paid_out_on = first or (day_of(start, what="--signed") if start else _NO_DAY)
    if received is not None:
        told.append(Flow(on=paid_out_on, fen=positive_fen(received, what="--received")))
    for each in repay:
        day, fen = dated(payment_of(each), paid_out_on=paid_out_on, term_days=days)
        told.append(Flow(on=day, fen=-fen))
    return tuple(told)


def _signed(signed: str | None, *, paid_out: str | None, flow: list[str]) -> date | None:
    """Return the day of the contract: as told, else the day of the pay-out (civil code 679), else unknown."""
    if signed or paid_out:
        return day_of(signed or paid_out or "", what="--signed" if signed else "--paid-out")
    return min((day for day, fen in map(flow_of, flow) if fen > 0), default=None)


def _told(found: TableCost) -> dict[str, Any]:
    return {
        "file": found.file,
        "layout": found.layout,
        "columns": found.columns,
        "rows_read": found.rows_read,
        "rows_refused": len(found.refused),
        "refused": [asdict(row) for row in found.refused],
        "totals": [asdict(total) for total in found.totals],
        "loans": found.loans.to_pylist(),
    }

"""Draws what a loan cost, for people."""

import math
from typing import Any

from rich.console import Console
from rich.table import Table

from suyuan.cli.out import fen
from suyuan.domain.say import say, spoken

WHY_NULL = {
    "nothing_received": "loan.why.nothing_received",
    "nothing_repaid": "loan.why.nothing_repaid",
    "paid_before_received": "loan.why.paid_before_received",
    "several_sign_changes": "loan.why.several_sign_changes",
    "no_time": "loan.why.no_time",
    "beyond_numbers": "loan.why.beyond_numbers",
    "received_unknown": "loan.why.received_unknown",
    "day_unknown": "loan.why.day_unknown",
    "several_currencies": "loan.why.several_currencies",
    "row_refused": "loan.why.row_refused",
}
"""Reason of a null rate → its words."""
WHY_NO_LINE = {
    "lender_kind_unknown": "loan.no_line.lender_kind_unknown",
    "contract_day_unknown": "loan.no_line.contract_day_unknown",
    "currency_without_line": "loan.no_line.currency_without_line",
    "no_rule_for_kind_and_day": "loan.no_line.no_rule_for_kind_and_day",
    "lpr_unknown": "loan.no_line.lpr_unknown",
    "suit_day_unknown": "loan.no_line.suit_day_unknown",
    "beyond_numbers": "loan.why.beyond_numbers",
}
"""Reason of a missing line → its words."""
WHY_REFUSED = {
    "amount": "loan.refused.amount",
    "day": "loan.refused.day",
    "days": "loan.refused.days",
    "lender_kind": "loan.refused.lender_kind",
    "currency": "loan.refused.currency",
    "missing": "loan.refused.missing",
    "twice": "loan.refused.twice",
}
"""Reason of a refused row → its words."""

_MOST_LOANS = 20
_MOST_REFUSED = 20


def percent(share: float | None) -> str:
    """Return `share` as a percentage people can read: 22.3469 → "2,234.7 %", 1.194e8 → "1.194 × 10^10 %".

    >>> percent(0.24), percent(None)
    ('24 %', '–')
    """
    if share is None:
        return "–"
    value = share * 100
    if abs(value) >= 1e8:
        power = math.floor(math.log10(abs(value)))
        return f"{value / 10.0**power:.3f} × 10^{power} %"
    return f"{value:,.1f}".removesuffix(".0") + " %"


def draw_loan(console: Console, told: Any) -> None:
    """Draw one loan: amounts and rates, then a line per rule, then what to do next."""
    facts = Table(box=None, show_header=False, pad_edge=False)
    for label, value in (
        ("loan.draw.principal", fen(told["principal_fen"])),
        ("loan.draw.received", fen(told["received_fen"])),
        ("loan.draw.head_cut", percent(told["head_cut"])),
        ("loan.draw.repaid", fen(told["repaid_fen"])),
        ("loan.draw.nominal", percent(told["nominal_rate"])),
        ("loan.draw.effective", percent(told["effective_rate"])),
    ):
        facts.add_row(say(label), f"[bold]{value}[/]")
    console.print(say("loan.draw.title", currency=told["currency"]), style="bold")
    console.print(facts)
    if told["why_null"]:
        console.print(say(WHY_NULL[told["why_null"]]), style="yellow")
    console.print()
    if told["lines"]:
        console.print(_lines(told["lines"]))
        for source in dict.fromkeys(line["source"] for line in told["lines"]):
            console.print(say("loan.draw.source", source=source, day=told["lines"][0]["checked_on"]), style="dim")
    if told["why_no_line"]:
        console.print(say(WHY_NO_LINE[told["why_no_line"]]), style="yellow")
    console.print(say("loan.draw.next"))


def _lines(lines: list[dict[str, Any]]) -> Table:
    table = Table(title=say("loan.draw.lines"), title_justify="left", pad_edge=False)
    table.add_column(say("loan.draw.line"))
    for label in ("loan.draw.rate", "loan.draw.allowed", "loan.draw.over"):
        table.add_column(say(label), justify="right")
    for line in lines:
        rate = percent(line["yearly_rate"])
        if line["changes_on"]:
            rate += " → " + percent(line["yearly_rate_after"])
        over = fen(line["over_fen"])
        shown = f"[bold red]{over}[/]" if line["over_fen"] else over
        table.add_row(line["title"][spoken.get()], rate, fen(line["allowed_fen"]), shown)
    return table


def draw_table(console: Console, told: Any) -> None:
    """Draw a table of loans: totals, the dearest loans, refused rows, then what to do next."""
    loans = told["loans"]
    console.print(say("loan.draw.read", rows=told["rows_read"], loans=len(loans), file=told["file"]), style="bold")
    for total in told["totals"]:
        console.print(
            say(
                "loan.draw.totals",
                currency=total["currency"],
                loans=total["loans"],
                received_fen=fen(total["received_fen"]),
                repaid_fen=fen(total["repaid_fen"]),
                net_fen=fen(total["net_fen"]),
                gained_fen=fen(total["gained_fen"]),
                over_fen=fen(total["over_fen"]),
            )
        )
    table = Table(pad_edge=False)
    for label in ("row", "received", "repaid", "head_cut", "nominal", "line", "over"):
        table.add_column(say(_COLUMNS[label]), justify="right", no_wrap=True)
    shown = sorted(loans, key=lambda loan: (-(loan["over_fen"] or 0), loan["first_row"]))[:_MOST_LOANS]
    for loan in shown:
        table.add_row(
            str(loan["first_row"]),
            fen(loan["received_fen"]),
            fen(loan["repaid_fen"]),
            percent(loan["head_cut"]),
            percent(loan["nominal_rate"]),
            percent(loan["line_rate"]),
            fen(loan["over_fen"]),
        )
    console.print(table)
    _remarks(console, shown, more=len(loans) - _MOST_LOANS)
    for row in told["refused"][:_MOST_REFUSED]:
        console.print(say(WHY_REFUSED[row["why"]], row=row["row"], column=row["column"]), style="red")
    if told["refused"]:
        console.print(say("loan.draw.refused", rows=told["rows_refused"]), style="bold red")
    console.print(say("loan.draw.next"))


def _remarks(console: Console, loans: list[dict[str, Any]], *, more: int) -> None:
    for loan in loans:
        if loan["why_null"] or loan["why_no_line"]:
            console.print(say("loan.draw.remark", row=loan["first_row"], why=_why(loan)), style="yellow")
    if more > 0:
        console.print(say("loan.draw.more", more=more))


_COLUMNS = {
    "row": "loan.draw.row",
    "received": "loan.draw.received",
    "repaid": "loan.draw.repaid",
    "head_cut": "loan.draw.head_cut",
    "nominal": "loan.draw.rate",
    "line": "loan.draw.line",
    "over": "loan.draw.over",
}


def _why(loan: dict[str, Any]) -> str:
    told = []
    if loan["why_null"]:
        told.append(say(WHY_NULL[loan["why_null"]]))
    if loan["why_no_line"]:
        told.append(say(WHY_NO_LINE[loan["why_no_line"]]))
    return " ".join(told)

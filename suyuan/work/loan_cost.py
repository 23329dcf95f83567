"""What one loan cost, and what was taken over each line that holds for it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Literal

import numpy as np

from suyuan.domain.errors import UsageError
from suyuan.money.allowed import beyond, reckon
from suyuan.money.cap import Line, NoLine, lines
from suyuan.money.cost import WhyNull, head_cut, rates
from suyuan.money.schedule import Flow, Schedules, day_number

_NEVER = 1 << 40


@dataclass(frozen=True, kw_only=True)
class Loan:
    """One loan as it is told. `flows` hold what was received and paid; `signed_on` null: no line is named.

    `flows` may stand on made-up days when none is known but their distances are; then `signed_on` must be null.
    """

    flows: tuple[Flow, ...]
    principal_fen: int | None
    signed_on: date | None
    lender_kind: str = "private"
    currency: str = "CNY"
    term_days: int | None = None
    interval_days: int | None = None


@dataclass(frozen=True, kw_only=True)
class LineFound:
    """One line: what it allows of what was paid, and what was paid over it (fen)."""

    name: str
    title: dict[Literal["en", "zh"], str]
    yearly_rate: float
    changes_on: date | None
    yearly_rate_after: float | None
    allowed_fen: int
    over_fen: int
    source: str
    checked_on: date


@dataclass(frozen=True, kw_only=True)
class LoanCost:
    """What a loan cost. Rates are yearly shares (0.24 = 24 %), null with `why_null`; no lines: `why_no_line`."""

    currency: str
    lender_kind: str
    signed_on: date | None
    principal_fen: int | None
    received_fen: int
    repaid_fen: int
    head_cut: float | None
    nominal_rate: float | None
    effective_rate: float | None
    why_null: WhyNull | None
    lines: tuple[LineFound, ...]
    why_no_line: NoLine | None

    def to_json(self) -> dict[str, Any]:
        """Return the fields as one JSON object."""
        return asdict(self)


def cost_of(loan: Loan, *, suit_on: date | None = None, as_of: date | None = None) -> LoanCost:
    """Return what `loan` cost by the end of `as_of`.

    Args:
        loan: See `Loan`; its head cut needs the principal.
        suit_on: Day of suit, for private contracts of before 2020-08-20 that ran on.
        as_of: Flows of later days are left out; null: all count.

    Raises:
        UsageError: No rule knows such a kind of lender.
    """
    kept = tuple(flow for flow in loan.flows if as_of is None or flow.on <= as_of)
    known = replace(loan, flows=kept)
    received = sum(flow.fen for flow in kept if flow.fen > 0)
    found, why_no_line = _lines(known, suit_on=suit_on)
    schedules = Schedules.of_one(kept)
    if beyond(schedules)[0]:
        raise UsageError("loan.beyond")
    told = rates(kept, interval_days=loan.interval_days, term_days=loan.term_days)
    return LoanCost(
        currency=loan.currency,
        lender_kind=loan.lender_kind,
        signed_on=loan.signed_on,
        principal_fen=loan.principal_fen,
        received_fen=received,
        repaid_fen=-sum(flow.fen for flow in kept if flow.fen < 0),
        head_cut=head_cut(principal_fen=loan.principal_fen, received_fen=received),
        nominal_rate=told.nominal_rate,
        effective_rate=told.effective_rate,
        why_null=told.why_null,
        lines=tuple(_reckoned(line, schedules) for line in found),
        why_no_line=why_no_line,
    )


def _lines(loan: Loan, *, suit_on: date | None) -> tuple[Sequence[Line], NoLine | None]:
    found = lines(lender_kind=loan.lender_kind, signed_on=loan.signed_on or date.max, suit_on=suit_on)
    if loan.signed_on is None:
        return (), "contract_day_unknown"
    if loan.currency != "CNY":
        return (), "currency_without_line"
    if isinstance(found, str):
        return (), found
    last = max((flow.on for flow in loan.flows), default=date.min)
    for line in found:
        if line.why_after is not None and line.change_on is not None and last > line.change_on:
            return (), line.why_after
    return found, None


def _reckoned(line: Line, schedules: Schedules) -> LineFound:
    change = _NEVER if line.change_on is None else day_number(line.change_on)
    sums = reckon(
        schedules,
        rate=np.array([line.rate]),
        change_day=np.array([change]),
        rate_after=np.array([line.rate_after or 0]),
    )
    changed = bool(len(schedules.days)) and int(schedules.days[-1]) > change
    return LineFound(
        name=line.name,
        title=line.title,
        yearly_rate=line.rate / 10_000,
        changes_on=line.change_on if changed else None,
        yearly_rate_after=line.rate_after / 10_000 if changed and line.rate_after is not None else None,
        allowed_fen=int(sums.allowed[0]),
        over_fen=int(sums.over[0]),
        source=line.source,
        checked_on=line.checked_on,
    )

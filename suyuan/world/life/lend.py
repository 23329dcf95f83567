"""Writes honest loans with everything that belongs to them: the pay-out, what was paid, penalties, how they stand."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import HONEST, NOBODY, Why, words
from suyuan.world.frame.world import World
from suyuan.world.life.actors import accounts
from suyuan.world.life.book import METHODS, NEVER, Conduct, Paid, Terms, dues, settle
from suyuan.world.life.pay import pay
from suyuan.world.life.rhythm import moments

OVERDUE_DAYS = 3
"""A lender calls a loan overdue when its last payment is late by more than this."""
WRITTEN_OFF_DAYS = 180


@dataclass(frozen=True, kw_only=True)
class Deal:
    """Who lends to whom, one entry a loan. `payee_account` is where the money goes: the borrower's or a seller's."""

    lender: Ints
    borrower: Ints
    payee_account: Ints
    extra: dict[str, Any]
    """Further columns of the loan."""


@dataclass(frozen=True, kw_only=True)
class Lent:
    """What was written: the loans, what was paid of them, and when each defaulter's missed payment was due (or -1)."""

    loans: Ints
    paid: Paid
    missed: Ints
    ended: Ints
    """Day on which the loan was over, `NEVER` when it still runs or stopped."""


def lend(
    world: World,
    why: Why = HONEST,
    *,
    chance: np.random.Generator,
    terms: Terms,
    deal: Deal,
    conduct: Conduct,
    penalty_ppm: int = 500,
    memo: str = "贷款",
    pay_out: bool = True,
    renewed: Any = None,
    halt: Ints | None = None,
) -> Lent:
    """Add the loans of `terms` and everything paid of them within the world, and return what was written.

    Payments before the world began stand in the lender's book (`repayment`) but no transfer of theirs does.
    `penalty_ppm` is the daily penalty in millionths of the late payment. Without `pay_out` no money moves at the start.
    The principal of loans in `renewed` is settled on paper at their end: the loan that renews them takes it over.
    Borrowers pay nothing that falls due from their day in `halt` on.
    """
    owed = dues(world, terms)
    paid = settle(chance, owed, terms, conduct, halt=halt)
    days = world.options.days
    missed = _missed(owed.loan, owed.number, owed.due, paid, len(terms.start))
    ended = _ended(paid, len(terms.start))
    loans = _loans(world, why, chance, terms=terms, deal=deal, standing=(missed, ended, paid), owed_to=owed)
    payer, payee = accounts(world, deal.borrower), accounts(world, deal.lender)
    if pay_out:
        now = terms.start >= 0
        paid_out = world.of(loans[now], "paid_out_at") if now.any() else moments(world, chance, terms.start[now])
        pay(world, why, src=payee[now], dst=deal.payee_account[now], at=paid_out, amount_fen=terms.principal[now],
            memo=memo + "发放", channel="batch", kind="贷款发放")  # fmt: skip
    carried = np.where(np.zeros(len(loans), bool) if renewed is None else renewed, terms.principal, 0)
    _book(
        world, why, chance, loans=loans, deal=deal, paid=paid, kept=paid.day < days, memo=memo,
        penalty_ppm=penalty_ppm, sides=(payer, payee), carried=carried,
    )  # fmt: skip
    return Lent(loans=loans, paid=paid, missed=missed, ended=ended)


def _missed(loan: Ints, number: Ints, due: Ints, paid: Paid, n: int) -> Ints:
    """Return the day each defaulter's first missed payment was due, -1 for the others."""
    first = number == paid.stops[loan] + 1
    missed = np.full(n, NOBODY, np.int64)
    missed[loan[first]] = due[first]
    return missed


def _ended(paid: Paid, n: int) -> Ints:
    ended = np.full(n, NEVER, np.int64)
    over = paid.dues.left == 0
    ended[paid.dues.loan[over]] = paid.day[over]
    return ended


def _loans(
    world: World, why: Why, chance: np.random.Generator, *, terms: Terms, deal: Deal, standing: Any, owed_to: Any
) -> Ints:
    n = len(terms.start)
    paid_out = moments(world, chance, terms.start, kind="firm")
    signed = terms.start - chance.integers(0, 2, n)
    approved = moments(world, chance, signed, kind="firm") - np.timedelta64(86_400, "s")
    bullet = terms.method == METHODS.index("bullet")
    due = np.zeros(n, np.int64)
    np.maximum.at(due, owed_to.loan, owed_to.due)
    due = np.maximum(due, terms.start + 1)
    return world.add(
        "loan",
        why,
        **{
            "lender_id": deal.lender,
            "signatory_id": deal.lender,
            "payer_account_id": accounts(world, deal.lender),
            "borrower_id": deal.borrower,
            "borrower_account_id": deal.payee_account,
            "contract_kind": "loan",
            "currency": "CNY",
            "principal_fen": terms.principal,
            "received_fen": terms.principal,
            "term_days": due - terms.start,
            "interval_days": np.where(bullet, due - terms.start, 30),
            "repay_method": words(terms.method, list(METHODS)),
            "quoted_yearly_rate": terms.monthly_ppm * 12 / 1_000_000,
            "applied_at": approved - chance.integers(600, 3 * 86_400, n).astype("timedelta64[s]"),
            "approved_at": approved,
            "signed_on": world.day(signed),
            "paid_out_at": paid_out,
            "due_on": world.day(due),
            "repay_channel_open": True,
            **_standing(world, terms, standing),
            **deal.extra,
        },
    )


def _standing(world: World, terms: Terms, told: tuple[Ints, Ints, Paid]) -> dict[str, Any]:
    """Return how loans stand on the last day, and what is still claimed."""
    (missed, ended, paid), days = told, world.options.days
    late = np.where(missed >= 0, days - missed, 0)
    status = np.select([ended < days, late > WRITTEN_OFF_DAYS, late > OVERDUE_DAYS], [1, 3, 2], 0)
    left = _left(terms, paid, days)
    interest = np.where(late > OVERDUE_DAYS, left * terms.monthly_ppm // 1_000_000 * (late // 30 + 1), 0)
    return {
        "status": words(status, ["open", "closed", "overdue", "written_off"]),
        "closed_on": np.where(ended < days, world.day(np.minimum(ended, days)), np.datetime64("NaT")),
        "claimed_principal_fen": np.where(status == 1, 0, left),
        "claimed_interest_fen": interest,
    }


def _left(terms: Terms, paid: Paid, days: int) -> Ints:
    """Return the principal each loan still owes on the last day."""
    left = terms.principal.copy()
    booked = paid.day < days
    np.minimum.at(left, paid.dues.loan[booked], paid.dues.left[booked])
    return left


def _book(
    world: World, why: Why, chance: np.random.Generator, *, loans: Ints, deal: Deal, paid: Paid,
    kept: Any, memo: str, penalty_ppm: int, sides: tuple[Ints, Ints], carried: Ints,
) -> None:  # fmt: skip
    """Add what was paid until the end: instalments, settlements, and the penalties of late ones."""
    loan, day, late = paid.dues.loan[kept], paid.day[kept], paid.late[kept]
    amount, settled = paid.dues.amount[kept], paid.settlement[kept]
    on_paper = np.where((paid.dues.left[kept] == 0) & (carried[loan] > 0), carried[loan], 0)
    amount = amount - on_paper
    at = moments(world, chance, day, kind="person")
    penalty = (amount * late * penalty_ppm + 500_000) // 1_000_000
    fined, papers = penalty > 0, on_paper > 0
    rows = np.concatenate([np.arange(len(loan)), np.flatnonzero(fined), np.flatnonzero(papers)])
    sizes = [int(fined.sum()), int(papers.sum())]
    kinds = np.concatenate([np.where(settled, 1, 0), np.full(sizes[0], 2), np.full(sizes[1], 1)])
    sums = np.concatenate([amount, penalty[fined], on_paper[papers]])
    moment = at[rows] + np.where(kinds == 2, 1, 0).astype("timedelta64[s]")
    payer, payee = (side[loan][rows] for side in sides)
    paper = np.arange(len(rows)) >= len(rows) - sizes[1]
    world.add(
        "repayment",
        why,
        loan_id=loans[loan][rows],
        payer_id=deal.borrower[loan][rows],
        payer_account_id=payer,
        payee_account_id=payee,
        paid_at=moment,
        time_precision="second",
        amount_fen=sums,
        currency="CNY",
        kind=words(kinds, ["instalment", "settlement", "penalty"]),
        channel=words(paper.astype(np.int64), ["代扣", "无还本续贷"]),
    )
    world.add(
        "loan_fee", why, loan_id=loans[loan[fined]], kind="penalty", collector_id=deal.lender[loan[fined]],
        amount_fen=penalty[fined], currency="CNY", charged_at=at[fined], withheld=False, disclosed=True,
    )  # fmt: skip
    now = (day[rows] >= 0) & ~paper
    pay(world, why, src=payer[now], dst=payee[now], at=moment[now], amount_fen=sums[now], memo=memo + "还款",
        channel="batch", kind="贷款还款")  # fmt: skip

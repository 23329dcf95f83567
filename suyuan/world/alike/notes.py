"""Plain loan notes told to the minute: what a scenario needs when the order of two payments is the point."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import NOBODY, Why
from suyuan.world.frame.world import World
from suyuan.world.life.actors import accounts
from suyuan.world.life.pay import pay


@dataclass(frozen=True, kw_only=True)
class Notes:
    """One entry a note: who lends to whom, when it is paid out and repaid, principal and interest in fen.

    `repaid_at` is not a time where nothing was repaid yet; `columns` are further columns of the loan.
    """

    lender: Ints
    borrower: Ints
    principal: Ints
    interest: Ints
    paid_out_at: Any
    due_on: Any
    repaid_at: Any
    columns: dict[str, Any]


def write(world: World, label: Why, notes: Notes, *, memo: str) -> Ints:
    """Add the loans, their pay-outs and repayments within the world, and return the loans' ids."""
    end, start = world.moment(world.options.days, 0), world.moment(0, 0)
    repaid = ~np.isnat(notes.repaid_at) & (notes.repaid_at < end)
    paid_out = np.asarray(notes.paid_out_at, "datetime64[s]")
    sides = accounts(world, notes.lender), accounts(world, notes.borrower)
    loans = _loans(world, label, notes, paid_out=paid_out, repaid=repaid, sides=sides)
    now = paid_out >= start
    pay(world, label, src=sides[0][now], dst=sides[1][now], at=paid_out[now], amount_fen=notes.principal[now],
        memo=memo + "发放", channel="batch", kind="贷款发放")  # fmt: skip
    total = notes.principal + notes.interest
    world.add(
        "repayment",
        label,
        loan_id=loans[repaid],
        payer_id=notes.borrower[repaid],
        payer_account_id=sides[1][repaid],
        payee_account_id=sides[0][repaid],
        paid_at=notes.repaid_at[repaid],
        time_precision="second",
        amount_fen=total[repaid],
        currency="CNY",
        kind="settlement",
        channel="主动还款",
    )
    seen = repaid & (notes.repaid_at >= start)
    pay(world, label, src=sides[1][seen], dst=sides[0][seen], at=notes.repaid_at[seen], amount_fen=total[seen],
        memo=memo + "还款", channel="mobile", kind="贷款还款")  # fmt: skip
    return loans


def _loans(world: World, label: Why, notes: Notes, *, paid_out: Any, repaid: Any, sides: tuple[Ints, Ints]) -> Ints:
    signed = paid_out.astype("datetime64[D]")
    days = (notes.due_on - signed).astype(np.int64)
    told = {
        "lender_id": notes.lender,
        "signatory_id": notes.lender,
        "payer_account_id": sides[0],
        "borrower_id": notes.borrower,
        "borrower_account_id": sides[1],
        "contract_kind": "loan",
        "currency": "CNY",
        "principal_fen": notes.principal,
        "received_fen": notes.principal,
        "term_days": days,
        "interval_days": days,
        "repay_method": "bullet",
        "applied_at": paid_out - np.timedelta64(3_600, "s"),
        "approved_at": paid_out - np.timedelta64(1_200, "s"),
        "signed_on": signed,
        "paid_out_at": paid_out,
        "due_on": notes.due_on,
        "repay_channel_open": True,
        "status": np.where(repaid, "closed", "open").astype(object),
        "closed_on": np.where(repaid, notes.repaid_at.astype("datetime64[D]"), np.datetime64("NaT")),
        "claimed_principal_fen": np.where(repaid, 0, notes.principal),
        "claimed_interest_fen": np.zeros(len(notes.principal), np.int64),
    }
    return world.add("loan", label, **{**told, **notes.columns})


def nobody(n: int) -> Ints:
    """Return `n` times nobody."""
    return np.full(n, NOBODY, np.int64)

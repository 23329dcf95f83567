"""Loans, fees and repayments are what was transferred."""

from typing import Any

import numpy as np


def of_flow(world: Any, crew: Any, flow: Any) -> Any:
    mine = (world.column("transfer", "_flow") == flow) & (world.column("transfer", "_ring") == crew.ring.index)
    return {
        name: world.column("transfer", name)[mine]
        for name in ("src_account_id", "dst_account_id", "amount_fen", "booked_at")
    }


def loans_of(world: Any, crew: Any, *names: Any) -> Any:
    mine = world.column("loan", "_ring") == crew.ring.index
    return [world.column("loan", name)[mine] for name in names]


def test_every_loan_is_one_pay_out_to_the_fen(ring: Any) -> None:
    world, crew = ring
    paid = of_flow(world, crew, "payout")
    payer, account, received, at = loans_of(
        world, crew, "payer_account_id", "borrower_account_id", "received_fen", "paid_out_at"
    )
    told = sorted(zip(payer, account, received, at.astype("datetime64[s]").astype(int), strict=True))
    booked = paid["booked_at"].astype("datetime64[s]").astype(int)
    assert told == sorted(zip(paid["src_account_id"], paid["dst_account_id"], paid["amount_fen"], booked, strict=True))


def test_repayments_and_side_fees_are_all_that_comes_in(ring: Any) -> None:
    world, crew = ring
    paid = int(of_flow(world, crew, "intake")["amount_fen"].sum())
    mine = world.column("repayment", "_ring") == crew.ring.index
    fees = (world.column("loan_fee", "_ring") == crew.ring.index) & ~world.column("loan_fee", "withheld").astype(bool)
    assert paid == int(
        world.column("repayment", "amount_fen")[mine].sum() + world.column("loan_fee", "amount_fen")[fees].sum()
    )


def test_what_is_kept_back_is_the_note_less_what_was_paid_out(ring: Any) -> None:
    world, crew = ring
    principal, received = loans_of(world, crew, "principal_fen", "received_fen")
    withheld = (world.column("loan_fee", "_ring") == crew.ring.index) & world.column("loan_fee", "withheld").astype(
        bool
    )
    assert int(world.column("loan_fee", "amount_fen")[withheld].sum()) == int((principal - received).sum())


def test_as_published_an_old_note_is_paid_within_two_hours_of_the_new_one(published: Any) -> None:
    world, crew = published
    settles, out = loans_of(world, crew, "settles_loan_id", "paid_out_at")
    kind = world.column("repayment", "kind").astype(str)
    loan, at = world.column("repayment", "loan_id"), world.column("repayment", "paid_at")
    whole = {each: when for each, when, name in zip(loan, at, kind, strict=True) if name == "settlement"}
    waits = [whole[old] - when for old, when in zip(settles, out, strict=True) if old >= 0]
    assert waits
    assert min(waits) > np.timedelta64(0)
    assert np.median(waits) <= np.timedelta64(110 * 60, "s")


def test_who_knows_the_thresholds_crosses_none(knowing: Any) -> None:
    """A tenth kept back, 30 days, a day between a new note and the old one's settlement."""
    world, crew = knowing
    principal, received, term = loans_of(world, crew, "principal_fen", "received_fen", "term_days")
    assert (received * 10 > principal * 9).all()
    assert (term > 30).all()
    settles, out = loans_of(world, crew, "settles_loan_id", "paid_out_at")
    loan, at = world.column("repayment", "loan_id"), world.column("repayment", "paid_at")
    for old, when in zip(settles, out, strict=True):
        if old >= 0:
            assert (at[loan == old].min() - when) >= np.timedelta64(86_400, "s")


def test_orders_stand_for_payments_over_merchant_numbers(ring: Any) -> None:
    world, crew = ring
    mine = world.column("payment_order", "_ring") == crew.ring.index
    order = world.column("transfer", "_order")[world.column("transfer", "_ring") == crew.ring.index]
    assert mine.sum() == (order >= 0).sum()

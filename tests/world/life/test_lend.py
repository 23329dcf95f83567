"""Honest loans with everything that belongs to them."""

import numpy as np

from suyuan.world.frame.tables import row_of
from tests.world.life.life_of import life_of


def test_every_payment_within_the_world_is_a_transfer_of_the_same_sum() -> None:
    world = life_of()
    memo = world.column("transfer", "kind").astype(str)
    told = world.column("repayment", "channel").astype(str) == "代扣"
    now = world.column("repayment", "paid_at") >= world.moment(0, 0)
    moved = world.column("transfer", "amount_fen")[memo == "贷款还款"]
    assert moved.sum() == world.column("repayment", "amount_fen")[told & now].sum()
    assert len(moved) == (told & now).sum()


def test_pay_outs_within_the_world_are_transfers() -> None:
    world = life_of()
    kind = world.column("transfer", "kind").astype(str)
    lent = world.column("loan", "lender_kind").astype(str) != "private"
    on_paper = world.column("loan", "settles_loan_id") >= 0
    now = world.column("loan", "paid_out_at") >= world.moment(0, 0)
    told = world.column("loan", "received_fen")[lent & now & ~on_paper]
    assert world.column("transfer", "amount_fen")[kind == "贷款发放"].sum() == told.sum()


def test_penalties_are_small_and_shown() -> None:
    world = life_of()
    kind = world.column("repayment", "kind").astype(str)
    assert (
        world.column("repayment", "amount_fen")[kind == "penalty"].sum() == world.column("loan_fee", "amount_fen").sum()
    )
    loan = row_of(world.column("loan_fee", "loan_id"))
    assert (world.column("loan_fee", "amount_fen") < world.column("loan", "principal_fen")[loan] // 20).all()
    assert world.column("loan_fee", "disclosed").all()


def test_what_is_claimed_is_what_is_left() -> None:
    world = life_of()
    left, principal = (world.column("loan", name) for name in ("claimed_principal_fen", "principal_fen"))
    status = world.column("loan", "status").astype(str)
    bank = world.column("loan", "lender_kind").astype(str) != "private"
    assert (left[bank & (status == "closed")] == 0).all()
    assert (left[bank] <= principal[bank]).all()
    assert (left[bank & (status == "overdue")] > 0).all()
    assert np.isin(status, ["open", "closed", "overdue", "written_off"]).all()

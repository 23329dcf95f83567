"""Loans of licensed lenders to people."""

import numpy as np

from suyuan.world.frame.dice import dice
from suyuan.world.frame.tables import row_of
from suyuan.world.life.credit import rates, rounded
from suyuan.world.life.figures import figures
from tests.world.life.life_of import life_of


def test_rates_lie_between_the_two_told() -> None:
    drawn = rates(dice(1), 1800, 2390, 500)
    assert drawn.min() >= 15_000
    assert drawn.max() <= 19_917


def test_amounts_are_rounded_to_steps_and_never_to_nothing() -> None:
    assert rounded(np.array([1, 149, 150]), 100).tolist() == [100, 100, 200]


def test_dates_of_a_loan_are_ordered() -> None:
    world = life_of()
    applied, approved = (world.column("loan", name) for name in ("applied_at", "approved_at"))
    signed, paid, due = (world.column("loan", name) for name in ("signed_on", "paid_out_at", "due_on"))
    kept = ~np.isnat(applied)
    assert (applied[kept] < approved[kept]).all()
    assert (approved[kept].astype("datetime64[D]") <= signed[kept]).all()
    assert (signed <= paid.astype("datetime64[D]")).all()
    assert (paid.astype("datetime64[D]") < due).all()
    closed = world.column("loan", "closed_on").astype("datetime64[D]")
    assert (closed[~np.isnat(closed)] >= signed[~np.isnat(closed)]).all()


def test_nobody_pays_before_he_was_paid() -> None:
    world = life_of()
    loan = row_of(world.column("repayment", "loan_id"))
    assert (world.column("repayment", "paid_at") > world.column("loan", "paid_out_at")[loan]).all()


def test_a_closed_loan_paid_back_its_principal() -> None:
    world = life_of()
    loan = row_of(world.column("repayment", "loan_id"))
    paid = np.zeros(world.tables.rows("loan"), np.int64)
    np.add.at(paid, loan, world.column("repayment", "amount_fen"))
    closed = world.column("loan", "status").astype(str) == "closed"
    assert (paid[closed] >= world.column("loan", "principal_fen")[closed]).all()
    assert closed.mean() > 0.2


def test_small_loan_firms_stay_under_the_line() -> None:
    world = life_of()
    kind = world.column("loan", "lender_kind").astype(str)
    assert (world.column("loan", "quoted_yearly_rate")[kind == "small_loan"] <= 0.24).all()
    assert (world.column("loan", "received_fen") == world.column("loan", "principal_fen")).all()


def test_honest_default_is_as_told() -> None:
    world = life_of(scale=0.2)
    kind = world.column("loan", "product_kind").astype(str)
    status = world.column("loan", "status").astype(str)
    micro = kind == "小额贷款"
    bad = np.isin(status[micro], ["overdue", "written_off"]).mean()
    assert 0.5 * figures("credit")["products"]["micro"]["conduct"]["default"] / 1000 < bad
    assert bad < 1.5 * figures("credit")["products"]["micro"]["conduct"]["default"] / 1000


def test_the_thin_have_no_loans_of_licensed_lenders() -> None:
    world = life_of()
    who, kind = world.column("loan", "borrower_id"), world.column("loan", "lender_kind").astype(str)
    product = world.column("loan", "product_kind").astype(str)
    people = who[(kind != "private") & (product != "小微企业贷款")]
    assert not world.of(people, "_thin").any()

"""Complaints for good reasons, and reports of crimes by strangers."""

import numpy as np

from suyuan.world.frame.tables import is_of
from suyuan.world.life.figures import figures
from tests.world.life.life_of import life_of


def test_a_complaint_about_a_loan_is_the_complainants_and_the_lenders() -> None:
    world = life_of(scale=0.2)
    loan = world.column("complaint", "loan_id")
    told = loan >= 0
    assert told.sum() > 5
    assert (world.of(loan[told], "borrower_id") == world.column("complaint", "complainant_id")[told]).all()
    assert (world.of(loan[told], "lender_id") == world.column("complaint", "against_id")[told]).all()
    signed = world.of(loan[told], "signed_on")
    assert (signed <= world.column("complaint", "received_at")[told]).all()


def test_complaints_end_as_told_and_later_than_they_came() -> None:
    world = life_of(scale=0.2)
    outcome, came = world.column("complaint", "outcome").astype(str), world.column("complaint", "received_at")
    for name, column in (("withdrawn", "withdrawn_at"), ("settled", "settled_at")):
        at = world.column("complaint", column)
        assert ((outcome == name) == ~np.isnat(at)).all()
        assert (at[outcome == name] > came[outcome == name]).all()
    assert 0.5 < (outcome == "withdrawn").mean() * 1000 / figures("complaints")["withdrawn"] < 1.5


def test_who_settles_is_who_was_complained_of() -> None:
    world = life_of(scale=0.2)
    by = world.column("complaint", "settled_by_id")
    assert (by[by >= 0] == world.column("complaint", "against_id")[by >= 0]).all()


def test_one_outage_brings_many_complaints_in_two_days() -> None:
    world = life_of(scale=0.2)
    days = world.column("complaint", "received_at").astype("datetime64[D]").astype(int)
    counts = np.bincount(days - days.min())
    assert counts.max() > 3 * np.median(counts)


def test_reports_name_strangers_only() -> None:
    world = life_of()
    account = world.column("police_report", "suspect_account_id")
    assert not world.of(account[account >= 0], "_held").any()
    assert (world.column("police_report", "happened_at") < world.column("police_report", "reported_at")).all()
    filed = world.column("police_report", "status").astype(str) == "filed"
    assert (np.isnat(world.column("police_report", "filed_on")) == ~filed).all()
    assert is_of(world.column("police_report", "victim_id"), "person").all()

"""Loans to firms."""

import numpy as np

from suyuan.world.frame.tables import is_of, row_of
from tests.world.life.life_of import life_of


def test_a_renewal_begins_when_the_old_loan_ends_and_is_of_its_sum() -> None:
    world = life_of(scale=0.2)
    old = world.column("loan", "renewal_of_loan_id")
    new = old >= 0
    rows = row_of(old[new])
    assert new.sum() > 10
    assert (world.column("loan", "principal_fen")[new] == world.column("loan", "principal_fen")[rows]).all()
    assert (
        world.column("loan", "closed_on")[rows] == world.column("loan", "paid_out_at")[new].astype("datetime64[D]")
    ).all()
    assert (world.column("loan", "borrower_id")[new] == world.column("loan", "borrower_id")[rows]).all()


def test_interest_first_loans_stand_among_the_honest() -> None:
    world = life_of()
    firm = is_of(world.column("loan", "borrower_id"), "company")
    method = world.column("loan", "repay_method").astype(str)[firm]
    assert 0.3 < (method == "interest_first").mean() < 0.9


def test_a_bad_season_stops_loans_in_the_same_weeks() -> None:
    world = life_of(scale=0.2)
    firm = is_of(world.column("loan", "borrower_id"), "company")
    status = world.column("loan", "status").astype(str)[firm]
    assert np.isin(status, ["overdue", "written_off"]).sum() >= 5

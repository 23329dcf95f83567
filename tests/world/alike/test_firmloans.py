from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa

from suyuan.world.alike.firmloans import BUY_OUT, INTEREST_FIRST, RENEWAL, SCENARIOS, SEASON
from suyuan.world.frame.tables import first_id

Rows = Callable[..., pa.Table]


def ids(world: Any, kind: str) -> list[int]:
    labels = np.array(world.tables.table("loan")["_scenario"].cast(pa.string()).to_pylist())
    return [int(each) for each in first_id("loan") + np.flatnonzero(labels == kind)]


def test_interest_first_loans_fall_due_after_the_world(played: Any, rows: Rows) -> None:
    world, _ = played(SCENARIOS)
    loans, paid = rows(world, "loan", INTEREST_FIRST), rows(world, "repayment", INTEREST_FIRST)
    assert (loans["due_on"].to_numpy() >= world.day(world.options.days)).all()
    assert max(paid["amount_fen"].to_pylist()) < min(loans["principal_fen"].to_pylist())


def test_a_renewal_names_the_loan_it_settles_and_pays_nothing_out(played: Any, rows: Rows) -> None:
    world, _ = played(SCENARIOS)
    loans = rows(world, "loan", RENEWAL)
    renewed = [each for each in loans["renewal_of_loan_id"].to_pylist() if each is not None]
    assert renewed
    assert set(renewed) <= set(ids(world, RENEWAL))
    paid_out = [
        each for each in rows(world, "transfer", RENEWAL)["memo"].cast(pa.string()).to_pylist() if "发放" in each
    ]
    assert len(paid_out) == loans.num_rows - len(renewed)


def test_a_renewed_loan_is_paid_back_in_instalments(played: Any, rows: Rows) -> None:
    world, _ = played(SCENARIOS)
    loans = rows(world, "loan", RENEWAL)
    methods = {
        bool(old): method
        for old, method in zip(loans["renewal_of_loan_id"].to_pylist(), loans["repay_method"].to_pylist(), strict=True)
    }
    assert methods == {False: "interest_first", True: "equal_instalment"}


def test_a_season_stops_its_firms_within_the_same_weeks_after_months_of_instalments(played: Any, rows: Rows) -> None:
    world, scenes = played(SCENARIOS)
    loan_of = dict(zip(ids(world, SEASON), scenes[SEASON].of.tolist(), strict=True))
    paid = rows(world, "repayment", SEASON)
    last: dict[int, Any] = {}
    for loan, at in zip(paid["loan_id"].to_pylist(), paid["paid_at"].to_pylist(), strict=True):
        last[loan] = max(last.get(loan, at), at)
    assert len(last) >= len(loan_of) * 0.8
    for instance in range(scenes[SEASON].many):
        ends = [at for loan, at in last.items() if loan_of[loan] == instance]
        assert (max(ends) - min(ends)).days <= 95


def test_a_buy_out_comes_before_the_loan_and_the_new_owner_pays_the_old(played: Any, rows: Rows) -> None:
    world, scenes = played(SCENARIOS)
    events, loans = rows(world, "company_event", BUY_OUT), rows(world, "loan", BUY_OUT)
    sold = dict(zip(events["company_id"].to_pylist(), events["happened_on"].to_pylist(), strict=True))
    for firm, signed in zip(loans["borrower_id"].to_pylist(), loans["signed_on"].to_pylist(), strict=True):
        assert 0 < (signed - sold[firm]).days <= 65
    assert set(events["after_id"].to_pylist()) == set(scenes[BUY_OUT].more["buyer"].tolist())

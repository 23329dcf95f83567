from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa

from suyuan.world.alike.lending import ADVANCE, CAP, REFINANCING, REVOLVER, SCENARIOS

Rows = Callable[..., pa.Table]


def test_the_small_loan_firm_stays_under_24_percent_and_takes_no_fee_but_penalties(played: Any, rows: Rows) -> None:
    world, scenes = played(SCENARIOS)
    loans = rows(world, "loan", CAP)
    assert loans.num_rows > 20
    assert max(loans["quoted_yearly_rate"].to_pylist()) <= 0.24
    assert loans["principal_fen"].equals(loans["received_fen"])
    assert set(rows(world, "loan_fee", CAP)["kind"].to_pylist()) <= {"penalty"}
    assert sorted(rows(world, "licence", CAP)["holder_id"].to_pylist()) == sorted(scenes[CAP].main.tolist())


def test_a_wage_advance_bears_no_interest_and_is_repaid_within_a_month(played: Any, rows: Rows) -> None:
    world, _ = played(SCENARIOS)
    loans, repaid = rows(world, "loan", ADVANCE), rows(world, "repayment", ADVANCE)
    assert max(loans["term_days"].to_pylist()) <= 31
    ids = dict(zip(_ids(world, loans, ADVANCE), loans["principal_fen"].to_pylist(), strict=True))
    assert repaid.num_rows > 0
    assert all(
        ids[loan] == paid
        for loan, paid in zip(repaid["loan_id"].to_pylist(), repaid["amount_fen"].to_pylist(), strict=True)
    )


def test_a_revolving_card_never_owes_more_than_before(played: Any, rows: Rows) -> None:
    world, _ = played(SCENARIOS)
    loans = rows(world, "loan", REVOLVER)
    owed: dict[int, set[int]] = {}
    for borrower, principal in zip(loans["borrower_id"].to_pylist(), loans["principal_fen"].to_pylist(), strict=True):
        owed.setdefault(borrower, set()).add(principal)
    assert all(len(each) == 1 for each in owed.values())
    assert loans.num_rows > len(owed)


def test_a_bill_is_paid_before_the_card_is_used_again(played: Any, rows: Rows) -> None:
    world, _ = played(SCENARIOS)
    loans, repaid = rows(world, "loan", REVOLVER), rows(world, "repayment", REVOLVER)
    borrower = dict(zip(_ids(world, loans, REVOLVER), loans["borrower_id"].to_pylist(), strict=True))
    drawn: dict[int, list[Any]] = {}
    for who, at in zip(loans["borrower_id"].to_pylist(), loans["paid_out_at"].to_pylist(), strict=True):
        drawn.setdefault(who, []).append(at)
    within = 0
    for loan, at in zip(repaid["loan_id"].to_pylist(), repaid["paid_at"].to_pylist(), strict=True):
        within += any(0 < (again - at).total_seconds() <= 300 * 60 for again in drawn[borrower[loan]])
    assert within >= repaid.num_rows - len(drawn)


def test_refinancing_settles_the_dear_loans_from_one_cheaper_one(played: Any, rows: Rows) -> None:
    world, scenes = played(SCENARIOS)
    loans = rows(world, "loan", REFINANCING)
    kinds = np.array(loans["lender_kind"].cast(pa.string()).to_pylist())
    assert (kinds == "bank").sum() == scenes[REFINANCING].many
    principal, who = np.array(loans["principal_fen"].to_pylist()), np.array(loans["borrower_id"].to_pylist())
    for borrower in set(who.tolist()):
        new = principal[(who == borrower) & (kinds == "bank")].sum()
        old = principal[(who == borrower) & (kinds != "bank")].sum()
        assert old <= new <= old * 1.2 + 200_000


def _ids(world: Any, loans: pa.Table, kind: str) -> list[int]:
    from suyuan.world.frame.tables import first_id

    labels = np.array(world.tables.table("loan")["_scenario"].cast(pa.string()).to_pylist())
    found = (first_id("loan") + np.flatnonzero(labels == kind)).tolist()
    assert len(found) == loans.num_rows
    return list(found)

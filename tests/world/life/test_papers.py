"""What lending leaves on paper."""

import numpy as np

from suyuan.world.life.papers import licensed
from tests.world.life.life_of import life_of


def test_every_licensed_loan_was_applied_for_and_some_are_refused() -> None:
    world = life_of()
    loan = world.column("application", "loan_id")
    assert sorted(loan[loan >= 0]) == licensed(world).tolist()
    refused = world.column("application", "outcome").astype(str) == "refused"
    assert 0.15 < refused.mean() < 0.35
    assert (loan[refused] == -1).all()


def test_nobody_is_looked_up_without_application_and_consent() -> None:
    world = life_of()
    assert set(world.column("data_query", "application_ref")) <= set(world.column("application", "number"))
    assert set(world.column("data_query", "consent_ref")) <= set(world.column("application", "consent_ref"))
    assert (world.column("data_query", "consented_at") < world.column("data_query", "asked_at")).all()


def test_an_employer_has_one_form_and_one_seal() -> None:
    world = life_of(scale=0.2)
    proof = world.column("document", "kind").astype(str) == "income_proof"
    issuer, layout = world.column("document", "issuer_id")[proof], world.column("document", "layout_digest")[proof]
    pairs = set(zip(issuer, layout, strict=True))
    assert len(pairs) == len(set(issuer)) == len(set(layout))
    assert len(set(world.column("document", "text_digest"))) == world.tables.rows("document")


def test_approvals_follow_one_another() -> None:
    world = life_of()
    at, loan = world.column("approval", "decided_at"), world.column("approval", "loan_id")
    number = world.column("approval", "step_no")
    order = np.lexsort((number, loan))
    same = loan[order][1:] == loan[order][:-1]
    assert (at[order][1:][same] >= at[order][:-1][same]).all()
    assert (at <= world.of(loan, "approved_at")).all()


def test_registers_hold_what_was_told() -> None:
    world = life_of(scale=0.2)
    found = world.column("registry_check", "result").astype(str) == "found"
    assert found.mean() > 0.97
    home = world.column("registry_check", "collateral_id")
    told = home >= 0
    assert (world.of(home[told], "certificate_no") == world.column("registry_check", "number")[told]).all()

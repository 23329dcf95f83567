"""Accidents and illness."""

import numpy as np

from tests.world.life.life_of import life_of


def test_a_claim_lies_within_its_policy_and_its_dates_are_ordered() -> None:
    world = life_of()
    policy = world.column("claim", "policy_id")
    happened, reported = world.column("claim", "accident_at"), world.column("claim", "reported_at")
    assert (happened.astype("datetime64[D]") >= world.of(policy, "effective_on")).all()
    assert (happened.astype("datetime64[D]") <= world.of(policy, "ends_on")).all()
    assert (happened < reported).all()
    paid = world.column("claim", "paid_at")
    kept = ~np.isnat(paid)
    assert (paid[kept] > reported[kept]).all()


def test_what_is_paid_is_no_more_than_claimed_and_goes_to_the_claimant() -> None:
    world = life_of()
    done = world.column("claim", "status").astype(str) == "paid"
    assert (world.column("claim", "paid_fen")[done] <= world.column("claim", "claimed_fen")[done]).all()
    account = world.column("claim", "payee_account_id")[done]
    assert (world.of(account, "holder_id") == world.column("claim", "claimant_id")[done]).all()
    moved = world.column("transfer", "kind").astype(str) == "理赔"
    assert world.column("transfer", "amount_fen")[moved].sum() == world.column("claim", "paid_fen")[done].sum()


def test_most_of_the_injured_need_no_lawyer_and_grades_are_low() -> None:
    world = life_of(scale=0.2)
    injury = world.column("claim", "kind").astype(str) == "injury"
    assert (world.column("claim", "lawyer_id")[injury] >= 0).mean() < 0.3
    grades = world.column("injury_appraisal", "grade")
    assert (grades == 10).mean() > 0.5


def test_the_injured_are_seen_by_a_doctor_of_the_hospital() -> None:
    world = life_of()
    visit = world.column("medical_visit", "claim_id")
    assert (world.of(visit, "hospital_id") == world.column("medical_visit", "hospital_id")).all()
    assert (world.of(visit, "injured_id") == world.column("medical_visit", "patient_id")).all()

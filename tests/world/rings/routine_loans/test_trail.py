"""What lending leaves behind."""

from typing import Any

import numpy as np


def test_people_are_sent_on_before_they_apply(ring: Any) -> None:
    world, _ = ring
    child = np.flatnonzero(world.column("loan", "settles_loan_id") >= 0)
    assert world.tables.rows("referral") == len(child)
    applied = world.column("loan", "applied_at")[child]
    assert (world.column("referral", "referred_at") < applied).all()
    assert (world.column("referral", "to_app_id") == world.column("loan", "app_id")[child]).all()
    assert (world.column("referral", "from_app_id") != world.column("referral", "to_app_id")).all()


def test_as_published_verification_score_and_pay_out_follow_within_a_minute(published: Any) -> None:
    world, _ = published
    loan = world.column("data_query", "loan_id")
    mine = np.flatnonzero(loan >= 0)
    waits = world.of(loan[mine], "paid_out_at") - world.column("data_query", "asked_at")[mine]
    assert waits.min() > np.timedelta64(0)
    assert waits.max() <= np.timedelta64(60, "s")


def test_people_who_never_applied_are_looked_up_without_consent(ring: Any) -> None:
    world, crew = ring
    bulk = (world.column("data_query", "loan_id") < 0) & (world.column("data_query", "_ring") >= 0)
    assert bulk.sum() >= len(crew.victims)
    assert all(each is None for each in world.column("data_query", "consent_ref")[bulk])


def test_few_devices_log_in_to_many_holders_accounts(published: Any) -> None:
    world, crew = published
    own = np.isin(world.column("login", "device"), crew.devices)
    holders = len(set(world.column("login", "person_id")[own].tolist()))
    assert holders > len(set(world.column("login", "device")[own].tolist()))

"""Who is in a ring."""

from typing import Any

import numpy as np

from suyuan.world.rings.routine_loans.crew import PEOPLE, counts, set_up


def test_nobody_plays_two_parts_and_no_victim_plays_any(ring: Any) -> None:
    _, crew = ring
    everyone = np.concatenate([crew.people[part] for part in PEOPLE] + [crew.victims])
    assert len(np.unique(everyone)) == len(everyone)


def test_shells_share_addresses_phones_and_straws(published: Any) -> None:
    world, crew = published
    shells = np.concatenate([crew.lenders, crew.shells])
    assert len(set(world.of(shells, "address"))) < len(shells)
    assert len(set(world.of(shells, "phone"))) < len(shells)
    assert set(world.of(shells, "_legal_rep").tolist()) <= set(crew.people["straws"].tolist())


def test_no_controller_holds_a_firm_or_an_account_of_the_ring(ring: Any) -> None:
    world, crew = ring
    held = np.concatenate([world.of(ids, "holder_id") for ids in crew.accounts.values()])
    assert not np.isin(crew.people["controllers"], held).any()
    firms = np.concatenate([crew.operator, crew.lenders, crew.shells, crew.funding, crew.fee_firms])
    assert not np.isin(crew.people["controllers"], world.of(firms, "_legal_rep")).any()


def test_a_larger_ring_has_more_of_everything_up_to_the_published_numbers() -> None:
    small, large, huge = counts(20), counts(475), counts(475_000)
    assert all(small[part] <= large[part] <= huge[part] for part in small)
    assert (huge["programmers"], huge["collectors"]) == (24, 24)
    assert large["shells"] >= 40


def test_who_knows_the_thresholds_uses_more_devices(published: Any, knowing: Any) -> None:
    assert len(knowing[1].devices) > 2 * len(published[1].devices)
    assert set_up(knowing[0])["night"] == 0


def test_accounts_and_firms_made_for_a_ring_bear_its_label(ring: Any) -> None:
    world, crew = ring
    assert (world.of(crew.shells, "_ring") == crew.ring.index).all()
    assert (world.of(crew.accounts["carriers"], "_ring") == crew.ring.index).all()

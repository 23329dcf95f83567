"""The technology of a ring."""

from typing import Any

import numpy as np


def test_one_code_base_and_one_certificate_under_many_names(published: Any) -> None:
    world, crew = published
    mine = world.column("app", "_ring") == crew.ring.index
    assert mine.sum() >= 6
    assert len(set(world.column("app", "code_family")[mine])) == 1
    assert len(set(world.column("app", "certificate_sha256")[mine])) == 1
    assert len(set(world.column("app", "name")[mine])) == mine.sum()


def test_who_knows_better_signs_with_several_certificates(knowing: Any) -> None:
    world, crew = knowing
    mine = world.column("app", "_ring") == crew.ring.index
    assert len(set(world.column("app", "certificate_sha256")[mine])) > 1


def test_one_agent_registers_the_same_code_under_many_names(published: Any) -> None:
    world, crew = published
    agents = world.column("software_copyright", "agent_id")
    assert set(agents.tolist()) == set(crew.services.agent.tolist())
    assert len(set(world.column("software_copyright", "code_digest"))) == 1


def test_every_listing_and_filing_tells_an_app_of_the_ring(ring: Any) -> None:
    world, _ = ring
    apps = world.column("app", "_ring") >= 0
    for table in ("app_listing", "icp_filing", "app_key", "app_endpoint"):
        mine = world.column(table, "_ring") >= 0
        assert apps[world.column(table, "app_id")[mine] & ((1 << 40) - 1)].all()


def test_a_listing_returns_only_after_it_was_removed(ring: Any) -> None:
    world, _ = ring
    before = world.column("app_listing", "relisted_of_id")
    again = np.flatnonzero(before >= 0)
    listed = world.column("app_listing", "listed_on")
    removed = world.of(before[again], "removed_on")
    assert (listed[again] > removed).all()


def test_merchant_numbers_stand_for_the_ring_s_accounts(ring: Any) -> None:
    world, crew = ring
    mine = world.column("merchant", "_ring") == crew.ring.index
    shells = np.concatenate([crew.lenders, crew.shells, crew.fee_firms])
    assert np.isin(world.column("merchant", "holder_id")[mine], shells).all()
    assert set(world.column("merchant", "introduced_by_id")[mine].tolist()) == set(crew.services.payment.tolist())

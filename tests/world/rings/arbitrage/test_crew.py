import numpy as np

from tests.world.rings.blank.rings_of import settled


def test_agency_and_insurer_are_of_their_trades() -> None:
    world, _, team = settled()
    assert world.of(np.array([team.agency, team.insurer]), "_trade").tolist() == ["insurance_agency", "insurer"]


def test_numbers_told_as_holders_own_belong_to_agents() -> None:
    world, _, team = settled()
    assert set(world.of(team.sims, "holder_id").tolist()) <= set(team.people["nominee_agent"].tolist())


def test_days_shrink_with_a_short_world_but_never_to_none() -> None:
    _, _, team = settled()
    assert team.scaled(365) == 365
    assert team.scaled(0) == 1

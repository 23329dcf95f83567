"""The app-rental platform of Qitaihe."""

from typing import Any

import numpy as np
import pytest

from suyuan.world.frame.options import Options
from suyuan.world.frame.world import World
from suyuan.world.people import settle
from suyuan.world.rings import qitaihe


@pytest.fixture(scope="module")
def world_and_cast() -> Any:
    world = World(options=Options(seed=2, scale=0.01, hidden=0.0))
    settle.settle(world)
    cast = qitaihe.cast(world, number=1)
    qitaihe.play(world, cast)
    return world, cast


def test_a_vendor_has_three_tenants_at_least_and_each_is_a_ring_that_names_it(world_and_cast: Any) -> None:
    world, cast = world_and_cast
    assert len(cast.tenants) >= 3
    for crew in cast.tenants:
        assert (crew.ring.kind, crew.ring.parent) == (qitaihe.TENANT, cast.vendor.ring.ring_id)
        assert len(crew.victims) >= 20
    assert len({ring.ring_id for ring in world.truths.rings}) == 1 + len(cast.tenants)


def test_tenants_lend_under_one_code_base_with_people_of_their_own(world_and_cast: Any) -> None:
    world, cast = world_and_cast
    assert len(set(world.column("app", "code_family"))) == 1
    members = [np.concatenate(list(crew.people.values())) for crew in cast.tenants]
    everyone = np.concatenate(members)
    assert len(np.unique(everyone)) == len(everyone)


def test_three_data_firms_answer_the_tenants(world_and_cast: Any) -> None:
    world, cast = world_and_cast
    assert len(cast.vendor.services.data) == 3
    assert set(world.column("data_query", "provider_id").tolist()) == set(cast.vendor.services.data.tolist())


def test_who_knows_better_pays_rent_in_many_small_sums() -> None:
    world = World(options=Options(seed=2, scale=0.01, evasion=1))
    settle.settle(world)
    cast = qitaihe.cast(world, number=1)
    rent = qitaihe.rent(world, cast.tenants[0], 4_880_000, cast.vendor)
    assert len(rent) > 10
    assert (rent.amount < 4_880_000 // 4).all()

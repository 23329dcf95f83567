from typing import Any

import numpy as np

from suyuan.world.frame.tables import Why
from suyuan.world.rings.hubs import hubs, spread
from tests.world.rings.blank.rings_of import settled

WANTED = {"corporate": 2, "wallet": 3, "merchant": 1}


def test_hubs_are_opened_by_kind_only_where_routes_need_them() -> None:
    world, crew, _ = settled()
    chance = np.random.default_rng(1)
    told: dict[str, Any] = {"holders": crew.people["nominee"], "firms": crew.firms, "on": 3, "why": Why(ring=0)}
    assert hubs(world, chance, {"ways": {"routes": {}}}, WANTED, **told) == {}
    found = hubs(world, chance, {"ways": {"routes": {"direct": 1}}}, WANTED, **told)
    assert {kind: len(ids) for kind, ids in found.items()} == WANTED
    assert set(world.of(found["wallet"], "kind")) == {"wallet"}
    assert set(world.of(found["corporate"], "holder_id").tolist()) <= set(crew.firms.tolist())


def test_accounts_spread_over_banks_as_everybodys_do() -> None:
    world, crew, _ = settled()
    opened = spread(world, np.random.default_rng(1), crew.borrowers.who, on=3, why=Why(ring=0))
    assert len(set(world.of(opened, "bank"))) >= 4
    assert world.of(opened, "holder_id").tolist() == crew.borrowers.who.tolist()

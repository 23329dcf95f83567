from typing import Any

import numpy as np
import pytest

from suyuan.world.frame.tables import Why
from suyuan.world.frame.world import World
from suyuan.world.rings.cover import CARD, CASH_SIDE, CORPORATE, ROUTES, crowd, route, sorts, spend
from tests.world.rings.blank.rings_of import settled


def tail(world: World, before: int) -> list[dict[str, Any]]:
    return world.tables.table("transfer").slice(before).to_pylist()  # type: ignore[no-any-return]


@pytest.mark.parametrize("name", list(ROUTES))
def test_what_leaves_the_payer_reaches_the_payee_to_the_fen(name: str) -> None:
    world, crew, _ = settled(evasion=1)
    before = world.tables.rows("transfer")
    src, dst = crew.accounts["purse"][:1], crew.accounts["pool"][:1]
    way: dict[str, Any] = {"hubs": crew.ways.hubs, "routes": {"direct": 0, name: 1}, "least": 500}
    at, fen = world.moment([40], 36_000), np.array([1_234_567])
    route(world, Why(ring=0), chance=np.random.default_rng(1), src=src, dst=dst, fen=fen, at=at, **way)
    rows = tail(world, before)
    assert sum(row["amount_fen"] for row in rows if row["src_account_id"] == src[0]) == 1_234_567
    assert sum(row["amount_fen"] for row in rows if row["dst_account_id"] == dst[0]) == 1_234_567
    assert sum(row["amount_fen"] for row in rows) == 1_234_567 * (len(ROUTES[name]) + 1)


def test_money_never_leaves_a_stop_before_it_has_come() -> None:
    world, crew, _ = settled(evasion=1)
    before = world.tables.rows("transfer")
    src, dst = crew.accounts["purse"][:1], crew.accounts["pool"][:1]
    way: dict[str, Any] = {"hubs": crew.ways.hubs, "routes": {"direct": 0, "firms": 1}, "least": 500}
    fen, at = np.array([900_000]), world.moment([40], 36_000)
    route(world, Why(ring=0), chance=np.random.default_rng(1), src=src, dst=dst, fen=fen, at=at, **way)
    rows = tail(world, before)
    last_in = max(row["booked_at"] for row in rows if row["src_account_id"] == src[0])
    assert all(row["booked_at"] >= last_in for row in rows if row["src_account_id"] != src[0])


def test_people_of_the_ring_shop_where_others_do() -> None:
    world, crew, _ = settled(evasion=1)
    before = world.tables.rows("transfer")
    payers = np.repeat(crew.accounts["purse"], 30)
    days = np.full(30, 20)
    spend(world, Why(ring=0), chance=np.random.default_rng(1), payers=payers, days=days, hubs=crew.ways.hubs)
    rows = tail(world, before)
    known = crowd(world)
    assert known is not None
    assert {row["dst_account_id"] for row in rows} <= set(known.dst.tolist())
    assert {row["_flow"] for row in rows} == {"spend"}


def test_nobody_hides_at_evasion_0() -> None:
    world, _, _ = settled()
    assert crowd(world) is None


def test_sorts_tell_cards_from_firms_and_cash() -> None:
    world, crew, _ = settled(evasion=1)
    accounts = np.array([crew.accounts["purse"][0], crew.bank_accounts[0], -1])
    assert sorts(world, accounts).tolist() == [CARD, CORPORATE, CASH_SIDE]

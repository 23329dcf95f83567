from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa

from suyuan.world.alike.premises import CHAIN, INCUBATOR, SCENARIOS, SERVICES

Rows = Callable[..., pa.Table]


def test_firms_of_an_incubator_share_its_address_and_phone(played: Any) -> None:
    world, scenes = played(SCENARIOS)
    scene = scenes[INCUBATOR]
    for what in ("address", "phone"):
        assert (world.of(scene.crowd, what) == world.of(scene.main, what)[scene.of]).all()


def test_branches_of_a_chain_have_one_legal_representative(played: Any) -> None:
    world, scenes = played(SCENARIOS)
    scene = scenes[CHAIN]
    assert (world.of(scene.crowd, "_legal_rep") == world.of(scene.main, "_legal_rep")[scene.of]).all()


def test_a_branch_keeps_nothing_of_a_days_takings(played: Any, rows: Rows) -> None:
    world, scenes = played(SCENARIOS)
    transfers = rows(world, "transfer", CHAIN)
    src, dst, amount = (
        np.array(transfers[name].to_pylist()) for name in ("src_account_id", "dst_account_id", "amount_fen")
    )
    for till in scenes[CHAIN].more["till"].tolist():
        assert amount[dst == till].sum() == amount[src == till].sum()


def test_services_serve_many_clients_at_the_market_price(played: Any, rows: Rows) -> None:
    world, scenes = played(SCENARIOS)
    for kind in SERVICES:
        contracts = rows(world, "service_contract", kind)
        assert contracts["price_fen"].equals(contracts["market_price_fen"])
        provider = np.array(contracts["provider_id"].to_pylist())
        assert min((provider == firm).sum() for firm in scenes[kind].main.tolist()) >= 12

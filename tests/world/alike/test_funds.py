from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa

from suyuan.world.alike.funds import AGGREGATOR, MARKET, PAYROLL, SCENARIOS
from suyuan.world.life.actors import accounts

Rows = Callable[..., pa.Table]


def flows(transfers: pa.Table, account: int) -> tuple[int, int]:
    src, dst = (np.array(transfers[side].to_pylist()) for side in ("src_account_id", "dst_account_id"))
    amount = np.array(transfers["amount_fen"].to_pylist())
    return int(amount[dst == account].sum()), int(amount[src == account].sum())


def test_what_comes_into_a_payroll_account_goes_out_as_wages(played: Any, rows: Rows) -> None:
    world, scenes = played(SCENARIOS)
    transfers = rows(world, "transfer", PAYROLL)
    for account in scenes[PAYROLL].more["account"].tolist():
        came, went = flows(transfers, account)
        assert came > 0
        assert came == went


def test_a_market_passes_every_takings_on_to_the_stall(played: Any, rows: Rows) -> None:
    world, scenes = played(SCENARIOS)
    transfers = rows(world, "transfer", MARKET)
    for account in scenes[MARKET].more["account"].tolist():
        came, went = flows(transfers, account)
        assert came == went > 0


def test_no_buyers_money_ever_lies_with_the_aggregator(played: Any, rows: Rows) -> None:
    world, scenes = played(SCENARIOS)
    scene, transfers, orders = (
        scenes[AGGREGATOR],
        rows(world, "transfer", AGGREGATOR),
        rows(world, "payment_order", AGGREGATOR),
    )
    own = set(accounts(world, scene.main).tolist())
    assert not own & set(orders["payee_account_id"].to_pylist())
    memos = np.array(transfers["memo"].cast(pa.string()).to_pylist())
    to_own = np.isin(np.array(transfers["dst_account_id"].to_pylist()), list(own))
    assert set(memos[to_own].tolist()) <= {"分润"}
    assert set(rows(world, "merchant", AGGREGATOR)["introduced_by_id"].to_pylist()) == set(scene.main.tolist())


def test_every_order_is_a_transfer_of_the_same_sum(played: Any, rows: Rows) -> None:
    world, _ = played(SCENARIOS)
    orders, transfers = rows(world, "payment_order", AGGREGATOR), rows(world, "transfer", AGGREGATOR)
    paid = {
        order: amount
        for order, amount in zip(transfers["_order"].to_pylist(), transfers["amount_fen"].to_pylist(), strict=True)
        if order >= 0
    }
    assert sorted(paid.values()) == sorted(orders["amount_fen"].to_pylist())

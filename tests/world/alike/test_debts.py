from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from suyuan.world.alike.debts import MANAGER, OUTAGE, PLAN, RETAINERS, SCENARIOS
from suyuan.world.life.actors import accounts

Rows = Callable[..., pa.Table]


def test_nobody_speaks_for_those_an_outage_hit(played: Any, rows: Rows) -> None:
    world, scenes = played(SCENARIOS)
    complaints = rows(world, "complaint", OUTAGE)
    assert "agent_id" not in complaints.column_names or complaints["agent_id"].null_count == complaints.num_rows
    assert sum(complaints["settled_fen"].to_pylist()) == 0
    days = complaints["received_at"].to_numpy().astype("datetime64[D]")
    for instance in range(scenes[OUTAGE].many):
        mine = days[scenes[OUTAGE].of == instance]
        assert (mine.max() - mine.min()).astype(int) <= 2


def test_the_manager_pays_the_bank_for_what_he_collects(played: Any, rows: Rows) -> None:
    world, scenes = played(SCENARIOS)
    transfers, package = rows(world, "transfer", MANAGER), rows(world, "npl_transfer", MANAGER)
    own = set(accounts(world, scenes[MANAGER].main).tolist())
    paid = sum(
        f
        for s, f in zip(transfers["src_account_id"].to_pylist(), transfers["amount_fen"].to_pylist(), strict=True)
        if s in own
    )
    assert abs(paid - sum(package["price_fen"].to_pylist())) < 100 * package.num_rows
    assert package["registered_on"].null_count == 0


def test_debtors_of_a_plan_pay_the_bank_itself(played: Any, rows: Rows) -> None:
    world, scenes = played(SCENARIOS)
    transfers = rows(world, "transfer", PLAN)
    plan = transfers.filter(pc.equal(transfers["memo"].cast(pa.string()), "个性化分期还款"))
    assert plan.num_rows > 100
    assert set(plan["dst_account_id"].to_pylist()) <= set(accounts(world, scenes[PLAN].main).tolist())


def test_a_client_account_ends_empty(played: Any, rows: Rows) -> None:
    world, scenes = played(SCENARIOS)
    transfers = rows(world, "transfer", RETAINERS)
    src, dst, amount = (np.array(transfers[n].to_pylist()) for n in ("src_account_id", "dst_account_id", "amount_fen"))
    for held in scenes[RETAINERS].more["account"].tolist():
        assert amount[dst == held].sum() == amount[src == held].sum() > 0

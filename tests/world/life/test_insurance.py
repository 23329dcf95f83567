"""Insurance of people."""

import numpy as np

from suyuan.world.frame.tables import row_of
from suyuan.world.life.insurance import insurers_of, sellers_of
from tests.world.life.life_of import life_of


def test_dates_of_a_policy_are_ordered() -> None:
    world = life_of()
    applied, effective, ends = (world.column("policy", name) for name in ("applied_on", "effective_on", "ends_on"))
    assert (applied < effective).all()
    assert (effective < ends).all()
    out = world.column("policy", "surrendered_on").astype("datetime64[D]")
    kept = ~np.isnat(out)
    assert (out[kept] > effective[kept]).all()
    assert (kept == (world.column("policy", "status").astype(str) == "surrendered")).all()


def test_hardship_surrenders_lose_money_and_go_to_the_holder() -> None:
    world = life_of(scale=0.2)
    gone = np.flatnonzero(world.column("policy", "status").astype(str) == "surrendered")
    policy = row_of(world.column("premium_payment", "policy_id"))
    paid = np.bincount(
        policy, weights=world.column("premium_payment", "amount_fen"), minlength=world.tables.rows("policy")
    )
    back = world.column("policy", "surrender_fen")[gone]
    assert len(gone) > 20
    assert (back < 0.95 * world.column("policy", "premium_fen")[gone] * 9).all()
    assert (back[paid[gone] > 0] > 0).all()
    account = world.column("policy", "surrender_account_id")[gone]
    assert (world.of(account, "holder_id") == world.column("policy", "holder_id")[gone]).all()


def test_surrenders_spread_over_the_months_after_an_anniversary() -> None:
    world = life_of(scale=0.2)
    gone = world.column("policy", "status").astype(str) == "surrendered"
    held = (world.column("policy", "surrendered_on")[gone] - world.column("policy", "effective_on")[gone]).astype(
        int
    ) % 365
    assert np.median(held) > 15
    assert held.max() > 90


def test_premiums_within_the_world_are_transfers() -> None:
    world = life_of()
    now = world.column("premium_payment", "paid_at") >= world.moment(0, 0)
    moved = world.column("transfer", "memo").astype(str) == "保费"
    assert (
        world.column("transfer", "amount_fen")[moved].sum() == world.column("premium_payment", "amount_fen")[now].sum()
    )


def test_most_holders_pay_themselves() -> None:
    world = life_of(scale=0.2)
    own = world.column("policy", "premium_payer_id") == world.column("policy", "holder_id")
    assert 0.95 < own.mean() < 1


def test_agents_work_for_agencies_or_insurers() -> None:
    world = life_of()
    agents = sellers_of(world)
    trades = set(world.of(world.of(agents.ids, "_employer"), "_trade"))
    assert trades <= {"insurance_agency", "insurer"}
    assert set(world.of(insurers_of(world, "life"), "_trade")) == {"insurer"}

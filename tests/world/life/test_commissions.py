"""What selling insurance pays."""

import numpy as np

from suyuan.world.life.commissions import pay_days
from suyuan.world.life.rhythm import is_off
from tests.world.life.life_of import life_of


def test_commissions_are_paid_on_a_working_day_of_the_next_month() -> None:
    world = life_of()
    paid = pay_days(world, np.arange(60))
    assert not is_off(paid).any()
    assert (paid > np.arange(60)).all()
    assert paid.max() < 62 + 31


def test_what_is_paid_out_is_what_was_earned() -> None:
    world = life_of()
    moved = world.column("transfer", "memo").astype(str) == "佣金"
    amounts = world.column("commission", "amount_fen")
    kept = world.column("transfer", "amount_fen")[moved].sum()
    assert kept >= amounts.sum()
    assert kept <= amounts[amounts > 0].sum()


def test_only_what_ended_within_the_clawback_is_clawed_back() -> None:
    world = life_of(scale=0.2)
    back = world.column("commission", "kind").astype(str) == "clawback"
    policies = world.column("commission", "policy_id")[back]
    assert back.any()
    assert (world.column("commission", "amount_fen")[back] < 0).all()
    assert np.isin(world.of(policies, "status").astype(str), ["cancelled", "surrendered", "lapsed"]).all()


def test_commission_stays_under_the_premium() -> None:
    world = life_of()
    assert (world.column("policy", "commission_fen") < world.column("policy", "premium_fen")).all()


def test_every_agent_has_a_contract() -> None:
    world = life_of()
    assert set(world.column("policy", "agent_id")) == set(world.column("agent_contract", "agent_id"))

"""Premiums that honest holders pay for themselves, year by year."""

import numpy as np

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import Why
from suyuan.world.frame.world import World
from suyuan.world.life.actors import accounts
from suyuan.world.life.pay import pay
from suyuan.world.life.rhythm import moments

YEAR = 365


def pay_premiums(
    world: World, label: Why, chance: np.random.Generator, *, policies: Ints, holder: Ints, insurer: Ints,
    premium: Ints, start: Ints, until: Ints, years: int,
) -> None:  # fmt: skip
    """Add the premiums of `years` that fall due within the world and before the day `until`, and pay them.

    One entry a policy: who holds and pays it, who insures, fen a year, the first day.
    """
    own, house = accounts(world, holder), accounts(world, insurer)
    for year in range(years):
        due = start + YEAR * year
        now = (due >= 0) & (due < until)
        at = moments(world, chance, due)
        world.add(
            "premium_payment", label, policy_id=policies[now], payer_id=holder[now], payer_account_id=own[now],
            payee_account_id=house[now], period_no=year + 1, kind="renewal" if year else "first",
            due_on=world.day(due[now]), paid_at=at[now], currency="CNY", amount_fen=premium[now], channel="代扣",
        )  # fmt: skip
        pay(world, label, src=own[now], dst=house[now], at=at[now], amount_fen=premium[now], memo="保费",
            channel="batch", kind="保费")  # fmt: skip

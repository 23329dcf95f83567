"""Money handed on."""

from typing import Any

import numpy as np

from suyuan.world.rings.routine_loans.carry import Way, blending, hand_on, parted, provided
from suyuan.world.rings.routine_loans.sums import Sums


def sums(n: Any) -> Any:
    return Sums(account=np.repeat(np.arange(3), n), day=np.tile(np.arange(n) + 100, 3), amount=np.full(3 * n, 777_777))


def test_what_is_handed_on_is_never_more_than_came(ring: Any, play: Any) -> None:
    world, crew = ring
    chance = world.chance("test")
    came = sums(6)
    came = Sums(account=crew.accounts["carriers"][came.account], day=came.day, amount=came.amount)
    before = world.tables.rows("transfer")
    arrived = hand_on(world, crew, chance, came, Way(to=crew.accounts["treasury"], hours=(8, 12)))
    assert world.tables.rows("transfer") - before == len(arrived)
    assert 0 < arrived.amount.sum() <= came.amount.sum()
    play.cache_clear()  # this world has more in it now than its ring did


def test_parts_and_provisions_sum_to_what_was_asked(published: Any) -> None:
    world, _ = published
    chance = world.chance("test")
    asked = sums(4).a_day()
    assert parted(world, chance, asked, middle_fen=1).amount.sum() == asked.amount.sum()
    assert provided(world, chance, asked, middle_fen=1).amount.sum() == asked.amount.sum()


def test_amounts_are_blended_for_those_who_know_only(published: Any, knowing: Any) -> None:
    amounts = np.full(50, 123_457)
    assert (blending(published[0], published[0].chance("t"))(amounts) == amounts).all()
    assert len(set(blending(knowing[0], knowing[0].chance("t"))(amounts).tolist())) > 5

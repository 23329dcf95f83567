"""The arithmetic of a loan's book."""

from dataclasses import replace

import numpy as np
import pytest

from suyuan.world.frame.dice import dice
from suyuan.world.frame.options import Options
from suyuan.world.frame.world import World
from suyuan.world.life.book import METHODS, NEVER, Conduct, Terms, dues, months_after, settle

WORLD = World(options=Options(seed=1))
HONEST = Conduct(default=0, early=0, prepaid=0, slow=0, late_days=5)


def _terms(n: int, *, method: str = "equal_instalment", months: int = 12, ppm: int = 10_000) -> Terms:
    return Terms(
        principal=np.full(n, 1_200_000),
        monthly_ppm=np.full(n, ppm),
        months=np.full(n, months),
        method=np.full(n, METHODS.index(method)),
        start=np.full(n, 30),
    )


def test_equal_instalments_are_equal_and_pay_everything() -> None:
    owed = dues(WORLD, _terms(1))
    assert owed.amount[:11].tolist() == [106_619] * 11  # 12,000 yuan at 1 % a month over 12 months: 1,066.19
    assert abs(owed.amount[11] - 106_619) <= 12
    assert owed.left[11] == 0


@pytest.mark.parametrize("ppm", [0, 1, 5_000, 20_000])
def test_interest_runs_on_what_is_left(ppm: int) -> None:
    terms = _terms(1, ppm=ppm, months=24)
    owed = dues(WORLD, terms)
    left = 1_200_000
    for amount, after in zip(owed.amount, owed.left, strict=True):
        left = left + round(left * ppm / 1e6) - amount
        assert abs(left - after) <= 24


def test_interest_first_pays_the_principal_last() -> None:
    owed = dues(WORLD, _terms(1, method="interest_first"))
    assert owed.amount.tolist() == [12_000] * 11 + [1_212_000]
    assert owed.left.tolist() == [1_200_000] * 11 + [0]


def test_a_bullet_is_paid_at_once() -> None:
    owed = dues(WORLD, _terms(1, method="bullet", months=2))
    assert owed.amount.tolist() == [1_224_000]
    assert owed.due.tolist() == [89]  # 31 July and two months: 28 September at the latest


def test_months_end_on_the_28th_at_the_latest() -> None:
    assert months_after(WORLD, np.array([30, 0]), np.array([1, 2])).tolist() == [58, 62]


def test_the_honest_pay_what_they_owe_when_they_owe_it() -> None:
    terms = _terms(50)
    owed = dues(WORLD, terms)
    paid = settle(dice(1), owed, terms, HONEST)
    assert paid.dues.amount.sum() == owed.amount.sum()
    assert (paid.late[paid.late > 0] <= 60).all()
    assert (paid.day == paid.dues.due + paid.late).all()


def test_a_default_stops_and_the_share_holds() -> None:
    terms = _terms(4000)
    paid = settle(dice(1), dues(WORLD, terms), terms, replace(HONEST, default=100, early=300))
    stopped = paid.stops < NEVER
    assert 320 < stopped.sum() < 480
    made = np.bincount(paid.dues.loan, minlength=4000)
    assert (made[stopped] == paid.stops[stopped]).all()
    assert (made[~stopped] == 12).all()


def test_who_pays_early_owes_nothing_more() -> None:
    terms = _terms(500)
    paid = settle(dice(1), dues(WORLD, terms), terms, replace(HONEST, prepaid=1000))
    assert paid.settlement.sum() == 500
    assert (paid.dues.left[paid.settlement] == 0).all()
    assert (paid.dues.amount[paid.settlement] > 106_619).all()

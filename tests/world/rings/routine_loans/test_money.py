"""The ring's own money."""

from typing import Any

import numpy as np


def moved(world: Any, crew: Any, *, src: Any = None, dst: Any = None) -> Any:
    mine = world.column("transfer", "_ring") == crew.ring.index
    if src is not None:
        mine &= np.isin(world.column("transfer", "src_account_id"), src)
    if dst is not None:
        mine &= np.isin(world.column("transfer", "dst_account_id"), dst)
    return mine


def amount(world: Any, mine: Any) -> Any:
    return int(world.column("transfer", "amount_fen")[mine].sum())


def test_little_capital_of_its_own_is_turned_many_times(play: Any) -> None:
    """Published: 5.975 bn lent from under 200 M, about 30 times."""
    lent = capital = 0
    for seed in range(1, 5):
        world, crew = play(seed=seed)
        purses, treasury = crew.accounts["purses"], crew.accounts["treasury"]
        capital += amount(world, moved(world, crew, src=purses, dst=treasury))
        lent += amount(world, moved(world, crew) & (world.column("transfer", "_flow") == "payout"))
    assert 8 < lent / capital < 80


def test_profit_ends_with_nominees_in_cash_in_homes_and_abroad(ring: Any) -> None:
    world, crew = ring
    assert amount(world, moved(world, crew, dst=crew.accounts["purses"])) > 0
    spent = moved(world, crew, src=crew.accounts["purses"]) & (world.column("transfer", "_flow") == "spend")
    assert (world.column("transfer", "dst_account_id")[spent] == -1).any()
    assert (world.column("transfer", "dst_account_id")[spent] >= 0).any()


def test_programmers_and_collectors_are_paid(published: Any) -> None:
    world, crew = published
    for part in ("programmers", "collectors"):
        assert amount(world, moved(world, crew, dst=world.of(crew.people[part], "_main_account"))) > 0


def test_no_account_draws_the_cash_limit_of_a_day(ring: Any) -> None:
    world, crew = ring
    cash = moved(world, crew) & (world.column("transfer", "dst_account_id") == -1)
    at = world.column("transfer", "booked_at")[cash].astype("datetime64[D]").astype(int)
    keys = world.column("transfer", "src_account_id")[cash] * 100_000 + at
    sums = np.zeros(len(np.unique(keys)), np.int64)
    np.add.at(sums, np.unique(keys, return_inverse=True)[1], world.column("transfer", "amount_fen")[cash])
    assert sums.max(initial=0) < 5_000_000


def test_nothing_is_transferred_outside_the_world(ring: Any) -> None:
    world, crew = ring
    at = world.column("transfer", "booked_at")[moved(world, crew)]
    assert at.min() >= world.moment(0, 0)
    assert at.max() < world.moment(world.options.days, 0)

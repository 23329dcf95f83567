"""The accounts that face victims."""

from typing import Any

import numpy as np


def flows(world: Any, crew: Any, parts: Any, *, days: Any) -> Any:
    accounts = np.concatenate([crew.accounts[part] for part in parts])
    mine = world.column("transfer", "_ring") == crew.ring.index
    src, dst = (world.column("transfer", side)[mine] for side in ("src_account_id", "dst_account_id"))
    amount = world.column("transfer", "amount_fen")[mine]
    at = world.column("transfer", "booked_at")[mine].astype("datetime64[D]")
    day = (at - world.day(0)).astype(int)
    for account in accounts:
        came, went = np.zeros(days, np.int64), np.zeros(days, np.int64)
        np.add.at(came, day[dst == account], amount[dst == account])
        np.add.at(went, day[src == account], amount[src == account])
        yield came, went


def test_pass_through_accounts_never_pay_what_they_have_not_got(ring: Any) -> None:
    world, crew = ring
    parts = ("merchants", "carriers", "mules", "pay_merchants", "wallets")
    for came, went in flows(world, crew, parts, days=world.options.days):
        assert (np.cumsum(came) - np.cumsum(went) >= 0).all()


def test_as_published_what_comes_to_a_merchant_number_is_gone_the_next_day(published: Any) -> None:
    world, crew = published
    for came, went in flows(world, crew, ("merchants",), days=world.options.days):
        assert went[1:].sum() >= came[:-1].sum() * 96 // 100


def test_who_knows_the_thresholds_keeps_money_working_where_it_came(knowing: Any) -> None:
    world, crew = knowing
    came, went = (sum(side) for side in zip(*flows(world, crew, ("firms",), days=world.options.days), strict=True))
    assert went[1:].sum() > 0
    soon = sum(min(came[day], went[day] + went[day + 1]) for day in range(len(came) - 1))
    assert soon < 0.6 * came.sum()

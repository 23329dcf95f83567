"""Logins of everyone."""

import numpy as np

from suyuan.world.frame.tables import row_of
from suyuan.world.life.logins import volume_of_pool
from tests.world.life.life_of import life_of


def test_people_log_in_to_their_own_accounts() -> None:
    world = life_of()
    account, person = world.column("login", "account_id"), world.column("login", "person_id")
    told = account >= 0
    assert (world.of(account[told], "holder_id") == person[told]).all()


def test_the_app_is_that_of_the_accounts_keeper() -> None:
    world = life_of()
    account, app = world.column("login", "account_id"), world.column("login", "app_id")
    told = (account >= 0) & (app >= 0)
    assert told.mean() > 0.9
    keeper = world.of(world.of(app[told], "operator_id"), "name")
    banks = world.of(account[told], "bank")
    assert all(name.startswith(bank) for name, bank in zip(keeper, banks, strict=True))


def test_most_people_use_one_phone_and_some_change_it() -> None:
    world = life_of(scale=0.2)
    pairs = np.unique(np.stack([world.column("login", "person_id"), world.column("login", "device")], axis=1), axis=0)
    _, phones = np.unique(pairs[:, 0], return_counts=True)
    assert 0.6 < (phones == 1).mean() < 0.98
    assert phones.max() <= 4


def test_one_address_of_a_carrier_serves_many() -> None:
    world = life_of(scale=0.2)
    pairs = np.unique(np.stack([world.column("login", "ip"), world.column("login", "person_id")], axis=1), axis=0)
    _, people = np.unique(pairs[:, 0], return_counts=True)
    assert people.max() > 100
    assert volume_of_pool(world) == 180


def test_who_applies_online_logs_in_to_the_lender() -> None:
    world = life_of()
    app = world.column("login", "app_id")
    lending = (app >= 0) & (world.column("login", "account_id") < 0)
    kinds = set(world.column("app", "kind")[row_of(app[lending])])
    assert {"lending", "payment"} <= kinds

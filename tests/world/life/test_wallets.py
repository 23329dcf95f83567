"""Which account a login is usually to."""

import numpy as np

from suyuan.world.frame.tables import first_id
from suyuan.world.life.wallets import everyday_apps, keepers_apps, shown_account, usual_account, wallets_of
from tests.world.life.life_of import life_of

WORLD = life_of()
PEOPLE = first_id("person") + np.flatnonzero(WORLD.column("person", "_main_account") >= 0)


def test_a_wallet_is_its_holders() -> None:
    wallets = wallets_of(WORLD)
    has = np.flatnonzero(wallets >= 0)
    assert (WORLD.of(wallets[has], "holder_id") == first_id("person") + has).all()


def test_the_usual_account_is_ones_own() -> None:
    found = usual_account(WORLD, WORLD.chance("t"), PEOPLE)
    assert (WORLD.of(found, "holder_id") == PEOPLE).all()
    kinds = WORLD.of(found, "kind").astype(str)
    assert 0.1 < (kinds == "wallet").mean() < 0.5


def test_what_is_told_is_shown() -> None:
    told = np.where(np.arange(len(PEOPLE)) % 2 == 0, 7, -1)
    found = shown_account(WORLD, WORLD.chance("t"), PEOPLE, told)
    assert (found[::2] == 7).all()
    assert (found[1::2] == -1).mean() < 0.2


def test_the_keepers_app_is_run_by_the_bank_that_keeps_the_account() -> None:
    apps = keepers_apps(WORLD)
    held = np.flatnonzero(apps >= 0)
    keeper = WORLD.of(WORLD.of(apps[held], "operator_id"), "name")
    banks = WORLD.column("account", "bank")[held]
    assert all(name.startswith(bank) for name, bank in zip(keeper, banks, strict=True))


def test_everyday_apps_know_no_account() -> None:
    kinds = set(WORLD.of(everyday_apps(WORLD), "kind"))
    assert kinds
    assert "lending" not in kinds

"""Which account and app a person's login is usually to: the bank's, the wallet's, or an app that knows no account."""

from collections.abc import Callable

import numpy as np
import pyarrow.compute as pc

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import NOBODY, first_id, is_of, row_of
from suyuan.world.frame.world import World
from suyuan.world.life.actors import firms
from suyuan.world.life.figures import figures, permille
from suyuan.world.life.software import app_of


def wallets_of(world: World) -> Ints:
    """Return the wallet of every person, `NOBODY` of those who have none."""
    return _kept(world, "wallets", _wallets, "person", "account")


def _kept(world: World, name: str, make: Callable[[World], Ints], *tables: str) -> Ints:
    """Return what `make` says of the world, asked anew only when `tables` have grown."""
    kept: dict[str, tuple[list[int], Ints]] = vars(world).setdefault("_wallets", {})
    rows = [world.tables.rows(table) for table in tables]
    if name not in kept or kept[name][0] != rows:
        kept[name] = (rows, make(world))
    return kept[name][1]


def _wallets(world: World) -> Ints:
    wallets = np.full(world.tables.rows("person"), NOBODY, np.int64)
    if not world.tables.rows("account"):
        return wallets
    holder, kind = world.column("account", "holder_id"), world.tables.table("account")["kind"]
    mine = np.flatnonzero(np.asarray(pc.equal(kind, "wallet")) & is_of(holder, "person"))
    wallets[row_of(holder[mine])] = first_id("account") + mine
    return wallets


def usual_account(world: World, chance: np.random.Generator, people: Ints) -> Ints:
    """Return the account that a login of each of `people` is to: the wallet as often as everybody's is."""
    row = row_of(people)
    wallets = wallets_of(world)[row]
    wanted = permille(chance, figures("logins")["wallet"], len(row)) & (wallets != NOBODY)
    return np.where(wanted, wallets, world.column("person", "_main_account")[row])


def shown_account(world: World, chance: np.random.Generator, people: Ints, told: Ints) -> Ints:
    """Return `told`, and where none or the main one is told the usual one, as often as everyone's logins show one."""
    main = told == world.column("person", "_main_account")[row_of(people)]
    told = np.where(main, NOBODY, told)
    shown = ~permille(chance, figures("logins")["without_account"], len(people))
    return np.where(told != NOBODY, told, np.where(shown, usual_account(world, chance, people), NOBODY))


def keepers_apps(world: World) -> Ints:
    """Return for every account the app of the institution that keeps it, by the institution's name."""
    return _kept(world, "apps", _apps, "account", "app", "company")


def _apps(world: World) -> Ints:
    keepers = firms(world, "bank", "wallet_firm", "payment_firm")
    apps = app_of(world, keepers)
    names = [str(name) for name in world.of(keepers, "name")]
    banks = world.tables.taken("account", "bank", np.arange(world.tables.rows("account"))).dictionary_encode()
    found = [
        next((int(app) for name, app in zip(names, apps, strict=True) if name.startswith(bank or "?")), NOBODY)
        for bank in banks.dictionary.to_pylist()
    ]
    codes = banks.indices.fill_null(len(found)).to_numpy()
    return np.asarray(np.array([*found, NOBODY], np.int64)[codes])


def everyday_apps(world: World) -> Ints:
    """Return the background's apps that know a person but no account: shops, chats, insurers and the like."""
    kinds = world.column("app", "kind").astype(str)
    plain = np.isin(kinds, ["shopping", "chat", "other", "insurance"]) & (world.column("app", "_ring") == NOBODY)
    return first_id("app") + np.flatnonzero(plain).astype(np.int64)

"""Who pays whom: the accounts of people and firms as the flows of money use them."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from suyuan.world.frame.dice import Ints, around, weighted
from suyuan.world.frame.tables import NOBODY, first_id, is_of, row_of
from suyuan.world.frame.world import World
from suyuan.world.life.flows_orders import merchant_accounts, open_merchants
from suyuan.world.life.flows_words import figures
from suyuan.world.people.cast import outside_accounts

NEVER = 1 << 30


@dataclass(frozen=True, kw_only=True)
class Accounts:
    """One entry an account: the days of the world on which it is opened and closed, and whether it keeps little."""

    opened: Ints
    closed: Ints
    thin: NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class Who:
    """One entry a person (`main` … `age`) or a firm (`till` …), in the order of their ids; accounts are ids or -1.

    `merchant_of` tells the merchant number of each account, `away` the accounts in other regions.
    `busy` and `popular` are whole weights with a heavy tail; nobody without an account has weight.
    """

    accounts: Accounts
    main: Ints
    second: Ints
    wallet: Ints
    busy: Ints
    income: Ints
    employer: Ints
    household: Ints
    device: Ints
    ip: Ints
    age: Ints
    till: Ints
    merchant: Ints
    merchant_of: Ints
    popular: Ints
    size: Ints
    owner: Ints
    trade: NDArray[np.object_]
    away: Ints

    def of_trades(self, *trades: str) -> Ints:
        """Return the rows of the firms of `trades` with an account; of all firms when there is none."""
        found = np.flatnonzero(np.isin(self.trade.astype(str), trades) & (self.till >= 0))
        return found if len(found) else np.flatnonzero(self.till >= 0)

    def some(self, chance: np.random.Generator, firms: Ints, n: int) -> Ints:
        """Return `n` rows of `firms`, the popular ones more often."""
        return np.asarray(firms[weighted(chance, self.popular[firms], n)])


def who(world: World) -> Who:
    """Return who pays whom in `world`; opens the accounts of other regions that the region deals with."""
    chance = world.chance("life", "who")
    people, firms = world.tables.rows("person"), world.tables.rows("company")
    away = outside_accounts(world, chance, max(20, people // 40), kind="card")
    accounts = _accounts(world)
    main = _known(world, "person", "_main_account", people)
    till = _known(world, "company", "_main_account", firms)
    weight = around(chance, 1_000, spread=figures()["busy"], n=people)
    keeps_little = accounts.thin[row_of(np.maximum(main, first_id("account")))]
    weight = np.where(keeps_little, weight * figures()["thin"] // 100, weight)
    popular = around(chance, 1_000, spread=figures()["popular"], n=firms) + 1
    size = np.maximum(_known(world, "company", "_size", firms), 1)
    employer = _known(world, "person", "_employer", people)
    owner = _known(world, "company", "_legal_rep", firms)
    merchant = _held(world, firms, "company", ["merchant", "payment"], besides=till)
    _number(world)
    return Who(
        accounts=accounts,
        main=main,
        second=_held(world, people, "person", ["card", "passbook", "settlement"], besides=main),
        wallet=_held(world, people, "person", ["wallet"], besides=main),
        busy=np.where(main >= 0, weight, 0),
        income=_known(world, "person", "_income_fen", people),
        employer=np.where(employer >= 0, row_of(employer), NOBODY),
        household=_known(world, "person", "_household", people),
        device=_known(world, "person", "_device", people),
        ip=_known(world, "person", "_ip", people),
        age=-(_days(world, "person", "birth_on", 0) // 365),
        till=till,
        merchant=merchant,
        merchant_of=merchant_accounts(world),
        popular=np.where(till >= 0, popular, 0),
        size=size,
        owner=np.where(owner >= 0, row_of(owner), NOBODY),
        trade=_texts(world, "company", "_trade", firms),
        away=away,
    )


def _number(world: World) -> None:
    """Lay the merchant numbers of the town's firms: those of firms that were founded for a story come with it."""
    kinds = world.tables.table("account")["kind"].cast(pa.string())
    holder = world.column("account", "holder_id")
    lacks = pc.equal(kinds, "merchant").to_numpy() & (merchant_accounts(world) < 0) & is_of(holder, "company")
    of_town = world.column("company", "_background") == 1
    lacks[lacks] = of_town[row_of(holder[lacks])]
    open_merchants(world, accounts=first_id("account") + np.flatnonzero(lacks))


def _known(world: World, table: str, name: str, n: int) -> Ints:
    found = world.column(table, name)
    return np.asarray(found, np.int64) if len(found) == n else np.full(n, NOBODY)


def _texts(world: World, table: str, name: str, n: int) -> NDArray[np.object_]:
    found = world.tables.table(table)
    if name not in found.column_names:
        return np.full(n, "", object)
    return np.asarray(found[name].cast(pa.string()).fill_null("").to_numpy(), object)


def _days(world: World, table: str, name: str, instead: int) -> Ints:
    """Return a column of days as days of the world, `instead` where it is null."""
    found = world.tables.table(table)
    if name not in found.column_names:
        return np.full(found.num_rows, instead, np.int64)
    told = found[name].cast(pa.int32()).cast(pa.int64())
    first = int(world.day(0).astype(np.int64))
    return np.asarray(pc.subtract(told, first).fill_null(instead).to_numpy(), np.int64)


def _accounts(world: World) -> Accounts:
    n = world.tables.rows("account")
    thin = world.column("account", "_thin")
    return Accounts(
        opened=_days(world, "account", "opened_on", -NEVER),
        closed=_days(world, "account", "closed_on", NEVER),
        thin=np.asarray(thin, bool) if thin.dtype == bool else np.zeros(n, bool),
    )


def _held(world: World, n: int, table: str, kinds: list[str], *, besides: Ints) -> Ints:
    """Return for each row of `table` the first account of `kinds` it holds that is not in `besides`; -1: none."""
    accounts = world.tables.table("account")
    right = pc.is_in(accounts["kind"].cast(pa.string()), value_set=pa.array(kinds)).to_numpy()
    holder = world.column("account", "holder_id")
    ids = first_id("account") + np.arange(len(holder), dtype=np.int64)
    right = right & is_of(holder, table) & ~np.isin(ids, besides)
    found = np.full(n, NOBODY)
    last_first = np.flatnonzero(right)[::-1]
    found[row_of(holder[last_first])] = ids[last_first]
    return found

"""The accounts of the town: cards, credit cards, wallets, corporate and merchants' accounts."""

import numpy as np
import pyarrow as pa

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import NOBODY, first_id
from suyuan.world.frame.world import World
from suyuan.world.people.accounts import add_accounts, house_drawn
from suyuan.world.people.facts import by_weight, days_of, facts, hundredths
from suyuan.world.people.holders import holder_columns, texts
from suyuan.world.people.letters import either
from suyuan.world.people.town import Draft

GROWN = 16  # years; from then on one has a bank card of one's own
_CREDIT = range(20, 66)
_WALLET = range(GROWN, 76)
_YEAR = 365


def grown(town: Draft) -> Ints:
    """Return the rows of people who have a bank card, in the order in which their main accounts are opened."""
    return np.flatnonzero(town.home.age >= GROWN)


def open_town(world: World, town: Draft) -> None:
    """Open everyone's main account, then every firm's, then all the others."""
    chance, people = world.chance("people", "accounts"), grown(town)
    opened = days_of(chance, _since(town.home.age[people]), -20, len(people))
    _open(world, chance, kind="card", holders=first_id("person") + people, opened=opened)
    firms = np.arange(len(town.trades))
    begun = np.minimum(town.founded + chance.integers(1, 45, len(firms)), world.options.days - 1)
    _open(world, chance, kind="corporate", holders=first_id("company") + firms, opened=begun)
    _people(world, chance, town)
    _firms(world, chance, town, begun)


def _people(world: World, chance: np.random.Generator, town: Draft) -> None:
    known, age, people = facts("banks"), town.home.age, grown(town)
    more = by_weight(chance, known["cards"], len(people)).astype(np.int64) - 1
    _later(world, chance, kind="card", rows=np.repeat(people, more), age=age)
    old = (age >= _CREDIT.start) & (age < _CREDIT.stop) & ~world.column("person", "_thin").astype(bool)
    lent = np.flatnonzero(old & hundredths(chance, known["credit_card"], len(age)))
    _later(world, chance, kind="credit_card", rows=lent, age=age)
    may = (age >= _WALLET.start) & (age < _WALLET.stop)
    for house, each in enumerate(known["wallets"]):
        users = np.flatnonzero(may & hundredths(chance, each["users"], len(age)))
        _later(world, chance, kind="wallet", rows=users, age=age, house=house)


def _firms(world: World, chance: np.random.Generator, town: Draft, begun: Ints) -> None:
    known = facts("banks")
    second = np.flatnonzero(hundredths(chance, known["second_corporate"], len(begun)))
    _open(world, chance, kind="corporate", holders=first_id("company") + second, opened=begun[second])
    share = np.array([known["merchant"].get(trade, 0) for trade in town.trades.tolist()])
    sellers = np.flatnonzero(hundredths(chance, share, len(begun)))
    _open(world, chance, kind="merchant", holders=first_id("company") + sellers, opened=begun[sellers])


def _since(age: Ints) -> Ints:
    """Return the first day one may have opened an account: at sixteen, not before the earliest year."""
    first = (facts("banks")["opened"]["first"] - 2023) * _YEAR - 180
    return np.asarray(np.minimum(np.maximum(-(age - GROWN) * _YEAR, first), -60), np.int64)


def _later(
    world: World, chance: np.random.Generator, *, kind: str, rows: Ints, age: Ints, house: int | None = None
) -> None:
    """Open further accounts, some of them while the world lives."""
    lately = hundredths(chance, facts("banks")["opened"]["in_world"], len(rows))
    since, until = np.where(lately, 0, _since(age[rows])), np.where(lately, world.options.days, -1)
    opened = days_of(chance, since, until, len(rows))
    _open(world, chance, kind=kind, holders=first_id("person") + rows, opened=opened, house=house)


def _open(
    world: World, chance: np.random.Generator, *, kind: str, holders: Ints, opened: Ints, house: int | None = None
) -> None:
    known, n = facts("banks")["opened"], len(holders)
    drawn = house_drawn(chance, kind, n)
    online = hundredths(chance, known["online"].get(kind, 0), n)
    people = n and kind in known["online"]
    add_accounts(
        world,
        chance,
        kind=kind,
        house=drawn if house is None else np.full(n, house, np.int64),
        opened=opened,
        holder=holder_columns(world, holders),
        thin=hundredths(chance, known["thin"], n),
        device=np.where(online, world.of(holders, "_device"), NOBODY) if people else NOBODY,
        opened_by=_by(world, chance, holders, online) if kind == "card" else None,
    )


def _by(
    world: World, chance: np.random.Generator, holders: Ints, online: np.ndarray[tuple[int], np.dtype[np.bool_]]
) -> pa.Array:
    """Return the head of the household where he opened the account for another at the counter, else null."""
    homes = world.column("person", "_household")
    heads = first_id("person") + np.searchsorted(homes, homes[holders - first_id("person")])
    for_him = hundredths(chance, facts("banks")["opened"]["by_another"], len(holders)) & ~online & (heads != holders)
    return either(for_him, texts(world, heads, "name"), pa.scalar(None, pa.string()))

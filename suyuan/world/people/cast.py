"""Casting: who plays in a ring or look-alike. Everyone and everything made here has the shape of the background's.

Days are days of the world (0 is its first, negative ones lie before). Ids come back in the order asked for.
"""

from typing import Any

import numpy as np
import pyarrow as pa

from suyuan.world.frame.dice import Ints, around
from suyuan.world.frame.tables import HONEST, NOBODY, Why, first_id, is_of
from suyuan.world.frame.world import World
from suyuan.world.people.accounts import add_accounts, house_drawn, houses
from suyuan.world.people.devices import tokens
from suyuan.world.people.facts import facts, hundredths
from suyuan.world.people.firms import OPEN, add_firms
from suyuan.world.people.holders import holder_columns, texts
from suyuan.world.people.names import called, surnames
from suyuan.world.people.newcomers import newcomers
from suyuan.world.people.places import districts, offices
from suyuan.world.people.sims import add_sims, next_ids, numbers_of
from suyuan.world.people.ties import add_events, add_ties, shareholders

_FREE, _SEEN, _TAKEN = range(3)


def take(
    world: World, chance: np.random.Generator, n: int, *, thin: bool | None = None, ages: tuple[int, int] = (18, 70)
) -> Ints:
    """Return `n` people who are handed out once only, of `ages` (the last one included), with or without credit history.

    When too few are left, people who moved in lately are added: everybody else keeps who he is.
    """
    free = _candidates(world, thin=thin, ages=ages, least=_FREE)
    if len(free) < n:
        free = np.concatenate(
            [chance.permutation(free), chance.permutation(_candidates(world, thin=thin, ages=ages, least=_SEEN))]
        )
    else:
        free = chance.permutation(free)
    found = first_id("person") + free[:n]
    if len(found) < n:
        found = np.concatenate([found, newcomers(world, chance, n - len(found), thin=thin, ages=ages)])
    _mark(world, found, _TAKEN)
    return found


def crowd(
    world: World, chance: np.random.Generator, n: int, *, thin: bool | None = None, ages: tuple[int, int] = (18, 75)
) -> Ints:
    """Return `n` people, each once, none of them taken; others may get them too."""
    found = _candidates(world, thin=thin, ages=ages, least=_FREE)
    found = np.concatenate([found, _candidates(world, thin=thin, ages=ages, least=_SEEN)])
    ids = first_id("person") + chance.permutation(found)[:n]
    if len(ids) < n:
        ids = np.concatenate([ids, newcomers(world, chance, n - len(ids), thin=thin, ages=ages)])
    _mark(world, ids, _SEEN)
    return ids


def firms_of(world: World, trade: str) -> Ints:
    """Return the honest background's firms of `trade` that are not wound up while the world lives."""
    fits = (world.column("company", "_trade") == trade) & (world.column("company", "_background") == 1)
    fits &= (world.column("company", "_closed") == OPEN) & (world.column("company", "_founded") < 0)
    return first_id("company") + np.flatnonzero(fits)


def found(
    world: World,
    chance: np.random.Generator,
    n: int,
    *,
    trade: str,
    on: Any,
    legal_rep: Any = None,
    size: Any = None,
    address: Any = None,
    phone: Any = None,
    name_stem: str | None = None,
    region: Any = None,
    agent: Any = NOBODY,
    closed: Any = OPEN,
    why: Why = HONEST,
) -> Ints:
    """Found `n` firms of `trade` on days `on`, each with a main account, a phone line, ties and an entry.

    Told once or once each: `legal_rep` (people; None: anyone), `size` (employees), `address` and `phone` (texts),
    `region` (six digits), `agent` (the firm that filed the papers), `closed` (the day of winding up).
    """
    rep = crowd(world, chance, n, ages=(24, 65)) if legal_rep is None else _each(legal_rep, n)
    day, code = _each(on, n), districts(chance, n) if region is None else _each(region, n)
    sim = next_ids(world, "sim", n)
    number = numbers_of(world, sim - first_id("sim"), code)
    where, told = offices(
        chance, code, towers=max(12, round(facts("places")["towers"]["number"] * world.options.scale))
    )
    made = add_firms(
        world,
        chance,
        trades=np.full(n, trade),
        founded=day,
        closed=_each(closed, n),
        size=around(chance, 3, spread=0.7, n=n) if size is None else _each(size, n),
        code=where if address is None else code,
        stem=name_stem,
        why=why,
        address=told if address is None else address,
        phone=number if phone is None else phone,
        legal_rep_name=texts(world, rep, "name"),
        legal_rep_id_no=texts(world, rep, "id_number"),
        _legal_rep=rep,
        _main_account=next_ids(world, "account", n),
        _sim=sim,
        _agent=_each(agent, n),
        _background=0,
    )
    open_accounts(world, chance, made, on=day + chance.integers(1, 30, n), kind="corporate", why=why)
    issue_sims(world, chance, made, on=day + chance.integers(0, 20, n), why=why)
    add_ties(world, src=rep, dst=made, kind="legal_representative", since=day, why=why)
    shareholders(
        world, chance, firms=made, first=rep, since=day, pool=crowd(world, chance, 2 * n + 4, ages=(24, 65)), why=why
    )
    add_events(world, firms=made, kind="founded", on=day, why=why)
    return made


def open_accounts(
    world: World,
    chance: np.random.Generator,
    holders: Ints,
    *,
    on: Any,
    kind: str = "card",
    bank: str | None = None,
    thin: Any = False,
    device: Any = None,
    opened_by: Any = None,
    why: Why = HONEST,
) -> Ints:
    """Open one account of `kind` for each of `holders` (people or firms) on days `on`, and return their ids.

    `bank` is the name of one of the institutions that keep that kind (None: by their shares); `device` and `opened_by`
    (an agent's name) are told once or once each; without `device` people use their own.
    """
    n = len(holders)
    names = [each["name"] for each in houses(kind)]
    house = house_drawn(chance, kind, n) if bank is None else np.full(n, names.index(bank), np.int64)
    if device is None:
        device = _own_devices(world, chance, holders)
    return add_accounts(
        world,
        chance,
        kind=kind,
        house=house,
        opened=np.minimum(_each(on, n), world.options.days - 1),
        holder=holder_columns(world, holders),
        thin=thin,
        device=device,
        opened_by=opened_by,
        why=why,
    )


def _own_devices(world: World, chance: np.random.Generator, holders: Ints) -> Ints:
    found, people = np.full(len(holders), NOBODY, np.int64), is_of(holders, "person")
    if people.any():
        online = hundredths(chance, 60, int(people.sum()))
        found[people] = np.where(online, world.of(holders[people], "_device"), NOBODY)
    return found


def issue_sims(
    world: World, chance: np.random.Generator, holders: Ints, *, on: Any, device: Any = None, why: Why = HONEST
) -> Ints:
    """Issue one SIM for each of `holders` (people or firms) on days `on`, and return their ids; null devices are -1."""
    n, people = len(holders), is_of(holders, "person")
    codes = np.zeros(n, np.int64)
    for mask in (people, ~people):
        if mask.any():
            codes[mask] = texts(world, holders[mask], "region_code").cast(pa.int64()).to_numpy()
    holder = holder_columns(world, holders)
    del holder["phone"]
    return add_sims(
        world,
        chance,
        holder=holder,
        codes=codes,
        opened=np.minimum(_each(on, n), world.options.days - 1),
        device=np.full(n, NOBODY, np.int64) if device is None else _each(device, n),
        operators=firms_of(world, "telecom"),
        why=why,
    )


def devices(world: World, chance: np.random.Generator, n: int) -> Ints:
    """Return `n` new devices."""
    del world
    return tokens(chance, n)


def ips(world: World, chance: np.random.Generator, n: int) -> Ints:
    """Return `n` new addresses of the network."""
    del world
    return tokens(chance, n)


def outside_accounts(
    world: World, chance: np.random.Generator, n: int, *, kind: str = "card", why: Why = HONEST
) -> Ints:
    """Return `n` accounts at banks of other regions, which hand nothing over; their holders live in no table."""
    male = hundredths(chance, 55, n)
    holder = {"holder_id": np.full(n, NOBODY, np.int64), "holder_name": called(chance, surnames(chance, n), male)}
    opened = -chance.integers(30, 5000, n)
    return add_accounts(
        world,
        chance,
        kind=kind,
        house=house_drawn(chance, kind, n, outside=True),
        opened=opened,
        holder=holder,
        outside=True,
        why=why,
    )


def _each(value: Any, n: int) -> Ints:
    return np.broadcast_to(np.asarray(value, np.int64), (n,)).copy()


def _candidates(world: World, *, thin: bool | None, ages: tuple[int, int], least: int) -> Ints:
    """Return the rows of people who fit and are in the state `least`."""
    age = -world.column("person", "_born") * 4 // 1461
    fits = (age >= ages[0]) & (age <= ages[1]) & (world.column("person", "_taken") == least)
    if thin is not None:
        fits &= world.column("person", "_thin").astype(bool) == thin
    return np.flatnonzero(fits)


def _mark(world: World, people: Ints, state: int) -> None:
    taken = world.column("person", "_taken").copy()
    rows = people - first_id("person")
    taken[rows] = np.maximum(taken[rows], state)
    world.tables.put("person", "_taken", taken.astype(np.int8))


__all__ = [
    "crowd",
    "devices",
    "firms_of",
    "found",
    "ips",
    "issue_sims",
    "newcomers",
    "open_accounts",
    "outside_accounts",
    "take",
]

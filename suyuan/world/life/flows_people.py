"""Money among people and their own accounts: friends, red packets, gifts, family, rent, cash, other regions."""

import numpy as np

from suyuan.world.frame.dice import Ints, weighted
from suyuan.world.frame.world import World
from suyuan.world.life.flows_send import Batch, amounts_of, count, months, send, share
from suyuan.world.life.flows_shops import payers, purse
from suyuan.world.life.flows_who import Who
from suyuan.world.life.pay import CASH
from suyuan.world.life.rhythm import pick_days, seconds, spring_festivals

CONTACTS = (5, 4, 2, 1, 1, 1)
"""How often a person pays each of six contacts: a housemate, the next ones in the street, others."""
STREET = 40
EVE = 55
"""Of a hundred red packets, those sent from the eve of Spring Festival to its fourth day."""


def among_people(world: World, known: Who) -> None:
    """Lay what people pay each other and move between accounts of their own."""
    people = np.flatnonzero(known.busy > 0)
    if not len(people):
        return
    contacts = _contacts(world, known, people)
    _friends(world, known, contacts)
    _red_packets(world, known, contacts)
    _gifts(world, known, contacts)
    _family(world, known, people, contacts)
    _rents(world, known, people)
    _own_accounts(world, known, people)
    _cash(world, known)
    _away(world, known, people)


def _contacts(world: World, known: Who, people: Ints) -> Ints:
    """Return six contacts of every person (rows of people, shape (people, 6)): near ones, and some whom many know."""
    chance = world.chance("life", "contacts")
    near = people[np.argsort(known.household[people], kind="stable")]
    place = np.zeros(len(known.main), np.int64)
    place[near] = np.arange(len(near))
    steps = chance.integers(1, STREET, (len(known.main), 4))
    steps[:, 0] = 1
    by_street = near[(place[:, None] + steps) % len(near)]
    known_to_many = weighted(chance, known.busy, len(known.main) * 2).reshape(-1, 2)
    return np.concatenate([by_street, known_to_many], axis=1)


def _pairs(known: Who, chance: np.random.Generator, contacts: Ints, n: int) -> tuple[Ints, Ints]:
    person = payers(known, chance, n)
    return person, contacts[person, weighted(chance, CONTACTS, n)]


def _friends(world: World, known: Who, contacts: Ints) -> None:
    chance = world.chance("life", "friends")
    n = count("friends", np.count_nonzero(known.busy), world.options.months)
    person, friend = _pairs(known, chance, contacts, n)
    batch = Batch(
        src=purse(known, chance, person, wallets=12),
        dst=purse(known, chance, friend, wallets=12),
        day=pick_days(world, chance, n, 0, world.options.days),
        amount_fen=amounts_of(chance, "friends", n),
        payer=person,
    )
    send(world, known, "friends", batch)


def _red_packets(world: World, known: Who, contacts: Ints) -> None:
    """Lay red packets: lucky sums, most of them in the evenings around the eve of Spring Festival."""
    chance = world.chance("life", "red packets")
    n = count("red_packet", np.count_nonzero(known.busy), world.options.months)
    person, friend = _pairs(known, chance, contacts, n)
    day = pick_days(world, chance, n, 0, world.options.days)
    second = seconds(chance, day)
    eves = np.array([first - 1 for first in spring_festivals() if 0 < first < world.options.days], np.int64)
    if len(eves):
        festive = chance.integers(0, 100, n) < EVE
        after = weighted(chance, [60, 20, 10, 6, 4], n)
        day = np.where(festive, eves[chance.integers(0, len(eves), n)] + after, day)
        second = np.where(festive & (after == 0), chance.integers(17 * 3_600, 86_400, n), second)
    batch = Batch(
        src=purse(known, chance, person, wallets=80),
        dst=purse(known, chance, friend, wallets=80),
        day=day,
        amount_fen=amounts_of(chance, "red_packet", n),
        payer=person,
        second=second,
    )
    send(world, known, "red_packet", batch)


def _gifts(world: World, known: Who, contacts: Ints) -> None:
    chance = world.chance("life", "gifts")
    n = count("gift", np.count_nonzero(known.busy), world.options.months)
    person, friend = _pairs(known, chance, contacts, n)
    batch = Batch(
        src=purse(known, chance, person, wallets=40),
        dst=purse(known, chance, friend, wallets=40),
        day=pick_days(world, chance, n, 0, world.options.days),
        amount_fen=amounts_of(chance, "gift", n),
        payer=person,
    )
    send(world, known, "gift", batch)


def _each_month(world: World, chance: np.random.Generator, rows: Ints) -> tuple[Ints, Ints]:
    """Return positions of `rows`, once a month, and the days: about the same of every month."""
    starts = months(world)
    at = np.repeat(np.arange(len(rows)), len(starts))
    usual = chance.integers(0, 27, len(rows))
    return at, np.tile(starts, len(rows)) + usual[at] + chance.integers(0, 3, len(at))


def _family(world: World, known: Who, people: Ints, contacts: Ints) -> None:
    """Lay what some send their family in every month."""
    chance = world.chance("life", "family")
    givers = share(chance, "family", people)
    at, day = _each_month(world, chance, givers)
    batch = Batch(
        src=known.main[givers][at],
        dst=known.main[contacts[givers, 0]][at],
        day=day,
        amount_fen=amounts_of(chance, "family", len(givers))[at],
        payer=givers[at],
    )
    send(world, known, "family", batch)


def _rents(world: World, known: Who, people: Ints) -> None:
    """Lay rents: the same sum in every month, to landlords of whom a few own many flats, or to firms."""
    chance = world.chance("life", "rents")
    tenants = share(chance, "rent", people)
    owner = known.main[weighted(chance, known.busy, len(tenants))]
    houses = known.of_trades("property")
    by_firm = chance.integers(0, 100, len(tenants)) < 12
    if len(houses):
        owner = np.where(by_firm, known.till[known.some(chance, houses, len(tenants))], owner)
    at, day = _each_month(world, chance, tenants)
    batch = Batch(
        src=known.main[tenants][at],
        dst=owner[at],
        day=day,
        amount_fen=amounts_of(chance, "rent", len(tenants))[at],
        payer=tenants[at],
    )
    send(world, known, "rent", batch)


def _own_accounts(world: World, known: Who, people: Ints) -> None:
    """Lay what people move between their cards, and between a card and their wallet."""
    for name, side in (("top_up", known.wallet), ("draw_down", known.wallet), ("own", known.second)):
        chance = world.chance("life", "own accounts", name)
        rows = people[side[people] >= 0]
        if not len(rows):
            continue
        n = count(name, len(people), world.options.months)
        person = rows[weighted(chance, known.busy[rows], n)]
        there = chance.integers(0, 100, n) < 60 if name == "own" else np.full(n, name == "top_up")
        batch = Batch(
            src=np.where(there, known.main[person], side[person]),
            dst=np.where(there, side[person], known.main[person]),
            day=pick_days(world, chance, n, 0, world.options.days),
            amount_fen=amounts_of(chance, name, n),
            payer=person,
        )
        send(world, known, name, batch)


def _cash(world: World, known: Who) -> None:
    """Lay cash drawn and paid in."""
    for name in ("cash_out", "cash_in"):
        chance = world.chance("life", name)
        n = count(name, np.count_nonzero(known.busy), world.options.months)
        card = known.main[payers(known, chance, n)]
        cash = np.full(n, CASH)
        batch = Batch(
            src=card if name == "cash_out" else cash,
            dst=cash if name == "cash_out" else card,
            day=pick_days(world, chance, n, 0, world.options.days),
            amount_fen=amounts_of(chance, name, n),
        )
        send(world, known, name, batch)


def _away(world: World, known: Who, people: Ints) -> None:
    """Lay what the region's people pay to and get from other regions, each with a few accounts there."""
    pool = world.chance("life", "away").integers(0, len(known.away), (len(known.main), 3))
    for name in ("away_in", "away_out"):
        chance = world.chance("life", name)
        n = count(name, len(people), world.options.months)
        person = payers(known, chance, n)
        there = known.away[pool[person, chance.integers(0, 3, n)]]
        here = purse(known, chance, person)
        outward = name == "away_out"
        batch = Batch(
            src=here if outward else there,
            dst=there if outward else here,
            day=pick_days(world, chance, n, 0, world.options.days),
            amount_fen=amounts_of(chance, name, n),
            payer=person if outward else None,
        )
        send(world, known, name, batch)

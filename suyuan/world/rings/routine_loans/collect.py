"""Collection: address books taken from phones, calls and messages to debtors and to everyone they know."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from suyuan.world.frame.dice import Ints, weighted
from suyuan.world.frame.tables import Why, words
from suyuan.world.frame.world import World
from suyuan.world.life.marks import digests
from suyuan.world.life.ring_up import call, message, phones
from suyuan.world.people.cast import crowd
from suyuan.world.people.holders import texts as column_texts
from suyuan.world.rings.plan import figures
from suyuan.world.rings.routine_loans.crew import Crew, set_up
from suyuan.world.rings.routine_loans.lend import Lent

HOUR = 3_600
CLASSES = ("reminder", "threat", "disclosure", "forged_nude", "fake_court_letter", "mourning_picture")
TO_DEBTOR = ({"reminder": 3, "threat": 5, "fake_court_letter": 1}, {"reminder": 6, "threat": 1})
TO_CONTACT = ({"disclosure": 5, "forged_nude": 3, "mourning_picture": 1}, {"disclosure": 5, "reminder": 2})
PICTURES = ("forged_nude", "fake_court_letter", "mourning_picture")


@dataclass(frozen=True, kw_only=True)
class Pursued:
    """One entry for each day on which a loan is pursued."""

    loan: Ints
    day: Ints
    collector: Ints
    """Place among the collectors' SIMs."""


def collect(world: World, crew: Crew, lent: Lent) -> None:
    """Take the victims' address books and pursue every loan that is overdue."""
    chance = world.chance(*crew.name, "collect")
    owner, contact = _books(world, crew, chance, lent)
    pursued = _pursued(world, crew, chance, lent)
    if not len(pursued.loan):
        return
    low, high = set_up(world)["calls_a_debtor"]
    times = chance.integers(low, high + 1, len(pursued.loan))
    row = np.repeat(np.arange(len(pursued.loan)), times)
    row = row[_nth(lent.book.victim[pursued.loan[row]] * 4096 + pursued.day[row]) < high]
    debtor = crew.victims[lent.book.victim[pursued.loan[row]]]
    _call(world, crew, chance, lent, pursued, row=row, callee=debtor)
    _write(world, crew, chance, lent, pursued, row=row[:: 2 + world.options.evasion], to=None)
    row, known = _called_contacts(world, crew, chance, lent, pursued, owner=owner, contact=contact)
    low, high = set_up(world)["calls_a_contact"]
    again = np.repeat(np.arange(len(row)), chance.integers(low, high + 1, len(row)))
    _call(world, crew, chance, lent, pursued, row=row[again], callee=known[again])
    _write(world, crew, chance, lent, pursued, row=row[::2], to=known[::2])


def _nth(keys: Ints) -> Ints:
    """Return how many entries with the same key stand before each."""
    order = np.argsort(keys, kind="stable")
    told = np.empty(len(keys), np.int64)
    told[order] = np.arange(len(keys)) - np.searchsorted(keys[order], keys[order], side="left")
    return told


def _books(world: World, crew: Crew, chance: np.random.Generator, lent: Lent) -> tuple[Ints, Ints]:
    """Add what the first app took from each victim's phone; return places of victims and their contacts."""
    low, high = set_up(world)["contacts"]
    each = chance.integers(low, high + 1, len(crew.victims))
    owner = np.repeat(np.arange(len(crew.victims)), each)
    pool = crowd(world, chance, max(40, len(crew.victims) * 6))
    contact = pool[chance.integers(0, len(pool), len(owner))]
    first = np.full(len(crew.victims), len(lent.book), np.int64)
    np.minimum.at(first, lent.book.victim, np.arange(len(lent.book)))
    loan = first[owner]
    relations = ["", "父亲", "母亲", "同事", "朋友", "配偶", "同学"]
    told = weighted(chance, [20, 1, 1, 3, 4, 1, 2], len(owner))
    victim = crew.victims[owner]
    world.add(
        "address_book",
        Why(ring=crew.ring.index, step="strike"),
        owner_id=victim,
        owner_phone=phones(world, victim),
        app_id=lent.apps[lent.book.app[loan]],
        contact_name=column_texts(world, contact, "name"),
        contact_phone=phones(world, contact),
        contact_person_id=contact,
        relation_told=words(told, relations),
        named_by_owner=told > 0,
        harvested_at=lent.applied_at[loan] - chance.integers(20, 200, len(loan)).astype("timedelta64[s]"),
    )
    return owner, contact


def _pursued(world: World, crew: Crew, chance: np.random.Generator, lent: Lent) -> Pursued:
    """Return the days on which overdue loans are pursued: until they are paid, or for a few days."""
    book, setting = lent.book, set_up(world)
    due = book.due + book.term * book.extensions
    last = min(crew.days["end"], world.options.days) - 1
    overdue = np.flatnonzero(((book.settled < 0) | (book.settled > due + setting["collect_after_days"])) & (due < last))
    times = chance.integers(setting["collect_days"][0], setting["collect_days"][1] + 1, len(overdue))
    loan = np.repeat(overdue, times)
    nth = np.arange(len(loan)) - np.repeat(np.cumsum(times) - times, times)
    day = due[loan] + setting["collect_after_days"] + nth * 3
    until = np.where(book.settled[loan] >= 0, book.settled[loan], last)
    kept = (day <= until) & (day < last)
    return Pursued(loan=loan[kept], day=day[kept], collector=chance.integers(0, len(crew.sims), int(kept.sum())))


def _called_contacts(
    world: World,
    crew: Crew,
    chance: np.random.Generator,
    lent: Lent,
    pursued: Pursued,
    *,
    owner: Ints,
    contact: Ints,
) -> tuple[Ints, Ints]:
    """Return rows of `pursued` and whom of the debtor's book is called in each, everyone once a day."""
    low, high = set_up(world)["contacts_called"]
    wanted = chance.integers(low, high + 1, len(pursued.loan))
    victim = lent.book.victim[pursued.loan]
    start, size = np.searchsorted(owner, victim), np.bincount(owner, minlength=len(crew.victims))[victim]
    wanted = np.minimum(wanted, size)
    row = np.repeat(np.arange(len(victim)), wanted)
    nth = np.arange(len(row)) - np.repeat(np.cumsum(wanted) - wanted, wanted)
    shift = chance.integers(0, 1 << 20, len(victim))
    return row, contact[start[row] + (shift[row] + nth) % size[row]]


def _at(world: World, chance: np.random.Generator, day: Ints) -> Any:
    low, high = set_up(world)["call_hours"]
    return world.moment(day, chance.integers(low * HOUR, high * HOUR, len(day)))


def _call(
    world: World, crew: Crew, chance: np.random.Generator, lent: Lent, pursued: Pursued, *, row: Ints, callee: Ints
) -> None:
    sim = crew.sims[pursued.collector[row]]
    rude = world.options.evasion == 0
    n = len(row)
    call(
        world,
        Why(ring=crew.ring.index, step="strike"),
        chance=chance,
        caller=world.of(sim, "holder_id"),
        callee=callee,
        at=_at(world, chance, pursued.day[row]),
        caller_sim=sim,
        caller_device=crew.devices[pursued.collector[row] % len(crew.devices)],
        ring_seconds=np.where(chance.integers(0, 10, n) < 5, chance.integers(1, 4, n), chance.integers(4, 30, n))
        if rude
        else None,
        about_person=crew.victims[lent.book.victim[pursued.loan[row]]],
        about_loan=lent.loan[pursued.loan[row]],
    )


def _write(
    world: World, crew: Crew, chance: np.random.Generator, lent: Lent, pursued: Pursued, *, row: Ints, to: Ints | None
) -> None:
    """Send one message for each of `row`: to the debtor, or to the contacts `to`."""
    told = figures("routine_loans")["texts"]["messages"]
    shares = (TO_DEBTOR if to is None else TO_CONTACT)[min(world.options.evasion, 1)]
    kind = np.array([CLASSES.index(name) for name in shares])[weighted(chance, list(shares.values()), len(row))]
    bodies = [(place, text) for place, name in enumerate(CLASSES) for text in told[name]]
    first = np.array([next(k for k, (at, _) in enumerate(bodies) if at == place) for place in range(len(CLASSES))])
    count = np.array([len(told[name]) for name in CLASSES])
    body = first[kind] + chance.integers(0, 1 << 20, len(row)) % count[kind]
    pictures = digests(chance, 6)
    shown = np.isin(kind, [CLASSES.index(name) for name in PICTURES])
    debtor = crew.victims[lent.book.victim[pursued.loan[row]]]
    message(
        world,
        Why(ring=crew.ring.index, step="strike"),
        chance=chance,
        sender=world.of(crew.sims[pursued.collector[row]], "holder_id"),
        sender_handle=column_texts(world, crew.sims[pursued.collector[row]], "number"),
        receiver=debtor if to is None else to,
        at=_at(world, chance, pursued.day[row]),
        body=words(body, [text for _, text in bodies]),
        content_class=words(kind, list(CLASSES)),
        channel="mms",
        sender_device=crew.devices[pursued.collector[row] % len(crew.devices)],
        media_kind=pa.array(["picture"] * len(row), mask=~shown),
        media_digest=pa.array(pictures[chance.integers(0, len(pictures), len(row))].tolist(), mask=~shown),
        about_person=debtor,
        about_loan=lent.loan[pursued.loan[row]],
    )

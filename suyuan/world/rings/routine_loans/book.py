"""The loan book of a ring: who borrows what from which app, what settles what, what is paid and what is left.

Reckoned generation by generation for all victims at once: each debt that falls due is settled by new notes of
affiliated lenders, larger than the debt because part of them is kept back, until a victim's loans are used up.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from suyuan.world.frame.dice import Ints, around, weighted
from suyuan.world.rings.routine_loans.terms import Terms

ROLLED_OVER, PAID_AND_LEFT, STOPPED_PAYING = range(3)
PROFILES = ("rolled_over", "paid_and_left", "stopped_paying")
MOST_LOANS = 80
Blend = Callable[[Ints], Ints]


@dataclass(frozen=True, kw_only=True)
class Book:
    """One entry a loan, in the order in which they were made; days are those of the world, money is fen."""

    victim: Ints
    """Position among the victims."""
    parent: Ints
    """The loan that this one settles; -1."""
    app: Ints
    """Position among the ring's apps."""
    day: Ints
    """Paid out on."""
    term: Ints
    principal: Ints
    received: Ints
    side_fee: Ints
    """Taken by a third firm after the pay-out; 0."""
    interest: Ints
    due: Ints
    """Day."""
    extensions: Ints
    """How often a fee bought another term."""
    settled: Ints
    """Day on which it is paid in full; -1 when it is not."""
    penalty: Ints
    """Paid with it when late."""

    def __len__(self) -> int:
        return len(self.victim)

    @property
    def owed(self) -> Ints:
        """What settles each loan, extensions apart."""
        return self.principal + self.interest + self.penalty


@dataclass(kw_only=True)
class _Hand:
    """What the generations share."""

    chance: np.random.Generator
    terms: Terms
    blend: Blend
    apps: int
    profile: Ints
    left: Ints  # loans each victim may still take
    roll: Ints  # share of a due debt that new notes bring, in a thousand
    went_on: list[Ints]  # numbers of loans that were followed by another one

    def falls(self, share: int, n: int) -> np.ndarray[Any, np.dtype[np.bool_]]:
        return self.chance.integers(0, 1000, n) < share


def write_book(
    chance: np.random.Generator,
    *,
    victims: int,
    apps: int,
    terms: Terms,
    first: int,
    last: int,
    until: int,
    blend: Blend,
) -> Book:
    """Return the loans of `victims` people from `apps` apps.

    Notes are paid out from day `first` to day `last`; what would be settled after day `until` never is. `blend` gives
    amounts the digits of ordinary payments (or leaves them as they are); it is asked before anything rests on them.
    """
    profile = weighted(chance, [terms.profiles[name] for name in PROFILES], victims)
    low, high = terms.roll
    roll = np.where(chance.integers(0, 1000, victims) < terms.penniless, 1000, chance.integers(low, high + 1, victims))
    hand = _Hand(
        chance=chance,
        terms=terms,
        blend=blend,
        apps=apps,
        profile=profile,
        left=_loans_wanted(chance, profile, terms),
        roll=roll,
        went_on=[],
    )
    grown = _begin(hand, first=first, last=last)
    books, done = [grown], 0
    while len(grown):
        grown = _next(hand, grown, done=done, last=last)
        done += len(books[-1])
        books.append(grown)
    whole = Book(**{each.name: np.concatenate([getattr(book, each.name) for book in books]) for each in fields(Book)})
    return _ended(hand, whole, until=until)


def _loans_wanted(chance: np.random.Generator, profile: Ints, terms: Terms) -> Ints:
    """Return how many loans each victim will take."""
    least, middle = (np.array([terms.loans[name][place] for name in PROFILES])[profile] for place in range(2))
    spreads = np.array([terms.loans[name][2] for name in PROFILES])[profile]
    return np.asarray(least + np.rint(middle * chance.lognormal(0.0, spreads)), np.int64).clip(1, MOST_LOANS)


def _begin(hand: _Hand, *, first: int, last: int) -> Book:
    """Return the first note of every chain; a victim of many loans has several chains."""
    wanted, chance, terms = hand.left.copy(), hand.chance, hand.terms
    chains = np.where(hand.profile == PAID_AND_LEFT, 1, 1 + wanted // terms.loans_a_lane)
    victim = np.repeat(np.arange(len(wanted)), chains)
    length = -(-wanted // chains) * max(terms.term_days)
    start = first + chance.integers(0, np.maximum(1, last - first - length))
    lane = np.arange(len(victim)) - np.repeat(np.cumsum(chains) - chains, chains)
    day = np.minimum(last, start[victim] + np.where(lane > 0, chance.integers(1, 21, len(victim)), 0))
    notes = around(chance, terms.first_note_fen, spread=terms.first_note_spread, n=len(victim))
    hand.left -= chains
    app = chance.integers(0, hand.apps, len(victim))
    return _notes(hand, victim=victim, parent=np.full(len(victim), -1), app=app, day=day, note=notes)


def _notes(
    hand: _Hand,
    *,
    victim: Ints,
    parent: Ints,
    app: Ints,
    day: Ints,
    note: Ints | None = None,
    needs: Ints | None = None,
) -> Book:
    """Return new notes over about `note`, or so large that `needs` is paid out."""
    chance, terms, n = hand.chance, hand.terms, len(victim)
    withheld = _drawn(chance, terms.withheld, n)
    if note is None:
        assert needs is not None
        note = needs * 1000 // (1000 - withheld) + terms.note_step_fen - 1
    note = (note // terms.note_step_fen * terms.note_step_fen).clip(terms.note_least_fen, terms.note_cap_fen)
    received = hand.blend(note * (1000 - withheld) // 1000)
    principal = received * 1000 // (1000 - withheld)
    fees = chance.integers(terms.side_fee[0], terms.side_fee[1] + 1, n)
    side = hand.blend(np.maximum(1, note * fees // 1000)) if terms.side_fee[1] else np.zeros(n, np.int64)
    term = _drawn(chance, terms.term_days, n)
    extensions = hand.falls(terms.extension, n).astype(np.int64)
    late = np.where(hand.falls(terms.late, n), chance.integers(1, terms.late_days + 1, n), 0)
    return Book(
        victim=victim,
        parent=parent,
        app=app,
        day=day,
        term=term,
        principal=principal,
        received=received,
        side_fee=side,
        interest=principal * terms.yearly_rate * term // 365_000,
        due=day + term,
        extensions=extensions,
        settled=day + term * (1 + extensions) + late,
        penalty=penalties(principal, late, terms),
    )


def penalties(principal: Ints, days: Ints, terms: Terms) -> Ints:
    """Return what is asked for `days` overdue over the note: on the note, or on the note with penalties unpaid."""
    days = np.minimum(days, terms.claim_days)
    if not terms.penalty_compounds:
        return np.asarray(principal * terms.penalty_daily * days // 1000)
    owed = principal.copy()
    for day in range(int(days.max()) if len(days) else 0):
        owed = np.where(day < days, owed + owed * terms.penalty_daily // 1000, owed)
    return np.asarray(owed - principal)


def _next(hand: _Hand, before: Book, *, done: int, last: int) -> Book:
    """Return the notes that follow the loans `before`, whose numbers begin at `done`."""
    chance, terms = hand.chance, hand.terms
    profile = hand.profile[before.victim]
    rolls = (profile == ROLLED_OVER) | ((profile == STOPPED_PAYING) & hand.falls(500, len(before)))
    delay = chance.integers(terms.settle_days[0], terms.settle_days[1] + 1, len(before))
    day = np.where(
        rolls, np.maximum(before.settled - delay, before.day + 1), before.settled + chance.integers(3, 31, len(before))
    )
    target = before.owed * hand.roll[before.victim] // 1000
    asks = np.where(
        rolls, np.maximum(1 + hand.falls(terms.branch, len(before)), 1 + target * 3 // (2 * terms.note_cap_fen)), 1
    )
    number = _allowed(hand, before.victim, np.where(day <= last, asks, 0))
    source = np.repeat(np.arange(len(before)), number)
    hand.went_on.append(done + np.flatnonzero(number))
    hand.left -= np.bincount(before.victim[source], minlength=len(hand.left))
    again = np.where(rolls, 0, before.principal)[source]
    needs = np.where(rolls[source], (target // np.maximum(number, 1))[source], again - again * 3 // 10)
    if terms.jitter:
        needs = around(chance, needs, spread=terms.jitter)
    step = chance.integers(1, max(hand.apps, 2), len(source))
    return _notes(
        hand,
        victim=before.victim[source],
        parent=np.where(rolls[source], done + source, -1),
        app=(before.app[source] + step) % hand.apps,
        day=day[source],
        needs=needs,
    )


def _allowed(hand: _Hand, victim: Ints, asks: Ints) -> Ints:
    """Return how many of the notes asked for each loan its victim may still take, earlier loans first."""
    order = np.argsort(victim, kind="stable")
    sums = np.cumsum(asks[order]) - asks[order]
    starts = np.searchsorted(victim[order], victim[order], side="left")
    given = np.empty_like(asks)
    given[order] = np.clip(hand.left[victim[order]] - (sums - sums[starts]), 0, asks[order])
    return given


def _ended(hand: _Hand, book: Book, *, until: int) -> Book:
    """Return the book with what became of the loans that none followed."""
    went_on = np.zeros(len(book), bool)
    went_on[np.concatenate(hand.went_on)] = True
    pays = hand.falls(hand.terms.last_is_paid, len(hand.profile))[book.victim]
    profile = hand.profile[book.victim]
    paid = went_on | (profile == PAID_AND_LEFT) | ((profile == ROLLED_OVER) & pays)
    paid &= book.settled <= until
    return replace(book, settled=np.where(paid, book.settled, -1), penalty=np.where(paid, book.penalty, 0))


def _drawn(chance: np.random.Generator, shares: Mapping[int, int], n: int) -> Ints:
    return np.array(list(shares), np.int64)[weighted(chance, list(shares.values()), n)]

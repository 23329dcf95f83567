"""What victims pay on a loan book: settlements, fees for another term, what is paid by those who then stop."""

from dataclasses import dataclass

import numpy as np

from suyuan.world.frame.dice import Ints
from suyuan.world.rings.routine_loans.book import Blend, Book
from suyuan.world.rings.routine_loans.split import pieces
from suyuan.world.rings.routine_loans.terms import Terms

SETTLEMENT, PRINCIPAL, EXTENSION, PENALTY, SIDE_FEE = range(5)
KINDS = ("settlement", "principal", "extension", "penalty", "fee")
PIECE_SPREAD = 1.2


@dataclass(frozen=True, kw_only=True)
class Payments:
    """One entry a payment of a victim, by day of the world."""

    loan: Ints
    day: Ints
    amount: Ints
    kind: Ints
    """Place in `KINDS`."""


def payments(chance: np.random.Generator, book: Book, terms: Terms, *, until: int, blend: Blend) -> Payments:
    """Return what is paid on `book`, in the order of the days; nothing after day `until`.

    A loan that is settled is paid in full, in pieces where the terms say so; blended pieces may leave some yuan over
    or under, which the ring waives.
    """
    settled = np.flatnonzero(book.settled >= 0)
    owner, amount = pieces(chance, book.owed[settled], around_fen=terms.piece_fen, spread=PIECE_SPREAD)
    followed = np.zeros(len(book), bool)
    followed[book.parent[book.parent >= 0]] = True
    rest = np.where(followed[settled[owner]], SETTLEMENT, PRINCIPAL)
    parts = [
        _told(settled[owner], book.settled[settled[owner]], blend(amount), rest),
        _extensions(book, terms, until=until, blend=blend),
        _part_paid(chance, book, terms, until=until, blend=blend),
        _side_fees(book, chance),
    ]
    whole = [np.concatenate([part[place] for part in parts]) for place in range(4)]
    order = np.argsort(whole[1], kind="stable")
    loan, day, fen, kind = (column[order] for column in whole)
    return Payments(loan=loan, day=day, amount=fen, kind=kind)


Parts = tuple[Ints, Ints, Ints, Ints]


def _told(loan: Ints, day: Ints, amount: Ints, kind: Ints | int) -> Parts:
    return loan, day, amount, np.broadcast_to(np.asarray(kind, np.int64), len(loan))


def _extensions(book: Book, terms: Terms, *, until: int, blend: Blend) -> Parts:
    """Return the fees that bought another term, each on the day the note fell due."""
    loan = np.repeat(np.arange(len(book)), book.extensions)
    first = np.cumsum(book.extensions) - book.extensions
    day = book.due[loan] + book.term[loan] * (np.arange(len(loan)) - first[loan])
    loan, day = loan[day <= until], day[day <= until]
    return _told(loan, day, blend(np.maximum(1, book.principal[loan] * terms.extension_fee // 1000)), EXTENSION)


def _part_paid(chance: np.random.Generator, book: Book, terms: Terms, *, until: int, blend: Blend) -> Parts:
    """Return what is paid, some days late, on loans that are never settled."""
    pays = (book.settled < 0) & (chance.integers(0, 1000, len(book)) < terms.part_paid)
    loan = np.flatnonzero(pays)
    day = book.due[loan] + book.term[loan] * book.extensions[loan] + chance.integers(1, 15, len(loan))
    share = chance.integers(100, 601, len(loan))
    kept = day <= until
    loan, day, share = loan[kept], day[kept], share[kept]
    return _told(loan, day, blend(np.maximum(1, book.principal[loan] * share // 1000)), PENALTY)


def _side_fees(book: Book, chance: np.random.Generator) -> Parts:
    """Return the fees a third firm takes, the day after the pay-out or the day after that."""
    loan = np.flatnonzero(book.side_fee > 0)
    return _told(loan, book.day[loan] + chance.integers(1, 3, len(loan)), book.side_fee[loan], SIDE_FEE)

"""The arithmetic of a loan's book: what falls due when, and what honest people really pay of it.

Rates are whole millionths a month; amounts are fen. Powers are products in a loop: floating multiplication and division
are the same on every processor, `np.power` is not.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.world import World
from suyuan.world.life.figures import permille

METHODS = ("equal_instalment", "interest_first", "bullet")
Flags = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What was agreed, one entry a loan: `start` is the day of pay-out, `method` a place in `METHODS`."""

    principal: Ints
    monthly_ppm: Ints
    months: Ints
    method: Ints
    start: Ints


@dataclass(frozen=True, kw_only=True)
class Dues:
    """What falls due, one entry a payment, by loan and then by `number` (from 1).

    `left` is the principal owed after it: what must be paid beside it to be rid of the loan at once.
    """

    loan: Ints
    number: Ints
    due: Ints
    amount: Ints
    left: Ints

    def where(self, kept: Flags) -> "Dues":
        """Return the payments that are `kept`."""
        return Dues(
            loan=self.loan[kept],
            number=self.number[kept],
            due=self.due[kept],
            amount=self.amount[kept],
            left=self.left[kept],
        )


@dataclass(frozen=True, kw_only=True)
class Conduct:
    """How borrowers of a product behave, in a thousand loans; a late payment lies `late_days` late in the median.

    Of the loans in `default` a share `early` stops within the first three payments. A `slow` loan has one late payment
    in three, any other one in a hundred.
    """

    default: int
    early: int
    prepaid: int
    slow: int
    late_days: int


@dataclass(frozen=True, kw_only=True)
class Paid:
    """What was paid: `dues` as paid (amounts of a settlement hold the whole rest), the day, how many days late.

    Per loan: `stops` is how many payments a defaulter makes (a large number for others), `settles` after which payment
    a loan is paid off early (likewise).
    """

    dues: Dues
    day: Ints
    late: Ints
    settlement: Flags
    stops: Ints
    settles: Ints


NEVER = 1 << 20


def months_after(world: World, days: Ints, months: Any) -> Ints:
    """Return the day that lies whole `months` after each of `days`, the 28th at the latest."""
    dates = world.day(days)
    firsts = dates.astype("datetime64[M]")
    inside = np.minimum((dates - firsts.astype("datetime64[D]")).astype(np.int64), 27)
    later = (firsts + np.asarray(months, np.int64).astype("timedelta64[M]")).astype("datetime64[D]")
    return np.asarray((later - world.day(0)).astype(np.int64) + inside)


def growth(monthly_ppm: Ints, periods: Ints) -> np.ndarray[Any, Any]:
    """Return (1 + rate) to the power of `periods`, by repeated multiplication."""
    grown = np.ones(len(periods))
    factor = 1 + monthly_ppm / 1_000_000
    for step in range(int(periods.max(initial=0))):
        grown = np.where(step < periods, grown * factor, grown)
    return grown


def dues(world: World, terms: Terms) -> Dues:
    """Return everything that falls due under `terms`; over a loan it sums to principal and interest, to the fen."""
    payments = np.where(terms.method == METHODS.index("bullet"), 1, terms.months)
    loan = np.repeat(np.arange(len(payments), dtype=np.int64), payments)
    number = np.arange(len(loan), dtype=np.int64) - np.repeat(np.cumsum(payments) - payments, payments) + 1
    bullet = (terms.method == METHODS.index("bullet"))[loan]
    due = months_after(world, terms.start[loan], np.where(bullet, terms.months[loan], number))
    amount, left = _equal(terms, loan, number)
    principal, interest = terms.principal[loan], _interest(terms)[loan]
    last = number == payments[loan]
    first = (terms.method == METHODS.index("interest_first"))[loan]
    amount = np.where(first, interest + np.where(last, principal, 0), amount)
    amount = np.where(bullet, principal + interest * terms.months[loan], amount)
    left = np.where(last, 0, np.where(first, principal, left))
    return Dues(loan=loan, number=number, due=due, amount=np.maximum(amount, 1), left=left)


def _interest(terms: Terms) -> Ints:
    return (terms.principal * terms.monthly_ppm + 500_000) // 1_000_000


def _equal(terms: Terms, loan: Ints, number: Ints) -> tuple[Ints, Ints]:
    """Return equal instalments and the principal left after each; the last one takes what rounding left."""
    rate = np.maximum(terms.monthly_ppm, 1) / 1_000_000
    whole = growth(np.maximum(terms.monthly_ppm, 1), terms.months)
    instalment = np.rint(terms.principal * rate * whole / (whole - 1)).astype(np.int64)
    grown = growth(np.maximum(terms.monthly_ppm, 1)[loan], number)
    left = np.rint(terms.principal[loan] * grown - instalment[loan] * ((grown - 1) / rate[loan])).astype(np.int64)
    last = number == terms.months[loan]
    return np.where(last, instalment[loan] + left, instalment[loan]), np.where(last, 0, np.maximum(left, 0))


def settle(
    chance: np.random.Generator, owed: Dues, terms: Terms, conduct: Conduct, *, halt: Ints | None = None
) -> Paid:
    """Return what honest borrowers pay of what they owe: on time, late, all at once, or no longer.

    Of a loan with a day in `halt` nothing is paid that falls due from that day on. Days may lie after the end of the
    world: who books them leaves those out.
    """
    n = len(terms.months)
    payments = np.where(terms.method == METHODS.index("bullet"), 1, terms.months)
    draw = chance.integers(0, 1000, n)
    defaults = draw < conduct.default
    early = permille(chance, conduct.early, n)
    stop = np.where(early, chance.integers(0, 3, n), chance.integers(0, 1 << 20, n))
    stops = np.where(defaults, stop % np.maximum(payments, 1), NEVER)
    if halt is not None:
        stops = np.bincount(owed.loan[owed.due < halt[owed.loan]], minlength=n)
        defaults = np.ones(n, dtype=bool)
    prepays = ~defaults & (draw >= 1000 - conduct.prepaid) & (payments > 1)
    settles = np.where(prepays, 1 + chance.integers(0, 1 << 20, n) % np.maximum(payments - 1, 1), NEVER)
    slow = permille(chance, conduct.slow, n)
    late = permille(chance, np.where(slow, 330, 10)[owed.loan], len(owed.loan))
    delay = np.minimum(1 + chance.geometric(1 / max(conduct.late_days, 1), len(owed.loan)), 60)
    delay = np.where(late, delay, 0)
    kept = (owed.number <= stops[owed.loan]) & (owed.number <= settles[owed.loan])
    made, at_once = owed.where(kept), (owed.number == settles[owed.loan])[kept]
    made = replace(made, amount=made.amount + np.where(at_once, made.left, 0), left=np.where(at_once, 0, made.left))
    return Paid(
        dues=made, day=made.due + delay[kept], late=delay[kept], settlement=at_once, stops=stops, settles=settles
    )

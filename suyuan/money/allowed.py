"""What a line allows: the interest, penalties and fees together that may be kept of what was paid.

Reckoned on what the borrower received (civil code 670), simple, actual/365, to the day of the last flow. A payment
settles the allowed interest due by its day first and the balance received next (civil code 561), so what was taken over
the line brings the balance down at once; what is paid when nothing is left to settle is over the line. Hence, to the
fen: paid − received = allowed + over − still owed.

The interest allowed up to any day is rounded once, half up; roundings do not add up.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from suyuan.money.compiled import run
from suyuan.money.schedule import Int64s, Schedules

YEAR_BASE = 365 * 10_000
"""Rates are integers of 1/10,000 a year, so interest is fen·days·rate / YEAR_BASE."""
MOST_FEN = 10**13
MOST_DAYS = 73_000
"""Beyond these (100 billion yuan, 200 years) products leave 64 bits; such loans are null with `beyond_numbers`."""


@dataclass(frozen=True, kw_only=True)
class Reckoned:
    """Per loan, in fen: what the line allows, and what was paid over it. Meaningless where `beyond` is true."""

    allowed: Int64s
    over: Int64s


def reckon(schedules: Schedules, *, rate: Int64s, change_day: Int64s, rate_after: Int64s) -> Reckoned:
    """Return what each loan's line allows and what was paid over it.

    Args:
        schedules: Flows by loan.
        rate: Yearly rate of the line in 1/10,000.
        change_day: First day (since 1970-01-01) on which `rate_after` holds instead; far off where it never does.
        rate_after: See `change_day`.

    Deterministic, in integers only. Cost: one pass.
    """
    count = len(schedules)
    allowed, over = np.empty(count, dtype=np.int64), np.empty(count, dtype=np.int64)
    flows = (schedules.offsets, schedules.days, schedules.fen)
    run(all_reckoned, loans=count, reads=(*flows, rate, change_day, rate_after), writes=(allowed, over))
    return Reckoned(allowed=allowed, over=over)


def beyond(schedules: Schedules) -> NDArray[np.bool_]:
    """Return which loans hold amounts or spans that cannot be reckoned in 64 bits."""
    count = len(schedules)
    found = np.zeros(count, dtype=np.bool_)
    if not len(schedules.fen):
        return found
    flows = np.diff(schedules.offsets)
    most = int(max(schedules.fen.max(), -schedules.fen.min())) * int(flows.max())
    if most <= MOST_FEN and schedules.days.max() - schedules.days.min() <= MOST_DAYS:
        return found
    loan = np.repeat(np.arange(count), flows)
    total = np.bincount(loan, weights=np.abs(schedules.fen.astype(np.float64)), minlength=count)
    found |= total > MOST_FEN
    some = np.flatnonzero(flows)
    span = schedules.days[schedules.offsets[some + 1] - 1] - schedules.days[schedules.offsets[some]]
    found[some] |= span > MOST_DAYS
    return found


def all_reckoned(
    first: int, last: int, reads: tuple[Int64s, Int64s, Int64s, Int64s, Int64s, Int64s], writes: tuple[Int64s, Int64s]
) -> None:
    """Reckon the loans `first` … `last` − 1; a kernel for `compiled.run`."""
    offsets, days, fen, rates, change_days, rates_after = reads
    allowed, over = writes
    for loan in range(first, last):
        balance = due = accrued = whole = rest = 0
        day = days[offsets[loan]] if offsets[loan] < offsets[loan + 1] else 0
        for k in range(offsets[loan], offsets[loan + 1]):
            if balance > 0:
                turn = min(max(change_days[loan], day), days[k])
                before = balance * (turn - day)
                after = balance * (days[k] - turn)
                whole += before // YEAR_BASE * rates[loan] + after // YEAR_BASE * rates_after[loan]
                rest += before % YEAR_BASE * rates[loan] + after % YEAR_BASE * rates_after[loan]
                whole += rest // YEAR_BASE
                rest %= YEAR_BASE
            told = whole + (1 if 2 * rest >= YEAR_BASE else 0)
            due += told - accrued
            accrued = told
            if fen[k] >= 0:
                balance += fen[k]
            else:
                settled = min(due, -fen[k])
                due -= settled
                balance -= -fen[k] - settled
            day = days[k]
        allowed[loan] = accrued
        over[loan] = max(0, -balance - due)

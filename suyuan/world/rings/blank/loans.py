"""The loans of a ring of blank-credit borrowers: what is paid out, what interest is owed and paid."""

from dataclasses import dataclass

import numpy as np

from suyuan.world.frame.dice import Ints, around
from suyuan.world.frame.world import World
from suyuan.world.rings.blank.crew import Crew

MONTH = 30
YEAR_BP = 360 * 10_000


@dataclass(frozen=True, kw_only=True)
class Dues:
    """Interest that is paid, one entry a payment: the loan's position, the day, the fen."""

    loan: Ints
    day: Ints
    fen: Ints


@dataclass(frozen=True, kw_only=True)
class Loans:
    """One entry a borrower; `stop` is the day after which nobody pays any more."""

    principal: Ints
    stop: int
    dues: Dues

    @property
    def repaid(self) -> Ints:
        """What the bank got back of each loan."""
        back = np.zeros(len(self.principal), np.int64)
        np.add.at(back, self.dues.loan, self.dues.fen)
        return back


def reckon(world: World, crew: Crew) -> Loans:
    """Return the principal of each borrower's loan and the interest the ring pays until it stops, all at one time."""
    chance, at, loan = crew.chance(world, "loans"), crew.at, crew.told["loan"]
    n, step = len(crew.borrowers), loan["step_fen"]
    wanted = around(chance, at["loan_fen"], spread=at["loan_spread"], n=n)
    inside = np.clip(wanted, at["loan_least_fen"], at["loan_most_fen"])
    principal = inside // step * step
    if world.options.evasion:
        principal = np.minimum(principal + chance.integers(0, 10, n) * (step // 10), at["loan_most_fen"])
    stop = crew.days["wind_down"] + (crew.days["end"] - crew.days["wind_down"]) * crew.told["interest_stops"] // 1000
    return Loans(principal=principal, stop=stop, dues=_dues(world, crew, principal, stop))


def _dues(world: World, crew: Crew, principal: Ints, stop: int) -> Dues:
    """Return a payment a month after each pay-out, a day or two before it is due, until `stop`."""
    chance = crew.chance(world, "dues")
    last = min(stop, world.options.days)
    count = np.maximum((last - 1 - crew.borrowers.paid) // MONTH, 0)
    loan = np.repeat(np.arange(len(principal)), count)
    number = np.arange(len(loan)) - np.repeat(np.cumsum(count) - count, count) + 1
    day = crew.borrowers.paid[loan] + number * MONTH - chance.integers(0, 3, len(loan))
    fen = principal[loan] * (crew.told["loan"]["yearly_rate_bp"] * MONTH) // YEAR_BP
    return Dues(loan=loan, day=day, fen=fen)

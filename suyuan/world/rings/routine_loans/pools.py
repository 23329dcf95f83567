"""The accounts that face victims: how what they take goes to the treasury, and how they come to what they pay out."""

import numpy as np

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.world import World
from suyuan.world.life.rhythm import is_off, workday
from suyuan.world.rings.routine_loans.carry import Way, hand_on, parted, provided, send
from suyuan.world.rings.routine_loans.crew import Crew, set_up
from suyuan.world.rings.routine_loans.lend import Lent, is_kind
from suyuan.world.rings.routine_loans.sums import Sums
from suyuan.world.rings.routine_loans.treasury import plan

FUND_FEN, SURPLUS_FEN = 300_000, 300_000
"""Median payments to and from the accounts of those who hide among others."""
LONGEST_HOLIDAY = 9
EVERY = 9
"""Days between two looks at what an account can spare."""


def published(world: World, crew: Crew, chance: np.random.Generator, lent: Lent) -> tuple[Sums, Sums]:
    """Bring money to who pays out, and up from who collects; return what reached and what left the treasury.

    Merchant numbers settle to carriers' cards by night and those to the treasury in the morning; the evening before
    they pay out, merchant numbers are filled.
    """
    parts, came = crew.accounts, _intake(world, lent)
    direct = np.isin(came.account, parts["carriers"])
    settled = hand_on(world, crew, chance, came.where(~direct), Way(to=parts["carriers"], hours=(0, 5), wait=1))
    own = came.where(direct)
    on_cards = settled.joined(Sums(account=own.account, day=own.day + 1, amount=own.amount))
    arrived = hand_on(world, crew, chance, on_cards, Way(to=parts["treasury"][:1], hours=(8, 12)))
    return arrived, _fund(world, crew, chance, _lent_out(lent))


def scattered(world: World, crew: Crew, chance: np.random.Generator, lent: Lent) -> tuple[Sums, Sums]:
    """Let every account lend what it took; only what it lacks or can spare moves. Returns as `published` does."""
    days = world.options.days
    came, lacks, spares = _intake(world, lent).a_day(), [], []
    gone = _lent_out(lent)
    for account in np.unique(np.concatenate([came.account, gone.account])).tolist():
        arriving = np.roll(came.where(came.account == account).by_day(days), 1)
        leaving = gone.where(gone.account == account).by_day(days)
        arriving[0] = 0
        own = plan(arriving=arriving, leaving=leaving, every=EVERY)
        lacks.append(_told(account, own.injected))
        spares.append(_told(account, own.drawn))
    funded = _fund(world, crew, chance, _whole(lacks))
    left = parted(world, chance, _whole(spares), middle_fen=SURPLUS_FEN)
    day = left.day + chance.integers(2, 6, len(left))
    firm = is_kind(world, left.account, "corporate")
    day = np.where(firm, workday(world, day), day)
    inside = day < days
    up = Sums(account=np.repeat(crew.accounts["treasury"][:1], len(left)), day=day, amount=left.amount).where(inside)
    send(world, crew, chance, src=left.account[inside], gone=up, way=Way(to=up.account, hours=(9, 18)))
    return up, funded


def _told(account: int, amount: Ints) -> Sums:
    day = np.flatnonzero(amount > 0)
    return Sums(account=np.full(len(day), account, np.int64), day=day, amount=amount[day])


def _whole(parts: list[Sums]) -> Sums:
    return Sums(
        account=np.concatenate([part.account for part in parts]),
        day=np.concatenate([part.day for part in parts]),
        amount=np.concatenate([part.amount for part in parts]),
    )


def _intake(world: World, lent: Lent) -> Sums:
    day = (lent.paid_at.astype("datetime64[D]") - world.day(0)).astype(np.int64)
    return Sums(account=lent.payee, day=day, amount=lent.paid.amount)


def _lent_out(lent: Lent) -> Sums:
    return Sums(account=lent.payer, day=lent.book.day, amount=lent.book.received).a_day()


def _fund(world: World, crew: Crew, chance: np.random.Generator, need: Sums) -> Sums:
    """Bring what accounts `need` the evening before, or some days before."""
    sent = provided(world, chance, need, middle_fen=FUND_FEN)
    hold = set_up(world)["hold_days"][1]
    day = np.maximum(sent.day - 1 - chance.integers(0, hold + 1, len(sent)), 0)
    if world.options.evasion:
        for _ in range(LONGEST_HOLIDAY):
            day = np.where(is_off(day) & (day > 0), day - 1, day)
    sent = Sums(account=sent.account, day=day, amount=sent.amount)
    way = Way(to=need.account, hours=(20, 24), memo="fund", step="strike")
    return send(world, crew, chance, src=np.repeat(crew.accounts["treasury"][:1], len(sent)), gone=sent, way=way)

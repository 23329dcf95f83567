"""Hands money on: what came to an account on a day leaves it, in pieces, a while later."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import Why
from suyuan.world.frame.world import World
from suyuan.world.life.blend import blend_amounts, blend_moments
from suyuan.world.life.pay import pay
from suyuan.world.rings.routine_loans.crew import Crew, set_up
from suyuan.world.rings.routine_loans.lend import texts
from suyuan.world.rings.routine_loans.split import pieces

HOUR = 3_600


@dataclass(frozen=True, kw_only=True)
class Sums:
    """Money at accounts: one entry an account and day, or a piece."""

    account: Ints
    day: Ints
    amount: Ints

    def __len__(self) -> int:
        return len(self.account)

    def where(self, kept: Any) -> "Sums":
        """Return the entries that are `kept`."""
        return Sums(account=self.account[kept], day=self.day[kept], amount=self.amount[kept])

    def a_day(self) -> "Sums":
        """Return one entry an account and day."""
        keys = self.day * (1 << 44) + (self.account & ((1 << 44) - 1))
        found, first, place = np.unique(keys, return_index=True, return_inverse=True)
        whole = np.zeros(len(found), np.int64)
        np.add.at(whole, place.reshape(-1), self.amount)
        return Sums(account=self.account[first], day=self.day[first], amount=whole)

    def by_day(self, days: int) -> Ints:
        """Return the sum of each of `days` days."""
        sums = np.zeros(days, np.int64)
        np.add.at(sums, self.day, self.amount)
        return sums


@dataclass(frozen=True, kw_only=True)
class Way:
    """How a layer is left: to which accounts, at which hours as published, with which words, as what."""

    to: Ints
    hours: tuple[int, int]
    wait: int = 0
    """Nights the money stays beside what the evasion level adds."""
    memo: str = "hand_over"
    flow: str = "move"
    keep: tuple[int, int] | None = None
    """Share that stays, in a thousand; None: as the level says."""
    most_fen: int | None = None
    step: str = "launder"


def hand_on(world: World, crew: Crew, chance: np.random.Generator, came: Sums, way: Way) -> Sums:
    """Pay what `came` on to `way.to`, and return what arrived there: less what is kept, and never more than came.

    Money whose turn would come after the world's end stays where it is.
    """
    setting, day_sums = set_up(world), came.a_day()
    low, high = setting["keep"] if way.keep is None else way.keep
    passed = day_sums.amount * (1000 - chance.integers(low, high + 1, len(day_sums))) // 1000
    kept = passed > 0
    day_sums, passed = day_sums.where(kept), passed[kept]
    if not len(passed):
        return Sums(account=passed, day=passed, amount=passed)
    amount, owner = cut(world, chance, passed, most_fen=way.most_fen)
    hold = chance.integers(setting["hold_days"][0], setting["hold_days"][1] + 1, len(amount))
    day = day_sums.day[owner] + way.wait + hold
    src, dst = day_sums.account[owner], way.to[chance.integers(0, len(way.to), len(amount))]
    gone = Sums(account=dst, day=day, amount=amount)
    inside = day < world.options.days
    return send(world, crew, chance, src=src[inside], gone=gone.where(inside), way=way)


def cut(world: World, chance: np.random.Generator, totals: Ints, *, most_fen: int | None = None) -> tuple[Ints, Ints]:
    """Return `totals` in pieces (amounts, and the position of each one's total), with ordinary digits.

    What the digits need is left out: the pieces of a total sum to it or to less.
    """
    setting = set_up(world)
    size = setting["move_fen"] or setting["most_move_fen"]
    owner, exact = pieces(chance, totals, around_fen=min(size, most_fen or size), spread=setting["move_spread"])
    amount = blend_amounts(world, chance, exact)
    sums = np.zeros(len(totals), np.int64)
    np.add.at(sums, owner, amount)
    return np.where((sums > totals)[owner], exact, amount), owner


def send(world: World, crew: Crew, chance: np.random.Generator, *, src: Ints, gone: Sums, way: Way) -> Sums:
    """Pay each entry of `gone` from `src` at the hours of the way; from `wind_down` on under that step."""
    n = len(gone)
    at = world.moment(gone.day, chance.integers(way.hours[0] * HOUR, way.hours[1] * HOUR, n))
    if world.options.evasion:
        at = blend_moments(world, chance, gone.day)
    late = gone.day >= crew.days["wind_down"]
    tool = chance.integers(0, len(crew.devices), n)
    for step, mine in ((way.step, ~late), ("wind_down", late)):
        rows = np.flatnonzero(mine)
        if len(rows):
            pay(
                world,
                Why(ring=crew.ring.index, step=step),
                src=src[rows],
                dst=gone.account[rows],
                at=at[rows],
                amount_fen=gone.amount[rows],
                memo=texts(chance, way.memo, len(rows)),
                channel="web",
                device=crew.devices[tool[rows]],
                ip=crew.ips[tool[rows]],
                flow=way.flow,
            )
    return gone

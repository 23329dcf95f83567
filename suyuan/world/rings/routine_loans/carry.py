"""Hands money on: what came to an account on a day leaves it, in pieces, a while later."""

from dataclasses import dataclass

import numpy as np

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import Why
from suyuan.world.frame.world import World
from suyuan.world.life.blend import blend_amounts, blend_moments
from suyuan.world.life.pay import pay
from suyuan.world.rings.routine_loans.crew import Crew, set_up
from suyuan.world.rings.routine_loans.orders import texts
from suyuan.world.rings.routine_loans.split import pieces
from suyuan.world.rings.routine_loans.sums import Blend, Sums, covering, leaving

HOUR = 3_600


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
    middle_fen: int = 250_000
    """Median payment of those who hide among others."""
    step: str = "launder"


def hand_on(world: World, crew: Crew, chance: np.random.Generator, came: Sums, way: Way) -> Sums:
    """Pay what `came` on to `way.to`, and return what arrived there: less what is kept, and never more than came.

    As published the sum of a day goes at once; who knows better sends payments of ordinary size, days later. Money
    whose turn would come after the world's end stays where it is.
    """
    setting, sums = set_up(world), came.a_day()
    low, high = setting["keep"] if way.keep is None else way.keep
    kept = chance.integers(low, high + 1, len(sums))
    sums = Sums(account=sums.account, day=sums.day, amount=sums.amount * (1000 - kept) // 1000)
    gone = parted(world, chance, sums.where(sums.amount > 0), middle_fen=way.middle_fen)
    hold = chance.integers(setting["hold_days"][0], setting["hold_days"][1] + 1, len(gone))
    day = gone.day + way.wait + hold
    dst = way.to[chance.integers(0, len(way.to), len(gone))]
    inside = day < world.options.days
    sent = Sums(account=dst, day=day, amount=gone.amount).where(inside)
    return send(world, crew, chance, src=gone.account[inside], gone=sent, way=way)


def parted(world: World, chance: np.random.Generator, sums: Sums, *, middle_fen: int) -> Sums:
    """Return the payments by which `sums` (one an account and day) leave: whole, or of ordinary size."""
    setting = set_up(world)
    if world.options.evasion:
        return leaving(
            chance, sums, middle_fen=middle_fen, spread=setting["move_spread"], blend=blending(world, chance)
        )
    owner, amount = pieces(chance, sums.amount, around_fen=setting["most_move_fen"], spread=setting["move_spread"])
    return Sums(account=sums.account[owner], day=sums.day[owner], amount=amount)


def provided(world: World, chance: np.random.Generator, need: Sums, *, middle_fen: int) -> Sums:
    """Return the payments by which accounts have what they `need` (one an account and day), or a little more."""
    setting = set_up(world)
    if world.options.evasion:
        return covering(
            chance, need, middle_fen=middle_fen, spread=setting["move_spread"], blend=blending(world, chance)
        )
    owner, amount = pieces(chance, need.amount, around_fen=setting["most_move_fen"], spread=setting["move_spread"])
    return Sums(account=need.account[owner], day=need.day[owner], amount=amount)


def blending(world: World, chance: np.random.Generator) -> Blend:
    """Return what gives amounts ordinary digits."""
    return lambda amounts: blend_amounts(world, chance, amounts)


def send(world: World, crew: Crew, chance: np.random.Generator, *, src: Ints, gone: Sums, way: Way) -> Sums:
    """Pay each entry of `gone` from `src` at the hours of the way; from `wind_down` on under that step."""
    n = len(gone)
    at = world.moment(gone.day, chance.integers(way.hours[0] * HOUR, way.hours[1] * HOUR, n))
    if world.options.evasion:
        at = blend_moments(world, chance, gone.day, src=src, dst=gone.account)
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

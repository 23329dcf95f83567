"""Cuts sums into payments that look like everybody's."""

from collections.abc import Callable

import numpy as np

from suyuan.world.frame.dice import Ints, around
from suyuan.world.frame.world import World
from suyuan.world.life.blend import blend_amounts


def cut(
    world: World, chance: np.random.Generator, totals: Ints, *, around_fen: int, spread: float
) -> tuple[Ints, Ints]:
    """Return for every piece the position of its total, and its fen; the pieces of a total sum to it.

    Pieces are log-normal around `around_fen` with sigma `spread` and the digits of ordinary payments, but for the last
    of each total, which is what is left. With `around_fen` 0 a total stays whole; one of 0 has no piece.
    """
    totals = np.asarray(totals, np.int64)
    if around_fen <= 0:
        there = np.flatnonzero(totals > 0)
        return there, totals[there]

    def draw(n: int) -> Ints:
        return blend_amounts(world, chance, around(chance, around_fen, spread=spread, n=n))

    return taken(totals, 3 + 3 * (totals // around_fen), draw)


def taken(totals: Ints, wanted: Ints, draw: Callable[[int], Ints]) -> tuple[Ints, Ints]:
    """Return owner and fen of the pieces that `draw` yields until each total is used up, `wanted` pieces at most.

    The last piece of a total is what is left of it.
    """
    owner = np.repeat(np.arange(len(totals)), wanted)
    drawn = np.maximum(draw(len(owner)), 1)
    first = np.cumsum(wanted) - wanted
    running = np.cumsum(drawn)
    before = running - drawn
    before = before - np.repeat(before[first], wanted) if len(first) else before
    last = np.zeros(len(owner), np.bool_)
    last[first + wanted - 1] = True
    room = totals[owner] - before
    fen = np.where(last, room, np.minimum(drawn, room))
    kept = fen > 0
    return owner[kept], fen[kept]


def shared(totals: Ints, shares: list[int]) -> list[Ints]:
    """Return each share (in a thousand) of the totals, in whole fen, and what is left as the last."""
    parts = [totals * share // 1000 for share in shares]
    return [*parts, totals - sum(parts, np.zeros_like(totals))]

"""The treasury of a ring: how much of its own capital it needs, and when profit can be drawn."""

from dataclasses import dataclass

import numpy as np

from suyuan.world.frame.dice import Ints


@dataclass(frozen=True, kw_only=True)
class Treasury:
    """By day: own capital that must come in before the day's end, and profit drawn at its end."""

    injected: Ints
    drawn: Ints


def plan(*, arriving: Ints, leaving: Ints, every: int) -> Treasury:
    """Return how a treasury is kept from going below zero with the least capital.

    `arriving` comes in before what is `leaving` the same day. Profit is drawn on every `every`-th day and on the last
    one: as much as no later day needs.
    """
    flow = np.cumsum(arriving - leaving)
    capital = np.maximum.accumulate(np.maximum(-flow, 0))
    left = capital + flow
    spare = np.minimum.accumulate(left[::-1])[::-1]
    days = np.arange(len(flow))
    draws = (days % every == every - 1) | (days == len(flow) - 1)
    upto = np.maximum.accumulate(np.where(draws, spare, 0))
    return Treasury(injected=np.diff(capital, prepend=0), drawn=np.diff(upto, prepend=0))

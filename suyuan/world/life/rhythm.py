"""When things happen: the hours of the day, the days of the week, and the festivals of the year.

Days are numbers of the world (0 is its first day). Loans and policies reach years before and after it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from suyuan.world.frame.dice import Ints, weighted
from suyuan.world.frame.figures import figures
from suyuan.world.frame.options import START
from suyuan.world.frame.world import World

Kind = Literal["person", "firm", "call", "login"]
Moments = NDArray[np.datetime64]

FIRST, LAST = date(2008, 1, 1), date(2036, 1, 1)
"""The calendar's first day and the day after its last one; holidays are known for the years of `data/rhythm.yml`."""
ORIGIN = (START - FIRST).days
WORKDAY, DAY_OFF, BEFORE_FESTIVAL, FESTIVAL, AFTER_FESTIVAL = range(5)
_WORDS = ("workday", "day_off", "before_festival", "festival", "after_festival")
_HOUR = 3_600


def _told() -> Mapping[str, Any]:
    return figures("rhythm")


def spring_festivals() -> list[int]:
    """Return the days of the world that are the first of a lunar year, rising; some lie outside the world."""
    return [(day - START).days for day in _told()["spring_festival"]]


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """What each day from `FIRST` on is: its sort (`WORKDAY` …) and whether people are off work."""

    sort: Ints
    off: NDArray[np.bool_]
    next_workday: Ints


@cache
def calendar() -> Calendar:
    """Return the calendar, one entry a day from `FIRST`."""
    told = _told()
    days = (LAST - FIRST).days
    off = (np.arange(days) + FIRST.weekday()) % 7 >= 5
    for first, last in told["days_off"]:
        off[(first - FIRST).days : (last - FIRST).days + 1] = True
    for day in told["worked_weekends"]:
        off[(day - FIRST).days] = False
    sort = np.where(off, DAY_OFF, WORKDAY).astype(np.int64)
    for day in told["spring_festival"]:
        eve = (day - FIRST).days - 1
        back = eve + 1 + int(np.argmin(off[eve + 1 :]))
        sort[eve - 7 : eve] = BEFORE_FESTIVAL
        sort[eve:back] = FESTIVAL
        sort[back : back + 7] = AFTER_FESTIVAL
    ahead = np.where(off, days, np.arange(days))
    return Calendar(sort=sort, off=off, next_workday=np.minimum.accumulate(ahead[::-1])[::-1])


def is_off(days: Ints) -> NDArray[np.bool_]:
    """Return which days people are off work: weekends that are not worked, and public holidays."""
    return np.asarray(calendar().off[np.asarray(days, np.int64) + ORIGIN])


def workday(world: World, days: Ints) -> Ints:  # noqa: ARG001 - the calendar is the same in every world
    """Return each day, or the next one on which people work."""
    return np.asarray(calendar().next_workday[np.asarray(days, np.int64) + ORIGIN] - ORIGIN)


@cache
def _hours(kind: str) -> Ints:
    """Return the running sums of a kind's weights, 24 hours of a workday and 24 of a day off, each up to 2^16."""
    shapes = [np.asarray(_told()["kinds"][kind][word], np.int64) for word in ("workday", "day_off")]
    return np.stack([np.cumsum(shape) * 65_536 // shape.sum() for shape in shapes])


def seconds(chance: np.random.Generator, days: Ints, *, kind: Kind = "person") -> Ints:
    """Return a second of the day for each of `days`, by the hours of its kind."""
    days = np.asarray(days, np.int64)
    shares = _hours(kind)
    draws = chance.integers(0, 65_536, len(days))
    hours = np.where(
        is_off(days), np.searchsorted(shares[1], draws, side="right"), np.searchsorted(shares[0], draws, side="right")
    )
    return np.asarray(hours * _HOUR + chance.integers(0, _HOUR, len(days)))


def moments(world: World, chance: np.random.Generator, days: Ints, *, kind: Kind = "person") -> Moments:
    """Return a moment on each of `days` (`datetime64[s]`), by the hours at which its kind is active that day."""
    return world.moment(days, seconds(chance, days, kind=kind))


@cache
def _weights(kind: str) -> Ints:
    by_sort = _told()["kinds"][kind]["days"]
    return np.asarray([by_sort[word] for word in _WORDS], np.int64)[calendar().sort]


def day_weights(lo: int, hi: int, *, kind: Kind = "person") -> Ints:
    """Return how much happens on each day from `lo` to `hi` (not included), as whole weights."""
    return _weights(kind)[lo + ORIGIN : hi + ORIGIN]


def pick_days(
    world: World,  # noqa: ARG001 - the calendar is the same in every world
    chance: np.random.Generator,
    n: int,
    lo: int | Ints,
    hi: int | Ints,
    *,
    kind: Kind = "person",
) -> Ints:
    """Return `n` days from `lo` to `hi` (not included; `lo` itself when nothing lies between), by the weight of days.

    `lo` and `hi` may be arrays of length `n`: a span for each draw.
    """
    if isinstance(lo, int) and isinstance(hi, int):
        return lo + weighted(chance, day_weights(lo, max(hi, lo + 1), kind=kind), n)
    sums = np.concatenate([[0], np.cumsum(_weights(kind))])
    low = np.broadcast_to(np.asarray(lo, np.int64), (n,)) + ORIGIN
    high = np.maximum(np.broadcast_to(np.asarray(hi, np.int64), (n,)) + ORIGIN, low + 1)
    draws = chance.integers(sums[low], sums[high])
    return np.asarray(np.searchsorted(sums, draws, side="right") - 1 - ORIGIN)

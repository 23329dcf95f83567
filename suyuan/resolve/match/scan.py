"""Weighs every pair of rows that lie near enough in time and amount, and keeps those that may be one transfer."""

from typing import Final, NamedTuple

import numba
import numpy as np

from suyuan.resolve.match.bins import REACH, ROUNDED, SAME, amount_bin, lag_bin
from suyuan.resolve.match.parties import DIFFERENT, EQUAL, NUMBERS, Texts, agreement
from suyuan.resolve.match.side import Bools, Floats, Ints

CHUNK: Final = 1 << 20
"""Pairs kept before the kernel hands them over."""

NEVER: Final = -1e9
"""Weight of what cannot be one transfer."""


class Lines(NamedTuple):
    """A side as the kernel reads it: sorted by `slot`, then amount."""

    slot: Ints  # day, apart for each currency
    second: Ints
    fen: Ints
    log_fen: Floats
    flow: Ints
    own: Ints  # account whose line it is; negative, and no two alike, where that keeps nothing apart
    half_same: Floats  # half the logarithm of the share of rows of the other side with this amount
    half_near: Floats  # … of the density of the other side's amounts here, per unit of logarithm
    half_day: Floats  # … of the other side's share of rows a day
    text: Ints
    half_text: Floats
    cut: Bools
    bounds: Ints
    words: Ints
    near_bounds: Ints
    near_words: Ints
    most: Floats  # the greatest weight that texts and words can add
    start: Ints  # first row of each slot


class PartyWeights(NamedTuple):
    """Weights of agreeing and differing parties."""

    levels: Floats  # 4 texts × agreement
    cap: float
    strict: bool  # numbers that differ are two transfers


class WordWeights(NamedTuple):
    """Per word the weight of standing in both memos, in the left alone and in the right alone."""

    both: Floats
    one: Floats
    other: Floats


class Weights(NamedTuple):
    """Natural logarithms of how much likelier each agreement is in one transfer than in two."""

    lag: Floats
    lag_most: Floats  # per day of distance, the greatest of `lag`
    amount: Floats
    flow: Floats
    party: PartyWeights
    whole: WordWeights
    near: WordWeights  # the same where a memo was cut
    ratio: float  # reach of unequal amounts
    days: int  # reach of time


@numba.njit(cache=True)
def _shared(  # noqa: PLR0917 - numba takes no keywords
    words: Ints,
    bounds: Ints,
    i: int,
    others: Ints,
    other_bounds: Ints,
    j: int,
    both: Floats,
    one: Floats,
    other: Floats,
) -> float:
    """Return the weight of two rising lists of words."""
    at, end, to, stop = bounds[i], bounds[i + 1], other_bounds[j], other_bounds[j + 1]
    found = 0.0
    while at < end and to < stop:
        mine, theirs = words[at], others[to]
        if mine == theirs:
            found += both[mine]
            at += 1
            to += 1
        elif mine < theirs:
            found += one[mine]
            at += 1
        else:
            found += other[theirs]
            to += 1
    while at < end:
        found += one[words[at]]
        at += 1
    while to < stop:
        found += other[others[to]]
        to += 1
    return found


@numba.njit(cache=True)
def _parties(  # noqa: PLR0917 - numba takes no keywords
    texts: Texts, text: Ints, other: Ints, half: Floats, other_half: Floats, w: PartyWeights
) -> float:
    """Return the weight of who pays and who receives; `text` and the rest are one row's four."""
    found = 0.0
    for place in range(4):
        level = agreement(texts, text[place], other[place], place < NUMBERS)
        full = place < NUMBERS and texts.last_star[text[place]] < 0 and texts.last_star[other[place]] < 0
        if w.strict and full and level == DIFFERENT:
            return NEVER
        found += w.levels[place, level]
        if level == EQUAL:
            found -= half[place] + other_half[place]
    return min(found, w.cap)


@numba.njit(cache=True)
def _narrowed(b: Lines, slot: int, low: float, high: float) -> tuple[int, int]:
    """Return the rows of `slot` whose amounts lie between, both included."""
    if slot < 0 or slot + 1 >= len(b.start):
        return 0, 0
    begin, end = b.start[slot], b.start[slot + 1]
    inside = b.log_fen[begin:end]
    return begin + np.searchsorted(inside, low), begin + np.searchsorted(inside, high, side="right")


@numba.njit(cache=True)
def visits(a: Lines, b: Lines, ratio: float, days: int) -> int:
    """Return how many pairs lie within `ratio` and `days`."""
    found = 0
    for i in range(len(a.slot)):
        for apart in range(-days, days + 1):
            begin, end = _narrowed(b, a.slot[i] + apart, a.log_fen[i] - ratio, a.log_fen[i] + ratio)
            found += end - begin
    return found


@numba.njit(cache=True)
def _chance(kind: int, same: float, near: float, fen: int) -> float:
    """Return the logarithm of how likely two amounts that met by chance lie in the bin `kind`."""
    if kind == SAME:
        return same
    return max(same, near + np.log(100 / fen)) if kind == ROUNDED else near


@numba.njit(cache=True)
def scan(  # noqa: C901, PLR0917 - one loop: numba takes no keywords, and a call for each pair would cost more than it
    a: Lines, b: Lines, w: Weights, texts: Texts, rows: tuple[int, int], threshold: float,
    kept: tuple[Ints, Ints, Floats],
) -> tuple[int, int]:  # fmt: skip
    """Fill `kept` (left, right, weight) with pairs of at least `threshold`.

    `rows` are the first row of `a` and the step to the next. Returns how many were kept, and the row to go on with: at
    least the length of `a` when all are done.
    """
    # Taken out of their tuples once: within the loop each reading of a tuple counts references.
    log_fen, fen, second, most, same, near = b.log_fen, b.fen, b.second, b.most, b.half_same, b.half_near
    own, flow, half_day = b.own, b.flow, b.half_day
    cut, bounds, words, near_at, near_words = b.cut, b.bounds, b.words, b.near_bounds, b.near_words
    a_bounds, a_words, a_near_at, a_near = a.bounds, a.words, a.near_bounds, a.near_words
    (both, one, other), (near_both, near_one, near_other) = w.whole, w.near
    n, told = 0, len(texts.bounds) > 1
    for i in range(rows[0], len(a.slot), rows[1]):
        since = n
        for apart in range(-w.days, w.days + 1):
            if w.lag_most[apart + REACH] <= NEVER:
                continue
            first, last = _narrowed(b, a.slot[i] + apart, a.log_fen[i] - w.ratio, a.log_fen[i] + w.ratio)
            for j in range(first, last):
                kind = amount_bin(a.fen[i], fen[j], log_fen[j] - a.log_fen[i])
                if kind < 0 or a.own[i] == own[j]:
                    continue
                weight = w.amount[kind] - _chance(kind, a.half_same[i] + same[j], a.half_near[i] + near[j], a.fen[i])
                weight += w.lag[lag_bin(apart, a.second[i], second[j])] - a.half_day[i] - half_day[j]
                if weight + min(a.most[i], most[j]) < threshold:
                    continue
                weight += w.flow[a.flow[i], flow[j]]
                if told:
                    weight += _parties(texts, a.text[i], b.text[j], a.half_text[i], b.half_text[j], w.party)
                if a.cut[i] or cut[j]:
                    weight += _shared(a_near, a_near_at, i, near_words, near_at, j, near_both, near_one, near_other)
                else:
                    weight += _shared(a_words, a_bounds, i, words, bounds, j, both, one, other)
                if weight < threshold:
                    continue
                if n == len(kept[0]):
                    return since, i
                kept[0][n], kept[1][n], kept[2][n] = i, j, weight
                n += 1
    return n, len(a.slot)


@numba.njit(cache=True)
def levels(a: Lines, b: Lines, texts: Texts, left: Ints, right: Ints) -> tuple[Ints, Ints, Ints]:
    """Return of each pair the bin of time, the bin of amount and, 4 × pairs, how the parties agree."""
    lag, amount = np.empty(len(left), np.int64), np.empty(len(left), np.int64)
    party = np.empty((4, len(left)), np.int64)
    for place in range(len(left)):
        i, j = left[place], right[place]
        lag[place] = lag_bin(b.slot[j] - a.slot[i], a.second[i], b.second[j])
        amount[place] = amount_bin(a.fen[i], b.fen[j], b.log_fen[j] - a.log_fen[i])
        for text in range(4):
            party[text, place] = agreement(texts, a.text[i, text], b.text[j, text], text < NUMBERS)
    return lag, amount, party

"""The same transfers told by two institutions, paired one to one, each pair with a score."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from suyuan.domain.errors import DataError
from suyuan.resolve.match.assignment import best_pairs
from suyuan.resolve.match.bins import AMOUNT_WIDTHS, DAY_BINS, LAG_WIDTHS, RATIO_REACH, REACH, SECOND_EDGES
from suyuan.resolve.match.chance import moved, share_by_chance
from suyuan.resolve.match.model import Beliefs, Seen, at_first, learned, word_weights
from suyuan.resolve.match.parties import Parties, Texts, agreement, parties_of
from suyuan.resolve.match.scan import (
    CHUNK,
    NEVER,
    Lines,
    PartyWeights,
    Weights,
    WordWeights,
    levels,
    scan,
    visits,
)
from suyuan.resolve.match.side import TEXTS, Floats, Ints, Side, side_of
from suyuan.resolve.match.words import SideWords, Words, words_of

MOST_VISITS: Final = 1_500_000_000
"""Pairs that are looked at in one turn at most: about half a minute of one core."""
MOST_PAIRS: Final = 40_000_000
"""Pairs that are kept at most: 1 GiB."""

_TURNS = 12
_SURE = 0.1  # learned from: at most this likely by chance
_HALF = 0.5  # given out: likelier real than by chance
_SETTLED = 1e-3
_REACHES = ((REACH, RATIO_REACH), (REACH, 0.02), (REACH, 1e-3), (10, 1e-3), (4, 1e-6), (1, 1e-6))
_GAP = 2 * REACH + 2  # slots between two currencies: no lag crosses them
_BAND = 0.1  # logarithms around an amount in which its neighbours are counted
_SAMPLE = 1_000  # rows of each side whose parties are compared to learn how often strangers agree


@dataclass(frozen=True, kw_only=True)
class Matched:
    """What was matched: `left`, `right` (rows of the tables told) and `score`, one entry a pair, in the order of left.

    `score` is the probability, in [0, 1], that the two are one transfer, the pairs beside it that share a row with it
    considered. `days` and `ratio` are how far apart in time and amount pairs were looked for, `turns` how often the
    model was learned, `matched` the share of the smaller side that was believed to have a partner.
    """

    left: Ints
    right: Ints
    score: Floats
    days: int
    ratio: float
    turns: int
    matched: float


@dataclass(frozen=True, kw_only=True)
class _Both:
    """Both sides as the kernel reads them; the left one is the one whose content has the lesser digest."""

    left: Side
    right: Side
    words: Words
    texts: Texts
    lines: tuple[Lines, Lines]
    strangers: Floats  # 4 × agreement: how often rows that met by chance agree

    @property
    def log_rows(self) -> float:
        return 0.5 * float(np.log(len(self.left)) + np.log(len(self.right)))


def match(left: pa.Table, right: pa.Table, *, strict: bool = False, least: float = 0.0) -> Matched:
    """Return the pairs of rows of `left` and `right` (both of schema `side.TOLD`) that tell one transfer.

    Args:
        left: One institution's rows.
        right: The other's. Swapping the two swaps the answer; the order of rows changes nothing.
        strict: Numbers of one party that are both told and differ are two transfers, whatever else agrees.
        least: Pairs of a lower score are left out.

    Raises:
        DataError: The two have too many rows alike to be told apart within the bounds of time and memory.

    Deterministic. Cost: the pairs near in time and amount, which a narrower reach keeps under `MOST_VISITS`.
    """
    one, other = side_of(left, salt="one"), side_of(right, salt="one")
    swapped = other.digest < one.digest
    one, other = (side_of(right, salt="one"), side_of(left, salt="two")) if swapped else (one, side_of(right, salt="two"))
    if not len(one) or not len(other):
        none = np.zeros(0, np.int64)
        return Matched(left=none, right=none, score=np.zeros(0), days=REACH, ratio=0.0, turns=0, matched=0.0)
    return _answer(_both(one, other), swapped=swapped, strict=strict, least=least)


def _answer(both: _Both, *, swapped: bool, strict: bool, least: float) -> Matched:
    days, ratio = _reach(both)
    turned = moved(both.right)
    decoy = _both(both.left, turned) if turned is not None else None
    sizes = len(both.left), len(both.right)
    beliefs, turns = at_first(len(both.words.kind)), 0
    while True:
        turns += 1
        at, to, worth = _candidates(both, beliefs, days=days, ratio=ratio, strict=strict)
        taken = best_pairs(at, to, worth)
        chance = np.zeros(len(taken))
        if decoy is not None:
            by_chance = _candidates(decoy, beliefs, days=days, ratio=ratio, strict=strict)
            chance = share_by_chance(worth[taken], by_chance[2][best_pairs(*by_chance)], sizes=sizes)
        before = beliefs.matched
        sure = taken[chance <= _SURE]
        beliefs = learned(_seen(both, at[sure], to[sure]), both.words, rows=sizes)
        if turns == _TURNS or (turns > 1 and abs(beliefs.matched - before) < _SETTLED * before):
            break
    score = np.round(_beside(at, to, worth)[taken] * (1 - chance), 4)
    first, second = both.left.rows.at[at[taken]], both.right.rows.at[to[taken]]
    if swapped:
        first, second = second, first
    kept = np.flatnonzero((chance <= _HALF) & (score >= least))
    order = kept[np.argsort(first[kept])]
    return Matched(
        left=first[order],
        right=second[order],
        score=score[order],
        days=days,
        ratio=ratio,
        turns=turns,
        matched=round(beliefs.matched, 4),
    )


def _both(left: Side, right: Side) -> _Both:
    words = words_of(left, right)
    one, other, texts = parties_of(left, right)
    slots = _slots(left, right)
    lines = (
        _lines(left, slots[0], one, words.left, (right, slots[1])),
        _lines(right, slots[1], other, words.right, (left, slots[0])),
    )
    return _Both(left=left, right=right, words=words, texts=texts, lines=lines, strangers=_strangers(one, other, texts))


def _slots(left: Side, right: Side) -> tuple[Ints, Ints]:
    """Return the slot of each row: its day, each currency's days apart; untold currencies are one more.

    Where one side tells no currency at all, none is compared.
    """
    told = [side.texts["currency"] for side in (left, right)]
    days = [side.rows.day for side in (left, right)]
    first = int(min(day.min() for day in days))
    span = int(max(day.max() for day in days)) - first + _GAP
    if any(one.null_count == len(one) for one in told):
        return days[0] - first, days[1] - first
    known = pc.unique(pa.chunked_array([*told[0].chunks, *told[1].chunks])).drop_null().sort()
    codes = [pc.index_in(one, value_set=known).fill_null(len(known)).to_numpy().astype(np.int64) for one in told]
    return codes[0] * span + days[0] - first, codes[1] * span + days[1] - first


def _lines(side: Side, slot: Ints, parties: Parties, words: SideWords, beside: tuple[Side, Ints]) -> Lines:
    other, other_slot = beside
    rows = side.rows
    order = np.lexsort((rows.fen, slot))
    if not np.array_equal(order, np.arange(len(order))):
        raise AssertionError("a side is sorted by currency, day and amount")
    log_fen, other_log = np.log(rows.fen), np.sort(np.log(other.rows.fen))
    n = len(other)
    same = _within(np.sort(other.rows.fen), rows.fen, rows.fen)
    near = _within(other_log, log_fen - _BAND, log_fen + _BAND)
    a_day = np.bincount(other_slot, minlength=int(slot.max()) + 1)
    return Lines(
        slot=slot,
        second=rows.second,
        fen=rows.fen,
        log_fen=log_fen,
        flow=rows.flow,
        half_same=0.5 * np.log(np.maximum(same, 1) / n),
        half_near=0.5 * np.log(np.maximum(near, 1) / n / (2 * _BAND)),
        half_day=0.5 * np.log(np.maximum(a_day[slot], 1) / n),
        text=parties.text,
        half_text=parties.half_share,
        cut=words.cut,
        bounds=words.whole.bounds,
        words=words.whole.words,
        near_bounds=words.within.bounds,
        near_words=words.within.words,
        most=np.zeros(len(slot)),
        start=np.searchsorted(slot, np.arange(int(max(slot.max(), other_slot.max())) + 2)).astype(np.int64),
    )


def _within(values: Ints | Floats, low: Ints | Floats, high: Ints | Floats) -> Ints:
    """Return how many of the sorted `values` lie between, both included."""
    counted: Ints = np.searchsorted(values, high, side="right") - np.searchsorted(values, low, side="left")
    return counted


def _strangers(one: Parties, other: Parties, texts: Texts) -> Floats:
    """Return how often the parties of rows that met by chance agree, from a lattice of rows of both sides."""
    found = np.ones((len(TEXTS), 4))
    at = np.unique(np.linspace(0, len(one.text) - 1, _SAMPLE).astype(np.int64))
    to = np.unique(np.linspace(0, len(other.text) - 1, _SAMPLE).astype(np.int64))
    for place in range(len(TEXTS)):
        told = _agreements(texts, one.text[at, place], other.text[to, place], number=place < 2)  # noqa: PLR2004
        found[place, 1:] = (told[1:] + 1) / (told[1:].sum() + 3)
    return found


def _agreements(texts: Texts, one: Ints, other: Ints, *, number: bool) -> Ints:
    mine, mine_rows = np.unique(one, return_counts=True)
    theirs, their_rows = np.unique(other, return_counts=True)
    found = np.zeros(4, np.int64)
    for text, rows in zip(mine.tolist(), mine_rows.tolist(), strict=True):
        for with_text, with_rows in zip(theirs.tolist(), their_rows.tolist(), strict=True):
            found[agreement(texts, text, with_text, number)] += rows * with_rows
    return found


def _reach(both: _Both) -> tuple[int, float]:
    """Return the widest reach, in days and in the logarithm of amounts, that stays within bounds.

    Raises:
        DataError: Not even the narrowest does.
    """
    one, other = both.lines
    for days, ratio in _REACHES:
        looked = visits(one, other, ratio, days)
        if looked <= MOST_VISITS:
            return days, ratio
    raise DataError("transfers.too_alike", left=len(both.left), right=len(both.right), pairs=f"{looked:,}")


def _candidates(
    both: _Both, beliefs: Beliefs, *, days: int, ratio: float, strict: bool
) -> tuple[Ints, Ints, Floats]:
    """Return the pairs likelier one transfer than two: left, right, and the logarithm of the odds."""
    weights = _weights(both, beliefs, days=days, ratio=ratio, strict=strict)
    one, other = (_with_most(both, side, weights) for side in (0, 1))
    threshold = both.log_rows - float(np.log(beliefs.matched / (1 - beliefs.matched)))
    gathered: list[tuple[Ints, Ints, Floats]] = []
    at, total = 0, 0
    while at < len(one.slot):
        room = (np.empty(CHUNK, np.int64), np.empty(CHUNK, np.int64), np.empty(CHUNK))
        n, following = scan(one, other, weights, both.texts, at, threshold, room)
        if following == at:
            raise DataError("transfers.too_alike", left=len(both.left), right=len(both.right), pairs=f"{CHUNK:,}")
        gathered.append(tuple(each[:n].copy() for each in room))  # type: ignore[arg-type]
        at, total = following, total + n
        if total > MOST_PAIRS:
            raise DataError("transfers.too_alike", left=len(both.left), right=len(both.right), pairs=f"{total:,}")
    left, right, weight = (np.concatenate(each) for each in zip(*gathered, strict=True))
    return left, right, np.round(weight - threshold, 6)


def _weights(both: _Both, beliefs: Beliefs, *, days: int, ratio: float, strict: bool) -> Weights:
    with np.errstate(divide="ignore"):
        lag = np.maximum(np.log(beliefs.lag / LAG_WIDTHS), NEVER)
        amount = np.maximum(np.log(beliefs.amount / AMOUNT_WIDTHS), NEVER)
    party = np.log(beliefs.party)
    party[:, 2:] -= np.log(both.strangers[:, 2:])
    words = both.words
    whole = word_weights(beliefs.kept, words.left.whole, words.right.whole, words)
    near = word_weights(beliefs.near, words.left.within, words.right.within, words)
    return Weights(
        lag=lag,
        lag_most=_lag_most(lag),
        amount=amount,
        flow=_flow_weights(both, beliefs.flow),
        party=PartyWeights(levels=party, cap=both.log_rows + 1, strict=strict),
        whole=WordWeights(*whole),
        near=WordWeights(*near),
        ratio=ratio,
        days=days,
    )


def _lag_most(lag: Floats) -> Floats:
    """Return for each distance in days the greatest weight of a bin that holds such a pair."""
    found = lag[:DAY_BINS].copy()
    timed = lag[DAY_BINS:]
    for days in range(-REACH, REACH + 1):
        low, high = (days - 1) * 86_400, (days + 1) * 86_400
        inside = (SECOND_EDGES[:-1] < high) & (SECOND_EDGES[1:] > low)
        found[days + REACH] = max(found[days + REACH], timed[inside].max(initial=NEVER))
    return found


def _flow_weights(both: _Both, flow: Floats) -> Floats:
    """Return 3 × 3 weights of directions; where either is untold it weighs nothing."""
    shares = [np.bincount(side.rows.flow, minlength=3)[1:] + 1.0 for side in (both.left, both.right)]
    by_chance = np.outer(shares[0] / shares[0].sum(), shares[1] / shares[1].sum())
    weights = np.zeros((3, 3))
    weights[1:, 1:] = np.log(flow[1:, 1:] / by_chance)
    return weights


def _with_most(both: _Both, side: int, weights: Weights) -> Lines:
    """Return the lines with the greatest weight that the texts and words of each row can add."""
    lines = both.lines[side]
    words = both.words.left if side == 0 else both.words.right
    most = np.zeros(len(lines.slot))
    for held, both_weights in ((words.whole, weights.whole.both), (words.within, weights.near.both)):
        summed = np.concatenate([[0.0], np.cumsum(np.maximum(both_weights[held.words], 0.0))])
        most = np.maximum(most, summed[held.bounds[1:]] - summed[held.bounds[:-1]])
    party = weights.party.cap if (lines.text >= 0).any() else 0.0
    return lines._replace(most=most + party + max(float(weights.flow.max()), 0.0))


def _seen(both: _Both, left: Ints, right: Ints) -> Seen:
    one, other = both.lines
    lag, amount, party = levels(one, other, both.texts, left, right)
    return Seen(
        left=left,
        right=right,
        lag=lag,
        amount=amount,
        flow=np.stack([one.flow[left], other.flow[right]]),
        party=party,
        cut=(one.cut[left] | other.cut[right]).astype(np.int64),
    )


def _beside(left: Ints, right: Ints, worth: Floats) -> Floats:
    """Return the probability of each pair beside every other pair that shares a row with it."""
    odds = np.exp(np.minimum(worth, 600.0))
    by_row = np.bincount(left, weights=odds)[left]
    by_column = np.bincount(right, weights=odds)[right]
    shares: Floats = odds / (by_row + by_column - odds)
    return shares

"""The same transfers told by two institutions, paired one to one, each pair with a score."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa

from suyuan.domain.errors import DataError
from suyuan.resolve.match.assignment import best_pairs
from suyuan.resolve.match.bins import AMOUNT_WIDTHS, DAY_BINS, LAG_WIDTHS, RATIO_REACH, REACH, SECOND_EDGES
from suyuan.resolve.match.both import Both, both_of
from suyuan.resolve.match.chance import SURE, Weighed, moved, share_by_chance
from suyuan.resolve.match.model import Beliefs, Seen, at_first, learned, word_weights
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
from suyuan.resolve.match.side import Floats, Ints, side_of

MOST_VISITS: Final = 1_500_000_000
"""Pairs that are looked at in one turn at most: about half a minute of one core."""
MOST_PAIRS: Final = 40_000_000
"""Pairs that are kept at most: 1 GiB."""

_TURNS = 12
_DECOYS = 15_000  # rows of the left side that are also weighed against decoys
_HALF = 0.5  # given out: likelier real than by chance
_SETTLED = 1e-3
_REACHES = ((REACH, RATIO_REACH), (REACH, 0.02), (REACH, 1e-3), (10, 1e-3), (4, 1e-6), (1, 1e-6))


@dataclass(frozen=True, kw_only=True)
class Matched:
    """What was matched: `left`, `right` (rows of the tables told) and `score`, one entry a pair, in the order of left.

    `score` is the probability, in [0, 1], that the two are one transfer, the pairs beside it that share a row with it
    considered. `days` and `ratio` are how far apart in time and amount pairs were looked for, `turns` how often the
    model was learned, `matched` the share of the smaller side that was believed to have a partner, `learned` how many
    pairs the model was learned from at last, `checked` whether pairs by chance could be counted on decoys.
    """

    left: Ints
    right: Ints
    score: Floats
    days: int
    ratio: float
    turns: int
    matched: float
    learned: int = 0
    checked: bool = False

    @property
    def narrowed(self) -> bool:
        """Return whether so many rows are alike that pairs were looked for in a narrower reach than the widest."""
        return (self.days, self.ratio) != _REACHES[0]


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
    one, other = (
        (side_of(right, salt="one"), side_of(left, salt="two")) if swapped else (one, side_of(right, salt="two"))
    )
    if not len(one) or not len(other):
        none = np.zeros(0, np.int64)
        return Matched(left=none, right=none, score=np.zeros(0), days=REACH, ratio=RATIO_REACH, turns=0, matched=0.0)
    return _answer(both_of(one, other, strict=strict), swapped=swapped, strict=strict, least=least)


def _answer(both: Both, *, swapped: bool, strict: bool, least: float) -> Matched:
    days, ratio = _reach(both)
    turned = moved(both.right)
    decoy = both_of(both.left, turned, strict=strict) if turned is not None else None
    sizes = len(both.left), len(both.right)
    step = max(1, sizes[0] // _DECOYS)
    beliefs, turns = at_first(len(both.words.kind)), 0
    while True:
        turns += 1
        at, to, worth = _candidates(both, beliefs, days=days, ratio=ratio, strict=strict)
        taken = best_pairs(at, to, worth)
        chance = np.zeros(len(taken))
        if decoy is not None:
            by_chance = _candidates(decoy, beliefs, days=days, ratio=ratio, strict=strict, step=step)
            chance = share_by_chance(
                _weighed(both, at[taken], to[taken], worth[taken]), _weighed(decoy, *by_chance), times=step
            )
        before = beliefs.matched
        sure = taken[chance <= SURE]
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
        learned=len(sure),
        checked=decoy is not None,
    )


def _reach(both: Both) -> tuple[int, float]:
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
    both: Both, beliefs: Beliefs, *, days: int, ratio: float, strict: bool, step: int = 1
) -> tuple[Ints, Ints, Floats]:
    """Return the pairs likelier one transfer than two: left (every `step`-th row), right, the logarithm of the odds."""
    weights = _weights(both, beliefs, days=days, ratio=ratio, strict=strict)
    one, other = (_with_most(both, side, weights) for side in (0, 1))
    threshold = both.log_rows - float(np.log(beliefs.matched / (1 - beliefs.matched)))
    gathered: list[tuple[Ints, Ints, Floats]] = []
    at, total = 0, 0
    while at < len(one.slot):
        room = (np.empty(CHUNK, np.int64), np.empty(CHUNK, np.int64), np.empty(CHUNK))
        n, following = scan(one, other, weights, both.texts, (at, step), threshold, room)
        if following == at:
            raise DataError("transfers.too_alike", left=len(both.left), right=len(both.right), pairs=f"{CHUNK:,}")
        gathered.append(tuple(each[:n].copy() for each in room))  # type: ignore[arg-type]
        at, total = following, total + n
        if total > MOST_PAIRS:
            raise DataError("transfers.too_alike", left=len(both.left), right=len(both.right), pairs=f"{total:,}")
    left, right, weight = (np.concatenate(each) for each in zip(*gathered, strict=True))
    return left, right, np.round(weight - threshold, 6)


def _weighed(both: Both, left: Ints, right: Ints, worth: Floats) -> Weighed:
    """Return pairs by the rows as they were told, whatever order the sides were laid in."""
    return Weighed(left=both.left.rows.at[left], right=both.right.rows.at[right], worth=worth)


def _weights(both: Both, beliefs: Beliefs, *, days: int, ratio: float, strict: bool) -> Weights:
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


def _flow_weights(both: Both, flow: Floats) -> Floats:
    """Return 3 × 3 weights of directions; where either is untold it weighs nothing."""
    shares = [np.bincount(side.rows.flow, minlength=3)[1:] + 1.0 for side in (both.left, both.right)]
    by_chance = np.outer(shares[0] / shares[0].sum(), shares[1] / shares[1].sum())
    weights = np.zeros((3, 3))
    weights[1:, 1:] = np.log(flow[1:, 1:] / by_chance)
    return weights


def _with_most(both: Both, side: int, weights: Weights) -> Lines:
    """Return the lines with the greatest weight that the texts and words of each row can add."""
    lines = both.lines[side]
    words = both.words.left if side == 0 else both.words.right
    most = np.zeros(len(lines.slot))
    for held, both_weights in ((words.whole, weights.whole.both), (words.within, weights.near.both)):
        summed = np.concatenate([[0.0], np.cumsum(np.maximum(both_weights[held.words], 0.0))])
        most = np.maximum(most, summed[held.bounds[1:]] - summed[held.bounds[:-1]])
    party = weights.party.cap if (lines.text >= 0).any() else 0.0
    return lines._replace(most=most + party + max(float(weights.flow.max()), 0.0))


def _seen(both: Both, left: Ints, right: Ints) -> Seen:
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

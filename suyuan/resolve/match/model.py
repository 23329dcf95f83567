"""What tells one transfer from two: learned from two files alone, without a known pair.

A pair's weight is the logarithm of how much likelier its agreements are in one transfer than in two rows that met by
chance (Fellegi and Sunter), with the rarity of what agrees in place of one chance for all. The likelihoods are learned
by turns: the best assignment under what is believed so far, then its shares, until they settle.

Source: I. P. Fellegi and A. B. Sunter, "A theory for record linkage", JASA 64 (1969),
doi:10.1080/01621459.1969.10501049;
W. E. Winkler, "Frequency-based matching in the Fellegi-Sunter model of record linkage", US Census RR 2000/06;
M. Sadinle, "Bayesian estimation of bipartite matchings for record linkage", JASA 112 (2017),
doi:10.1080/01621459.2016.1148612, for the assignment in place of independent pairs.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from suyuan.resolve.match.bins import (
    AMOUNT_BINS,
    AMOUNT_WIDTHS,
    DAY_BINS,
    LAG_BINS,
    LAG_WIDTHS,
    RATIO_EDGES,
    REACH,
    SECOND_EDGES,
    UNEQUAL,
)
from suyuan.resolve.match.side import Floats, Ints
from suyuan.resolve.match.words import Held, Words, counts

_PRIOR: Final = 4.0
"""Pairs that what is believed beforehand counts for."""
_MANY: Final = 1_000.0
"""Pairs from which on a distance in time that none of them has, nor a neighbouring one, is none at all."""
_WORD_PRIOR: Final = 20.0
"""Rows that the class of a word counts for beside its own."""
_KEPT = 0.7
"""Share of words believed to stand in both memos before anything is learned."""
_SHARES = (0.02, 0.995)
_LEAST_SHARE, _MOST_SHARE = 0.002, 0.999
_PARTY = np.array([[1.0, 0.90, 0.07, 0.03]] * 4)


@dataclass(frozen=True, kw_only=True)
class Beliefs:
    """Shares among pairs that are one transfer: of bins of time and amount, of directions, of agreeing parties.

    `kept` is the share of each word's rows that hold it on both sides, `near` the same within the cut; `matched` is the
    share of the smaller side's rows that have a partner.
    """

    lag: Floats
    amount: Floats
    flow: Floats
    party: Floats
    kept: Floats
    near: Floats
    matched: float


def at_first(words: int) -> Beliefs:
    """Return what is believed before anything is seen: soon is likelier than late, equal than unequal amounts."""
    days = np.abs(np.arange(DAY_BINS) - REACH)
    seconds = np.maximum(np.abs(SECOND_EDGES[:-1]), np.abs(SECOND_EDGES[1:])) / 86_400
    timed = np.exp(-seconds / 3) * np.minimum(np.diff(SECOND_EDGES) / 60, 1) ** 0.25
    untimed = np.exp(-days / 8)
    gap = np.abs(RATIO_EDGES[:-1] + RATIO_EDGES[1:]) / 2
    ratio = np.exp(-gap / 0.03) * np.diff(RATIO_EDGES) ** 0.7
    amount = np.concatenate([[0.5, 0.05], 0.45 * ratio / ratio.sum()])
    return Beliefs(
        lag=np.concatenate([untimed / untimed.sum(), timed / timed.sum()]),
        amount=amount,
        flow=np.full((3, 3), 0.25),
        party=_PARTY,
        kept=np.full(words, _KEPT),
        near=np.full(words, _KEPT),
        matched=0.5,
    )


@dataclass(frozen=True, kw_only=True)
class Seen:
    """The pairs taken for one transfer: their bins, directions, parties, and which were compared within a cut."""

    left: Ints
    right: Ints
    lag: Ints
    amount: Ints
    flow: Ints  # 2 × pairs
    party: Ints
    cut: Ints


def learned(seen: Seen, words: Words, *, rows: tuple[int, int]) -> Beliefs:
    """Return what the pairs taken for one transfer make believe; with few pairs the first beliefs weigh more."""
    first = at_first(len(words.kind))
    flow = np.zeros((3, 3))
    np.add.at(flow, (seen.flow[0], seen.flow[1]), 1.0)
    flow[1:, 1:] = (flow[1:, 1:] + _PRIOR / 4) / (flow[1:, 1:].sum() + _PRIOR)
    party = np.stack([_levels(levels, prior) for levels, prior in zip(seen.party, first.party, strict=True)])
    inside = seen.cut.astype(bool)
    return Beliefs(
        lag=np.concatenate([_lags(seen.lag, first.lag, slice(0, DAY_BINS)),
                            _lags(seen.lag, first.lag, slice(DAY_BINS, LAG_BINS))]),
        amount=_amounts(seen.amount, first.amount),
        flow=flow,
        party=party,
        kept=_kept(words.left.whole, words.right.whole, words, seen.left[~inside], seen.right[~inside]),
        near=_kept(words.left.within, words.right.within, words, seen.left[inside], seen.right[inside]),
        matched=float(np.clip(len(seen.left) / max(min(rows), 1), _LEAST_SHARE, _MOST_SHARE)),
    )  # fmt: skip


def _levels(levels: Ints, prior: Floats) -> Floats:
    told = np.bincount(levels, minlength=4)[:4].astype(np.float64)
    told[0] = 0.0
    shares = (told[1:] + _PRIOR * prior[1:]) / (told.sum() + _PRIOR)
    return np.concatenate([[1.0], shares])


def _lags(lags: Ints, prior: Floats, bins: slice) -> Floats:
    """Return the shares of the bins, less the level at which pairs that met by chance lie in every one of them."""
    told = np.bincount(lags, minlength=LAG_BINS)[bins].astype(np.float64)
    widths = LAG_WIDTHS[bins]
    chance = float(np.quantile(told / widths, 0.25))
    told = np.maximum(told - chance * widths, 0.0)
    shares: Floats = (told + _PRIOR * prior[bins]) / (told.sum() + _PRIOR)
    if told.sum() >= _MANY:
        shares = np.where(np.convolve(told, np.ones(5), "same") > 0, shares, 0.0)
    return shares


def _amounts(amounts: Ints, prior: Floats) -> Floats:
    told = np.bincount(amounts, minlength=AMOUNT_BINS).astype(np.float64)
    density = told[UNEQUAL:] / AMOUNT_WIDTHS[UNEQUAL:]
    smooth = np.convolve(np.pad(density, 1, mode="edge"), [0.25, 0.5, 0.25], "valid") * AMOUNT_WIDTHS[UNEQUAL:]
    if smooth.sum() > 0:
        told[UNEQUAL:] = smooth * told[UNEQUAL:].sum() / smooth.sum()
    shares: Floats = (told + _PRIOR * prior) / (told.sum() + _PRIOR)
    return shares


def _kept(left: Held, right: Held, words: Words, at: Ints, to: Ints) -> Floats:
    """Return for each word in which share of the taken pairs that hold it both sides hold it.

    A word's own share counts beside that of its class: words of one kind about as frequent as it.
    """
    n = len(words.kind)
    mine, others = _pairs_of(left, at), _pairs_of(right, to)
    both = np.intersect1d(mine[0] * n + mine[1], others[0] * n + others[1], assume_unique=True) % max(n, 1)
    shared = np.bincount(both, minlength=n)
    half = (np.bincount(mine[1], minlength=n) + np.bincount(others[1], minlength=n)) / 2
    rows = counts(left, words=n) + counts(right, words=n)
    size = np.floor(np.log2(np.maximum(rows, 1))).astype(np.int64) * 2 + words.kind
    of_class = (np.bincount(size, weights=shared) + 5 * _KEPT) / (np.bincount(size, weights=half) + 5)
    share = np.clip(of_class, *_SHARES)[size]
    kept: Floats = np.clip((shared + _WORD_PRIOR * share) / (half + _WORD_PRIOR), *_SHARES)
    return kept


def _pairs_of(held: Held, rows: Ints) -> tuple[Ints, Ints]:
    """Return (place in `rows`, word) of every word that those rows hold."""
    lengths = held.bounds[rows + 1] - held.bounds[rows]
    place = np.repeat(np.arange(len(rows)), lengths)
    since = np.concatenate([[0], np.cumsum(lengths)])[:-1]
    return place, held.words[np.repeat(held.bounds[rows] - since, lengths) + np.arange(len(place))]


def word_weights(kept: Floats, left: Held, right: Held, words: Words) -> tuple[Floats, Floats, Floats]:
    """Return per word the weight of standing in both memos, in the left alone and in the right alone.

    Standing in neither is the measure: it weighs nothing.
    """
    n = len(words.kind)
    rows = max(len(left.bounds) - 1, 1), max(len(right.bounds) - 1, 1)
    f, g = (
        np.clip(counts(held, words=n) / of, 0.5 / of, _MOST_SHARE) for held, of in zip((left, right), rows, strict=True)
    )
    both = np.maximum(kept * np.minimum(f, g), f * g)  # a word that both hold speaks against nothing
    neither = np.log((1 - f - g + both).clip(1e-9) / ((1 - f) * (1 - g)))
    return (
        np.log(both / (f * g)) - neither,
        np.log((f - both).clip(1e-9) / (f * (1 - g))) - neither,
        np.log((g - both).clip(1e-9) / (g * (1 - f))) - neither,
    )

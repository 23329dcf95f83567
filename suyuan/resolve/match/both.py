"""Two sides laid beside each other as the kernel reads them."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from suyuan.resolve.match.bins import REACH
from suyuan.resolve.match.parties import NUMBERS, Parties, Texts, agreement, parties_of
from suyuan.resolve.match.scan import Lines
from suyuan.resolve.match.side import TEXTS, Floats, Ints, Side, reordered
from suyuan.resolve.match.words import SideWords, Words, words_of

_GAP: Final = 2 * REACH + 2  # slots between two currencies: no distance in time crosses them
_BAND: Final = 0.1  # logarithms around an amount in which its neighbours are counted
_SAMPLE: Final = 1_000  # rows of each side whose parties are compared to learn how often strangers agree


@dataclass(frozen=True, kw_only=True)
class Both:
    """Both sides as the kernel reads them."""

    left: Side
    right: Side
    words: Words
    texts: Texts
    lines: tuple[Lines, Lines]
    strangers: Floats  # 4 × agreement: how often rows that met by chance agree

    @property
    def log_rows(self) -> float:
        """Return the logarithm of the mean number of rows of a side."""
        return 0.5 * float(np.log(len(self.left)) + np.log(len(self.right)))


def both_of(left: Side, right: Side, *, strict: bool) -> Both:
    """Return `left` and `right` laid beside each other; neither is empty. `strict`: no pair within one account."""
    laid = [_laid(side, slot) for side, slot in zip((left, right), _slots(left, right), strict=True)]
    (left, one_slot), (right, other_slot) = laid
    words = words_of(left, right)
    one, other, texts = parties_of(left, right)
    own = _owns(left, right, strict=strict)
    lines = (
        _lines(left, one_slot, one, words.left, (right, other_slot))._replace(own=own[0]),
        _lines(right, other_slot, other, words.right, (left, one_slot))._replace(own=own[1]),
    )
    return Both(left=left, right=right, words=words, texts=texts, lines=lines, strangers=_strangers(one, other, texts))


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


def _laid(side: Side, slot: Ints) -> tuple[Side, Ints]:
    """Return `side` and its slots sorted by slot and amount, as the kernel reads them."""
    order = np.lexsort((side.rows.fen, slot))
    return reordered(side, order), slot[order]


def _owns(left: Side, right: Side, *, strict: bool) -> tuple[Ints, Ints]:
    """Return a code of each row's own account; -1 and -2, which never meet, where none is told or none matters."""
    if not strict:
        return np.full(len(left), -1), np.full(len(right), -2)
    told = [side.texts["own"].combine_chunks() for side in (left, right)]
    known = pc.unique(pa.concat_arrays(told)).drop_null()
    one, other = (
        pc.index_in(own, value_set=known).fill_null(nothing).to_numpy().astype(np.int64)
        for own, nothing in zip(told, (-1, -2), strict=True)
    )
    return one, other


def _lines(side: Side, slot: Ints, parties: Parties, words: SideWords, beside: tuple[Side, Ints]) -> Lines:
    other, other_slot = beside
    rows = side.rows
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
        own=np.zeros(0, np.int64),
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
        told = _agreements(texts, one.text[at, place], other.text[to, place], number=place < NUMBERS)
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

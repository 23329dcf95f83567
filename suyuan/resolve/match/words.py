"""The words of memos and references: which row holds which, and where memos were cut off.

A memo is laid in capitals, its signs dropped, each Chinese character a word. Where an institution cuts its memos at a
length, a pair is compared within that length on both sides, so that a word cut in two meets the head of the whole one.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from suyuan.resolve.match.side import Bools, Floats, Ints, Side

MEMO, REFERENCE = 0, 1
"""Kinds of word."""

_CUT_TIMES = 4.0
"""A length is a cut when this many times as many memos have it as have a neighbouring length …"""
_CUT_SHARE = 0.02
"""… and at least this share of all memos."""
_SHORTEST_CUT = 4
_SURE_REFERENCE = 6
"""Shorter references may number the rows of a file."""
_HAN: Final = r"(\p{Han})"
_SIGNS: Final = r"[^\p{L}\p{N}*]+"


@dataclass(frozen=True, kw_only=True)
class Held:
    """Which words each row holds: those of row `i` are `words[bounds[i]:bounds[i + 1]]`, rising, each once."""

    bounds: Ints
    words: Ints


@dataclass(frozen=True, kw_only=True)
class SideWords:
    """The words of one side: of whole memos, of memos cut at the common length, and which memos were cut."""

    whole: Held
    within: Held
    cut: Bools


@dataclass(frozen=True, kw_only=True)
class Words:
    """The words of two sides; `kind[w]` says of what word `w` is."""

    left: SideWords
    right: SideWords
    kind: Ints


def words_of(left: Side, right: Side) -> Words:
    """Return the words of both sides, numbered in the order of their text."""
    lengths = [cut_length(side.texts["memo"]) for side in (left, right)]
    common = min((length for length in lengths if length), default=0)
    told: list[tuple[Ints, pa.Array, Ints]] = []  # row, word, kind
    for side in (left, right):
        memo, reference = side.texts["memo"].combine_chunks(), side.texts["reference"].combine_chunks()
        ends = pc.utf8_slice_codeunits(memo, 0, common) if common else memo
        told += [_parted(memo, MEMO), _parted(ends, MEMO), _references(reference)]
    texts, kinds = pa.concat_arrays([word for _, word, _ in told]), np.concatenate([kind for _, _, kind in told])
    marked = pc.binary_join_element_wise(pa.array(np.where(kinds == MEMO, "m", "r")), texts, "")
    known = pc.unique(marked).sort()
    numbers = np.split(
        pc.index_in(marked, value_set=known).to_numpy().astype(np.int64), np.cumsum([len(row) for row, _, _ in told])
    )
    sides = []
    for turn, (side, length) in enumerate(zip((left, right), lengths, strict=True)):
        whole, within, reference = ((told[3 * turn + k][0], numbers[3 * turn + k]) for k in range(3))
        long = pc.utf8_length(side.texts["memo"]).fill_null(0).to_numpy().astype(np.int64)
        held = [
            _held(np.concatenate([one[0], reference[0]]), np.concatenate([one[1], reference[1]]), rows=len(side))
            for one in (whole, within)
        ]
        sides.append(
            SideWords(whole=held[0], within=held[1], cut=(length > 0) & (long >= length - 1) & (long <= length))
        )
    kind = np.where(np.asarray(pc.starts_with(known, "m")), MEMO, REFERENCE).astype(np.int64)
    return Words(left=sides[0], right=sides[1], kind=kind)


def cut_length(memos: pa.ChunkedArray) -> int:
    """Return at how many characters memos were cut off; 0 when nothing shows that they were."""
    lengths = pc.utf8_length(memos.drop_null()).to_numpy().astype(np.int64)
    counts = np.bincount(np.minimum(lengths, 500), minlength=503)
    at = np.arange(_SHORTEST_CUT, 500)
    beside = np.maximum(counts[at - 1], np.maximum(counts[at + 1], counts[at + 2]))
    times = counts[at] / np.maximum(beside, 1)
    times[counts[at] < max(_CUT_SHARE * len(lengths), 5)] = 0
    best = int(np.argmax(times)) if len(times) else 0
    return int(at[best]) if times[best] >= _CUT_TIMES else 0


def _parted(memos: pa.Array, kind: int) -> tuple[Ints, pa.Array, Ints]:
    """Return row, text and kind of each word of `memos`."""
    plain = pc.utf8_upper(pc.utf8_normalize(memos.fill_null(""), form="NFKC"))
    apart = pc.replace_substring_regex(
        pc.replace_substring_regex(plain, pattern=_SIGNS, replacement=" "), pattern=_HAN, replacement=r" \1 "
    )
    lists = pc.split_pattern_regex(pc.utf8_trim_whitespace(apart), pattern=" +")
    rows, words = pc.list_parent_indices(lists).to_numpy().astype(np.int64), pc.list_flatten(lists)
    full = np.asarray(pc.not_equal(words, ""))
    return rows[full], words.filter(pa.array(full)), np.full(int(full.sum()), kind, np.int64)


def _references(references: pa.Array) -> tuple[Ints, pa.Array, Ints]:
    """Return row, text and kind of each reference that is long enough and not only zeros; a blank parts several."""
    lists = pc.split_pattern(pc.utf8_upper(references.fill_null("")), pattern=" ")
    rows, plain = pc.list_parent_indices(lists).to_numpy().astype(np.int64), pc.list_flatten(lists)
    long = pc.greater_equal(pc.utf8_length(plain), _SURE_REFERENCE)
    sure = np.asarray(pc.and_(long, pc.match_substring_regex(plain, pattern="[1-9A-Z]")))
    return rows[sure], plain.filter(pa.array(sure)), np.full(int(sure.sum()), REFERENCE, np.int64)


def _held(row: Ints, word: Ints, *, rows: int) -> Held:
    """Return which words each of `rows` rows holds, each once."""
    order = np.lexsort((word, row))
    row, word = row[order], word[order]
    first = np.ones(len(row), dtype=bool)
    first[1:] = (row[1:] != row[:-1]) | (word[1:] != word[:-1])
    row, word = row[first], word[first]
    return Held(bounds=np.searchsorted(row, np.arange(rows + 1)).astype(np.int64), words=word)


def counts(held: Held, *, words: int) -> Floats:
    """Return in how many rows each word stands."""
    return np.bincount(held.words, minlength=words).astype(np.float64)

"""Who pays and who receives, as two rows tell it: equal, compatible (masked, cut off), different or untold."""

from typing import Final, NamedTuple

import numba
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from suyuan.resolve.match.side import TEXTS, UNTOLD, Floats, Ints, Side

NOT_TOLD: Final = 0
EQUAL: Final = 1
COMPATIBLE: Final = 2
DIFFERENT: Final = 3
"""How two tellings of one party agree."""

NUMBERS: Final = 2
"""The first so many of `TEXTS` are numbers, of which the head alone is another number."""

_SHORTEST_HEAD = 2
_STAR = ord("*")
_DROPPED = {True: r"[\s\-_]+", False: r"[\s·.•]+"}


class Texts(NamedTuple):
    """The distinct texts of both sides: of text `t` the characters are `codes[bounds[t]:bounds[t + 1]]`."""

    bounds: Ints
    codes: Ints
    first_star: Ints  # place in the text; its length where there is none
    last_star: Ints  # place in the text; UNTOLD where there is none


class Parties(NamedTuple):
    """Of each of `TEXTS` and each row the number of its text, and half the logarithm of that text's share of rows."""

    text: Ints  # rows × 4
    half_share: Floats  # rows × 4


def parties_of(left: Side, right: Side) -> tuple[Parties, Parties, Texts]:
    """Return who pays and receives on both sides, and their texts numbered in the order of the text."""
    plain = [[_plain(side.texts[name], number=place < NUMBERS) for place, name in enumerate(TEXTS)]
             for side in (left, right)]  # fmt: skip
    known = pc.unique(pa.concat_arrays([one for side in plain for one in side])).drop_null().sort()
    text = [
        np.stack([pc.index_in(one, value_set=known).fill_null(UNTOLD).to_numpy().astype(np.int64) for one in side])
        for side in plain
    ]
    halves = [_half_shares(mine, other) for mine, other in ((text[0], text[1]), (text[1], text[0]))]
    one, other = (
        Parties(text=np.ascontiguousarray(told.T), half_share=np.ascontiguousarray(half.T))
        for told, half in zip(text, halves, strict=True)
    )
    return one, other, _texts(known)


def _plain(told: pa.ChunkedArray, *, number: bool) -> pa.Array:
    """Return the texts as they are compared; null where none of their characters can be seen."""
    one = pc.utf8_upper(pc.utf8_normalize(told.combine_chunks(), form="NFKC"))
    bare = pc.replace_substring_regex(one, pattern=_DROPPED[number], replacement="")
    seen = pc.match_substring_regex(bare, pattern=r"[\p{L}\p{N}@]")
    return pc.if_else(pc.fill_null(seen, fill_value=False), bare, pa.scalar(None, pa.string()))


def _half_shares(mine: Ints, other: Ints) -> Floats:
    """Return for each text of `mine` half the logarithm of its share of the told rows of `other`, at least one row."""
    shares = np.zeros(mine.shape)
    for place in range(len(mine)):
        told = other[place][other[place] != UNTOLD]
        most = int(max(mine[place].max(initial=0), told.max(initial=0))) + 1
        counted = np.bincount(told, minlength=most)
        shares[place] = 0.5 * np.log(np.maximum(counted[mine[place]], 1) / max(len(told), 1))
    return shares


def _texts(known: pa.Array) -> Texts:
    lengths = pc.utf8_length(known).to_numpy().astype(np.int64)
    bounds = np.concatenate([[0], np.cumsum(lengths)])
    codes = np.frombuffer("".join(known.to_pylist()).encode("utf-32-le"), dtype=np.uint32).astype(np.int64)
    stars = np.flatnonzero(codes == _STAR)
    owner = np.searchsorted(bounds, stars, side="right") - 1
    first, last = lengths.copy(), np.full(len(known), UNTOLD, np.int64)
    np.minimum.at(first, owner, stars - bounds[owner])
    np.maximum.at(last, owner, stars - bounds[owner])
    return Texts(bounds, codes, first, last)


@numba.njit(cache=True)
def agreement(texts: Texts, one: int, other: int, number: bool) -> int:
    """Return how the texts `one` and `other` agree; of names the head of a whole name is compatible."""
    if one < 0 or other < 0:
        return NOT_TOLD
    if one == other:
        return EQUAL if texts.last_star[one] < 0 else COMPATIBLE
    long = texts.bounds[one + 1] - texts.bounds[one]
    wide = texts.bounds[other + 1] - texts.bounds[other]
    head, tail = min(long, wide), 0
    if texts.last_star[one] >= 0 or texts.last_star[other] >= 0:
        head = min(texts.first_star[one], texts.first_star[other])
        tail = min(long - 1 - texts.last_star[one], wide - 1 - texts.last_star[other])
    elif number or head < _SHORTEST_HEAD:
        return DIFFERENT
    return COMPATIBLE if head + tail <= min(long, wide) and _seen_alike(texts, one, other, head, tail) else DIFFERENT


@numba.njit(cache=True)
def _seen_alike(texts: Texts, one: int, other: int, head: int, tail: int) -> bool:
    """Return whether the first `head` and the last `tail` characters of two texts are the same."""
    at, to = texts.bounds[one], texts.bounds[other]
    for place in range(head):
        if texts.codes[at + place] != texts.codes[to + place]:
            return False
    at, to = texts.bounds[one + 1], texts.bounds[other + 1]
    for place in range(1, tail + 1):  # noqa: SIM110 - numba has no generators
        if texts.codes[at - place] != texts.codes[to - place]:
            return False
    return True

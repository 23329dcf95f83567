"""Names in Latin letters that are Chinese names: cut into syllables of pinyin, the family name put first."""

import re
from functools import cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from suyuan.resolve.standard.hanzi import sounds
from suyuan.resolve.standard.surnames import compounds, syllables_of_surnames
from suyuan.resolve.standard.text import Column

_LONGEST = 24  # letters of a token that can be a name of syllables
_MOST_SYLLABLES = 5
_UMLAUT = re.compile(r"L(?:YUE?|UE)|^N(?:YUE?|UE)")  # an N inside a word may end the syllable before: XIANYU


@cache
def syllables() -> frozenset[str]:
    """Return the syllables of pinyin, ü as V."""
    odd = {
        "",
        *"BCDFGHIJKLPQRSTUVWXYZ",
        "HM",
        "HNG",
        "M",
        "N",
        "NG",
        "Ê",
        "E^",
        "YO",
        "LO",
        "YAI",
        "FIAO",
        "CEI",
        "TEI",
        "SEI",
    }
    return frozenset(each for each in sounds()[1].to_pylist() if each.isascii() and each.isalpha()) - odd


def umlauted(token: str) -> str:
    """Return a romanised token with ü as V however it is told: LYU, LV, LUE (略) NUE.

    >>> umlauted("LYU"), umlauted("NYU"), umlauted("LUE"), umlauted("XIANYU")
    ('LV', 'NV', 'LVE', 'XIANYU')
    """
    return _UMLAUT.sub(lambda found: found[0][0] + ("VE" if found[0].endswith("UE") else "V"), token)


@cache
def segmented(token: str) -> tuple[str, ...]:
    """Return the syllables of `token`, longest first; empty where it is no pinyin.

    >>> segmented("XIAOMING"), segmented("ROBERT"), segmented("LYU")
    (('XIAO', 'MING'), (), ('LV',))
    """
    if not 0 < len(token) <= _LONGEST:
        return ()
    return _cut(umlauted(token), _MOST_SYLLABLES) or ()


def _cut(rest: str, most: int) -> tuple[str, ...] | None:
    if not rest:
        return ()
    if not most:
        return None
    for size in range(min(6, len(rest)), 0, -1):
        if rest[:size] in syllables():
            tail = _cut(rest[size:], most - 1)
            if tail is not None:
                return (rest[:size], *tail)
    return None


def chinese(tokens: tuple[str, ...], *, family: str | None = None) -> tuple[str, str] | None:
    """Return the family name and all syllables, family first, of a romanised Chinese name; None where it is none.

    Args:
        tokens: The name's words, in the order told.
        family: The family name, where the source tells it apart.

    Of two words that are both surnames the first is taken for the family's, except where the last is one and the first
    has two syllables.

    >>> chinese(("ZHANG", "XIAOMING")), chinese(("XIAOMING", "ZHANG")), chinese(("ROBERT", "ALLEN"))
    (('ZHANG', 'ZHANG XIAO MING'), ('ZHANG', 'ZHANG XIAO MING'), None)
    """
    cut = [segmented(token) for token in tokens]
    total = sum(map(len, cut))
    if not all(cut) or not 2 <= total <= _MOST_SYLLABLES:
        return None
    bare = [umlauted(token) for token in tokens]
    place = _family(bare, cut, told=family and umlauted(family))
    if place is None:
        return None
    ordered = [*cut[place], *(syllable for at, each in enumerate(cut) if at != place for syllable in each)]
    return bare[place], " ".join(ordered)


@cache
def _long_surnames() -> frozenset[str]:
    return frozenset(sound.replace(" ", "") for sound in compounds().values())


def _family(bare: list[str], cut: list[tuple[str, ...]], *, told: str | None) -> int | None:
    if told and told in bare:
        return bare.index(told)
    if len(bare) == 1:
        return None
    first, last = bare[0] in syllables_of_surnames(), bare[-1] in syllables_of_surnames()
    if last and (not first or (len(bare) == 2 and len(cut[0]) > 1 and bare[0] not in _long_surnames())):
        return len(bare) - 1
    return 0 if first else None


def latin_columns(name: Column, *, family: Column, given: Column) -> dict[str, Column]:
    """Return `family`, `given`, `name_sound`, `name_set` and `name_shape` (empty) of standard names in Latin letters.

    Args:
        name: Words in capitals, parted by one blank; none is empty.
        family: The family name in the same form, where it was told apart, else empty.
        given: The given name likewise.

    The last word is the family's, except where the name is a Chinese one (`chinese`) or the family name was told. A
    single word is what it was told to be, else neither.
    """
    parts = pc.extract_regex(name, r"^(?P<given>.*) (?P<family>[^ ]+)$")
    columns = {
        "family": pc.if_else(pc.not_equal(family, ""), family, pc.fill_null(pc.struct_field(parts, "family"), "")),
        "given": pc.if_else(pc.not_equal(given, ""), given, pc.fill_null(pc.struct_field(parts, "given"), "")),
        "name_sound": pa.array([""] * len(name), pa.string()),
        "name_set": sorted_words(name),
        "name_shape": pa.array([""] * len(name), pa.string()),
    }
    maybe = pc.match_substring_regex(name, _pattern()).to_numpy(zero_copy_only=False)
    if not maybe.any():
        return columns
    chosen = pa.array(maybe)
    pairs = zip(name.filter(chosen).to_pylist(), family.filter(chosen).to_pylist(), strict=True)
    found = [_chinese_columns(each, own or None) for each, own in pairs]
    for place, column in enumerate(("family", "given", "name_sound")):
        ours = pa.array([each[place] if each else None for each in found], pa.string())
        better = pc.coalesce(ours, columns[column].filter(chosen))
        columns[column] = pc.replace_with_mask(columns[column], chosen, better)
    return columns


def _chinese_columns(name: str, family: str | None) -> tuple[str, str, str] | None:
    found = chinese(tuple(name.split(" ")), family=family)
    if found is None:
        return None
    own, sound = found
    rest = sound.split(" ")[len(segmented(own)) :]
    return own, "".join(rest), sound


def sorted_words(name: Column) -> Column:
    """Return the words of each name in the order of their code points."""
    lists = pc.split_pattern(name, " ")
    words = lists.flatten().dictionary_encode()
    ranks = _ranks(words.dictionary)
    rows = pc.list_parent_indices(lists).to_numpy()
    order = np.lexsort((ranks[words.indices.to_numpy()], rows))
    return pc.binary_join(pa.ListArray.from_arrays(lists.offsets, lists.flatten().take(pa.array(order))), " ")


def _ranks(words: Column) -> npt.NDArray[np.int64]:
    ranks = np.empty(len(words), np.int64)
    ranks[pc.sort_indices(words).to_numpy()] = np.arange(len(words))
    return ranks


@cache
def _pattern() -> str:
    """Return an expression that every name of pinyin syllables matches, and few others."""
    spelt = "|".join(sorted(syllables() | {"LYU", "LYUE", "LUE", "NYU", "NYUE", "NUE"}))
    return f"^(?:(?:{spelt})+(?: |$))+$"

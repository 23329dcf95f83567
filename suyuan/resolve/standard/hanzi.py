"""Chinese characters: traditional to simplified, and how they sound."""

import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import opencc
import pyarrow as pa
import pyarrow.compute as pc
from pypinyin.pinyin_dict import pinyin_dict

from suyuan.domain.yamlfile import read_yaml
from suyuan.resolve.standard.runes import LIMIT, Codes, Mask, Runes

_DATA = Path(__file__).parents[1] / "data"
_RANGES = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00), (0x20000, 0x32000))
_TONES = str.maketrans("", "", "\u0300\u0301\u0304\u030c\u0302\u030a")


@cache
def han() -> Mask:
    """Return which code points are Chinese characters."""
    table = np.zeros(LIMIT, np.bool_)
    for low, high in _RANGES:
        table[low:high] = True
    return table


@cache
def simplified() -> Codes:
    """Return the simplified form of every character (itself where it has none), variants of names included."""
    table = np.arange(LIMIT, dtype=np.uint32)
    characters = [chr(code) for low, high in _RANGES for code in range(low, high)]
    converted = opencc.OpenCC("t2s").convert("\n".join(characters)).split("\n")
    for given, plain in zip(characters, converted, strict=True):
        if len(plain) == 1:
            table[ord(given)] = ord(plain)
    for given, plain in glyph_groups()["variants"].items():
        table[[ord(character) for character in given]] = ord(plain)
    return table[table]


def toneless(reading: str) -> str:
    """Return a reading in capitals without its tone, ü as V.

    >>> toneless("lǚ"), toneless("zhōng")
    ('LV', 'ZHONG')
    """
    bare = unicodedata.normalize("NFC", unicodedata.normalize("NFD", reading).translate(_TONES))
    return bare.replace("ü", "v").upper()


@cache
def readings(character: str) -> tuple[str, ...]:
    """Return every toneless reading of one character, the usual one first; empty where none is known."""
    told = pinyin_dict.get(ord(character), "")
    return tuple(dict.fromkeys(toneless(reading) for reading in told.split(",") if reading))


@cache
def sounds() -> tuple[npt.NDArray[np.int32], pa.StringArray]:
    """Return for each code point the place of its usual syllable in the second value; 0 (empty) where none is known.

    A character of ASCII stands for itself.
    """
    known: dict[str, int] = {"": 0}
    table = np.zeros(LIMIT, np.int32)
    firsts = {code: told.partition(",")[0] for code, told in pinyin_dict.items()}
    bare = {reading: toneless(reading) for reading in sorted(set(firsts.values()))}
    for code, reading in firsts.items():
        table[code] = known.setdefault(bare[reading], len(known))
    for code in range(0x21, 0x7F):
        table[code] = known.setdefault(chr(code), len(known))
    return table, pa.array(list(known))


def spelt(each: Runes, places: npt.NDArray[np.int32]) -> pa.StringArray:
    """Return texts as syllables parted by blanks, of places among `sounds()`; empty where one is 0."""
    lists = pa.ListArray.from_arrays(pa.array(each.starts.astype(np.int32)), sounds()[1].take(pa.array(places)))
    return pc.if_else(pa.array(each.any(places == 0)), "", pc.binary_join(lists, " "))


def syllable_place(syllable: str) -> int:
    """Return the place of `syllable` among `sounds()`; -1 where no character sounds so."""
    return _places().get(syllable, -1)


@cache
def _places() -> Mapping[str, int]:
    return {syllable: place for place, syllable in enumerate(sounds()[1].to_pylist())}


@cache
def glyph_groups() -> Mapping[str, Any]:
    """Return `data/glyphs.yml`: variants of characters, and groups that look alike."""
    found: Mapping[str, Any] = read_yaml(_DATA / "glyphs.yml")
    return found

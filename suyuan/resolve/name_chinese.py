"""Two names in Chinese characters: each test says whether one kind of difference is all that parts them.

Every test is symmetric.
"""

import re

from suyuan.resolve.name_told import ToldName
from suyuan.resolve.standard.glyphs import alike, of_parts
from suyuan.resolve.standard.hanzi import readings
from suyuan.resolve.standard.surnames import common, compounds, surname_readings
from suyuan.resolve.standard.transcribed import one_way

_LONG = 5  # characters from which a name is no Han name of family and given name
_SHORTEST_CUT = 3  # characters that a bank's field keeps at least: four with a dot
_SHORTEST_LONG = 4  # characters of a name that is written by its sound
_DOTS = re.compile("[·・•･．.‧∙⋅●]")
_TITLED = re.compile(
    r"^\W*([\u3400-\u9fff]{1,2})\W*(?:先生|女士|小姐|太太|夫人|同志|老师|师傅|律师|医生|经理|老板|教授|博士|主任|局长|院长|校长|总)\W*$"
)


def same(left: ToldName, right: ToldName) -> bool:
    """Return whether the standard forms are equal; a long name told with other dots is `transliterated`."""
    if left.name != right.name:
        return False
    dotted = len(left.name) >= _SHORTEST_LONG and bool(_DOTS.search(left.signs + right.signs))
    return left.signs == right.signs or not (dotted or _is_long(left))


def masked(left: ToldName, right: ToldName) -> bool:
    """Return whether hidden characters are all that parts them: 张*三, 李某某, and the given name of 张先生."""
    if not (left.masked or right.masked):
        return False
    for one, other in ((left, right), (right, left)):
        if (titled := _TITLED.match(one.told)) and one.name == f"{one.name[:1]}*":
            return other.name.startswith(titled[1])
    pairs = zip(left.name, right.name, strict=False)
    return len(left.name) == len(right.name) and all(a == b or "*" in {a, b} for a, b in pairs)


def told_in_pinyin(left: ToldName, right: ToldName) -> bool:
    """Return whether pinyin in place of characters is all that parts them: 王YAN and 王䶮."""
    if not (left.mixed or right.mixed) or len(left.units) != len(right.units):
        return False
    return all(a == b or _says(a, b) or _says(b, a) for a, b in zip(left.units, right.units, strict=True))


def _says(character: str, pinyin: str) -> bool:
    return (
        pinyin.isascii()
        and not character.isascii()
        and pinyin.replace("U", "V") in {reading.replace("U", "V") for reading in readings(character)}
    )


def homophone(left: ToldName, right: ToldName) -> bool:
    """Return whether the names sound alike without tones; a surname may be read any way it is."""
    if _is_long(left) or _is_long(right) or not left.sound or not right.sound or left.masked or right.masked:
        return False
    if left.sound == right.sound:
        return True
    first, second = left.name[0], right.name[0]
    rest = (each.sound.partition(" ")[2] for each in (left, right))
    return len(set(rest)) == 1 and bool({*surname_readings(first)} & {*surname_readings(second)})


def _is_long(name: ToldName) -> bool:
    return len(name.name) >= _LONG and not name.family


def similar_shape(left: ToldName, right: ToldName) -> bool:
    """Return whether they are misread: every differing character looks (or one of several sounds) like the other.

    A character told by its parts (吉吉 for 喆) is misread too.
    """
    if len(left.name) != len(right.name):
        return any(_by_parts(one.name, other.name) for one, other in ((left, right), (right, left)))
    differing = [(a, b) for a, b in zip(left.name, right.name, strict=True) if a != b]
    looks = [alike(a, b) for a, b in differing]
    sounds = [readings(a)[:1] == readings(b)[:1] for a, b in differing]
    return any(looks) and all(look or sound for look, sound in zip(looks, sounds, strict=True))


def _by_parts(short: str, long: str) -> bool:
    """Return whether `long` is `short` with one character told by its parts."""
    more = len(long) - len(short) + 1
    if not 2 <= more <= 4:
        return False
    return any(
        short[:place] == long[:place]
        and short[place + 1 :] == long[place + more :]
        and of_parts(long[place : place + more]) == character
        for place, character in enumerate(short)
    )


def swapped(left: ToldName, right: ToldName) -> bool:
    """Return whether the same characters are turned: the family name last, the given name's two, all, or two parts."""
    one, other = left.name, right.name
    if sorted(one) != sorted(other) or one == other:
        return False
    turned = {one[place:] + one[:place] for place in range(len(one))} | {one[::-1]}
    given_turned = left.family and left.family == right.family and len(left.given) == 2
    return other in turned or bool(given_turned)


def married(left: ToldName, right: ToldName) -> bool:
    """Return whether one has a husband's surname before the other's whole name: 陈李小红 and 李小红."""
    short, long = sorted((left.name, right.name), key=len)
    if len(short) < 2 or not long.endswith(short) or "*" in short:
        return False
    before = long[: len(long) - len(short)]
    is_surname = before in compounds() or (len(before) == 1 and bool(common()[ord(before)]))
    halved = long[:2] in compounds() and len(before) == 1
    whole = bool(common()[ord(short[0])]) or short[:2] in compounds()
    return is_surname and whole and not halved and len(short) <= 4


def one_missing(left: ToldName, right: ToldName) -> bool:
    """Return whether one of the two characters of the given name is missing."""
    short, long = sorted((left.given, right.given), key=len)
    return bool(left.family) and left.family == right.family and len(long) == 2 and len(short) == 1 and short in long


def truncated(left: ToldName, right: ToldName) -> bool:
    """Return whether one is the beginning of the other: a long name cut by a field, or the surname alone."""
    short, long = sorted((left.name, right.name), key=len)
    if not long.startswith(short) or short == long or "*" in short:
        return False
    alone = short in {left.family, right.family} and len(long) <= len(short) + 2
    longer = max(left, right, key=lambda each: len(each.name))
    half = len(long) == 4 and len(short) == 2 and not longer.family  # 扎西 of 扎西次仁
    return alone or half or (_is_long(longer) and len(short) >= _SHORTEST_CUT)


def transliterated(left: ToldName, right: ToldName) -> bool:
    """Return whether they write one minority name by its sound otherwise, or with other dots."""
    one, other = (each.name.replace("*", "") if _is_long(each) else each.name for each in (left, right))
    if min(len(one), len(other)) < _SHORTEST_LONG or "*" in one + other or _hidden(left, right):
        return False
    if one_way(one) == one_way(other):
        return True
    return _is_long(left) and _is_long(right) and _sounds_near(one_way(one), one_way(other))


def _hidden(left: ToldName, right: ToldName) -> bool:
    """Return whether more is hidden than one sign, which may have been a dot."""
    return left.name.count("*") + right.name.count("*") > 1


def _sounds_near(left: str, right: str) -> bool:
    """Return whether at most a third of the characters differ, each beginning with one consonant all the same."""
    differing = [(a, b) for a, b in zip(left, right, strict=False) if a != b]
    if len(left) != len(right) or len(differing) * 3 > len(left):
        return False
    return all({each[:1] for each in readings(a)[:1]} == {each[:1] for each in readings(b)[:1]} for a, b in differing)

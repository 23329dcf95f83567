"""Two names of which one or both stand in Latin letters: each test says whether one kind of difference parts them.

Every test is symmetric.
"""

from suyuan.resolve.name_told import ToldName
from suyuan.resolve.standard.romanised import may_mean, spells, spells_whole
from suyuan.resolve.standard.surnames import foreign, syllables_of_surnames

_SHORTEST_CUT = 8  # letters that a field keeps at least


def same(left: ToldName, right: ToldName) -> bool:
    """Return whether the letters are the same but for blanks."""
    return _close(left) == _close(right)


def swapped(left: ToldName, right: ToldName) -> bool:
    """Return whether the same words stand in another order: ZHANG XIAO MING and XIAOMING ZHANG too."""
    if sorted(left.name.split(" ")) == sorted(right.name.split(" ")):
        return True
    return bool(left.sound) and left.sound == right.sound and _turned(left) == _close(right)


def _turned(name: ToldName) -> str:
    """Return the letters with the first word last, or the last first, whichever puts the family name elsewhere."""
    words = name.name.split(" ")
    return "".join([*words[1:], words[0]]) if words[0] == name.family else "".join([words[-1], *words[:-1]])


def _close(name: ToldName) -> str:
    return name.name.replace(" ", "")


def romanised(left: ToldName, right: ToldName) -> bool:
    """Return whether they may be one Chinese name in different systems, or one of them in characters."""
    if left.chinese != right.chinese:
        ours, latin = (left, right) if left.chinese else (right, left)
        if not ours.family:
            return spells_whole(latin.name, name=ours.name)
        return spells(latin.name, family=ours.family, given=ours.given)
    if left.sound and _folded(left.sound) == _folded(right.sound):
        return True
    if all(each.sound and each.name.startswith(each.family) for each in (left, right)):
        return False  # both are plain pinyin, the family name first: no other system need be thought of
    one, other = (may_mean(tuple(each.name.split(" "))) for each in (left, right))
    if one is None or other is None or len(one) != len(other) or len(one) < 2:
        return False
    return all(a & b for a, b in zip(one, other, strict=True))


def _folded(sound: str) -> str:
    return sound.replace("V", "U")


def married(left: ToldName, right: ToldName) -> bool:
    """Return whether one has a husband's surname before the other's whole name: CHAN LEE SIU HUNG and LEE SIU HUNG."""
    short, long = sorted((left.name.split(" "), right.name.split(" ")), key=len)
    if len(short) < 2 or long[1:] != short:
        return False
    known = syllables_of_surnames() | foreign().keys()
    return long[0] in known and short[0] in known


def one_missing(left: ToldName, right: ToldName) -> bool:
    """Return whether a middle word, or one of two syllables of a given name, is missing."""
    for part in ("name", "sound"):
        short, long = sorted((getattr(each, part).split(" ") for each in (left, right)), key=len)
        if len(short) < 2 or len(long) != len(short) + 1 or (part == "sound" and len(long) != 3):
            continue
        if any([*long[:place], *long[place + 1 :]] == short for place in range(1, len(long) - (part == "name"))):
            return True
    return False


def one_missing_across(left: ToldName, right: ToldName) -> bool:
    """Return whether a romanised name spells all but one of the two given-name characters of one in characters."""
    ours, latin = (left, right) if left.chinese else (right, left)
    return len(ours.given) == 2 and any(spells(latin.name, family=ours.family, given=each) for each in ours.given)


def truncated(left: ToldName, right: ToldName) -> bool:
    """Return whether one is the beginning of the other, cut by a field; of a name in characters its pinyin is."""
    one, other = (_spelt(each) for each in (left, right))
    short, long = sorted((one, other), key=len)
    return len(short) >= _SHORTEST_CUT and long.startswith(short) and short != long


def _spelt(name: ToldName) -> str:
    return name.sound.replace(" ", "") if name.chinese else _close(name)

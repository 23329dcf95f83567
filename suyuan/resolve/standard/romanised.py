"""How a Chinese character may stand in Latin letters: pinyin, Wade-Giles, Tongyong, and as Hong Kong writes it."""

import re
from collections.abc import Iterable, Mapping
from functools import cache

from cantoroman import Cantonese

from suyuan.resolve.standard.hanzi import readings, simplified
from suyuan.resolve.standard.latin import segmented, syllables
from suyuan.resolve.standard.surnames import compounds, foreign, surname_readings

_LONGEST = 60  # letters of a name that is looked into
_INITIALS = {  # pinyin → Wade-Giles, without its apostrophes, which nobody keeps
    "B": "P",
    "D": "T",
    "G": "K",
    "J": "CH",
    "Q": "CH",
    "ZH": "CH",
    "Z": "TS",
    "C": "TS",
    "X": "HS",
    "R": "J",
}
_WHOLE = {  # syllables that Wade-Giles spells otherwise as a whole
    "ZHI": "CHIH",
    "CHI": "CHIH",
    "SHI": "SHIH",
    "RI": "JIH",
    "ZI": "TZU",
    "CI": "TZU",
    "SI": "SSU",
    "YI": "I",
    "ER": "ERH",
    "YOU": "YU",
    "YE": "YEH",
    "YAN": "YEN",
    "YUE": "YUEH",
    "E": "O",
    "GE": "KO",
    "KE": "KO",
    "HE": "HO",
    "GUI": "KUEI",
    "KUI": "KUEI",
    "JIONG": "CHIUNG",
    "QIONG": "CHIUNG",
    "XIONG": "HSIUNG",
    "YONG": "YUNG",
    "XUE": "HSUEH",
    "JUE": "CHUEH",
    "QUE": "CHUEH",
    "LVE": "LUEH",
}
_FINALS = (("UO$", "O"), ("ONG$", "UNG"), ("IE$", "IEH"), ("IAN$", "IEN"))


def wade_giles(syllable: str) -> str:
    """Return a syllable of pinyin in Wade-Giles, without apostrophes and ü.

    >>> [wade_giles(each) for each in ("ZHI", "XIAO", "JIE", "GUO", "DONG")]
    ['CHIH', 'HSIAO', 'CHIEH', 'KUO', 'TUNG']
    """
    if syllable in _WHOLE:
        return _WHOLE[syllable]
    initial = re.match(r"[ZCS]H|[BCDFGHJKLMNPQRSTWXYZ]?", syllable)
    first = initial[0] if initial else ""
    rest = syllable[len(first) :].replace("V", "U")
    for final, becomes in _FINALS:
        if final != "UO$" or first not in {"G", "K", "H", "SH"}:
            rest = re.sub(f"^{final}" if len(rest) <= 3 else final, becomes, rest)
    return _INITIALS.get(first, first) + rest


def tongyong(syllable: str) -> str:
    """Return a syllable of pinyin in the Tongyong form of Taiwan.

    >>> [tongyong(each) for each in ("ZHENG", "XU", "QI", "LIU")]
    ['JHENG', 'SYU', 'CI', 'LIOU']
    """
    if syllable in {"ZHI", "CHI", "SHI", "RI", "ZI", "CI", "SI"}:
        return {"ZHI": "JHIH", "CHI": "CHIH", "SHI": "SHIH", "RI": "RIH", "ZI": "ZIH", "CI": "CIH", "SI": "SIH"}[
            syllable
        ]
    spelt = re.sub("^ZH", "JH", syllable)
    spelt = re.sub("^([JQX])U", r"\1YU", spelt)
    spelt = re.sub("^Q", "C", re.sub("^X", "S", spelt)).replace("V", "YU")
    return re.sub("UI$", "UEI", re.sub("IU$", "IOU", spelt))


@cache
def _of_syllable(syllable: str) -> frozenset[str]:
    """Return every way to write a syllable of pinyin."""
    ways = {syllable, wade_giles(syllable), tongyong(syllable)}
    if "V" in syllable:
        ways |= {syllable.replace("V", other) for other in ("U", "YU", "UE")}
    if re.search("^(?:Y|[JQX])U$", syllable):
        ways.add(syllable.replace("U", "V"))
    if syllable == "SI":
        ways.add("SZU")
    return frozenset(ways)


@cache
def _in_hong_kong() -> Mapping[str, frozenset[str]]:
    """Return simplified character → its ways in the romanisation of Hong Kong's identity cards."""
    told: Mapping[str, list[str]] = Cantonese().charToRoman
    found: dict[str, set[str]] = {}
    for character, ways in told.items():
        found.setdefault(chr(simplified()[ord(character)]), set()).update(way.upper() for way in ways)
    return {character: frozenset(ways) for character, ways in found.items()}


@cache
def _of_family() -> Mapping[str, frozenset[str]]:
    return _turned(foreign().items())


def _turned(spelt: Iterable[tuple[str, str]]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for way, characters in spelt:
        for character in characters:
            found.setdefault(character, set()).add(way)
    return {character: frozenset(ways) for character, ways in found.items()}


@cache
def given_ways(character: str) -> frozenset[str]:
    """Return every way to write a character of a given name."""
    ways = _in_hong_kong().get(character, frozenset())
    return ways.union(*(_of_syllable(reading) for reading in readings(character)))


@cache
def family_ways(family: str) -> frozenset[str]:
    """Return every way to write a family name, of one character or several."""
    if family in compounds():
        syllables_told = compounds()[family].split(" ")
        hong_kong = [_in_hong_kong().get(character, frozenset()) for character in family]
        parts = [sorted(_of_syllable(each) | own) for each, own in zip(syllables_told, hong_kong, strict=True)]
        whole = {""}
        for part in parts:
            whole = {before + gap + each for before in whole for gap in ("", " ") for each in part}
        own = {way for way, stands in foreign().items() if family in stands}
        return frozenset(each.strip() for each in whole) | own
    ways = _of_family().get(family, frozenset()) | _in_hong_kong().get(family, frozenset())
    spoken = {*surname_readings(family), *readings(family)}
    return ways.union(*(_of_syllable(reading) for reading in spoken))


def spells(latin: str, *, family: str, given: str) -> bool:
    """Return whether the Latin name may be that Chinese name, in any system and order.

    Given names may stand as initials; one or two Western names may stand before or after.


    >>> spells("CHAN TAI MAN", family="陈", given="大文"), spells("WEI ZHANG", family="张", given="伟")
    (True, True)
    >>> spells("DAVID WONG", family="王", given="伟")
    False
    """
    if not family or not given or len(latin) > _LONGEST:
        return False
    ends = {latin[:2].rstrip(), latin[-2:].lstrip()}
    if not any(way in latin or way[0] in ends for way in family_ways(family)):
        return False
    own = _either(family_ways(family))
    twice = len(given) > 2  # 陈李小红: the given name begins with a family name of its own
    ways = [given_ways(character) for character in given]
    ways[0] |= family_ways(given[0]) if twice else frozenset()
    rest = " ?".join(map(_either, ways))
    short = " ?".join(_either({way[:1] for way in each}) for each in ways)
    initial = _either({way[:1] for way in family_ways(family)})
    western = r"(?:[A-Z]+ ){0,2}"
    patterns = (
        f"{western}{own} ?{rest}",
        f"{own} ?{rest}(?: [A-Z]+){{0,2}}",
        f"{rest} {own}",
        f"{own} {short}",
        f"{short} {own}",
        f"{rest} {initial}",
        f"{initial} {rest}",
    )
    return any(re.fullmatch(pattern, latin) for pattern in patterns)


def spells_whole(latin: str, *, name: str) -> bool:
    """Return whether the Latin name may be a name that has no family name, its words in any turn.

    >>> spells_whole("YASEN PATIGULI", name="帕提古丽亚森")
    True
    """
    if len(latin) > _LONGEST or len(name) > _LONGEST // 2:
        return False
    words = latin.split(" ")
    ways = [given_ways(character) for character in name]
    return any(_fits("".join([*words[turn:], *words[:turn]]), ways) for turn in range(len(words)))


def _fits(latin: str, ways: Iterable[frozenset[str]]) -> bool:
    """Return whether one way of each character after another makes up `latin`; linear in its length."""
    ends = {0}
    for each in ways:
        ends = {end + len(way) for end in ends for way in each if latin.startswith(way, end)}
    return len(latin) in ends


def _either(ways: Iterable[str]) -> str:
    told = sorted((re.escape(way) for way in ways if way), key=lambda way: (-len(way), way))
    return f"(?:{'|'.join(told)})" if told else "(?!)"


@cache
def _meant() -> Mapping[str, frozenset[str]]:
    """Return spelling → the syllables of pinyin it may mean, of any system."""
    found: dict[str, set[str]] = {}
    for syllable in syllables():
        for way in _of_syllable(syllable):
            found.setdefault(way, set()).add(syllable)
    for character, ways in [*_in_hong_kong().items(), *_of_family().items()]:
        for way in ways:
            found.setdefault(way, set()).update(surname_readings(character))
    return {way: frozenset(meant) for way, meant in found.items()}


def may_mean(tokens: tuple[str, ...]) -> tuple[frozenset[str], ...] | None:
    """Return for each syllable of a romanised name the syllables of pinyin it may mean; None where one means none."""
    found: list[frozenset[str]] = []
    for token in tokens:
        if token in _meant():
            found.append(_meant()[token])
        elif segmented(token):
            found.extend(_meant()[syllable] for syllable in segmented(token))
        else:
            return None
    return tuple(found)

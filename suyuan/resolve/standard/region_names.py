"""Names of provinces, cities and districts, past and present → the region codes of today (GB/T 2260)."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from suyuan.domain.ids.region import NO_PLACES, names_in, revisions
from suyuan.domain.yamlfile import read_yaml

_FILE = Path(__file__).parents[1] / "data" / "regions.yml"
_CITY_END = re.compile(r"(?:市|地区|盟|林区|自治州)$")
_PEOPLES = (
    "蒙古|维吾尔|哈萨克|柯尔克孜|塔吉克|锡伯|达斡尔|鄂温克|鄂伦春|朝鲜|土家|布依|哈尼|景颇|傈僳"
    "|[回藏苗彝壮侗羌白傣瑶满黎畲土]"
)
_OF_PEOPLES = re.compile(rf"(?:(?:{_PEOPLES})族?)+(?:各族)?$")
_DISTRICT_END = re.compile(r"(?:自治县|特区|市|县|区|旗)$")


@cache
def _told() -> Mapping[str, Mapping[str, str]]:
    found: Mapping[str, Mapping[str, str]] = read_yaml(_FILE)
    return found


@cache
def today() -> Mapping[str, str]:
    """Return code → name of the newest revision, with later districts; a code has 2, 4 or 6 digits."""
    found = {_cut(code): name for code, name in names_in(revisions()[-1]).items() if name not in NO_PLACES}
    cities = [name for code, name in found.items() if len(code) == 4]
    found |= {code: _after(name, cities) for name, code in _told()["added"].items()}
    return {
        code: name
        for code, name in found.items()
        if found.get(code[:4], found[code[:2]]) + name not in _told()["merged"]
    }


def _cut(code: str) -> str:
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


def _after(name: str, places: list[str]) -> str:
    """Return the district of a name that begins with its city's."""
    return next(name[len(place) :] for place in places if name.startswith(place))


def stem(name: str, code: str) -> str:
    """Return a place's name without what kind of place it is: 兰州市 → 兰州, 临夏回族自治州 → 临夏.

    A stem has at least two characters; where it would not, the name stays whole.
    """
    if len(code) == 2:
        short = next((each for each, of in _told()["short"].items() if of == code and name.startswith(each)), None)
        bare = short or re.sub(r"[省市]$", "", name)
    elif len(code) == 4:
        bare = _OF_PEOPLES.sub("", _CITY_END.sub("", name))
    else:
        bare = _DISTRICT_END.sub("", name)
    return bare if len(bare) >= 2 else name


@cache
def successors() -> Mapping[str, str]:
    """Return codes of former revisions → the code of today.

    Keys are codes of the past (`510200`) that today's list lacks. A place keeps its name but for the last word
    (县 → 区) under the same city, else the same province.
    """
    known = {code.ljust(6, "0") for code in today()}
    found: dict[str, str] = {}
    for revision in reversed(revisions()):
        for code, name in names_in(revision).items():
            if code not in known and code not in found and name not in NO_PLACES:
                code_now = _successor(code, name)
                if code_now:
                    found[code] = code_now
    return found


def _successor(code: str, name: str) -> str | None:
    cut = _cut(code)
    merged = next((now for told, now in _told()["merged"].items() if told.endswith(name) and now[:2] == code[:2]), None)
    if merged:
        return merged
    bare = stem(name, cut)
    for prefix in (cut[:4], cut[:2]):
        if len(cut) > len(prefix) and (found := _by_stem().get((prefix, bare))):
            return found
    return _by_stem().get(("", bare)) if len(cut) <= 4 else None


@cache
def _by_stem() -> Mapping[tuple[str, str], str]:
    """Return (prefix, stem) → code, for stems that stand once below the prefix."""
    found: dict[tuple[str, str], list[str]] = {}
    for code, name in today().items():
        for prefix in {"", code[:2], code[:4]} - {code}:
            found.setdefault((prefix, stem(name, code)), []).append(code)
    return {key: codes[0] for key, codes in found.items() if len(codes) == 1}


def spellings() -> Iterator[tuple[str, str, str, bool]]:
    """Yield (parent code, text, code, whether the text is short) of every way to write a place after its parent.

    The parent is empty (the text stands first), a province or a city. A district that stands first must have a name
    that no other has; its short form counts below its city alone.
    """
    names = today()
    alone = _once([name for code, name in names.items() if len(code) == 6])
    for code, name in names.items():
        bare = stem(name, code)
        parents = [""] if len(code) == 2 else ["", code[:2]] if len(code) == 4 else [code[:2], code[:4]]
        if len(code) == 6 and name in alone:
            parents.append("")
        for parent in parents:
            yield parent, name, code, False
            if bare != name and (len(code) < 6 or (parent == code[:4] and len(bare) > 1)):
                yield parent, bare, code, True
            if name.endswith("自治州"):
                yield parent, f"{bare}州", code, False
        if len(code) == 2 and name.endswith("市"):
            yield code, name, code, False
    yield from _former(names)


def _former(names: Mapping[str, str]) -> Iterator[tuple[str, str, str, bool]]:
    """Yield the names that places had in the past, below the parent they had and the one they have."""
    cities = {name: code for code, name in names.items() if len(code) <= 4}
    for told, code in _told()["merged"].items():
        parent = next(cities[name] for name in cities if told.startswith(name))
        yield parent, told[len(names[parent]) :], code, False
    for revision in reversed(revisions()):
        for old, name in names_in(revision).items():
            cut = _cut(old)
            if name in NO_PLACES or names.get(cut) == name or len(name) < 3:
                continue
            now = successors().get(old) or (cut if cut in names else "")
            if now and len(cut) > 2:
                parents = (now[:2], now[:4]) if len(now) == 6 else ("", cut[:2])
                for parent in dict.fromkeys((*parents, cut[:2])):
                    yield parent, name, now, False


def shared_districts() -> list[str]:
    """Return the names that several districts bear."""
    names = [name for code, name in today().items() if len(code) == 6]
    return sorted(set(names) - _once(names))


def _once(texts: list[str]) -> frozenset[str]:
    seen: dict[str, int] = {}
    for text in texts:
        seen[text] = seen.get(text, 0) + 1
    return frozenset(text for text, times in seen.items() if times == 1)

"""Chinese surnames: of two characters, read otherwise than usual, written in other romanisations."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from suyuan.domain.yamlfile import read_yaml
from suyuan.resolve.standard.hanzi import readings, sounds, syllable_place
from suyuan.resolve.standard.runes import Codes, Mask, flags

_FILE = Path(__file__).parents[1] / "data" / "surnames.yml"


@cache
def _told() -> Mapping[str, Mapping[str, str]]:
    found: Mapping[str, Mapping[str, str]] = read_yaml(_FILE)
    return found


def compounds() -> Mapping[str, str]:
    """Return surnames of several characters → their syllables."""
    return _told()["compound"]


@cache
def common() -> Mask:
    """Return which characters are surnames by themselves."""
    return flags(str(_told()["common"]) + "".join(_told()["read"]))


@cache
def foreign() -> Mapping[str, str]:
    """Return romanised surname of Hong Kong, Taiwan, Singapore or Wade and Giles → the characters it may stand for."""
    return _told()["foreign"]


def surname_readings(character: str) -> tuple[str, ...]:
    """Return every reading of a character as a surname, the usual one first.

    >>> surname_readings("单"), surname_readings("王")
    (('SHAN', 'DAN'), ('WANG',))
    """
    told = _told()["read"].get(character)
    return tuple(told.split(" ")) if told else readings(character)[:1]


@cache
def surname_sounds() -> npt.NDArray[np.int32]:
    """Return for each code point the place among `hanzi.sounds()` of its syllable as a surname."""
    table = sounds()[0].copy()
    for character, told in _told()["read"].items():
        place = syllable_place(told.split(" ", maxsplit=1)[0])
        if place >= 0:
            table[ord(character)] = place
    return table


@cache
def _pairs() -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]:
    """Return the two-character surnames as sorted numbers, with the syllables of both characters."""
    twos = sorted((name, sound.split(" ")) for name, sound in compounds().items() if len(name) == 2)
    numbers = np.array([ord(name[0]) * (1 << 21) + ord(name[1]) for name, _ in twos], np.int64)
    places = np.array([[syllable_place(syllable) for syllable in sound] for _, sound in twos], np.int32)
    order = np.argsort(numbers)
    return numbers[order], places[order]


def compound(first: Codes, second: Codes) -> tuple[Mask, npt.NDArray[np.int32]]:
    """Return for each pair of characters whether it is a surname, and the syllables of both (where it is)."""
    numbers, places = _pairs()
    given = first.astype(np.int64) * (1 << 21) + second
    where = np.minimum(np.searchsorted(numbers, given), len(numbers) - 1)
    return numbers[where] == given, places[where]


@cache
def syllables_of_surnames() -> frozenset[str]:
    """Return how surnames sound, in pinyin: one syllable, or several without a blank."""
    singles = [chr(code) for code in np.flatnonzero(common()).tolist()]
    found = {reading for single in singles for reading in surname_readings(single)}
    return frozenset(found | {sound.replace(" ", "") for sound in compounds().values()})

import numpy as np

from suyuan.resolve.standard.hanzi import sounds
from suyuan.resolve.standard.surnames import (
    common,
    compound,
    compounds,
    foreign,
    surname_readings,
    surname_sounds,
    syllables_of_surnames,
)


def test_surnames_are_read_as_surnames() -> None:
    syllables = sounds()[1].to_pylist()
    read = {each: syllables[surname_sounds()[ord(each)]] for each in "单解仇曾查区翟王吕"}
    assert read == {
        "单": "SHAN",
        "解": "XIE",
        "仇": "QIU",
        "曾": "ZENG",
        "查": "ZHA",
        "区": "OU",
        "翟": "ZHAI",
        "王": "WANG",
        "吕": "LV",
    }
    assert surname_readings("覃") == ("QIN", "TAN")


def test_surnames_of_two_characters_are_known_with_their_sound() -> None:
    pairs = ["尉迟", "万俟", "张三"]
    first = np.array([ord(pair[0]) for pair in pairs], np.uint32)
    second = np.array([ord(pair[1]) for pair in pairs], np.uint32)
    known, places = compound(first, second)
    syllables = sounds()[1].to_pylist()
    assert known.tolist() == [True, True, False]
    assert [[syllables[place] for place in row] for row in places[:2]] == [["YU", "CHI"], ["MO", "QI"]]


def test_every_compound_has_a_syllable_for_each_character() -> None:
    assert [name for name, sound in compounds().items() if len(sound.split(" ")) != len(name)] == []


def test_romanised_surnames_stand_for_common_ones() -> None:
    stray = {
        way: [each for each in told if each not in compounds() and not common()[ord(each)]]
        for way, told in foreign().items()
        if told not in compounds()
    }
    assert {way: found for way, found in stray.items() if found} == {}
    assert {"ZHANG", "OUYANG", "LV"} <= syllables_of_surnames()

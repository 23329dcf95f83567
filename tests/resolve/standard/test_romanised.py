import pytest

from suyuan.resolve.standard.romanised import (
    family_ways,
    given_ways,
    may_mean,
    spells,
    spells_whole,
    tongyong,
    wade_giles,
)


@pytest.mark.parametrize(
    ("pinyin", "wanted"),
    [
        *(("ZHANG", "CHANG"), ("XU", "HSU"), ("CAI", "TSAI"), ("XIE", "HSIEH"), ("GUO", "KUO"), ("QIAN", "CHIEN")),
        *(("ZENG", "TSENG"), ("DENG", "TENG"), ("XIONG", "HSIUNG"), ("RUO", "JO"), ("HONG", "HUNG"), ("LI", "LI")),
    ],
)
def test_pinyin_becomes_wade_giles(pinyin: str, wanted: str) -> None:
    assert wade_giles(pinyin) == wanted


def test_pinyin_becomes_tongyong() -> None:
    assert [tongyong(each) for each in ("ZHANG", "XU", "QIU", "SI", "HUI")] == ["JHANG", "SYU", "CIOU", "SIH", "HUEI"]


@pytest.mark.parametrize(
    ("latin", "family", "given"),
    [
        ("LYU BU", "吕", "布"),
        ("LV BU", "吕", "布"),
        ("LU BU", "吕", "布"),
        ("LUE BU", "吕", "布"),
        ("SHAN XIONGXIN", "单", "雄信"),
        ("YUCHI GONG", "尉迟", "恭"),
        ("CHAN TAI MAN", "陈", "大文"),
        ("DAVID CHAN TAI MAN", "陈", "大文"),
        ("TAI MAN CHAN", "陈", "大文"),
        ("HSU CHIH MING", "徐", "志明"),
        ("HSU CHIH MING", "许", "志明"),
        ("WANG X M", "王", "小明"),
        ("ZHANGWEI", "张", "伟"),
    ],
)
def test_a_name_in_characters_is_known_in_letters(latin: str, family: str, given: str) -> None:
    assert spells(latin, family=family, given=given)


@pytest.mark.parametrize(
    ("latin", "family", "given"),
    [
        ("WANG WEI", "张", "伟"),
        ("ZHANG NA", "张", "伟"),
        ("LI BU", "吕", "布"),
        ("DAVID WONG", "王", "伟"),
        ("ZHANG", "张", ""),
        ("ZHANG WEI " * 20, "张", "伟"),
    ],
)
def test_another_name_is_not(latin: str, family: str, given: str) -> None:
    assert not spells(latin, family=family, given=given)


@pytest.mark.parametrize(
    ("latin", "name", "wanted"),
    [
        ("PATIGULI YASEN", "帕提古丽亚森", True),
        ("YASEN PATIGULI", "帕提古丽亚森", True),
        ("PATIGULIYASEN", "帕提古丽亚森", True),
        ("ZHAXI PINGCUO", "扎西平措", True),
        ("PATIGULI", "帕提古丽亚森", False),
        ("YASEN AILI", "帕提古丽亚森", False),
        ("PATIGULI " * 9, "帕提古丽亚森", False),
    ],
)
def test_a_name_without_a_family_name_is_spelt_whole(latin: str, name: str, wanted: bool) -> None:
    assert spells_whole(latin, name=name) is wanted


def test_ways_hold_every_system() -> None:
    assert {"ZHANG", "CHANG", "CHEUNG", "JHANG", "TEOH"} <= family_ways("张")
    assert {"OUYANG", "OU YANG", "AUYEUNG"} <= family_ways("欧阳")
    assert {"LE", "YUE", "LOK"} <= given_ways("乐")


def test_syllables_mean_what_any_system_means_by_them() -> None:
    told = may_mean(("CHAN", "DAWEN"))
    assert told is not None
    assert [part in meant for part, meant in zip(("CHEN", "DA", "WEN"), told, strict=True)] == [True, True, True]
    assert may_mean(("SMITH",)) is None

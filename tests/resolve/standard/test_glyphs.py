import pytest

from suyuan.resolve.standard.glyphs import alike, of_parts, shapes
from suyuan.resolve.standard.hanzi import glyph_groups


@pytest.mark.parametrize(
    "pair",
    [
        "清情",
        "晴睛",
        "婷停",
        "己已",
        "巳已",
        "未末",
        "土士",
        "余佘",
        "冷泠",
        "李季",
        "王玉",
        "戚威",
        "沫沬",
        "颖颍",
        "昜易",
    ],
)
def test_characters_that_readers_confuse_look_alike(pair: str) -> None:
    assert alike(pair[0], pair[1])
    assert alike(pair[1], pair[0])


@pytest.mark.parametrize("pair", ["红江", "敏梅", "林森", "张王", "国建", "娜婷", "李仔", "志忘", "雨雪", "和香"])
def test_characters_that_share_little_do_not(pair: str) -> None:
    assert not alike(pair[0], pair[1])


def test_a_class_stands_for_itself() -> None:
    table = shapes()
    assert table[ord("清")] == table[ord("情")] == ord("青")
    assert (table[table] == table).sum() > 0x100000
    assert table[ord("A")] == ord("A")


def test_parts_make_a_character() -> None:
    assert of_parts("火韦") == of_parts("韦火") == "炜"
    assert of_parts("水水水") == "淼"
    assert of_parts("甲乙丙") is None


def test_pairs_are_of_two_characters_and_stand_once() -> None:
    pairs = glyph_groups()["pairs"].split(" ")
    assert {len(set(pair)) for pair in pairs} == {2}
    assert len({frozenset(pair) for pair in pairs}) == len(pairs)

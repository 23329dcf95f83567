import pytest

from suyuan.domain.yamlfile import read_yaml
from suyuan.resolve.standard.transcribed import _FILE, one_way


@pytest.mark.parametrize(
    ("one", "other"),
    [("阿不都热合曼", "阿卜杜热合满"), ("艾合买提", "艾合麦提"), ("扎西才让", "扎西次仁"), ("琪琪格玛", "其其格玛")],
)
def test_ways_of_one_name_become_one(one: str, other: str) -> None:
    assert one_way(one) == one_way(other)


def test_other_names_stay_apart() -> None:
    assert one_way("次仁卓玛") != one_way("次仁卓嘎")
    assert one_way("张伟") == "张伟"


def test_no_way_stands_for_two_names() -> None:
    ways = [way for line in read_yaml(_FILE) for way in set(line.split(" "))]
    assert sorted(way for way in set(ways) if ways.count(way) > 1) == []


def test_one_way_is_one_way() -> None:
    ways = [way for line in read_yaml(_FILE) for way in line.split(" ")]
    assert [way for way in ways if one_way(one_way(way)) != one_way(way)] == []

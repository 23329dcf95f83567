"""What the table of cases (`name_cases.csv`) cannot show: the borders of each test."""

from collections.abc import Callable

import pytest

from suyuan.resolve import name_latin
from suyuan.resolve.name_told import ToldName, told_names


@pytest.mark.parametrize(
    ("test", "left", "right", "wanted"),
    [
        (name_latin.same, "LI XIAOHONG", "Li Xiao-Hong", True),
        (name_latin.same, "LI XIAOHONG", "LI XIAOHUA", False),
        (name_latin.swapped, "MARY SMITH", "SMITH MARY", True),
        (name_latin.swapped, "LI XIAO LONG", "XIAOLONG LI", True),
        (name_latin.swapped, "MARY SMITH", "MARY JONES", False),
        (name_latin.romanised, "吕布", "LYU BU", True),
        (name_latin.romanised, "吕布", "LIU BU", False),
        (name_latin.romanised, "LYU BU", "LU BU", True),
        (name_latin.romanised, "CHAN TAI MAN", "CHEN DAWEN", True),
        (name_latin.romanised, "LI MAN", "LI WEN", False),
        (name_latin.romanised, "SMITH", "SMYTH", False),
        (name_latin.married, "CHAN LEE SIU HUNG", "LEE SIU HUNG", True),
        (name_latin.married, "MARY ANN SMITH", "ANN SMITH", False),
        (name_latin.one_missing, "JOHN PAUL SMITH", "JOHN SMITH", True),
        (name_latin.one_missing, "JOHN SMITH", "SMITH", False),
        (name_latin.one_missing, "LI XIAOHONG", "LI HONG", True),
        (name_latin.one_missing_across, "李小红", "LI HONG", True),
        (name_latin.one_missing_across, "李小红", "LI HUA", False),
        (name_latin.truncated, "CHRISTOPHER MONTGOMERY", "CHRISTOPHER MONT", True),
        (name_latin.truncated, "JOHN SMITH", "JOHN", False),
        (name_latin.truncated, "王小明", "WANG XIAOM", True),
    ],
)
def test_each_kind_has_its_border(
    test: Callable[[ToldName, ToldName], bool], left: str, right: str, wanted: bool
) -> None:
    one, other = told_names([left, right])
    assert one is not None
    assert other is not None
    assert test(one, other) is wanted
    assert test(other, one) is wanted

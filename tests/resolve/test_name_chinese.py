"""What the table of cases (`name_cases.csv`) cannot show: the borders of each test."""

from collections.abc import Callable

import pytest

from suyuan.resolve import name_chinese
from suyuan.resolve.name_told import ToldName, told_names


def pair(left: str, right: str) -> tuple[ToldName, ToldName]:
    one, other = told_names([left, right])
    assert one is not None
    assert other is not None
    return one, other


@pytest.mark.parametrize(
    ("test", "left", "right", "wanted"),
    [
        (name_chinese.same, "张伟", "張偉", True),
        (name_chinese.same, "阿依古丽·买买提", "阿依古丽买买提", False),
        (name_chinese.same, "司马·光", "司马光", True),
        (name_chinese.masked, "张*", "张三", True),
        (name_chinese.masked, "张*", "张三丰", False),
        (name_chinese.masked, "张三", "张三", False),
        (name_chinese.masked, "张先生", "张三丰", True),
        (name_chinese.masked, "张先生", "李三丰", False),
        (name_chinese.told_in_pinyin, "王YAN", "王彦", True),
        (name_chinese.told_in_pinyin, "王YAN", "王芳", False),
        (name_chinese.told_in_pinyin, "王LU", "王绿", True),
        (name_chinese.homophone, "覃海", "秦海", True),
        (name_chinese.homophone, "覃海", "谭海", True),
        (name_chinese.homophone, "张*", "章*", False),
        (name_chinese.similar_shape, "李晴", "李睛", True),
        (name_chinese.similar_shape, "李晴晴", "李睛", False),
        (name_chinese.similar_shape, "张喆", "张吉吉", True),
        (name_chinese.similar_shape, "张喆", "张吉", False),
        (name_chinese.swapped, "王建国", "国王建", True),
        (name_chinese.swapped, "王建国", "建王国", False),
        (name_chinese.swapped, "王建国", "王建国", False),
        (name_chinese.married, "陈李小红", "李小红", True),
        (name_chinese.married, "欧阳小红", "阳小红", False),
        (name_chinese.married, "陈小红", "小红", False),
        (name_chinese.one_missing, "王建国", "王国", True),
        (name_chinese.one_missing, "王建国", "李国", False),
        (name_chinese.one_missing, "王建", "王国", False),
        (name_chinese.truncated, "阿依古丽·买买提", "阿依古", True),
        (name_chinese.truncated, "阿依古丽·买买提", "阿依", False),
        (name_chinese.truncated, "王建国", "王建", False),
        (name_chinese.truncated, "扎西次仁", "扎西", True),
        (name_chinese.transliterated, "扎西多吉", "扎西多杰", True),
        (name_chinese.transliterated, "张伟", "张玮", False),
        (name_chinese.transliterated, "艾尼瓦尔·玉山", "艾力瓦尔·玉山", False),
    ],
)
def test_each_kind_has_its_border(
    test: Callable[[ToldName, ToldName], bool], left: str, right: str, wanted: bool
) -> None:
    one, other = pair(left, right)
    assert test(one, other) is wanted
    assert test(other, one) is wanted

import pytest

from suyuan.resolve.match.parties import COMPATIBLE, DIFFERENT, EQUAL, NOT_TOLD, agreement, parties_of
from suyuan.resolve.match.side import TEXTS, side_of
from tests.resolve.match.rows import told


@pytest.mark.parametrize(
    ("column", "one", "other", "wanted"),
    [
        ("src_number", "6222 0058 6541", "622200586541", EQUAL),
        ("src_number", "6222****6541", "622200586541", COMPATIBLE),
        ("src_number", "6222****6541", "62220058****", COMPATIBLE),
        ("src_number", "6222****6541", "622200586542", DIFFERENT),
        ("src_number", "622200", "622200586541", DIFFERENT),
        ("src_number", "62220****06541", "622206541", DIFFERENT),
        ("src_name", "兰州瑞昌", "兰州瑞昌商贸有限公司", COMPATIBLE),
        ("src_name", "唐*雨", "唐晓雨", COMPATIBLE),
        ("src_name", "唐*雨", "唐晓雪", DIFFERENT),
        ("src_name", "张", "张三", DIFFERENT),
        ("src_name", "***", "张三", NOT_TOLD),
        ("src_name", None, "张三", NOT_TOLD),
    ],
)
def test_two_tellings_of_one_party(column: str, one: str | None, other: str, wanted: int) -> None:
    left, right, texts = parties_of(
        side_of(told({"amount_fen": 5, column: one}), salt="a"),
        side_of(told({"amount_fen": 5, column: other}), salt="b"),
    )
    place = TEXTS.index(column)
    assert agreement(texts, left.text[0, place], right.text[0, place], column == "src_number") == wanted
    assert agreement(texts, right.text[0, place], left.text[0, place], column == "src_number") == wanted


def test_a_rare_name_says_more_than_a_common_one() -> None:
    many = side_of(
        told(*({"amount_fen": 5 + row, "src_name": "王伟" if row else "欧阳修"} for row in range(50))), salt="a"
    )
    one, _, _ = parties_of(many, many)
    assert one.half_share[0, 2] < one.half_share[1, 2] < 0

import numpy as np
import pyarrow as pa
import pytest

from suyuan.resolve.standard.regions import area_texts, code_today, codes_today, locate
from suyuan.resolve.standard.runes import runes


def place(text: str, hint: int = 0) -> tuple[int, str]:
    found = locate(runes(pa.array([text])), hint=np.array([hint]))
    return int(found.area[0]), text[int(found.taken[0]) :]


@pytest.mark.parametrize(
    ("text", "area", "rest"),
    [
        ("甘肃省兰州市城关区雁岭路", 620102, "雁岭路"),
        ("甘肃兰州城关区雁岭路", 620102, "雁岭路"),
        ("兰州市城关区雁岭路", 620102, "雁岭路"),
        ("兰州榆中和平镇", 620123, "和平镇"),
        ("甘肃省雁岭路", 62, "雁岭路"),
        ("北京市北京市海淀区", 110108, ""),
        ("北京市宣武区广安门", 110102, "广安门"),
        ("上海市卢湾区", 310101, ""),
        ("四川省重庆市", 50, ""),
        ("襄樊市襄城区", 420602, ""),
        ("杭州市江干区", 330102, ""),
        ("临夏州临夏市", 622901, ""),
        ("新疆乌鲁木齐市天山区", 650102, ""),
        ("湖北省仙桃市", 429004, ""),
        ("广东省东莞市长安镇", 4419, "长安镇"),
        ("吉林省吉林市", 2202, ""),
        ("北京路12号", 0, "北京路12号"),
        ("南京东路100号", 0, "南京东路100号"),
        ("上海南京东路", 31, "南京东路"),
        ("朝阳区", 0, "朝阳区"),
        ("城关区雁岭路", 0, "城关区雁岭路"),
        ("", 0, ""),
        ("WALLABY PLACE", 0, "WALLABY PLACE"),
    ],
)
def test_the_place_at_the_start_is_told_by_its_code_of_today(text: str, area: int, rest: str) -> None:
    assert place(text) == (area, rest)


def test_a_name_of_many_places_is_read_below_the_hint() -> None:
    assert place("城关区雁岭路", hint=6201) == (620102, "雁岭路")
    assert place("朝阳区", hint=11) == (110105, "")
    assert place("北京市海淀区", hint=6201) == (110108, "")


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ("620102", "620102"),
        ("620100", "6201"),
        ("620000", "62"),
        ("510200", "50"),
        ("110104", "110102"),
        ("999999", None),
    ],
)
def test_a_code_of_any_time_becomes_one_of_today(told: str, wanted: str | None) -> None:
    assert code_today(told) == wanted
    assert codes_today(pa.array([told, None])).to_pylist() == [wanted, None]


def test_an_unknown_county_is_its_city() -> None:
    assert code_today("620199") == "6201"


def test_codes_are_text_and_none_is_null() -> None:
    assert area_texts(np.array([0, 62, 620102])).to_pylist() == [None, "62", "620102"]

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suyuan.resolve.standard.addresses import addresses


def cut(
    address: str | None, *, region: str | None = None, city: str | None = None, province: str | None = None
) -> list[str | None]:
    columns = {
        name: pa.array([value], pa.string())
        for name, value in (("region", region), ("city", city), ("province", province))
    }
    return list(addresses(pa.array([address], pa.string()), **columns).to_pylist()[0].values())


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ("甘肃省兰州市城关区雁岭路296号嘉里16号楼3单元602室", ["620102", "雁岭路", "296-16-3-602", "嘉里"]),
        ("甘肅省蘭州市城關區雁嶺路２９６號嘉里１６號樓３單元６０２室", ["620102", "雁岭路", "296-16-3-602", "嘉里"]),
        ("甘肃兰州城关区雁岭路 296 号, 嘉里 16-3-602", ["620102", "雁岭路", "296-16-3-602", "嘉里"]),
        ("甘肃省兰州市榆中县和平镇徐家庄村三组12号", ["620123", "徐家庄村", "3-12", "和平镇"]),
        ("榆中县和平镇徐家庄村十二组", ["620123", "徐家庄村", "12", "和平镇"]),
        ("上海市黄浦区南京东路100弄5号", ["310101", "南京东路", "100-5", None]),
        ("北京市海淀区中关村大街27号B座1201", ["110108", "中关村大街", "27-B-1201", None]),
        ("兰州市城关区雁滩街道嘉里小区3幢2单元", ["620102", None, "3-2", "雁滩街道嘉里小区"]),
        ("北京市宣武区广安门内大街六号", ["110102", "广安门内大街", "6", None]),
        ("7 wallaby place, delmar", [None, "WALLABY PLACE", "7", "DELMAR"]),
        ("12/45 Smith St", [None, "SMITH STREET", "12-45", None]),
        ("", [None, None, None, None]),
        (None, [None, None, None, None]),
    ],
)
def test_an_address_is_area_road_numbers_and_the_rest(told: str | None, wanted: list[str | None]) -> None:
    assert cut(told) == wanted


def test_the_area_is_of_the_address_then_of_the_code_then_of_the_city() -> None:
    assert cut("甘肃省兰州市城关区雁岭路", region="110105")[0] == "620102"
    assert cut("雁岭路1号", region="110224", city="兰州")[0] == "110115"
    assert cut("雁岭路1号", city="兰州市", province="甘肃省")[0] == "6201"
    assert cut(None, city="城关区", province="甘肃省兰州市")[0] == "620102"
    assert cut("城关区雁岭路", city="兰州")[0] == "620102"


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.none()
        | st.text(
            st.one_of(st.sampled_from("甘肃省兰州市城关区路街号楼一二十百0123 AB,\x1f"), st.characters(codec="utf-8")),
            max_size=20,
        ),
        max_size=6,
    )
)
def test_any_text_is_cut_and_alone(told: list[str | None]) -> None:
    nowhere = pa.nulls(len(told), pa.string())
    found = addresses(pa.array(told, pa.string()), region=nowhere, city=nowhere, province=nowhere).to_pylist()
    assert [list(row.values()) for row in found] == [cut(each) for each in told]

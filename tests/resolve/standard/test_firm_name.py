import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suyuan.resolve.standard.firm_name import cores, firm_names


def firm(name: str) -> dict[str, str | None]:
    row: dict[str, str | None] = firm_names(pa.array([name])).to_pylist()[0]
    return row


@pytest.mark.parametrize(
    ("told", "core", "region", "form"),
    [
        ("兰州启康春贸易有限责任公司", "启康春贸易", "兰州", "limited"),
        ("兰州启康春贸易有限公司", "启康春贸易", "兰州", "limited"),
        ("甘肃省兰州市启康春貿易有限公司", "启康春贸易", "甘肃兰州", "limited"),
        ("启康春（兰州）贸易有限公司", "启康春贸易", "兰州", "limited"),
        ("启康春贸易（兰州）有限公司", "启康春贸易", "兰州", "limited"),
        ("兰州启康春贸易股份有限公司", "启康春贸易", "兰州", "joint_stock"),
        ("兰州启康春（集团）有限公司", "启康春", "兰州", "group"),
        ("兰州启康春集团", "启康春", "兰州", "group"),
        ("兰州启康春投资中心（有限合伙）", "启康春投资中心", "兰州", "partnership"),
        ("兰州启康春合伙企业(有限合伙)", "启康春", "兰州", "partnership"),
        ("城关区老王五金经营部", "老王五金", "城关", "individual"),
        ("兰州市城关区老王五金经营部（个体工商户）", "老王五金", "兰州城关", "individual"),
        ("榆中县和平农民专业合作社", "和平", "榆中", "cooperative"),
        ("兰州银行股份有限公司", "兰州银行", "兰州", "joint_stock"),
        ("甘肃省兰州市第一人民医院", "兰州第一人民医院", "甘肃兰州", None),
        ("兰州第一人民医院", "兰州第一人民医院", "兰州", None),
        ("兰州市城关区税务局", "城关税务局", "兰州城关", None),
        ("甘肃省公安厅", "甘肃公安厅", "甘肃", None),
        ("中国启康银行", "中国启康银行", None, None),
        ("南京路百货有限公司", "南京路百货", None, "limited"),
        ("ABC Trading Co., Ltd.", "ABC TRADING", None, "limited"),
        ("Acme Inc", "ACME", None, "limited"),
    ],
)
def test_a_core_is_a_name_without_region_brackets_and_form(
    told: str, core: str, region: str | None, form: str | None
) -> None:
    row = firm(told)
    assert (row["name"], row["region"], row["form"]) == (core, region, form)


@pytest.mark.parametrize(
    ("told", "core"),
    [
        ("兰州启康春贸易有限公司天水分公司", "启康春贸易#天水"),
        ("兰州启康春贸易有限公司第一分公司", "启康春贸易#第一"),
        ("兰州银行股份有限公司城关支行", "兰州银行#城关"),
        ("中国启康银行股份有限公司兰州城关支行", "中国启康银行#兰州城关"),
        ("启康春酒店第二分店", "启康春酒店#第二"),
        ("启康春贸易有限公司分公司", "启康春贸易#"),
    ],
)
def test_a_branch_is_not_its_parent(told: str, core: str) -> None:
    row = firm(told)
    assert (row["name"], row["form"]) == (core, "branch")


def test_sound_shape_and_set_are_of_the_core() -> None:
    row = firm("兰州启康春贸易有限公司")
    assert row["name_sound"] == "QI KANG CHUN MAO YI"
    assert row["name_set"] == "".join(sorted("启康春贸易"))
    assert firm("Acme Inc")["name_sound"] is None


def test_no_name_is_null_throughout() -> None:
    assert set(firm("").values()) == set(firm(" -- ").values()) == {None}
    assert cores(pa.array([None, "启康春有限公司"])).to_pylist() == [None, "启康春"]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.text(
            st.one_of(st.sampled_from("甘肃省兰州市启康春有限责任公司集团分(（)）# A"), st.characters(codec="utf-8")),
            max_size=16,
        ),
        max_size=6,
    )
)
def test_any_text_is_standardised_and_alone(told: list[str]) -> None:
    together = firm_names(pa.array(told, pa.string())).to_pylist()
    assert together == [firm(name) for name in told]

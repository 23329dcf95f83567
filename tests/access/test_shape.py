from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suyuan.access.shape import MASKS, mask_value
from suyuan.domain.contract_shape import Mask


def test_every_mask_of_a_contract_is_known() -> None:
    assert set(MASKS) == set(get_args(Mask))


@pytest.mark.parametrize(
    ("mask", "value", "hidden"),
    [
        ("name", "张三", "张*"),
        ("name", "欧阳小明", "欧***"),
        ("name", "张", "*"),
        ("name", "Zhang San", "Z********"),
        ("name", "兰州某某科技有限公司", "兰州某某科技有限公司"),
        ("name", "Acme Trading Co., Ltd.", "Acme Trading Co., Ltd."),
        ("name", "张三便利店13900001111", "张三便利店139****1111"),
        ("id_number", "11010519491231002X", "110***********002X"),
        ("id_number", "E12345678", "*********"),
        ("phone", "13900001111", "139****1111"),
        ("phone", "8888888", "*****88"),
        ("account_no", "6222005865412565805", "622200*********5805"),
        ("account_no", "wxid_abc12", "wx******12"),
        ("account_no", "V_12", "****"),
        ("address", "甘肃省兰州市城关区雁滩路12号张三家", "甘肃省兰州市城关区****"),
        ("address", "北京市海淀区中关村大街1号", "北京市海淀区****"),
        ("address", "幸福小区12号楼", "****"),
        ("email", "zhang@qq.com", "z***@qq.com"),
        ("email", "not told", "n*******"),
        ("device", "192.168.1.23", "192.168.*.*"),
        ("device", "860000000000017", "86*********0017"),
        ("text", "还张三 13900001111", "还张三 139****1111"),
        ("none", "13900001111", "13900001111"),
    ],
)
def test_what_stays_tells_apart_and_no_more(mask: Mask, value: str, hidden: str) -> None:
    assert mask_value(value, mask) == hidden


def test_null_stays_null() -> None:
    assert all(mask_value(None, mask) is None for mask in MASKS)


@given(mask=st.sampled_from(sorted(MASKS)), value=st.text(max_size=40))
def test_masking_twice_changes_nothing_more(mask: Mask, value: str) -> None:
    once = mask_value(value, mask)
    assert mask_value(once, mask) == once

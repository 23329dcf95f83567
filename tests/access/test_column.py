import pyarrow as pa
from hypothesis import example, given
from hypothesis import strategies as st

from suyuan.access.column import mask_column
from suyuan.access.shape import MASKS, mask_value
from suyuan.domain.contract_shape import Mask

TELLING = st.sampled_from(
    [
        "张三",
        "张",
        "兰州某某有限公司 13900001111",
        "Acme Co., Ltd",
        "中文co中文",
        "11010519491231002X",
        "13900001111",
        "6222005865412565805",
        "甘肃省兰州市城关区雁滩路12号",
        "zhang@qq.com",
        "10.2.3.4",
        "10.2.3.4\n",
        "aa:bb:cc:dd:ee:ff",
        "icbc:6222005865412565805",
        "c-3fa9c0aa13900001",
        "还 139 0000 1111",
        "",
    ]
)
VALUES = st.lists(st.one_of(st.none(), TELLING, st.text(max_size=24)), max_size=12)


@given(mask=st.sampled_from(sorted(MASKS)), values=VALUES, cut=st.integers(0, 12))
@example(mask="name", values=["a", None, "张三"], cut=1)
def test_a_column_is_hidden_like_its_values(mask: Mask, values: list[str | None], cut: int) -> None:
    column = pa.chunked_array([values[:cut], values[cut:]], type=pa.string())
    assert mask_column(column, mask).to_pylist() == [mask_value(value, mask) for value in values]


@given(mask=st.sampled_from(sorted(MASKS)), values=st.lists(st.one_of(st.none(), VALUES), max_size=4))
def test_lists_are_hidden_value_by_value(mask: Mask, values: list[list[str | None] | None]) -> None:
    column = pa.chunked_array([pa.array(values, type=pa.list_(pa.string()))])
    wanted = [row and [mask_value(value, mask) for value in row] for row in values]
    assert mask_column(column, mask).to_pylist() == wanted


def test_numbers_and_times_stay() -> None:
    column = pa.chunked_array([[13900001111]])
    assert mask_column(column, "text") is column


def test_a_coded_column_is_hidden_too() -> None:
    column = pa.chunked_array([pa.array(["张三", "张三", None]).dictionary_encode()])
    assert mask_column(column, "name").to_pylist() == ["张*", "张*", None]

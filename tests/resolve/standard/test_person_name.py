import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suyuan.resolve.standard.person_name import COLUMNS, bare_names, names

NAMES = st.text(
    st.one_of(
        st.sampled_from("王李张陈欧阳司马小红明国建*·()（）, XYZhangWeiLü某先生䶮\ue863\u200b\x1f"),
        st.characters(codec="utf-8"),
    ),
    max_size=12,
)


def standard(name: str) -> dict[str, object]:
    row: dict[str, object] = names(pa.array([name])).to_pylist()[0]
    return row


@pytest.mark.parametrize(
    ("told", "name", "family", "given_name", "sound"),
    [
        ("張　三", "张三", "张", "三", "ZHANG SAN"),
        ("欧阳娜娜", "欧阳娜娜", "欧阳", "娜娜", "OU YANG NA NA"),
        ("尉迟恭", "尉迟恭", "尉迟", "恭", "YU CHI GONG"),
        ("单雄信", "单雄信", "单", "雄信", "SHAN XIONG XIN"),
        ("阿依古丽・买买提", "阿依古丽买买提", None, None, "A YI GU LI MAI MAI TI"),
        ("陈李小红", "陈李小红", "陈", "李小红", "CHEN LI XIAO HONG"),
        ("王(火韦)", "王炜", "王", "炜", "WANG WEI"),
        ("王（YAN）", "王YAN", "王", "YAN", "WANG YAN"),
        ("张先生", "张*", "张", "*", "ZHANG *"),
        ("张伟 先生", "张伟", "张", "伟", "ZHANG WEI"),
        ("李某某", "李**", "李", "**", "LI * *"),
        ("王XX", "王**", "王", "**", "WANG * *"),
        ("张三(曾用名李四)", "张三", "张", "三", "ZHANG SAN"),
        ("Zhang, Xiaoming", "XIAOMING ZHANG", "ZHANG", "XIAOMING", "ZHANG XIAO MING"),
        ("Lü Bu", "LV BU", "LV", "BU", "LV BU"),
        ("Mr. John  Smith", "JOHN SMITH", "SMITH", "JOHN", None),
        ("李", "李", None, None, "LI"),
    ],
)
def test_a_name_has_one_form(
    told: str, name: str, family: str | None, given_name: str | None, sound: str | None
) -> None:
    row = standard(told)
    assert (row["name"], row["family"], row["given"], row["name_sound"]) == (name, family, given_name, sound)


@pytest.mark.parametrize("told", ["", "   ", "**", "?", "123", "（）", "."])
def test_what_is_no_name_is_null_throughout(told: str) -> None:
    assert list(standard(told).values()) == [None] * (len(COLUMNS) - 1) + [False]


def test_shape_and_set_are_of_the_characters() -> None:
    one, other = standard("李晴"), standard("李睛")
    assert one["name_shape"] == other["name_shape"]
    assert standard("王建国")["name_set"] == standard("国王建")["name_set"]
    assert standard("ZHANG WEI")["name_set"] == standard("WEI ZHANG")["name_set"]
    assert standard("ZHANG WEI")["name_shape"] is None


def test_hidden_characters_are_told() -> None:
    assert [standard(name)["name_masked"] for name in ("张*三", "王□", "张三")] == [True, True, False]


def test_the_family_name_told_apart_decides_where_a_name_is_parted() -> None:
    table = names(
        pa.array(["欧阳娜", None, "WEI LI"]), family=pa.array(["欧", "王", "LI"]), given=pa.array([None, "芳", "WEI"])
    )
    assert [(row["name"], row["family"], row["given"]) for row in table.to_pylist()] == [
        ("欧阳娜", "欧", "阳娜"),
        ("王芳", "王", "芳"),
        ("WEI LI", "LI", "WEI"),
    ]


@settings(max_examples=200, deadline=None)
@given(st.lists(NAMES, max_size=8))
def test_a_standard_name_is_its_own_standard(told: list[str]) -> None:
    once = bare_names(pa.array(told, pa.string()))
    assert bare_names(once).to_pylist() == once.to_pylist()


@settings(max_examples=200, deadline=None)
@given(st.lists(st.none() | NAMES, max_size=8))
def test_a_name_is_worked_on_alone(told: list[str | None]) -> None:
    together = names(pa.array(told, pa.string())).to_pylist()
    assert together == [row for name in told for row in names(pa.array([name], pa.string())).to_pylist()]

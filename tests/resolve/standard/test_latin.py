import pyarrow as pa
import pytest

from suyuan.resolve.standard.latin import chinese, latin_columns, segmented, sorted_words, umlauted

_NONE = pa.array(["", "", ""])


@pytest.mark.parametrize(
    ("token", "wanted"),
    [
        ("XIAOMING", "XIAO MING"),
        ("LYU", "LV"),
        ("NVHUA", "NV HUA"),
        ("XIANYU", "XIAN YU"),
        ("TIANANMEN", "TIAN AN MEN"),
        ("ROBERT", ""),
        ("", ""),
        ("A" * 25, ""),
    ],
)
def test_pinyin_is_cut_into_syllables(token: str, wanted: str) -> None:
    assert " ".join(segmented(token)) == wanted


def test_u_with_dots_is_v_however_it_is_told() -> None:
    assert [umlauted(each) for each in ("LYU", "LV", "LYUE", "LUE", "NYU", "XIANYU", "LUO")] == [
        *("LV", "LV", "LVE", "LVE", "NV", "XIANYU", "LUO"),
    ]


@pytest.mark.parametrize(
    ("tokens", "family", "wanted"),
    [
        ("ZHANG XIAOMING", None, ("ZHANG", "ZHANG XIAO MING")),
        ("XIAOMING ZHANG", None, ("ZHANG", "ZHANG XIAO MING")),
        ("WEI ZHANG", None, ("WEI", "WEI ZHANG")),
        ("WEI ZHANG", "ZHANG", ("ZHANG", "ZHANG WEI")),
        ("OUYANG FENG", None, ("OUYANG", "OU YANG FENG")),
        ("JOHN SMITH", None, None),
        ("MARIA GARCIA", None, None),
        ("ZHANG", None, None),
    ],
)
def test_the_family_name_of_a_romanised_name_is_found(
    tokens: str, family: str | None, wanted: tuple[str, str] | None
) -> None:
    assert chinese(tuple(tokens.split(" ")), family=family) == wanted


def test_the_last_word_is_the_family_name_of_others() -> None:
    columns = latin_columns(pa.array(["MARY ANN SMITH", "SMITH", "LI MING"]), family=_NONE, given=_NONE)
    assert columns["family"].to_pylist() == ["SMITH", "", "LI"]
    assert columns["given"].to_pylist() == ["MARY ANN", "", "MING"]
    assert columns["name_sound"].to_pylist() == ["", "", "LI MING"]


def test_words_are_sorted_within_each_name() -> None:
    assert sorted_words(pa.array(["B A", "C", "A B A"])).to_pylist() == ["A B", "C", "A A B"]

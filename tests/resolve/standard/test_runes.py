import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from suyuan.resolve.standard.runes import flags, runes

TEXTS = st.lists(st.text(max_size=6), max_size=8)


@given(TEXTS)
def test_texts_go_in_and_come_out_as_they_are(texts: list[str]) -> None:
    assert runes(pa.array(texts, pa.string())).text().to_pylist() == texts


@given(TEXTS, st.integers(0, 4))
def test_a_slice_of_a_column_is_read_alone(texts: list[str], start: int) -> None:
    assert runes(pa.array(texts, pa.string()).slice(start)).text().to_pylist() == texts[start:]


@given(TEXTS)
def test_sorting_and_counting_agree_with_the_language(texts: list[str]) -> None:
    each = runes(pa.array(texts, pa.string()))
    assert each.sorted().text().to_pylist() == ["".join(sorted(text)) for text in texts]
    assert each.lengths.tolist() == [len(text) for text in texts]
    assert each.count(each.codes > 0x7F).tolist() == [sum(ord(mark) > 0x7F for mark in text) for text in texts]


def test_a_null_is_an_empty_text() -> None:
    assert runes(pa.array([None, "张"], pa.string())).text().to_pylist() == ["", "张"]


def test_characters_are_kept_by_flag_and_cut_by_place() -> None:
    each = runes(pa.array(["a1b2", "12", ""]))
    assert each.kept(flags("ab")[each.codes]).text().to_pylist() == ["ab", "", ""]
    begin, end = np.array([1, 0, 0]), np.array([3, 1, 0])
    assert each.cut(begin, end).text().to_pylist() == ["1b", "1", ""]


def test_a_place_beyond_a_text_is_zero() -> None:
    each = runes(pa.array(["张三", "李", ""]))
    assert each.at(1).tolist() == [ord("三"), 0, 0]
    assert each.at(np.array([0, 0, 0])).tolist() == [ord("张"), ord("李"), 0]


def test_any_says_which_texts_hold_a_character() -> None:
    each = runes(pa.array(["a*", "b", "*"]))
    assert each.any(each.codes == ord("*")).tolist() == [True, False, True]

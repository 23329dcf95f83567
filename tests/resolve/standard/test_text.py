import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from suyuan.resolve.standard import text as module
from suyuan.resolve.standard.text import distinct, folded, null_if_empty, squeezed, told


def fold(text: str) -> str:
    return str(folded(pa.array([text])).to_pylist()[0])


@pytest.mark.parametrize(
    ("given_text", "wanted"),
    [
        ("ＺＨＡＮＧ　Ｗｅｉ", "ZHANG WEI"),
        ("１３９０９３１００００", "13909310000"),
        ("阿依·买买提", "阿依·买买提"),
        ("阿依・买买提", "阿依·买买提"),
        ("阿依•买买提", "阿依·买买提"),
        ("张（三）【四】", "张(三)(四)"),
        ("张\u200b三\ufeff", "张三"),
        ("王？□■", "王***"),
        ("王\uf123", "王*"),
        ("王\ue863", "王䶮"),
        ("José Müller", "JOSE MULLER"),
        ("Ångström Łódź", "ANGSTROM LODZ"),
        ("2020—01–02", "2020-01-02"),
    ],
)
def test_width_case_and_signs_are_one(given_text: str, wanted: str) -> None:
    assert fold(given_text) == wanted


@given(st.lists(st.text(max_size=12), max_size=6))
def test_folding_twice_changes_nothing_more(texts: list[str]) -> None:
    once = folded(pa.array(texts, pa.string()))
    assert folded(once).equals(once)


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), max_size=8))
def test_chinese_characters_stay(text: str) -> None:
    assert fold(text) == text


@given(st.lists(st.none() | st.text("ab ", max_size=3), max_size=30))
def test_work_on_distinct_texts_is_work_on_every_text(texts: list[str | None]) -> None:
    column = pa.array(texts, pa.string())
    assert distinct(column, pc.utf8_upper).equals(pc.utf8_upper(column))


def test_a_column_that_hardly_repeats_is_worked_on_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_SAMPLE", 4)
    monkeypatch.setattr(module, "_AT_ONCE", 3)
    texts = [f"a{place}" for place in range(10)] + [None]
    column = pa.chunked_array([texts[:6], texts[6:]], pa.string())
    assert distinct(column, pc.utf8_upper).to_pylist() == [text and text.upper() for text in texts]


def test_a_column_that_is_absent_is_null() -> None:
    table = pa.table({"name": ["张三", None]})
    assert told(table, "name").to_pylist() == ["张三", None]
    assert told(table, "email").to_pylist() == [None, None]


def test_blanks_are_single_and_an_empty_text_is_null() -> None:
    assert squeezed(pa.array(["  a  b ", ""])).to_pylist() == ["a b", ""]
    assert null_if_empty(pa.array(["", "a", None])).to_pylist() == [None, "a", None]

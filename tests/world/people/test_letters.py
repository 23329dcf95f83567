import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from suyuan.world.people.letters import ascii_text, chosen, digit_text, digits, either, joined, whole


@given(st.lists(st.integers(0, 10**18 - 1), max_size=20))
def test_digits_are_those_python_writes(values: list[int]) -> None:
    given_values = np.array(values, np.int64)
    assert digit_text(given_values, 18).to_pylist() == [f"{value:018}" for value in values]
    assert whole(given_values).to_pylist() == [str(value) for value in values]


def test_only_the_last_digits_are_told() -> None:
    assert digits(np.array([12345]), 3).tolist() == [[3, 4, 5]]


def test_texts_are_joined_row_by_row() -> None:
    words = chosen("甲乙", np.array([1, 0]))
    assert joined("第", words, pa.array(["a", "b"])).to_pylist() == ["第乙a", "第甲b"]


def test_one_or_the_other() -> None:
    assert either(np.array([True, False]), "a", pa.array(["b", "c"])).to_pylist() == ["a", "c"]


def test_no_rows_no_texts() -> None:
    assert ascii_text(np.zeros((0, 4), np.uint8)).to_pylist() == []

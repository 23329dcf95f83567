from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from suyuan.domain.ids.resident import compose, parse, valid
from suyuan.resolve.standard.numbers import bare_numbers, births, ids_told, resident_keys, sexes

KEY = "11010519491231002X"
NULL = pa.nulls(1, pa.string())


def key(text: str | None) -> str | None:
    found: str | None = resident_keys(pa.array([text], pa.string())).to_pylist()[0]
    return found


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        (KEY, KEY),
        ("11010519491231002x", KEY),
        ("１１０１０５ 19491231-002X", KEY),
        ("110105491231002", KEY),
        ("110105194912310021", None),
        ("110105********002X", None),
        ("000105194912310021", None),
        ("110105194913310020", None),
        ("110105491231996", None),
        ("护照 E12345678", None),
        ("", None),
        (None, None),
    ],
)
def test_a_key_is_a_valid_resident_number(told: str | None, wanted: str | None) -> None:
    assert key(told) == wanted


@given(st.dates(date(1900, 1, 1), date(2020, 12, 31)), st.integers(1, 995))
def test_every_number_that_the_domain_takes_is_a_key(birth_on: date, sequence: int) -> None:
    number = compose(region_code="620102", birth_on=birth_on, sequence=sequence)
    assert valid(number)
    assert key(number) == number


@given(st.dates(date(1900, 1, 1), date(1999, 12, 31)), st.integers(1, 989))
def test_old_numbers_are_written_out_as_the_domain_does(birth_on: date, sequence: int) -> None:
    old = f"620102{birth_on:%y%m%d}{sequence:03d}"
    assert key(old) == parse(old).number_18


@given(st.text("0123456789X*", max_size=20))
def test_no_other_text_is_a_key(text: str) -> None:
    assert key(text) in {None, text} or len(text) == 15


def test_numbers_as_told_are_bare_and_only_where_there_is_no_key() -> None:
    told = pa.array(["6201 0219******2233", KEY, "***", "E 12-34", None])
    held = pa.array([None, KEY, None, None, None], pa.string())
    assert ids_told(told, key=held).to_pylist() == ["62010219******2233", None, None, "E1234", None]
    assert bare_numbers(pa.array(["ab-12*"])).to_pylist() == ["AB12*"]


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ("1980-01-02", "19800102"),
        ("1980/1/2", "19800102"),
        ("1980.01.02", "19800102"),
        ("1980年1月2日", "19800102"),
        ("19800102", "19800102"),
        ("1980-01-02 00:00:00", "19800102"),
        ("2/1/1980", "19800102"),
        ("19561399", "19561399"),
        ("1980", None),
        ("1980-01", None),
        ("soon", None),
    ],
)
def test_days_told_as_text_become_eight_digits(told: str, wanted: str | None) -> None:
    assert births(key=NULL, on=pa.nulls(1, pa.date32()), told=pa.array([told])).to_pylist() == [wanted]


def test_a_key_comes_before_a_date_and_a_date_before_a_text() -> None:
    on, told = pa.array([date(1950, 1, 1)]), pa.array(["1951-01-01"])
    assert births(key=pa.array([KEY]), on=on, told=told).to_pylist() == ["19491231"]
    assert births(key=NULL, on=on, told=told).to_pylist() == ["19500101"]


def test_sex_is_of_the_key_then_as_told() -> None:
    assert sexes(key=pa.array([KEY]), told=pa.array(["男"])).to_pylist() == ["female"]
    told = pa.array(["男", "女性", "m", "F", "1", "2", "male", "未知", None])
    nothing = pa.nulls(len(told), pa.string())
    assert sexes(key=nothing, told=told).to_pylist() == [*("male", "female") * 3, "male", None, None]

from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn as reference_luhn
from stdnum.cn import ric, uscc

from suyuan.domain.ids.check import CREDIT_ALPHABET, luhn, mod_11_2, mod_31, organisation

DIGITS = "0123456789"


@given(st.text(DIGITS, min_size=17, max_size=17))
def test_the_resident_check_character_is_the_reference_s(body: str) -> None:
    assert mod_11_2(body) == ric.calc_check_digit(body + "0")


@given(st.text(CREDIT_ALPHABET, min_size=17, max_size=17))
def test_the_credit_code_check_character_is_the_reference_s(body: str) -> None:
    assert mod_31(body) == uscc.calc_check_digit(body)


@given(st.text(DIGITS, min_size=1, max_size=18))
def test_the_luhn_digit_is_the_reference_s(body: str) -> None:
    assert luhn(body) == reference_luhn.calc_check_digit(body)


def test_published_organisation_codes_carry_their_check_character() -> None:
    assert [organisation(body) for body in ("D2143569", "19220382", "70846113")] == ["X", "1", "6"]

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from suyuan.domain.errors import DataError
from suyuan.domain.ids import credit_code
from suyuan.domain.ids.check import CREDIT_ALPHABET, mod_31

codes = st.builds(
    lambda kind, region_code, serial: credit_code.compose(kind=kind, region_code=region_code, serial=serial),
    st.sampled_from(["91", "92", "93", "12", "52", "A1"]),
    st.sampled_from(["110000", "620102", "350100"]),
    st.text(CREDIT_ALPHABET, min_size=8, max_size=8),
)


@given(codes)
def test_composed_codes_are_valid_and_parsing_gives_them_back(code: str) -> None:
    found = credit_code.parse(code)
    assert str(found) == code
    assert credit_code.parse(str(found)) == found
    assert uscc.calc_check_digit(code) == code[-1]
    assert found.notes == ()


@given(codes, st.integers(0, 17), st.integers(1, 30))
def test_any_changed_character_is_caught(code: str, place: int, by: int) -> None:
    other = CREDIT_ALPHABET[(CREDIT_ALPHABET.index(code[place]) + by) % 31]
    assert not credit_code.valid(code[:place] + other + code[place + 1 :])


@given(codes, st.integers(0, 16))
def test_any_swap_of_neighbours_is_caught(code: str, place: int) -> None:
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert swapped == code or not credit_code.valid(swapped)


@given(st.text(max_size=25))
def test_any_text_is_answered(text: str) -> None:
    why = credit_code.why_invalid(text)
    assert credit_code.valid(text) is (why is None)
    if why:
        assert str(why)
        with pytest.raises(DataError):
            credit_code.parse(text)


def test_a_code_says_kind_region_and_organisation() -> None:
    found = credit_code.parse(" 91350100m000100y43 ")
    assert found.region is not None
    assert (found.kind_name("en"), found.kind_name("zh")) == ("company", "企业")
    assert (found.region.name, found.organisation, found.notes) == ("福建省 福州市", "M000100Y4", ())


def test_what_is_odd_is_noted_and_not_refused() -> None:
    body = "98999999M000100Y1"
    found = credit_code.parse(body + mod_31(body))
    assert set(found.notes) == {
        "ids.credit_region_unknown",
        "ids.credit_organisation_check",
        "ids.credit_kind_unknown",
    }
    assert found.kind_name("zh") is None


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("620100200012345", "ids.credit_length"),
        ("9135O100M000100Y43", "ids.credit_characters"),
        ("913A0100M000100Y43", "ids.credit_region"),
        ("91350100M000100Y44", "ids.credit_check"),
    ],
)
def test_a_reason_names_what_is_wrong(text: str, key: str) -> None:
    why = credit_code.why_invalid(text)
    assert why is not None
    assert why.key == key
    assert text not in str(why)


def test_masks_keep_authority_kind_and_region() -> None:
    assert credit_code.mask("91350100M000100Y43") == "91350100******0Y43"

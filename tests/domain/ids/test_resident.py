from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from suyuan.domain.errors import DataError
from suyuan.domain.ids import resident
from suyuan.domain.ids.check import mod_11_2

REGIONS = ["110101", "510202", "500103", "620102", "653101", "810000", "820000", "830000"]
ids = st.builds(
    lambda region_code, birth_on, sequence: resident.compose(
        region_code=region_code, birth_on=birth_on, sequence=sequence
    ),
    st.sampled_from(REGIONS),
    st.dates(date(1900, 1, 1), date(2026, 1, 1)),
    st.integers(1, 999),
)


@given(ids)
def test_composed_numbers_are_valid_and_parsing_gives_them_back(number: str) -> None:
    found = resident.parse(number)
    assert str(found) == number
    assert resident.parse(str(found)) == found
    assert resident.why_invalid(number) is None


@given(ids.filter(lambda number: number[0] != "8"))
def test_the_reference_agrees(number: str) -> None:
    assert ric.calc_check_digit(number) == number[-1]
    assert ric.get_birth_date(number) == resident.parse(number).birth_on


@given(ids, st.integers(0, 16), st.integers(1, 9))
def test_any_changed_digit_is_caught(number: str, place: int, by: int) -> None:
    changed = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]
    assert not resident.valid(changed)


@given(ids, st.integers(0, 16))
def test_any_swap_of_neighbours_is_caught(number: str, place: int) -> None:
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert swapped == number or not resident.valid(swapped)


@given(st.text(max_size=25))
def test_any_text_is_answered_and_nothing_of_it_is_shown(text: str) -> None:
    why = resident.why_invalid(text)
    assert resident.valid(text) is (why is None)
    if why:
        assert str(why)
        with pytest.raises(DataError):
            resident.parse(text)


def test_a_number_says_birth_sex_and_region_of_its_time() -> None:
    found = resident.parse(resident.compose(region_code="510202", birth_on=date(1990, 6, 1), sequence=12))
    assert found.region is not None
    assert (found.birth_on, found.sex, found.region.name) == (date(1990, 6, 1), "female", "四川省 重庆市 市中区")
    assert (found.kind, found.province_code, found.notes) == ("resident", "510000", ())


def test_people_born_before_cards_existed_have_the_codes_of_1984() -> None:
    found = resident.parse(resident.compose(region_code="510202", birth_on=date(1930, 6, 1), sequence=13))
    assert found.region is not None
    assert (found.region.revision, found.sex) == ("198412", "male")


def test_a_county_of_no_revision_is_a_note() -> None:
    found = resident.parse(resident.compose(region_code="629999", birth_on=date(1990, 6, 1), sequence=13))
    assert found.notes == ("ids.resident_region_unknown",)


def test_the_old_form_has_15_digits_and_is_upgraded() -> None:
    found = resident.parse("620102490531 002")
    assert (found.kind, found.birth_on, found.sex) == ("resident_15", date(1949, 5, 31), "female")
    assert (str(found), found.number_18[:17], resident.valid(found.number_18)) == (
        "620102490531002",
        "62010219490531002",
        True,
    )


def test_the_old_form_kept_four_sequences_for_centenarians() -> None:
    assert resident.parse("620102990531997").birth_on == date(1899, 5, 31)


@pytest.mark.parametrize(
    ("code", "kind", "province"),
    [("810000", "permit_hk", "810000"), ("820000", "permit_macao", "820000"), ("830000", "permit_taiwan", "830000")],
)
def test_residence_permits_are_told_apart(code: str, kind: str, province: str) -> None:
    found = resident.parse(resident.compose(region_code=code, birth_on=date(1990, 6, 1), sequence=1))
    assert (found.kind, found.province_code, found.notes) == (kind, province, ())
    assert found.region is not None
    assert found.region.name


def test_a_foreigner_s_card_since_2023_says_province_and_nationality() -> None:
    body = "911840" + "19810303" + "001"
    found = resident.parse(body + mod_11_2(body))
    assert (found.kind, found.province_code, found.nationality) == ("foreigner", "110000", "840")
    assert (found.birth_on, found.sex, found.region) == (date(1981, 3, 3), "male", None)


def test_a_foreigner_s_older_card_has_letters() -> None:
    found = resident.parse("usa110081030310")
    assert (found.kind, found.province_code, found.nationality) == ("foreigner_15", "110000", "USA")
    assert (found.birth_on, found.sex, found.notes) == (date(1981, 3, 3), None, ("ids.foreigner_15_unchecked",))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("11010519491231002", "ids.resident_length"),
        ("1101051949123100ZX", "ids.resident_characters"),
        ("110105194912310020", "ids.resident_check"),
        ("990101199001010" + "01", "ids.resident_length"),
        ("990101900101001", "ids.resident_province"),
        ("110105491331002", "ids.resident_birth"),
        ("US1110081030310", "ids.resident_characters"),
        ("USA990081030310", "ids.resident_province"),
        ("", "ids.resident_length"),
    ],
)
def test_a_reason_names_what_is_wrong_and_hides_the_number(text: str, key: str) -> None:
    why = resident.why_invalid(text)
    assert why is not None
    assert why.key == key
    assert not text or text not in str(why)


def test_a_wrong_province_with_a_right_check_character_is_caught() -> None:
    for body in ("99010119900101001", "19010119900101001"):
        why = resident.why_invalid(body + mod_11_2(body))
        assert why is not None
        assert why.key == "ids.resident_province"


def test_births_after_the_day_asked_for_are_refused() -> None:
    number = resident.compose(region_code="620102", birth_on=date(2020, 1, 2), sequence=1)
    assert resident.valid(number, on=date(2020, 1, 2))
    assert not resident.valid(number, on=date(2020, 1, 1))
    far = resident.compose(region_code="620102", birth_on=date(1849, 1, 2), sequence=1)
    why = resident.why_invalid(far)
    assert why is not None
    assert why.key == "ids.resident_birth_far"


def test_masks_hide_the_birth_date_even_of_broken_numbers() -> None:
    assert resident.mask("11010519491231002X") == "110***********002X"
    assert resident.mask("1101051949") == "**********"

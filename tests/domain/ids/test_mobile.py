import pytest
from hypothesis import given
from hypothesis import strategies as st

from suyuan.domain.errors import DataError
from suyuan.domain.ids import mobile

numbers = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


@given(numbers, st.sampled_from(["", "+86", "0086", "86", "0", "+86 ", "17951", "+0086-"]))
def test_prefixes_are_taken_off_and_parsing_gives_the_number_back(number: str, before: str) -> None:
    found = mobile.parse(before + number)
    assert str(found) == number
    assert mobile.parse(str(found)) == mobile.parse(found.e164) == found


@given(st.text(max_size=25))
def test_any_text_is_answered(text: str) -> None:
    why = mobile.why_invalid(text)
    assert mobile.valid(text) is (why is None)
    if why:
        assert str(why)
        with pytest.raises(DataError):
            mobile.parse(text)


@pytest.mark.parametrize(
    ("number", "carrier", "use"),
    [
        ("13909310000", "mobile", "public"),
        ("18600000000", "unicom", "public"),
        ("18900000000", "telecom", "public"),
        ("19200000000", "broadnet", "public"),
        ("17000000000", "telecom", "virtual"),
        ("17050000000", "mobile", "virtual"),
        ("17090000000", "unicom", "virtual"),
        ("16700000000", "unicom", "virtual"),
        ("13490000000", "telecom", "satellite"),
        ("13480000000", "mobile", "public"),
        ("14600000000", "unicom", "iot"),
    ],
)
def test_a_segment_leads_to_its_carrier(number: str, carrier: str, use: str) -> None:
    found = mobile.parse(number)
    assert (found.carrier, found.use) == (carrier, use)


def test_a_number_says_where_it_was_allocated() -> None:
    found = mobile.parse("139 0931 0000")
    assert (found.province, found.city, found.notes) == ("甘肃", "兰州", ("ids.mobile_ported",))


def test_virtual_carriers_and_unknown_segments_are_noted() -> None:
    assert "ids.mobile_virtual" in mobile.parse("17000000000").notes
    unknown = mobile.parse("15400000000")
    assert (unknown.carrier, unknown.use, unknown.notes[0]) == (None, None, "ids.mobile_segment_unknown")


def test_a_block_of_no_place_is_noted() -> None:
    found = mobile.parse("19299990000")
    assert (found.province, found.city) == (None, None)
    assert "ids.mobile_place_unknown" in found.notes


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("0931-1234567", "ids.mobile_start"),
        ("1381234567", "ids.mobile_length"),
        ("12345678901", "ids.mobile_start"),
        ("138abcd5678", "ids.mobile_characters"),
        ("+85291234567", "ids.mobile_characters"),
    ],
)
def test_a_reason_names_what_is_wrong(text: str, key: str) -> None:
    why = mobile.why_invalid(text)
    assert why is not None
    assert why.key == key


def test_masks_keep_three_and_four_digits() -> None:
    assert mobile.mask("0086 13909310000") == "139****0000"


def test_segments_begin_like_mobile_numbers_and_are_given_once() -> None:
    known = mobile.segments()
    assert len(known) >= 50
    assert all(prefix[0] == "1" and prefix[1] in "3456789" and len(prefix) in {3, 4} for prefix in known)

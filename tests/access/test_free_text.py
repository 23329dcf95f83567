import re
import time
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from suyuan.access.free_text import MAYBE, mask_text
from suyuan.domain.ids import resident

MOBILE = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
DAYS = st.dates(min_value=date(1930, 1, 1), max_value=date(2025, 12, 31))
RESIDENT = st.builds(
    lambda code, day, sequence: resident.compose(region_code=code, birth_on=day, sequence=sequence),
    st.sampled_from(["110105", "620102", "440305", "810000"]),
    DAYS,
    st.integers(1, 999),
)
OLD_RESIDENT = st.builds(lambda number: number[:6] + number[8:17], RESIDENT.filter(lambda number: number[6:8] == "19"))
CARD = st.from_regex(r"6[0-9]{15,18}", fullmatch=True)
AROUND = st.text(st.sampled_from("转给张三,，。 :;-/x()元\n余额*#@汇"), max_size=8)
RUN = re.compile("[0-9]+")


@given(before=AROUND, number=MOBILE, after=AROUND)
def test_no_mobile_number_survives(before: str, number: str, after: str) -> None:
    assert number not in mask_text(before + number + after)


@given(number=MOBILE, gap=st.sampled_from(" -\u00a0"))
def test_no_mobile_number_survives_in_groups(number: str, gap: str) -> None:
    grouped = gap.join([number[:3], number[3:7], number[7:]])
    assert mask_text(f"电话{grouped}。") == f"电话{number[:3]}****{number[7:]}。"


@given(number=MOBILE, prefix=st.sampled_from(["+86", "86", "0086", "0", "17951"]))
def test_no_mobile_number_survives_behind_a_dialling_prefix(number: str, prefix: str) -> None:
    assert number not in mask_text(prefix + number)


@given(before=AROUND, number=st.one_of(RESIDENT, OLD_RESIDENT, CARD), after=AROUND)
def test_no_resident_id_and_no_card_survives(before: str, number: str, after: str) -> None:
    masked = mask_text(before + number + after)
    assert number not in masked
    assert number[6:-4] not in masked


@given(number=st.one_of(RESIDENT, OLD_RESIDENT, CARD, MOBILE))
def test_full_width_digits_hide_nothing(number: str) -> None:
    wide = number.translate(str.maketrans("0123456789X", "０１２３４５６７８９Ｘ"))
    masked = mask_text(f"号{wide}")
    assert "*" in masked
    assert wide not in masked
    assert number not in masked


@given(number=RESIDENT)
def test_a_small_x_is_an_x(number: str) -> None:
    assert "****" in mask_text(number.lower())


@given(st.text(st.sampled_from("0123456789 -*Xx@.ab张"), max_size=60))
def test_masking_twice_changes_nothing_more(text: str) -> None:
    assert mask_text(mask_text(text)) == mask_text(text)


@given(st.text(max_size=60))
def test_what_is_left_holds_no_long_number(text: str) -> None:
    left = [run for run in RUN.findall(mask_text(text)) if len(run) >= 13]
    assert all(len(run) in {14, 17, 18} or len(run) >= 16 for run in left)


@given(st.text(st.sampled_from("0123456789０１ -*@.a张\u00a0"), max_size=40))
def test_the_quick_look_misses_nothing(text: str) -> None:
    quick = pc.match_substring_regex(pa.array([text]), MAYBE)[0].as_py()
    assert quick or mask_text(text) == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("tel13900001111x", "tel139****1111x"),
        ("**139 0000 1111**", "**139****1111**"),
        ("卡6222 0212 3456 7890 123", "卡622202*********0123"),
        ("110105 19491231 002X", "110***********002X"),
        ("zhang.san@qq.com", "z***@qq.com"),
        ("13900001111@139.com", "1***@139.com"),
        ("座机0931-8888888", "座机0931*****88"),
        ("13900001111,13900002222", "139****1111,139****2222"),
        ("财付通订单4200001234202401011234567890", "财付通订单420000******************7890"),
    ],
)
def test_identifiers_are_hidden_in_every_usual_form(text: str, masked: str) -> None:
    assert mask_text(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "",
        "合计 1,234,567.89 元",
        "2024-01-01 12:30:00",
        "20240101123000",
        "credit code 91350100M000100Y43",
        "联行号 102100099996",
        "3fa9c0aa13900001:1:25",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "QQ 12345678",
    ],
)
def test_what_points_at_nobody_is_left_alone(text: str) -> None:
    assert mask_text(text) == text


@pytest.mark.parametrize("unit", ["a", "1", "1 ", "a.b@", "1234 ", "-0", "*1"])
def test_a_huge_cell_costs_no_more_than_its_length(unit: str) -> None:
    """A pattern that steps back over a long cell would take minutes here; this takes a second."""
    started = time.process_time()
    mask_text(unit * (1_000_000 // len(unit)))
    assert time.process_time() - started < 10

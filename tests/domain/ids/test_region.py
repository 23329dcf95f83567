from datetime import date

import pytest

from suyuan.domain.ids.region import PROVINCES, region, revision_on, revisions


def test_a_code_means_what_it_meant_on_the_day() -> None:
    before = region("510202", on=date(1990, 6, 1))
    after = region("500103", on=date(2000, 6, 1))
    assert before is not None
    assert after is not None
    assert (before.name, before.valid, before.revision) == ("四川省 重庆市 市中区", "then", "198912")
    assert (after.name.split()[0], after.name.split()[-1], after.valid) == ("重庆市", "渝中区", "then")


def test_a_code_given_years_after_birth_is_found_in_a_later_revision() -> None:
    found = region("500103", on=date(1990, 6, 1))
    assert found is not None
    assert (found.valid, found.revision, found.province_code) == ("later", "199712", "500000")


def test_an_abolished_code_is_found_in_an_earlier_revision() -> None:
    found = region("110103", on=date(2015, 1, 1))
    assert found is not None
    assert (found.valid, found.name) == ("earlier", "北京市 崇文区")


def test_an_unknown_county_keeps_its_province() -> None:
    found = region("629999", on=date(2000, 1, 1))
    assert found is not None
    assert (found.valid, found.name, found.province) == ("none", "甘肃省", "甘肃省")


def test_a_code_of_no_province_is_none() -> None:
    assert region("990101", on=date(2000, 1, 1)) is None


@pytest.mark.parametrize(
    ("day", "revision"),
    [
        (date(1950, 1, 1), "198012"),
        (date(1985, 12, 1), "198512"),
        (date(1985, 11, 30), "198412"),
        (date(2026, 1, 1), "201904"),
    ],
)
def test_the_newest_revision_not_after_the_month_is_taken(day: date, revision: str) -> None:
    assert revision_on(day) == revision


def test_every_province_is_named() -> None:
    assert len(revisions()) == 82
    assert all(region(f"{code}0000", on=date(2010, 1, 1)) is not None for code in PROVINCES)

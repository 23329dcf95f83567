import numpy as np
import pytest

from suyuan.domain.ids.bank_card import prefixes
from suyuan.domain.ids.credit_code import _kinds
from suyuan.domain.ids.region import PROVINCES
from suyuan.world.frame.dice import dice
from suyuan.world.people.facts import by_weight, days_of, facts, hundredths


@pytest.mark.parametrize("topic", ["", "names", "places", "firms", "banks"])
def test_every_file_names_its_source(topic: str) -> None:
    assert facts(topic)["source"]


def test_the_prefixes_of_made_up_banks_belong_to_nobody() -> None:
    known = [prefix[:6] for prefix in prefixes()]
    for each in facts("banks")["banks"] + facts("banks")["outside"]:
        for made_up in (each["bin"], each["credit_bin"]):
            assert not [prefix for prefix in known if made_up.startswith(prefix) or prefix.startswith(made_up)]


def test_no_prefix_stands_twice() -> None:
    told = [
        each[kind] for each in facts("banks")["banks"] + facts("banks")["outside"] for kind in ("bin", "credit_bin")
    ]
    assert len(set(told)) == len(told)


def test_trades_have_kinds_that_the_standard_knows() -> None:
    for each in facts("firms")["trades"].values():
        assert each["code"] in _kinds()
        assert each["words"]
        assert each["least"] >= 2


def test_about_fifteen_thousand_firms() -> None:
    assert 14_500 <= sum(each["count"] for each in facts("firms")["trades"].values()) <= 15_500


def test_counties_stand_under_their_provinces() -> None:
    for province, codes in facts("counties").items():
        assert province in PROVINCES
        assert {str(code)[:2] for code in codes} == {province}
    assert set(facts("places")["provinces"]) == set(facts("counties"))


def test_weights_and_hundredths_are_kept() -> None:
    drawn = by_weight(dice(1, "w"), {"a": 3, "b": 1, "c": 0}, 4_000)
    assert 2_800 < (drawn == "a").sum() < 3_200
    assert not (drawn == "c").any()
    assert 900 < hundredths(dice(1, "h"), 25, 4_000).sum() < 1_100


def test_days_lie_inside_and_a_day_is_found_when_there_is_no_room() -> None:
    drawn = days_of(dice(1, "d"), np.array([0, 5]), np.array([3, 5]), 2)
    assert 0 <= drawn[0] < 3
    assert drawn[1] == 5

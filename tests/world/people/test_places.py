import re

import numpy as np

from suyuan.world.frame.dice import dice
from suyuan.world.people.facts import facts
from suyuan.world.people.places import (
    birth_places,
    city_names,
    districts,
    elsewhere,
    homes,
    offices,
    place_names,
    towers,
)


def test_people_live_in_the_citys_districts() -> None:
    codes = districts(dice(1, "p"), 3_000)
    assert {str(code) for code in np.unique(codes)} == set(facts("places")["districts"])


def test_most_are_born_nearby_and_some_in_many_provinces() -> None:
    born = birth_places(dice(1, "p"), districts(dice(2, "p"), 5_000))
    province = born // 10_000
    assert 0.75 < (province == 62).sum() / 5_000 < 0.92
    assert len(np.unique(province)) > 20


def test_every_code_has_a_name() -> None:
    codes = elsewhere(dice(1, "p"), 300)
    assert all(place_names(codes).to_pylist())
    assert all(city_names(codes).to_pylist())


def test_names_of_places() -> None:
    assert place_names(np.array([620102, 310101])).to_pylist() == ["甘肃省兰州市城关区", "上海市黄浦区"]
    assert city_names(np.array([620102, 310101, 410105])).to_pylist() == ["兰州", "上海", "郑州"]


def test_homes_have_road_number_building_unit_or_a_village() -> None:
    codes = districts(dice(1, "p"), 400)
    for address in homes(dice(2, "p"), codes).to_pylist():
        assert re.search(r"\d+号.*\d+号楼\d+单元\d+室$|村\d+社\d+号$", address), address


def test_a_tower_stands_in_one_district() -> None:
    where, told = offices(dice(1, "p"), districts(dice(2, "p"), 2_000), towers=12)
    found: dict[str, set[int]] = {}
    for code, address in zip(where.tolist(), told.to_pylist(), strict=True):
        if address.endswith("室"):
            found.setdefault(re.sub(r"\d+层\d+室$", "", address), set()).add(code)
    assert 4 <= len(found) <= 12
    assert all(len(codes) == 1 for codes in found.values())


def test_towers_grow_with_the_city() -> None:
    assert (towers(0.01), towers(1.0)) == (12, 180)

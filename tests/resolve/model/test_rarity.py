"""How common values are."""

from dataclasses import replace

import pytest

from suyuan.engine.protocol import Engine
from suyuan.resolve.model import rarity
from suyuan.resolve.model.rarity import rarities_of, written
from suyuan.resolve.model.weights import SHAPES
from tests.resolve.model.people import profiles

NAMES = replace(SHAPES["person"], rarities={"name": 2, "city": 2})


def test_a_value_counts_once_a_node_and_rare_ones_share_the_rest(engine: Engine) -> None:
    rows: list[dict[str, object]] = [
        {"name": "A", "node_no": 1},
        {"name": "A", "node_no": 1},
        {"name": "A"},
        {"name": "B"},
        {"name": "C"},
    ]
    engine.write("profile_person", profiles(rows))
    told = rarities_of(engine, NAMES, "profile_person")
    assert told == {"name": {"": 0.25, "A": 0.5}, "city": {}}


def test_only_the_most_common_are_listed(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rarity, "MOST", 1)
    engine.write("profile_person", profiles([{"name": "A"}] * 3 + [{"name": "B"}] * 3 + [{"name": "C"}] * 4))
    assert rarities_of(engine, NAMES, "profile_person")["name"] == {"": 0.3, "C": 0.4}


def test_lists_are_written_without_the_rest(engine: Engine) -> None:
    assert written(engine, {"name": {"": 0.1, "A": 0.5}, "city": {}}) == ["model_rarity_name", "model_rarity_city"]
    assert engine.read("model_rarity_name").to_pylist() == [{"value": "A", "share": 0.5}]
    assert engine.read("model_rarity_city").num_rows == 0

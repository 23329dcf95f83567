"""Splink, driven."""

import logging
from typing import Any

import pyarrow as pa
import pytest

from suyuan.domain.errors import DataError
from suyuan.engine.duck import DuckEngine
from suyuan.resolve.model.features import derived, featured
from suyuan.resolve.model.linker import Splink, splink_settings
from suyuan.resolve.model.weights import SHAPES
from tests.resolve.model.people import chinese, profiles
from tests.resolve.model.test_weights import PLAIN

SHAPE = SHAPES["person"]


def linked(engine: DuckEngine, *rows: dict[str, Any]) -> Splink:
    engine.write("profile_person", profiles(list(rows)))
    engine.write("pairs", pa.table({"join_key_l": [1, 1], "join_key_r": [2, 3], "match_key": ["0", "0"]}))
    engine.run([derived(SHAPE, "profile_person", into="model_profile")])
    featured(engine, SHAPE, PLAIN, profiles="model_profile", pairs=None, into="model_seen")
    return Splink(engine, SHAPE, PLAIN, profiles="model_seen")


ROWS = (chinese("张伟", birth="19900101"), chinese("张伟", birth="19900101"), chinese("李静", birth="19850505"))


def test_scores_are_the_sum_of_the_weights() -> None:
    engine = DuckEngine(threads=1)
    told = linked(engine, *ROWS).scores("pairs").sort_by("right_no").to_pylist()
    assert [(row["level_name"], row["level_birth"], row["level_phone"]) for row in told] == [(9, 5, -1), (0, 0, -1)]
    prior = -9.964340867792417
    assert told[0]["weight"] == pytest.approx(prior + 11.598 + PLAIN.bits("birth", 5), abs=0.01)
    assert told[1]["weight"] == pytest.approx(prior + PLAIN.bits("name", 0) + PLAIN.bits("birth", 0), abs=0.001)
    engine.close()


def test_the_least_probability_leaves_the_others_out() -> None:
    engine = DuckEngine(threads=1)
    assert linked(engine, *ROWS).scores("pairs", least=0.5)["right_no"].to_pylist() == [2]
    engine.close()


def test_patterns_are_counted() -> None:
    engine = DuckEngine(threads=1)
    told = linked(engine, *ROWS).patterns("pairs").to_pylist()
    assert sorted((row["level_name"], row["pairs"]) for row in told) == [(0, 1), (9, 1)]
    engine.close()


def test_chance_is_the_share_of_every_level_among_all_pairs() -> None:
    engine = DuckEngine(threads=1)
    told = linked(engine, *ROWS).chance()
    assert told["name"][0] == pytest.approx(1 / 3)
    assert told["name"][-1] == pytest.approx(2 / 3)
    assert told["phone"] == tuple(u for _, u in PLAIN.weights["phone"])
    engine.close()


def test_its_log_stays_as_it_was_also_after_a_failure() -> None:
    engine = DuckEngine(threads=1)
    log = logging.getLogger("splink")
    log.setLevel(logging.INFO)
    splink = linked(engine, *ROWS)
    engine.write("broken", pa.table({"join_key_l": [1]}))
    with pytest.raises(DataError, match="join_key_r"):
        splink.scores("broken")
    assert log.level == logging.INFO
    log.setLevel(logging.NOTSET)
    engine.close()


def test_settings_hold_every_level_with_its_weights() -> None:
    told = splink_settings(SHAPE, PLAIN)["comparisons"]
    assert [each["output_column_name"] for each in told] == [each.name for each in SHAPE.comparisons]
    first = told[0]["comparison_levels"]
    assert first[0]["is_null_level"]
    assert (first[1]["m_probability"], first[1]["u_probability"]) == PLAIN.weights["name"][0]
    assert first[-1]["sql_condition"] == "ELSE"

"""Scores over several worlds."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suyuan.world.score.score import Told, score
from suyuan.world.score.spread import T975, spread, t_interval
from suyuan.world.score.told import as_json
from tests.world.score.small import Small, laid
from tests.world.score.test_score import ALL, perfect


def _document(small: Small, told: Told = ALL) -> dict[str, Any]:
    with laid(small) as engine:
        return as_json(score(engine, told=told))


def _unlucky() -> Small:
    small = perfect()
    small.tables["found_lead"] = []
    return small


def test_the_interval_is_student_s() -> None:
    stats = pytest.importorskip("scipy.stats", reason="scipy is a development dependency")
    values = [0.7, 0.8, 0.95, 0.9]
    low, high = stats.t.interval(0.95, 3, loc=sum(values) / 4, scale=stats.sem(values))
    assert t_interval(values) == pytest.approx((low, high), abs=1e-3)
    assert [stats.t.ppf(0.975, n) for n in range(1, 31)] == pytest.approx(T975, abs=1e-3)


def test_one_world_has_no_interval() -> None:
    assert t_interval([0.5]) is None


@given(st.lists(st.floats(0, 1), min_size=2, max_size=60))
def test_the_mean_lies_in_its_interval(values: list[float]) -> None:
    ends = t_interval(values)
    assert ends is not None
    assert ends[0] - 1e-9 <= sum(values) / len(values) <= ends[1] + 1e-9


def test_numbers_keep_their_keys_and_get_mean_and_interval() -> None:
    told = spread([_document(perfect()), _document(_unlucky())])
    assert told["worlds"] == 2
    recall = told["rings"]["recall"]
    assert (recall["mean"], recall["worlds"]) == (0.5, 2)
    assert (recall["low"], recall["high"]) == pytest.approx((-5.853, 6.853))
    assert told["typologies"]["lending.routine_loan"]["ap"]["mean"] == 1


def test_a_number_that_is_null_in_one_world_is_told_of_the_others() -> None:
    told = spread([_document(perfect()), _document(_unlucky())])
    assert (told["rings"]["precision"]["mean"], told["rings"]["precision"]["worlds"]) == (1, 1)


def test_a_number_that_is_null_everywhere_stays_null_with_its_reason() -> None:
    told = spread([_document(perfect()), _document(perfect())])
    assert told["early"]["median_days"] is None
    assert told["why"]["early.median_days"]["en"] == "Nothing was replayed."
    assert "rings.precision" not in told["why"]


def test_counts_are_taken_together_by_kind() -> None:
    told = spread([_document(perfect()), _document(_unlucky())])["pooled"]["rings"]
    assert (told["planted"], told["found"], told["share"]) == (10, 5, 0.5)
    assert told["by_kind"]["lanzhou"]["interval"] == pytest.approx([0.2366, 0.7634], abs=1e-4)


def test_what_is_null_in_one_world_and_a_list_in_another_is_told() -> None:
    one, two = _document(perfect()), _document(perfect())
    two["early"]["median_days"] = [3, 17]
    for order in ([one, two], [two, one]):
        told = spread(order)
        assert told["early"]["median_days"]["1"] == {"mean": 17, "low": None, "high": None, "worlds": 1}

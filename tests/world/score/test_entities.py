"""Pairs of records and clusters that were brought together."""

import pytest
from hypothesis import given, settings

from suyuan.world.score.entities import KINDS, EntityScores, entity_scores
from suyuan.world.score.truth import truth_steps
from tests.world.score.small import Naive, Small, add_record, laid, smalls


def _scored(small: Small) -> dict[str, EntityScores]:
    with laid(small) as engine:
        engine.run(truth_steps())
        return dict(entity_scores(engine))


def test_one_record_astray_costs_pairs_on_both_sides() -> None:
    small = Small()
    for key, who, entity in (
        ("a", "person:1", "x"),
        ("b", "person:1", "x"),
        ("c", "person:1", "y"),
        ("d", "person:2", "y"),
    ):
        add_record(small, who, entity=entity, key=key)
    scores = _scored(small)["person"]
    assert (scores.precision, scores.recall) == (0.5, 1 / 3)
    assert scores.f1 == pytest.approx(0.4)
    assert scores.cluster_f1 == 0


def test_a_record_that_the_run_does_not_know_stands_alone() -> None:
    small = Small()
    add_record(small, "person:1", key="a")
    add_record(small, "person:1", key="b")
    small["found_entity"].pop()
    scores = _scored(small)["person"]
    assert (scores.records, scores.known, scores.recall, scores.precision) == (2, 1, 0, None)


def test_no_records_are_null() -> None:
    scores = _scored(Small())
    assert all(scores[kind].f1 is None and scores[kind].records == 0 for kind in KINDS)


@settings(max_examples=40)
@given(smalls())
def test_numbers_equal_those_of_every_pair(small: Small) -> None:
    naive, scores = Naive(small), _scored(small)
    for kind in KINDS:
        told = scores[kind]
        assert (told.precision, told.recall, told.f1) == pytest.approx(naive.pairs(kind))
        assert told.cluster_f1 == pytest.approx(naive.cluster_f1(kind))

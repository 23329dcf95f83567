"""Pairs of records and clusters that were brought together."""

import pytest
from hypothesis import given, settings

from suyuan.world.score.entities import KINDS, EntityScores, entity_scores
from suyuan.world.score.truth import truth_steps
from tests.world.score.small import Naive, Small, add_record, laid, smalls


def _scored(small: Small, *, among: list[str] | None = None) -> dict[str, EntityScores]:
    with laid(small) as engine:
        engine.run(truth_steps())
        return dict(entity_scores(engine, among=among))


def _mixed() -> Small:
    """Return three records of one person and one of another, two and two in a cluster."""
    small = Small()
    for key, who, entity in (("a", 1, "x"), ("b", 1, "x"), ("c", 1, "y"), ("d", 2, "y")):
        add_record(small, f"person:{who}", entity=entity, key=key)
    return small


def test_one_record_astray_costs_pairs_on_both_sides() -> None:
    small = _mixed()
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


def test_purity_is_the_share_of_records_that_are_whom_most_of_their_cluster_are() -> None:
    small = _mixed()
    add_record(small, "person:3", entity="z", key="e")
    scores = _scored(small)["person"]
    assert (scores.clusters, scores.purity) == (2, 3 / 4)


@pytest.mark.parametrize(
    ("numbers", "clusters"), [(["1", "1", "1", "2"], 1), (["1", "1", "1", None], 0), (["1", "2", "3", "4"], 2)]
)
def test_a_cluster_with_two_numbers_in_full_is_counted(numbers: list[str | None], clusters: int) -> None:
    small = _mixed()
    for row, number in zip(small["truth_records"], numbers, strict=True):
        row["id_no"] = number
    scores = _scored(small)
    assert (scores["person"].two_ids, scores["company"].two_ids, scores["account"].two_ids) == (clusters, 0, None)


def test_a_truth_without_numbers_says_nothing_of_two() -> None:
    with laid(_mixed()) as engine:
        engine.write("truth_records", engine.read("truth_records").drop_columns(["id_no"]))
        engine.run(truth_steps())
        assert entity_scores(engine)["person"].two_ids is None


def test_records_of_chosen_institutions_alone_are_counted() -> None:
    small = _mixed()
    for table in ("truth_records", "truth_rows", "found_entity"):
        small[table][2]["source"] = "another"
    scores = _scored(small, among=["s"])["person"]
    assert (scores.records, scores.precision, scores.recall, scores.purity) == (3, 1.0, 1.0, 1.0)
    assert _scored(small, among=[])["person"].records == 0


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

"""Subjects that typologies name."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suyuan.world.score.score import bring
from suyuan.world.score.typologies import TypologyScores, average_precision, typology_scores
from tests.world.score.small import TYPOLOGIES, Naive, Small, add_record, add_ring, laid, smalls


def _scored(small: Small, *ran: str) -> Mapping[str, TypologyScores]:
    with laid(small) as engine:
        bring(engine, entities=True)
        return typology_scores(engine, ran=ran)


def _fire(small: Small, typology: str, subject: str, score: float) -> None:
    row = {
        "typology_id": typology,
        "subject_kind": subject.split(":", maxsplit=1)[0],
        "subject_id": subject,
        "score": score,
    }
    small["found_signal"].append(row)


def _show(small: Small, typology: str, subject: str) -> None:
    row = {
        "ring_id": "r",
        "typology_id": typology,
        "subject_kind": subject.split(":", maxsplit=1)[0],
        "truth_id": subject,
    }
    small["truth_shows"].append(row)


def test_a_typology_is_known_by_the_last_part_of_its_id_too() -> None:
    small = Small()
    add_ring(small, "r", {"company:1": "lender", "company:3": "lender"})
    for number in (1, 2, 3):
        add_record(small, f"company:{number}")
    _fire(small, "lending.routine_loan", "company:1", 0.9)
    _fire(small, "lending.routine_loan", "company:2", 0.8)
    _show(small, "routine_loan", "company:1")
    _show(small, "routine_loan", "company:3")
    scores = _scored(small)
    assert list(scores) == ["lending.routine_loan"]
    told = scores["lending.routine_loan"]
    assert (told.precision, told.recall, told.ap, told.involved) == (0.5, 0.5, 0.5, 0.5)


def test_a_typology_that_the_truth_names_in_two_ways_is_one() -> None:
    small = Small()
    _show(small, "pass_through", "account:1")
    _show(small, "funds.pass_through", "account:2")
    scores = _scored(small, "money.pass_through")
    assert {name: one.shown for name, one in scores.items()} == {"money.pass_through": 2}
    assert list(_scored(small)) == ["funds.pass_through"]


def test_a_typology_that_the_truth_does_not_speak_of_has_no_scores() -> None:
    small = Small()
    _fire(small, "funds.cycle", "account:1", 0.5)
    told = _scored(small)["funds.cycle"]
    assert told.precision is told.recall is told.ap is None
    assert told.fired == 1


def test_a_typology_that_never_fired_has_recall_zero() -> None:
    small = Small()
    _show(small, "illegal_ads", "handle:1")
    told = _scored(small, "ads.illegal_ads")["ads.illegal_ads"]
    assert (told.precision, told.recall, told.ap) == (None, 0, 0)


def test_a_typology_that_did_not_run_has_no_scores() -> None:
    small = Small()
    _show(small, "illegal_ads", "handle:1")
    told = _scored(small)["illegal_ads"]
    assert (told.ran, told.precision, told.recall, told.ap) == (False, None, None, None)


def test_subjects_that_are_no_entities_are_known_by_their_source_and_key() -> None:
    small = Small()
    add_record(small, "app:1", key="k")
    _show(small, "app_family", "app:1")
    row = {"typology_id": "apps.app_family", "subject_kind": "app", "subject_id": "s:k", "score": 1.0}
    small["found_signal"].append(row)
    assert _scored(small)["apps.app_family"].recall == 1


def test_the_account_of_a_victim_is_involved() -> None:
    small = Small()
    add_record(small, "account:1")
    small["truth_holders"].append({"account_id": "account:1", "holder_id": "person:1"})
    small["truth_victims"].append({"ring_id": "r", "truth_id": "person:1"})
    _fire(small, "funds.pass_through", "account:1", 0.5)
    assert _scored(small)["funds.pass_through"].involved == 1


@given(st.lists(st.tuples(st.sampled_from([0.1, 0.2, 0.3, 0.4]), st.booleans()), max_size=30), st.integers(0, 5))
def test_average_precision_equals_scikit_learn_s(rows: list[tuple[float, bool]], unranked: int) -> None:
    metrics = pytest.importorskip("sklearn.metrics", reason="scikit-learn is a development dependency")
    good = sum(right for _, right in rows)
    ranked = sorted(rows, key=lambda row: -row[0])
    told = average_precision(ranked, good=good + unranked)
    if not good + unranked:
        assert told is None
    elif not good:
        assert told == 0
    else:
        by_library = metrics.average_precision_score([right for _, right in rows], [score for score, _ in rows])
        assert told == pytest.approx(by_library * good / (good + unranked))


@settings(max_examples=40)
@given(smalls())
def test_numbers_equal_a_naive_reckoning(small: Small) -> None:
    naive, scores = Naive(small), _scored(small, *TYPOLOGIES)
    for typology in TYPOLOGIES:
        fired, shown = naive.fired(typology), naive.shown(typology)
        hit, told = len(fired.keys() & shown), scores[typology]
        assert told.precision == (hit / len(fired) if fired and shown else None)
        assert told.recall == (hit / len(shown) if shown else None)
        assert told.ap == (None if not shown else pytest.approx(naive.average_precision(typology)))

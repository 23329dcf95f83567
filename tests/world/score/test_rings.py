"""Rings found, and how many of the first leads are worth a look."""

import pytest
from hypothesis import given, settings

from suyuan.world.score.rings import Overlap, Planted, RingScores, planted, precision_at, ring_scores
from suyuan.world.score.score import bring, raised
from tests.world.score.small import Naive, Small, add_lead, add_record, add_ring, laid, smalls

FOUR = {f"person:{n}": "operator" for n in range(4)}


def _scored(small: Small) -> RingScores:
    with laid(small) as engine:
        found = bring(engine, entities=True)
        return ring_scores(rings=planted(engine), raised=raised(engine), overlaps=found)


def _world(*members: str, strangers: int = 0) -> Small:
    small = Small()
    add_ring(small, "r", FOUR)
    for who in (*FOUR, "person:7", "person:8", "person:9"):
        add_record(small, who)
    add_lead(small, "l", dict.fromkeys([*members, *(f"person:{7 + n}" for n in range(strangers))], "lender"))
    return small


def test_half_of_the_core_is_enough_and_less_is_not() -> None:
    assert _scored(_world("person:0", "person:1")).recall == 1
    assert _scored(_world("person:0")).recall == 0


def test_half_of_the_lead_may_be_strangers_and_no_more() -> None:
    assert _scored(_world("person:0", "person:1", strangers=2)).recall == 1
    assert _scored(_world("person:0", "person:1", strangers=3)).recall == 0


def test_a_lead_on_nothing_lowers_precision_alone() -> None:
    small = _world("person:0", "person:1")
    add_lead(small, "false", {"person:9": "lender"})
    scores = _scored(small)
    assert (scores.recall, scores.precision) == (1, 0.5)


def test_jaccard_and_leads_per_found_ring_are_told() -> None:
    small = _world("person:0", "person:1", strangers=1)
    add_lead(small, "second", {"person:3": "lender"})
    scores = _scored(small)
    assert scores.jaccard == pytest.approx(2 / 5)
    assert scores.leads_per_found_ring == 2
    assert scores.best == {"r": "l"}


def test_hidden_rings_are_counted_apart() -> None:
    small = _world("person:0", "person:1")
    add_ring(small, "h", {"person:9": "operator"}, hidden=True)
    scores = _scored(small)
    assert (scores.hidden, scores.hidden_found, scores.hidden_recall) == (1, 0, 0)


def test_no_rings_and_no_leads_are_null_and_no_crash() -> None:
    scores = _scored(Small())
    assert scores.recall is scores.precision is scores.jaccard is scores.hidden_recall is None
    assert scores.precision_at == {10: None, 50: None}


def test_rings_without_leads_have_recall_zero_and_unknown_precision() -> None:
    small = Small()
    add_ring(small, "r", FOUR)
    scores = _scored(small)
    assert (scores.recall, scores.precision, scores.precision_at[10]) == (0, None, None)


def test_a_second_lead_on_one_ring_is_a_miss() -> None:
    found = [Overlap(lead_id=lead, ring_id="r", shared=2, lead_size=2, ring_size=2) for lead in ("a", "b")]
    assert precision_at(10, raised=["a", "b"], overlaps=found) == 0.5


def test_precision_at_k_divides_by_the_leads_that_there_are() -> None:
    found = [Overlap(lead_id="a", ring_id="r", shared=1, lead_size=1, ring_size=1)]
    assert precision_at(50, raised=["a"], overlaps=found) == 1
    assert precision_at(1, raised=["b", "a"], overlaps=found) == 0


def test_kinds_bear_wilsons_interval() -> None:
    rings = [Planted(ring_id=f"r{n}", kind="lanzhou", hidden=False) for n in range(10)]
    found = [Overlap(lead_id=f"l{n}", ring_id=f"r{n}", shared=1, lead_size=1, ring_size=1) for n in range(10)]
    kind = ring_scores(rings=rings, raised=[f"l{n}" for n in range(10)], overlaps=found).by_kind["lanzhou"]
    assert (kind.planted, kind.found) == (10, 10)
    assert kind.interval == pytest.approx((0.7225, 1.0), abs=1e-4)


def test_a_ring_that_a_lead_is_about_is_seen_though_it_is_not_found() -> None:
    scores = _scored(_world("person:0", strangers=1))
    assert (scores.recall, scores.seen, scores.core_held) == (0, 1, 0.25)
    scores = _scored(_world("person:0", strangers=2))
    assert (scores.seen, scores.core_held) == (0, 0)


def _held(naive: Naive, ring: str) -> float:
    core = naive.ring_core[ring]
    return max(
        (len(core & naive.core[lead]) / len(core) for lead in naive.raised if naive.about(lead, ring)), default=0
    )


@settings(max_examples=40)
@given(smalls())
def test_numbers_equal_a_naive_reckoning(small: Small) -> None:
    naive, scores = Naive(small), _scored(small)
    rings = small["truth_rings"]
    found, best = naive.found(), naive.best()
    assert scores.recall == (len(found) / len(rings) if rings else None)
    hits = sum(any(naive.finds(lead, ring) for ring in naive.ring_core) for lead in naive.raised)
    assert scores.precision == (hits / len(naive.raised) if naive.raised else None)
    assert dict(scores.best) == best
    seen = {ring for ring in naive.ring_core for lead in naive.raised if naive.about(lead, ring)}
    assert scores.seen == len(seen)
    held = [_held(naive, ring) for ring in naive.ring_core]
    assert scores.core_held == (pytest.approx(sum(held) / len(held)) if held else None)
    for kind, told in scores.by_kind.items():
        mine = {ring["ring_id"] for ring in rings if ring["kind"] == kind}
        assert (told.planted, told.found) == (len(mine), len(mine & found))
    hidden = {ring["ring_id"] for ring in rings if ring["hidden"]}
    assert scores.hidden_recall == (len(hidden & found) / len(hidden) if hidden else None)
    assert scores.precision_at == {k: naive.precision_at(k) for k in (10, 50)}
    if found:
        assert scores.jaccard == pytest.approx(sum(naive.jaccard(best[r], r) for r in found) / len(found))
        about = sum(naive.about(lead, ring) for ring in found for lead in naive.raised)
        assert scores.leads_per_found_ring == pytest.approx(about / len(found))

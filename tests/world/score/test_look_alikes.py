"""Honest look-alikes that were taken for a ring."""

from hypothesis import given, settings

from suyuan.world.score.look_alikes import AlikeScores, alike_scores
from suyuan.world.score.score import bring
from tests.world.score.small import Naive, Small, add_lead, add_record, laid, smalls


def _scored(small: Small) -> AlikeScores:
    with laid(small) as engine:
        bring(engine, entities=True)
        return alike_scores(engine)


def _market(role: str, lead_role: str) -> Small:
    small = Small()
    add_record(small, "company:1")
    small["truth_lookalikes"].append({"kind": "market", "instance": 0, "truth_id": "company:1", "role": role})
    small["truth_lookalikes"].append({"kind": "market", "instance": 1, "truth_id": "company:2", "role": "main"})
    add_lead(small, "l", {"company:1": lead_role})
    return small


def test_a_core_member_of_a_raised_lead_is_flagged() -> None:
    scores = _scored(_market("main", "lender"))
    assert (scores.cases, scores.flagged, scores.share) == (2, 1, 0.5)


def test_a_look_alike_told_as_a_victim_is_not_flagged() -> None:
    assert _scored(_market("main", "victim")).flagged == 0


def test_its_crowd_makes_no_case() -> None:
    scores = _scored(_market("crowd", "lender"))
    assert (scores.cases, scores.flagged) == (1, 0)


def test_a_world_without_look_alikes_has_no_share() -> None:
    assert _scored(Small()).share is None


@settings(max_examples=40)
@given(smalls())
def test_numbers_equal_a_naive_reckoning(small: Small) -> None:
    told = {kind: (one.cases, one.flagged) for kind, one in _scored(small).by_kind.items()}
    assert told == Naive(small).flagged()

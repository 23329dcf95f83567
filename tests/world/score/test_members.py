"""Who was known, in which role, and who controls."""

from collections import defaultdict

import pytest
from hypothesis import given, settings

from suyuan.world.score.members import (
    MemberScores,
    controller_scores,
    member_scores,
    role_scores,
    told_controllers,
    told_roles,
    true_controllers,
    true_roles,
)
from suyuan.world.score.score import bring
from tests.world.score.small import Naive, Small, add_lead, add_record, add_ring, laid, smalls


def _scored(small: Small) -> MemberScores:
    with laid(small) as engine:
        bring(engine, entities=True)
        return member_scores(engine)


def test_members_are_counted_by_their_true_role_and_by_the_lead_s() -> None:
    small = Small()
    add_ring(small, "r", {"person:1": "operator", "person:2": "operator", "person:3": "victim"})
    for number in range(1, 5):
        add_record(small, f"person:{number}")
    add_lead(small, "l", {"person:1": "lender", "person:3": "victim", "person:4": "lender"})
    scores = _scored(small)
    assert (scores.precision, scores.recall, scores.f1) == (0.5, 0.5, 0.5)
    assert {role: (t.held, t.members) for role, t in scores.by_true_role.items()} == {
        "operator": (1, 2),
        "victim": (1, 1),
    }
    assert {role: (t.held, t.members) for role, t in scores.by_lead_role.items()} == {
        "lender": (1, 2),
        "victim": (1, 1),
    }


def test_nothing_at_all_is_null() -> None:
    scores = _scored(Small())
    assert scores.precision is scores.recall is scores.f1 is None


def test_one_of_several_true_roles_is_enough() -> None:
    true = {"r": {"a": frozenset({"operator", "nominee"}), "b": frozenset({"shell"})}}
    told = {"l": {"a": frozenset({"operator"}), "b": frozenset({"operator"})}}
    scores = role_scores(best={"r": "l"}, true=true, told=told)
    assert scores.by_role == {"operator": pytest.approx(2 / 3), "shell": 0.0}
    assert scores.macro_f1 == pytest.approx(1 / 3)


def test_no_found_ring_has_no_roles_to_tell() -> None:
    assert role_scores(best={}, true={}, told={}).macro_f1 is None


def test_the_first_controller_may_stand_third() -> None:
    true = {"r": frozenset({"boss"})}
    scores = controller_scores(best={"r": "l"}, true=true, told={"l": ["front", "lawyer", "boss", "clerk"]})
    assert (scores.hit_at_1, scores.hit_at_3) == (0, 1)


def test_rings_without_a_known_controller_are_not_asked_for() -> None:
    assert controller_scores(best={"r": "l"}, true={}, told={"l": ["a"]}).hit_at_1 is None


@settings(max_examples=40)
@given(smalls())
def test_members_equal_a_naive_reckoning(small: Small) -> None:
    naive, scores = Naive(small), _scored(small)
    led = [(lead, who) for lead in naive.raised for who in naive.core[lead]]
    planted = [(ring, who) for ring, core in naive.ring_core.items() for who in core]
    anywhere, known = {who for _, who in planted}, {who for _, who in led}
    assert scores.precision == (sum(who in anywhere for _, who in led) / len(led) if led else None)
    assert scores.recall == (sum(who in known for _, who in planted) / len(planted) if planted else None)
    standing = {who for lead in naive.raised for who, _ in naive.members(lead)}
    true = {(row["ring_id"], row["truth_id"], row["role"]) for row in small["truth_members"]}
    for role, tally in scores.by_true_role.items():
        mine = [who for _, who, each in true if each == role]
        assert (tally.members, tally.held) == (len(mine), sum(who in standing for who in mine))
    bearers = {who for _, who, _ in true}
    told = {(lead, who, row["role"] or "") for lead in naive.raised for who, row in naive.members(lead)}
    for role, tally in scores.by_lead_role.items():
        said = [who for _, who, each in told if each == role]
        assert (tally.members, tally.held) == (len(said), sum(who in bearers for who in said))


@settings(max_examples=40)
@given(smalls())
def test_roles_and_controllers_equal_a_naive_reckoning(small: Small) -> None:
    naive = Naive(small)
    best = naive.best()
    with laid(small) as engine:
        bring(engine, entities=True)
        roles = role_scores(best=best, true=true_roles(engine), told=told_roles(engine))
        controllers = controller_scores(best=best, true=true_controllers(engine), told=told_controllers(engine))
    asked, hits = 0, {1: 0, 3: 0}
    mine = sorted({row["role"] for row in small["truth_members"] if row["ring_id"] in best})
    f1s = [_naive_role(naive, best, role) for role in mine]
    for ring, lead in best.items():
        bosses = {r["truth_id"] for r in small["truth_members"] if r["ring_id"] == ring and r["controller_rank"] == 1}
        ranks: dict[str, int] = {}
        for who, row in naive.members(lead):
            if row["controller_rank"]:
                ranks[who] = min(row["controller_rank"], ranks.get(who, 99))
        order = [who for _, who in sorted((rank, who) for who, rank in ranks.items())]
        asked += bool(bosses)
        for k in hits:
            hits[k] += bool(bosses & set(order[:k]))
    asked_roles = [f1 for f1 in f1s if f1 is not None]
    assert roles.macro_f1 == (pytest.approx(sum(asked_roles) / len(asked_roles)) if asked_roles else None)
    assert controllers.hit_at_1 == (hits[1] / asked if asked else None)
    assert controllers.hit_at_3 == (hits[3] / asked if asked else None)


def _naive_role(naive: Naive, best: dict[str, str], role: str) -> float | None:
    hit = wrong = missed = 0
    for ring, lead in best.items():
        real: dict[str, set[str]] = defaultdict(set)
        said: dict[str, set[str]] = defaultdict(set)
        for row in naive.small["truth_members"]:
            if row["ring_id"] == ring:
                real[row["truth_id"]].add(row["role"])
        for who, row in naive.members(lead):
            if row["role"]:
                said[who].add(row["role"])
        for who in {*real, *said}:
            hit += role in real[who] and role in said[who]
            wrong += role in said[who] and role not in real[who]
            missed += role in real[who] and not real[who] & said[who]
    if not hit + missed:
        return None
    precision, recall = hit / (hit + wrong) if hit + wrong else 0, hit / (hit + missed)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

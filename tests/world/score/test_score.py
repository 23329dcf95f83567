"""Every number at once: perfect, empty, shuffled."""

import random

from hypothesis import given, settings

from suyuan.world.score.score import Scores, Told, score
from tests.world.score.small import NOT_CORE, Naive, Small, add_lead, add_record, add_ring, laid, smalls

ALL = Told(entities=True, typologies=frozenset({"lending.routine_loan"}), roles=True, controllers=True)


def _scored(small: Small) -> Scores:
    with laid(small) as engine:
        return score(engine, told=ALL)


def perfect(rings: int = 5) -> Small:
    """Return a world whose every ring is one lead of just its members, in their roles, of its amount."""
    small = Small()
    for number in range(rings):
        roles = {f"person:{number}{n}": role for n, role in enumerate(("operator", "nominee", "collection", "victim"))}
        add_ring(small, f"r{number}", roles, hidden=number % 2 == 0)
        for who in roles:
            for copy in range(3):
                add_record(small, who, key=f"{who}-{copy}")
        for copy in range(2):
            add_record(small, f"company:{number}", key=f"company:{number}-{copy}")
            add_record(small, f"account:{number}", key=f"account:{number}-{copy}")
        small["truth_members"][-4]["controller_rank"] = 1
        add_lead(small, f"l{number}", dict(roles))
        small["found_lead"][-1]["amount_fen"] = 1000
        small["found_member"][-4]["controller_rank"] = 1
        for who in (f"person:{number}0", f"person:{number}1"):
            show = {"ring_id": f"r{number}", "typology_id": "routine_loan", "subject_kind": "person", "truth_id": who}
            small["truth_shows"].append(show)
            row = {"typology_id": "lending.routine_loan", "subject_kind": "person", "subject_id": who, "score": 0.7}
            small["found_signal"].append(row)
    return small


def test_perfect_input_scores_one_everywhere() -> None:
    scores = _scored(perfect())
    rings, members, roles, controllers = scores.rings, scores.members, scores.roles, scores.controllers
    assert roles is not None
    assert controllers is not None
    assert scores.entities
    assert scores.typologies
    ones = [rings.recall, rings.precision, rings.jaccard, rings.leads_per_found_ring, rings.hidden_recall]
    ones += [*rings.precision_at.values(), *(kind.recall for kind in rings.by_kind.values())]
    ones += [members.precision, members.recall, members.f1, scores.money.amount_found_share, roles.macro_f1]
    ones += [tally.share for tally in (*members.by_true_role.values(), *members.by_lead_role.values())]
    ones += [controllers.hit_at_1, controllers.hit_at_3]
    for entity in scores.entities.values():
        ones += [entity.precision, entity.recall, entity.f1, entity.cluster_f1]
    for typology in scores.typologies.values():
        ones += [typology.precision, typology.recall, typology.ap, typology.involved]
    assert set(ones) == {1.0}


def test_empty_input_scores_zero_or_null_and_does_not_crash() -> None:
    nothing = _scored(Small())
    assert nothing.rings.recall is None
    small = perfect()
    for name in ("found_lead", "found_member", "found_entity", "found_signal"):
        small.tables[name] = []
    scores = _scored(small)
    assert scores.roles is not None
    assert scores.controllers is not None
    assert scores.entities
    assert scores.typologies
    assert (scores.rings.recall, scores.members.recall, scores.money.amount_found_share) == (0, 0, 0)
    assert (scores.rings.precision, scores.roles.macro_f1, scores.controllers.hit_at_1) == (None, None, None)
    assert all((one.recall, one.f1) == (0, 0) for one in scores.entities.values())
    assert {(one.recall, one.ap) for one in scores.typologies.values()} == {(0, 0)}


def test_what_a_tool_does_not_speak_of_is_null() -> None:
    with laid(perfect()) as engine:
        silent = Told(entities=True, typologies=None, roles=False, controllers=False)
        scores = score(engine, told=silent)
    assert all(part is None for part in (scores.typologies, scores.roles, scores.controllers, scores.early))


def test_shuffled_labels_score_near_chance() -> None:
    """Members dealt to leads at random: a member is core of some ring as often as anybody is."""
    dice = random.Random(7)
    small, people = Small(), [f"person:{n}" for n in range(2000)]
    for who in people:
        add_record(small, who)
    for number in range(50):
        add_ring(small, f"r{number}", dict.fromkeys(people[number * 10 : number * 10 + 10], "operator"))
        small["truth_lookalikes"].append(
            {"kind": "market", "instance": number, "truth_id": people[-1 - number], "role": "main"}
        )
    dealt = dice.sample(people, 500)
    for number in range(50):
        add_lead(small, f"l{number}", dict.fromkeys(dealt[number * 10 : number * 10 + 10], "lender"))
    scores = _scored(small)
    assert scores.rings.recall == scores.rings.precision == scores.rings.precision_at[50] == 0
    assert scores.members.precision is not None
    assert abs(scores.members.precision - 0.25) < 0.06
    assert scores.members.recall is not None
    assert abs(scores.members.recall - 0.25) < 0.06
    assert scores.alike.share is not None
    assert abs(scores.alike.share - 0.25) < 0.2


def test_shuffled_entities_bring_together_as_many_true_pairs_as_chance_does() -> None:
    dice = random.Random(7)
    small = Small()
    names = [f"person:{n}" for n in range(100) for _ in range(10)]
    dealt = names.copy()
    dice.shuffle(dealt)
    for number, (who, entity) in enumerate(zip(names, dealt, strict=True)):
        add_record(small, who, entity=entity, key=str(number))
    scores = _scored(small)
    assert scores.entities is not None
    precision = scores.entities["person"].precision
    assert precision is not None
    assert abs(precision - 9 / 999) < 0.005


@settings(max_examples=40)
@given(smalls())
def test_money_and_ties_equal_a_naive_reckoning(small: Small) -> None:
    naive, scores = Naive(small), _scored(small)
    told = {row["lead_id"]: row["amount_fen"] for row in small["found_lead"] if row["raised"]}
    true = {row["ring_id"]: row["amount_fen"] for row in small["truth_rings"]}
    found = sum(min(true[ring], told[lead] or 0) for ring, lead in naive.best().items())
    silent = told and all(fen is None for fen in told.values())
    assert scores.money.amount_found_share == (
        found / sum(true.values()) if sum(true.values()) and not silent else None
    )


def test_the_words_of_the_truth_and_of_leads_agree_on_who_is_no_core() -> None:
    from suyuan.world.frame.truths import NOT_CORE as WORLDS
    from suyuan.world.score.found import NOT_CORE as LEADS

    assert NOT_CORE == WORLDS
    assert set(LEADS) >= WORLDS

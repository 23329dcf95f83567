"""The scores as a document."""

import json

import pytest
from hypothesis import given, settings

from suyuan.world.score.early import Look
from suyuan.world.score.score import Told, lead_scores, score
from suyuan.world.score.told import as_json, nulls
from tests.world.score.small import START, Small, laid, smalls
from tests.world.score.test_score import perfect

ALL = Told(entities=True, typologies=frozenset(), roles=True, controllers=True)
SILENT = Told(entities=False, typologies=None, roles=False, controllers=False)
KEYS = (
    *("rings.recall", "rings.precision", "rings.by_kind", "leads.precision_at_10", "leads.precision_at_50"),
    *(
        "lookalikes.flagged_share",
        "lookalikes.by_kind",
        "hidden.recall",
        "controllers.hit_at_1",
        "controllers.hit_at_3",
    ),
    *("roles.macro_f1", "money.amount_found_share", "early.median_loss_share", "early.seen_before_30pct"),
    *(f"entities.{kind}.{n}" for kind in ("person", "company", "account") for n in ("precision", "recall", "f1")),
)


def _unexplained(small: Small, told: Told) -> list[str]:
    with laid(small) as engine:
        document = as_json(score(engine, told=told))
    json.dumps(document)
    return [path for path in nulls(document) if path not in document["why"] and not path.endswith(COUNTS)]


COUNTS = (
    *("records", "known", "clusters", "two_ids", "lines", "pairs"),
    *("rings", "tied", "looks", "step_days", "seen"),
)


@pytest.mark.parametrize("path", KEYS)
def test_the_promised_keys_are_there(path: str) -> None:
    with laid(Small()) as engine:
        told = as_json(score(engine, told=SILENT))
    for part in path.split("."):
        assert part in told
        told = told[part]


def test_typologies_have_their_promised_keys() -> None:
    with laid(perfect()) as engine:
        told = as_json(score(engine, told=ALL))
    assert {"precision", "recall", "ap"} <= told["typologies"]["lending.routine_loan"].keys()


def test_every_null_has_its_reason_in_both_languages() -> None:
    for small in (Small(), perfect()):
        assert _unexplained(small, ALL) == []
        assert _unexplained(small, SILENT) == []
    with laid(Small()) as engine:
        why = as_json(score(engine, told=SILENT))["why"]
    assert all(set(words) == {"en", "zh"} and all(words.values()) for words in why.values())


@settings(max_examples=30)
@given(smalls())
def test_no_null_is_without_a_reason_whatever_was_found(small: Small) -> None:
    assert _unexplained(small, ALL) == []


def test_a_replay_and_an_ablation_are_told() -> None:
    small = perfect()
    with laid(small) as engine:
        alone = lead_scores(engine, entities=True)
        looks = [Look(on=START.date(), about=frozenset({"r0"}), found=frozenset({"r0"}))]
        told = as_json(score(engine, told=ALL, looks=looks, without={"lending.routine_loan": alone}))
    assert told["early"]["seen"] == 1
    assert told["early"]["median_days"] == [-14, 0]
    assert told["typologies"]["lending.routine_loan"]["without"]["rings_recall"] == 1

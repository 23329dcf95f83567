"""Why a pair has its weight."""

import pytest

from suyuan.domain.say import say
from suyuan.resolve.model.explain import explained
from tests.resolve.model.test_weights import PLAIN


def test_reasons_come_strongest_first_and_leave_out_what_was_not_compared() -> None:
    told = explained(PLAIN, {"sex": 0, "name": 9, "birth": -1})
    assert [(reason.comparison, reason.level) for reason in told] == [("name", "model.same"), ("sex", "model.differs")]
    assert told[0].bits == pytest.approx(15.505, abs=0.001)
    assert told[1].bits < 0


def test_with_the_weight_all_bits_add_up_to_it() -> None:
    told = explained(PLAIN, {"sex": 1, "name": 9}, 12.5)
    assert sum(reason.bits for reason in told) == pytest.approx(12.5)
    assert {reason.comparison for reason in told} == {"name", "sex", "prior", "rarity"}


def test_what_rounding_leaves_is_no_reason() -> None:
    bare = explained(PLAIN, {"sex": 1}, 0.0)
    exact = sum(reason.bits for reason in bare if reason.comparison != "rarity")
    assert "rarity" not in {reason.comparison for reason in explained(PLAIN, {"sex": 1}, exact + 0.004)}


def test_every_reason_can_be_read() -> None:
    for reason in explained(PLAIN, dict.fromkeys(PLAIN.weights, 1), 3.0):
        assert say(reason.label, lang="zh")
        assert say(reason.level, lang="en")

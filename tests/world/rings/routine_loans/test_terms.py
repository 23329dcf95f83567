"""Terms as the data files tell them."""

from typing import Any

import pytest

from suyuan.world.rings.plan import figures
from suyuan.world.rings.routine_loans.terms import Terms

KINDS = ("lanzhou", "qitaihe")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("evasion", [0, 1])
def test_the_terms_of_each_level_are_whole(kind: Any, evasion: Any) -> None:
    levels = figures(kind)["levels"]
    terms = Terms.of({**levels[0], **levels[evasion]})
    assert terms.note_least_fen < terms.first_note_fen < terms.note_cap_fen
    assert sum(terms.profiles.values()) == 1000


@pytest.mark.parametrize("kind", KINDS)
def test_who_knows_the_thresholds_crosses_none_of_them(kind: Any) -> None:
    """Published lines: a tenth kept back, 30 days, a quoted rate over 24 %, penalties over the note."""
    levels = figures(kind)["levels"]
    terms = Terms.of({**levels[0], **levels[1]})
    assert max(terms.withheld) < 100
    assert min(terms.term_days) > 30
    assert terms.yearly_rate <= 240
    assert terms.penalty_daily * terms.claim_days < 1000
    assert terms.settle_days[0] > 1

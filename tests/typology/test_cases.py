"""Every case of every shipped typology, on every engine."""

import pytest

from suyuan.domain.content import content_dir
from suyuan.engine.protocol import Engine
from suyuan.typology.group import load_group
from suyuan.typology.model import Case, Typology
from suyuan.typology.trial import try_case
from suyuan.work.typology_test import DERIVED

GROUP = load_group(content_dir("typologies"))
EVERY = [(typology, case) for typology in GROUP.typologies.values() for case in typology.cases]


@pytest.mark.parametrize(("typology", "case"), EVERY, ids=[f"{typology.id}: {case.title}" for typology, case in EVERY])
def test_a_shipped_case_goes_as_it_says(engine: Engine, typology: Typology, case: Case) -> None:
    outcome = try_case(engine, typology, case, derive=DERIVED)
    assert not outcome.wrong, "\n".join(outcome.wrong)

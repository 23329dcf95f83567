from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from suyuan.engine.duck import DuckEngine
from suyuan.engine.step import Step
from suyuan.typology.group import load_group
from suyuan.typology.model import Case, Cell, Typology
from suyuan.typology.trial import Derived, same, try_case
from tests.typology.small import write

COST = Derived(
    needs=("loan", "repayment"), steps=[Step(name="loan_cost", sql="select loan_id, 7 as over_fen from loan")]
)


@pytest.fixture
def typology(tmp_path: Path) -> Typology:
    return load_group(write(tmp_path)).typologies["lending.many_loans"]


def tried(typology: Typology, case: Case, derive: dict[str, Derived] | None = None) -> tuple[str, ...]:
    return try_case(DuckEngine(), typology, case, derive=derive or {}).wrong


def test_a_case_that_goes_as_it_says_passes(typology: Typology) -> None:
    for case in typology.cases:
        assert tried(typology, case) == ()


def test_an_unexpected_subject_fails(typology: Typology) -> None:
    assert "P fired unexpectedly" in tried(typology, replace(typology.cases[0], expect=()))[0]


def test_a_missing_subject_fails(typology: Typology) -> None:
    case = replace(typology.cases[1], expect=({"subject_id": "P"},))
    assert tried(typology, case) == ("P should have fired and did not",)


def test_a_fact_that_differs_fails_and_is_told(typology: Typology) -> None:
    case = replace(typology.cases[0], expect=({"subject_id": "P", "loans": 4, "mean_fen": 200.0000001},))
    assert tried(typology, case) == ("P: loans should be 4, it is 3",)


def test_parameters_of_a_case_are_used(typology: Typology) -> None:
    case = replace(typology.cases[1], params={"min_loans": 2}, expect=({"subject_id": "P", "score": 0.2},))
    assert tried(typology, case) == ()


def test_a_derived_table_is_worked_out_unless_the_case_gives_it(typology: Typology) -> None:
    derived = replace(typology.cases[0], expect=({"subject_id": "P", "over_fen": 21},))
    assert tried(typology, derived, {"loan_cost": COST}) == ()
    given = replace(
        derived,
        given={**derived.given, "loan_cost": ({"loan_id": "L1", "over_fen": 5},)},
        expect=({"subject_id": "P", "over_fen": 5},),
    )
    assert tried(typology, given, {"loan_cost": COST}) == ()


@pytest.mark.parametrize(
    ("wanted", "given", "meant"),
    [
        (0.3, 0.1 + 0.2, True),
        (0.3, 0.300002, False),
        (1, 1.0, True),
        (True, 1, False),
        (True, True, True),
        (None, None, True),
        (None, 0, False),
        (date(2024, 3, 1), "2024-03-01T00:00:00", True),
        ("2024-03-01 00:00:00", "2024-03-01T00:00:00", True),
        ("2024-03-01 + 1 day", "2024-03-02T00:00:00", True),
        (date(2024, 3, 1), "soon", False),
        ("CNY", "CNY", True),
        ("A T", "B T", False),
    ],
)
def test_values_are_compared_by_their_meaning(wanted: Cell, given: object, *, meant: bool) -> None:
    assert same(wanted, given) is meant

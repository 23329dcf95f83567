from pathlib import Path

import pytest

from suyuan.domain.errors import NotFound
from suyuan.typology.group import load_group
from suyuan.work.typology_test import DERIVED, chosen, typology_test
from tests.typology.small import CASES, write


def test_cases_are_tried_and_counted(tmp_path: Path) -> None:
    told: list[tuple[str, int, int | None]] = []
    tested = typology_test(load_group(write(tmp_path)), tell=lambda *words: told.append(words))
    assert tested.passed
    assert tested.outcomes[0].case == "fires at three loans"
    assert told == [("lending.many_loans", 0, 2), ("lending.many_loans", 1, 2)]


def test_a_case_that_goes_wrong_is_kept_with_what_is_wrong(tmp_path: Path) -> None:
    group = load_group(write(tmp_path, cases=CASES.replace("loans: 3,", "loans: 4,")))
    tested = typology_test(group, ids=["lending.many_loans"])
    assert not tested.passed
    assert tested.outcomes[0].wrong == ("P: loans should be 4, it is 3",)


def test_an_unknown_id_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"lending\.lost"):
        chosen(load_group(write(tmp_path)), ["lending.lost"])


def test_the_cost_of_loans_is_worked_out_for_cases() -> None:
    assert DERIVED["loan_cost"].needs == ("loan", "loan_fee", "repayment")

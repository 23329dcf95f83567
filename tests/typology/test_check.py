"""What each check yields by itself; `test_group.py` shows them all through the files."""

from dataclasses import replace
from pathlib import Path

import pytest

from suyuan.domain.contract import contracts
from suyuan.engine.twin import Twin
from suyuan.typology.check import bind, check_cases, check_reads, check_sql
from suyuan.typology.group import load_group
from suyuan.typology.model import Typology
from tests.typology.small import write


@pytest.fixture
def typology(tmp_path: Path) -> Typology:
    return load_group(write(tmp_path)).typologies["lending.many_loans"]


def test_a_sound_typology_yields_nothing(typology: Typology) -> None:
    assert list(check_reads(typology, contracts())) == []
    assert list(check_sql(typology, contracts())) == []
    assert list(check_cases(typology, contracts())) == []
    assert bind(typology, contracts(), Twin(), portable=True)[1] == []


def test_a_table_without_contract_is_one_fault(typology: Typology) -> None:
    told = list(check_reads(replace(typology, reads={"lost": ("a",)}, optional=frozenset()), contracts()))
    assert [key for _, key, _ in told] == ["typology.no_such_table"]


def test_a_refused_construct_names_its_line(typology: Typology) -> None:
    told = list(
        check_sql(
            replace(typology, sql=typology.sql.replace("loans,\n  cast", "mode(loans) as m,\n  cast")), contracts()
        )
    )
    assert [(place, key) for place, key, _ in told] == [("line 23", "dialect.no_arg_max")]


def test_a_parameter_that_is_not_declared_is_told_before_anything_is_bound(typology: Typology) -> None:
    told = list(check_sql(replace(typology, params={}), contracts()))
    assert [values["param"] for _, _, values in told] == ["full_loans", "min_loans"]


def test_a_typology_without_cases_shows_nothing(typology: Typology) -> None:
    told = [key for _, key, _ in check_cases(replace(typology, cases=()), contracts())]
    assert told == [
        "typology.no_firing_case",
        "typology.no_silent_case",
        "typology.no_firing_case",
        "typology.no_look_alike_case",
    ]

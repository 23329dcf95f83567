from pathlib import Path

import pytest

from suyuan.domain.errors import DataError, UsageError
from suyuan.engine.step import Keep
from suyuan.typology.group import load_group
from suyuan.typology.model import Typology
from suyuan.typology.steps import evidence_sql, names, plan, split, values
from tests.typology.small import write


@pytest.fixture
def typology(tmp_path: Path) -> Typology:
    return load_group(write(tmp_path)).typologies["lending.many_loans"]


def test_the_last_select_is_told_from_the_ctes() -> None:
    assert split("with a as (select 1 as x) -- select\nselect x from a;") == (
        "with a as (select 1 as x) -- select\n",
        "select x from a",
    )
    assert split("with a as (select 1 as x) select x from a union select 2")[1].startswith("select x")


@pytest.mark.parametrize("sql", ["select 1 as x", "with a as (select 1 as x)"])
def test_ctes_and_a_last_select_are_both_needed(sql: str) -> None:
    with pytest.raises(DataError, match="with"):
        split(sql)


def test_the_second_select_reads_the_evidence(typology: Typology) -> None:
    assert evidence_sql(typology.sql).endswith("select subject_id, table_name, row_id, why, weight\nfrom evidence")


def test_a_plan_has_two_steps_with_every_parameter(typology: Typology) -> None:
    first, second = plan(typology, params={"min_loans": 5})
    assert (
        (first.name, second.name)
        == names(typology)
        == (
            "signals_of_lending_many_loans",
            "evidence_of_lending_many_loans",
        )
    )
    assert first.keep is Keep.TABLE
    assert first.params == second.params == {"min_loans": 5, "full_loans": 10}


def test_other_values_must_exist_and_fit(typology: Typology) -> None:
    with pytest.raises(UsageError, match="max_loans"):
        values(typology, {"max_loans": 5})
    with pytest.raises(UsageError, match="int"):
        values(typology, {"min_loans": 2.5})

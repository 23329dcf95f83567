"""A run laid for the scorer, and its leads made anew."""

from pathlib import Path

import pyarrow as pa
import pytest

from suyuan.domain.errors import DataError
from suyuan.domain.workspace import Workspace
from suyuan.engine.duck import DuckEngine
from suyuan.engine.open import open_engine
from suyuan.work.evaluate_run import Ablation, lay_found, require_shared_sources, told_by
from suyuan.work.run import Ran

Ring = tuple[Workspace, Ran]


def test_records_bear_the_source_that_their_id_names(told_ring: Ring) -> None:
    engine = DuckEngine()
    lay_found(engine, told_ring[1].run)
    rows = engine.read("found_entity").to_pylist()
    assert {(row["source"], row["source_key"]) for row in rows} >= {("reg", "C"), ("bank", "K"), ("app", "V0")}


def test_a_run_tells_which_typologies_ran_and_no_roles_of_the_truth(told_ring: Ring) -> None:
    told = told_by(told_ring[1].run)
    assert told.entities
    assert told.typologies
    assert "lending.routine_loan" in told.typologies
    assert not told.roles
    assert not told.controllers


def test_leads_made_anew_of_all_signals_are_the_leads_of_the_run(told_ring: Ring, tmp_path: Path) -> None:
    workspace, done = told_ring
    ablation = Ablation(run=done.run, workspace=workspace, spill=tmp_path)
    maker, into = DuckEngine(), DuckEngine()
    ablation.lay(maker)
    ablation.lead_without(maker, None, into=into)
    made = into.read("found_lead").to_pylist()
    lay_found(into, done.run)
    assert made == into.read("found_lead").to_pylist()
    ablation.lead_without(maker, None, into=into)
    again = {(row["kind"], row["member_id"], row["role"]) for row in into.read("found_member").to_pylist()}
    lay_found(into, done.run)
    assert again == {(row["kind"], row["member_id"], row["role"]) for row in into.read("found_member").to_pylist()}


def test_leads_without_the_only_typology_are_none(told_ring: Ring, tmp_path: Path) -> None:
    workspace, done = told_ring
    maker, into = DuckEngine(), DuckEngine()
    ablation = Ablation(run=done.run, workspace=workspace, spill=tmp_path)
    ablation.lay(maker)
    ablation.lead_without(maker, "lending.routine_loan", into=into)
    assert into.read("found_lead").num_rows == 0


def test_a_run_that_knows_no_institution_of_the_truth_is_not_scored() -> None:
    engine = open_engine("duck")
    try:
        engine.write("truth_records", pa.table({"source": ["bank_01"]}))
        for source, refused in (("unnamed", True), ("bank_01", False)):
            engine.write("found_entity", pa.table({"source": [source]}))
            if refused:
                with pytest.raises(DataError) as other:
                    require_shared_sources(engine)
                assert other.value.key == "evaluate.other_sources"
            else:
                require_shared_sources(engine)
    finally:
        engine.close()

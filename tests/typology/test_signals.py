import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pytest

from suyuan.domain.contract import contracts
from suyuan.domain.contract_arrow import arrow_schema
from suyuan.domain.errors import DataError, UsageError
from suyuan.engine.protocol import Engine
from suyuan.typology.case_rows import table_of
from suyuan.typology.group import load_group
from suyuan.typology.model import Cell, Group, Typology
from suyuan.typology.signals import canonical, find_one, find_signals, plain, rest_query, signal_id, why_skipped
from tests.typology.small import SQL, write


@pytest.fixture
def group(tmp_path: Path) -> Group:
    return load_group(write(tmp_path))


@pytest.fixture
def typology(group: Group) -> Typology:
    return group.typologies["lending.many_loans"]


def loans(engine: Engine, *rows: Mapping[str, Cell]) -> None:
    engine.write("loan", table_of(rows, contracts()["loan"]))


def three(borrower: str) -> dict[str, Cell]:
    return {
        "repeat": 3,
        "loan_id": borrower + "{i}",
        "borrower_id": borrower,
        "principal_fen": "{i*100}",
        "signed_on": "2024-03-01",
    }


def test_a_signal_holds_what_its_contract_says(engine: Engine, group: Group, typology: Typology) -> None:
    loans(engine, three("Q"), three("P"), {"borrower_id": "R", "signed_on": "2024-03-01"})
    found = find_signals(engine, group)
    assert found.signals.schema == arrow_schema(contracts()["signal"])
    assert found.evidence.schema == arrow_schema(contracts()["signal_evidence"])
    first, second = found.signals.to_pylist()
    assert (first["subject_id"], second["subject_id"]) == ("P", "Q")
    assert first["signal_id"] == signal_id(typology, first["params_digest"], "P")
    assert first["facts"] == '{"loans":3,"mean_fen":200.0,"over_fen":null}'
    assert (first["score"], first["amount_fen"], first["probability"]) == (0.3, 600, None)
    assert first["window_from_at"] == datetime(2024, 3, 1)  # noqa: DTZ001
    assert (first["evidence_rows"], first["evidence_query"]) == (3, None)
    assert [(ran.id, ran.signals) for ran in found.ran] == [("lending.many_loans", 2)]


def test_evidence_is_of_fired_subjects_heaviest_first(engine: Engine, group: Group) -> None:
    loans(engine, three("P"), {"borrower_id": "R", "signed_on": "2024-03-01"})
    rows = find_signals(engine, group).evidence.to_pylist()
    assert [(row["row_id"], row["weight"]) for row in rows] == [("loan-3", 3.0), ("loan-2", 2.0), ("loan-1", 1.0)]


def test_evidence_stops_at_a_thousand_and_says_how_to_get_the_rest(engine: Engine, group: Group) -> None:
    loans(engine, three("P") | {"repeat": 1203})
    found = find_signals(engine, group)
    signal = found.signals.to_pylist()[0]
    assert (found.evidence.num_rows, signal["evidence_rows"]) == (1000, 1203)
    assert signal["evidence_query"].endswith("where subject_id = 'P'\norder by weight desc, table_name, row_id")


def test_a_row_named_twice_counts_once_with_its_greater_weight(engine: Engine, tmp_path: Path) -> None:
    twice = SQL.replace(
        "  from loan as l\n)\nselect",
        "  from loan as l\n  union all select borrower_id, 'loan', row_id, 'again', 0.5 from loan\n)\nselect",
    )
    assert twice != SQL
    loans(engine, three("P"))
    found = find_signals(engine, load_group(write(tmp_path / "twice", sql=twice)))
    assert [row["why"] for row in found.evidence.to_pylist()] == ["borrowed"] * 3
    assert found.signals.to_pylist()[0]["evidence_rows"] == 3


def test_other_parameters_give_other_signals_and_other_ids(engine: Engine, group: Group) -> None:
    loans(engine, three("P"))
    usual = find_signals(engine, group).signals.to_pylist()[0]
    other = find_signals(engine, group, params={"lending.many_loans": {"full_loans": 3}}).signals.to_pylist()[0]
    assert (usual["score"], other["score"]) == (0.3, 1.0)
    assert usual["signal_id"] != other["signal_id"]
    with pytest.raises(UsageError, match=r"lending\.lost"):
        find_signals(engine, group, params={"lending.lost": {}})


def test_nobody_fires_on_nothing(engine: Engine, group: Group) -> None:
    loans(engine)
    found = find_signals(engine, group)
    assert (found.signals.num_rows, found.evidence.num_rows, found.ran[0].signals) == (0, 0, 0)


def test_a_typology_is_skipped_for_a_table_it_needs_and_not_for_an_optional_one(engine: Engine, group: Group) -> None:
    skipped = find_signals(engine, group).skipped
    assert [(each.id, each.values) for each in skipped] == [("lending.many_loans", {"tables": "loan"})]
    loans(engine, three("P"))
    assert find_signals(engine, group, absent=["loan_cost"]).signals.num_rows == 1
    assert find_signals(engine, group, absent=["loan"]).signals.num_rows == 0


def test_a_retired_typology_is_skipped_and_says_so(typology: Typology) -> None:
    skipped = why_skipped(replace(typology, status="retired"), absent=[])
    assert skipped is not None
    assert skipped.key == "typology.skipped_status"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("least(1.0, loans / :full_loans)", "1.5 + 0 * :full_loans", "score"),
        ("least(1.0, loans / :full_loans)", "loans / (:full_loans - :full_loans)", "score"),
        ("borrower_id as subject_id,\n", "'same' as subject_id,\n", "twice"),
        ("borrower_id as subject_id,\n", "cast(null as varchar) as subject_id,\n", "null subject_id"),
    ],
)
def test_a_broken_promise_is_told(engine: Engine, tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in SQL
    group = load_group(write(tmp_path / "broken", sql=SQL.replace(old, new)))
    loans(engine, three("P"), three("Q"))
    with pytest.raises(DataError, match=told):
        find_signals(engine, group)


def test_facts_are_the_same_bytes_for_the_same_facts() -> None:
    assert canonical({"b": 1, "a": "张"}) == '{"a":"张","b":1}'
    assert canonical({"x": -0.0}) == '{"x":0.0}'
    assert json.loads(canonical({"x": float("nan"), "l": [0.1 + 0.2]})) == {"x": None, "l": [0.3]}
    assert plain(datetime(2024, 3, 1)) == "2024-03-01T00:00:00"  # noqa: DTZ001


def test_the_query_for_the_rest_gives_the_rest(typology: Typology, engine: Engine) -> None:
    from suyuan.engine.step import Step

    loans(engine, three("P"), three("Q"))
    find_one(engine, typology, params={})
    engine.run([Step(name="rest", sql=rest_query(typology, {"min_loans": 3, "full_loans": 10}, "P"))])
    assert engine.read("rest").column("subject_id").to_pylist() == ["P"] * 3


def test_tables_nobody_knows_are_laid_empty(engine: Engine, typology: Typology) -> None:
    loans(engine, three("P"))
    signals, _ = find_one(engine, typology, params={})
    assert signals.num_rows == 1
    assert engine.read("loan_cost").equals(pa.table({}, schema=None)) is False
    assert engine.read("loan_cost").num_rows == 0

import json
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from suyuan.domain.contract import contracts
from suyuan.domain.errors import DataError
from suyuan.work.kept import Kept, day_of, previous_of, that_stands, told_of, write_json, write_sorted, write_table


@pytest.mark.parametrize(
    "told",
    ["{", "[]", '{"number": "x", "inputs": "i", "as_of": null}', '{"number": 1, "inputs": "i", "as_of": "soon"}'],
)
def test_what_tells_of_no_finished_work_is_refused(tmp_path: Path, told: str) -> None:
    (tmp_path / "run.json").write_text(told, encoding="utf-8")
    with pytest.raises(DataError) as fault:
        told_of(tmp_path, "run.json")
    assert fault.value.key == "run.broken"


def test_what_is_written_is_what_is_told(tmp_path: Path) -> None:
    write_json(tmp_path / "run.json", {"number": 3, "inputs": "甲", "as_of": "2024-06-30"})
    assert "甲" in (tmp_path / "run.json").read_text(encoding="utf-8")
    told = told_of(tmp_path, "run.json")
    assert (told["number"], day_of(told)) == (3, date(2024, 6, 30))
    assert json.loads((tmp_path / "run.json").read_text(encoding="utf-8")) == told


def test_rows_are_written_in_the_order_asked_for(tmp_path: Path) -> None:
    table = pa.table({"a": [2, 1, 1], "b": ["x", "z", "y"]})
    assert write_sorted(tmp_path / "t", table, by=["a", "b"]) == 3
    assert pq.read_table(tmp_path / "t").to_pydict() == {"a": [1, 1, 2], "b": ["y", "z", "x"]}


def test_the_same_rows_in_another_order_are_the_same_bytes(tmp_path: Path) -> None:
    contract = contracts()["loan_cost"]
    rows: list[dict[str, Any]] = [
        {"loan_id": "b", "head_cut": 0.1 + 0.2, "surplus": 1},
        {"loan_id": "a", "head_cut": None, "surplus": 2},
    ]
    for name, told in (("one", rows), ("two", [{**row, "head_cut": row["head_cut"] and 0.3} for row in rows[::-1]])):
        assert write_table(tmp_path / name, pa.Table.from_pylist(told), contract=contract) == 2
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_clock_reading_is_never_written(tmp_path: Path) -> None:
    write_table(tmp_path / "t", pa.table({"transfer_id": ["t"]}), contract=contracts()["transfer"])
    names = pq.read_schema(tmp_path / "t").names
    assert "loaded_at" not in names
    assert "row_id" in names


def done(number: int, as_of: str | None, inputs: str = "i") -> Kept:
    day = date.fromisoformat(as_of) if as_of else None
    return Kept(number=number, as_of=day, inputs=inputs, folder=Path(), told={})


def test_a_look_back_at_an_earlier_day_takes_no_ids_away_from_today() -> None:
    known = [done(1, None), done(2, "2024-06-01"), done(3, "2024-01-01")]
    assert previous_of(known, as_of=None) == known[0]
    assert previous_of(known, as_of=date(2024, 7, 1)) == known[1]
    assert previous_of(known, as_of=date(2024, 5, 31)) == known[2]
    assert previous_of(known, as_of=date(2023, 5, 31)) is None


def test_only_the_last_of_a_day_may_stand_for_what_would_be_done() -> None:
    known = [done(1, None, "a"), done(2, None, "b"), done(3, "2024-01-01", "a")]
    assert that_stands(known, inputs="b", as_of=None) == known[1]
    assert that_stands(known, inputs="a", as_of=None) is None
    assert that_stands(known, inputs="a", as_of=date(2024, 1, 1)) == known[2]
    assert that_stands([], inputs="a", as_of=None) is None

"""The truth as the scorer reads it."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from suyuan.domain.errors import DataError
from suyuan.engine.duck import DuckEngine
from suyuan.world.score.truth import TRUTH, lay_truth, truth_steps
from tests.world.score.small import SCHEMAS, Small, add_record, add_ring, laid


def _write(folder: Path, *, without: str = "") -> None:
    for name in TRUTH:
        columns = {each: kind for each, kind in SCHEMAS[f"truth_{name}"].items() if each != without}
        pq.write_table(pa.schema(list(columns.items())).empty_table(), folder / f"{name}.parquet")


def test_a_folder_of_truth_is_laid_by_its_files(tmp_path: Path) -> None:
    _write(tmp_path)
    engine = DuckEngine()
    lay_truth(engine, tmp_path)
    assert engine.read("truth_rings").num_rows == 0


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    _write(tmp_path)
    (tmp_path / "loss.parquet").unlink()
    with pytest.raises(DataError, match=r"loss\.parquet"):
        lay_truth(DuckEngine(), tmp_path)


def test_a_missing_column_is_named_with_its_file(tmp_path: Path) -> None:
    _write(tmp_path, without="controller_rank")
    with pytest.raises(DataError, match=r"members\.parquet.*controller_rank"):
        lay_truth(DuckEngine(), tmp_path)


def _write_transfers(folder: Path, told: str) -> None:
    _write(folder)
    pq.write_table(pa.table({"transfer_id": ["transfer:1"]}), folder / "transfers.parquet")
    (folder / "world.json").write_text(told, encoding="utf-8")


def test_the_files_of_a_truth_with_transfers_are_known_by_the_beginning_of_their_digest(tmp_path: Path) -> None:
    _write_transfers(tmp_path, '{"files": {"a/b.csv": "0123456789abcdef0123"}}')
    engine = DuckEngine()
    lay_truth(engine, tmp_path)
    assert engine.read("truth_file").to_pylist() == [{"file": "a/b.csv", "digest": "0123456789abcdef"}]
    assert engine.read("truth_transfers").num_rows == 1


@pytest.mark.parametrize("told", ["{}", "no json", '{"files": []}'])
def test_transfers_without_the_digests_of_their_files_are_refused(tmp_path: Path, told: str) -> None:
    _write_transfers(tmp_path, told)
    with pytest.raises(DataError, match=r"world\.json"):
        lay_truth(DuckEngine(), tmp_path)


def test_what_the_world_broke_is_no_record() -> None:
    small = Small()
    add_record(small, "person:1")
    add_record(small, "person:2")
    small["truth_rows"][1]["broken"] = "wrong_type:name"
    with laid(small) as engine:
        engine.run(truth_steps())
        assert engine.read("score_record")["truth_id"].to_pylist() == ["person:1"]


@pytest.mark.parametrize(("told", "kept"), [([True, False], 1), ([True, True], 0), ([False, None], 1)])
def test_a_truth_may_say_broken_by_yes_and_no_as_well(told: list[bool | None], kept: int) -> None:
    small = Small()
    add_record(small, "person:1")
    row = small["truth_rows"][0]
    names = ("source", "table_name", "source_key")
    rows = [{**{name: row[name] for name in names}, "broken": one} for one in told]
    with laid(small) as engine:
        engine.write("truth_rows", pa.Table.from_pylist(rows))
        engine.run(truth_steps())
        assert engine.read("score_record").num_rows == kept


def test_a_record_with_one_good_row_stays() -> None:
    small = Small()
    add_record(small, "person:1")
    small["truth_rows"].append({**small["truth_rows"][0], "broken": "wrong_type:name"})
    with laid(small) as engine:
        engine.run(truth_steps())
        assert engine.read("score_record").num_rows == 1


def test_victims_and_accounts_are_no_core_of_a_ring() -> None:
    small = Small()
    add_ring(small, "r", {"person:1": "operator", "person:2": "victim", "account:3": "collection"})
    with laid(small) as engine:
        engine.run(truth_steps())
        assert engine.read("score_core").to_pylist() == [{"ring_id": "r", "who": "person:1"}]

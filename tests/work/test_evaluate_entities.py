"""Records that a tool took for one, read from a CSV and scored against the truth."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from suyuan.domain.errors import DataError, UsageError
from suyuan.work.evaluate_entities import evaluate_entities
from tests.work.truth_of_ring import truth_of_ring, write_truth
from tests.world.score.small import Small, add_record


@pytest.fixture(scope="module")
def truth(tmp_path_factory: pytest.TempPathFactory) -> Path:
    small = truth_of_ring()
    for place, source in enumerate(("bank", "bank", "wallet")):
        twice = Small()
        add_record(twice, "person:90", key=f"Z{place}")
        for table in ("truth_records", "truth_rows"):
            small[table].extend({**row, "source": source} for row in twice[table])
    return write_truth(tmp_path_factory.mktemp("world") / "truth", small)


def _file(folder: Path, *rows: str, head: str = "entity_id,source,source_key") -> Path:
    path = folder / "entities.csv"
    path.write_text("\n".join((head, *rows)) + "\n", encoding="utf-8-sig")
    return path


def test_records_that_were_taken_for_one_are_scored(truth: Path, tmp_path: Path) -> None:
    told = _file(tmp_path, "e1,bank,Z0", "e1,bank,Z1", "e2,wallet,Z2", "e3,reg,B")
    found = evaluate_entities(entities=told, truth=truth).to_json()
    one = found["entities"]["person"]
    assert (found["kind"], found["among"], found["world"]) == ("person", None, {"seed": 1, "scale": 0.02})
    assert (one["known"], one["precision"], one["recall"], one["purity"]) == (4, 1.0, pytest.approx(1 / 3, abs=1e-6), 1)
    assert (one["clusters"], one["two_ids"]) == (1, 0)


def test_records_of_chosen_institutions_alone_are_counted(truth: Path, tmp_path: Path) -> None:
    told = _file(tmp_path, "e1,bank,Z0", "e1,bank,Z1", "e2,wallet,Z2")
    found = evaluate_entities(entities=told, truth=truth, among=["bank"]).to_json()
    assert found["among"] == ["bank"]
    assert (found["entities"]["person"]["records"], found["entities"]["person"]["f1"]) == (2, 1.0)


def test_further_columns_do_no_harm_and_numbers_stay_texts(truth: Path, tmp_path: Path) -> None:
    path = _file(tmp_path, "甲,e1,bank,Z0", "乙,1,007,1", head="name,entity_id,source,source_key")
    assert evaluate_entities(entities=path, truth=truth).to_json()["entities"]["person"]["known"] == 1


def test_a_kind_of_which_the_truth_has_no_two_records_says_why_it_is_null(truth: Path, tmp_path: Path) -> None:
    path = _file(tmp_path, "e1,bank,K")
    told = evaluate_entities(entities=path, truth=truth, kind="account").to_json()
    assert told["entities"]["account"]["recall"] is None
    assert {"entities.account.recall", "entities.account.two_ids"} <= told["why"].keys()


def test_what_is_no_csv_of_entities_is_refused(truth: Path, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="entity_id"):
        evaluate_entities(entities=_file(tmp_path, "a,b", head="who,source"), truth=truth)
    with pytest.raises(DataError, match=r"gone\.csv"):
        evaluate_entities(entities=tmp_path / "gone.csv", truth=truth)
    with pytest.raises(UsageError, match="firm"):
        evaluate_entities(entities=_file(tmp_path, "e1,bank,Z0"), truth=truth, kind="firm")


def test_a_csv_of_institutions_that_the_truth_does_not_know_is_refused(truth: Path, tmp_path: Path) -> None:
    with pytest.raises(DataError):
        evaluate_entities(entities=_file(tmp_path, "e1,elsewhere,Z0"), truth=truth)


def test_a_truth_of_an_earlier_version_says_nothing_of_two_numbers(truth: Path, tmp_path: Path) -> None:
    old = tmp_path / "truth"
    old.mkdir()
    for path in truth.iterdir():
        (old / path.name).write_bytes(path.read_bytes())
    records = pq.read_table(old / "records.parquet")
    pq.write_table(records.drop_columns(["id_no"]), old / "records.parquet")
    told = evaluate_entities(entities=_file(tmp_path, "e1,bank,Z0"), truth=old).to_json()
    assert told["entities"]["person"]["two_ids"] is None
    assert "entities.person.two_ids" in told["why"]

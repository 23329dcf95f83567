"""The public test sets of record linkage: how their files come in, and how right they are resolved."""

import csv
import os
from collections import Counter
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from suyuan.domain.workspace import Workspace
from suyuan.sources import lake
from suyuan.sources.statement import Hints
from suyuan.work.ingest import Wanted, ingest
from suyuan.work.ingest_report import IngestReport
from suyuan.work.resolve import resolve

DATA = Path(os.environ.get("SUYUAN_REALDATA", Path(__file__).parents[3] / "shared" / "data")) / "linkage"
FEBRL = (
    "rec_id, given_name, surname, street_number, address_1, address_2, suburb, postcode, state, date_of_birth"
    "{more}\n"
    "rec-1-org, mitchell , green, 7, wallaby place, delmar, cleveland, 2119, sa, 19560409{value}\n"
    "rec-1-dup-0, , green, , wallaby place, , cleveland, 2119, sa, 19561309{value}\n"
    "rec-2-org, anna, lee, 1, , , , , , 20010229{value}\n"
)
FAKE = (
    "unique_id,first_name,surname,dob,city,email,cluster\n"
    "0,Robert,Alan,1971-06-24,,robert255@smith.net,0\n"
    "1,,Allen,1971-02-30,London,,0\n"
)


def taken_in(folder: Path, file: Path) -> tuple[IngestReport, Workspace]:
    workspace = Workspace(root=folder / "w")
    now = datetime.fromisoformat("2026-01-02 03:04:05")
    told = ingest(workspace, [file], wanted=Wanted(hints=Hints()), actor="tester", now=now, tell=lambda *_: None)
    return told, workspace


def people(workspace: Workspace) -> pa.Table:
    return pa.concat_tables(pq.read_table(path) for path in lake.tables(workspace)["person"]).sort_by("person_id")


@pytest.mark.parametrize(("more", "value"), [("", ""), (", soc_sec_id", ", 1804974")])
def test_febrl_comes_in_with_and_without_the_number_that_is_never_read(tmp_path: Path, more: str, value: str) -> None:
    file = tmp_path / "people.csv"
    file.write_text(FEBRL.format(more=more, value=value), encoding="utf-8")
    told, workspace = taken_in(tmp_path, file)
    assert [(each.status, each.mapping) for each in told.files] == [("ingested", "febrl3")]
    table = people(workspace)
    assert table["person_id"].to_pylist() == ["febrl:rec-1-dup-0", "febrl:rec-1-org", "febrl:rec-2-org"]
    assert table["name"].to_pylist() == ["green", "mitchell green", "anna lee"]
    assert table["given_name"].to_pylist() == [None, "mitchell", "anna"]
    assert table["address"].to_pylist() == ["wallaby place", "7 wallaby place, delmar", "1"]
    assert table["postcode"].to_pylist() == ["2119", "2119", None]
    assert [str(day) for day in table["birth_on"].to_pylist()] == ["None", "1956-04-09", "None"]
    assert table["birth_told"].to_pylist() == ["19561309", None, "20010229"]
    assert all("1804974" not in str(row) for row in table.to_pylist())


def test_the_tutorials_people_come_in_without_their_answers(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text(FAKE, encoding="utf-8")
    told, workspace = taken_in(tmp_path, file)
    assert [(each.status, each.mapping) for each in told.files] == [("ingested", "fake_1000")]
    table = people(workspace)
    assert table["name"].to_pylist() == ["Robert Alan", "Allen"]
    assert table["birth_told"].to_pylist() == [None, "1971-02-30"]
    assert table["email"].to_pylist() == ["robert255@smith.net", None]


@pytest.mark.realdata
@pytest.mark.parametrize(("name", "least"), [("febrl3", 0.9994), ("fake_1000", 0.92)])
def test_public_sets_are_resolved_better_than_by_plain_splink(tmp_path: Path, name: str, least: float) -> None:
    """Plain Splink at its best threshold: 0.9986 and 0.9109 (`benchmarks/bench_who_is_who.py`)."""
    source = DATA / f"{name}.csv"
    if not source.is_file():
        pytest.skip("the public sets of record linkage are not here: set SUYUAN_REALDATA")
    _, workspace = taken_in(tmp_path, source)
    member = pq.read_table(resolve(workspace=workspace).resolution.folder / "entity_member.parquet")
    with source.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, skipinitialspace=True))
    truth = {row["rec_id"]: row["rec_id"].split("-")[1] for row in rows} if name == "febrl3" else {}
    truth = truth or {row["unique_id"]: row["cluster"] for row in rows}
    one = dict(zip(member["source_key"].to_pylist(), member["entity_id"].to_pylist(), strict=True))
    right, found, true = (
        sum(n * (n - 1) // 2 for n in Counter(each).values())
        for each in ([(one[key], truth[key]) for key in truth], one.values(), truth.values())
    )
    assert 2 * right / (found + true) >= least

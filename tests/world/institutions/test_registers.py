from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow.compute as pc
import pytest

from suyuan.domain.contract import contracts
from suyuan.domain.workspace import Workspace
from suyuan.sources.statement import Hints
from suyuan.work.ingest import Wanted, ingest
from suyuan.world.frame.options import Options
from suyuan.world.frame.tables import first_id
from suyuan.world.frame.world import World
from suyuan.world.institutions.handed import Handed, Written
from suyuan.world.institutions.houses import institutions
from suyuan.world.institutions.keys import row_no
from suyuan.world.institutions.layouts import layout_of, layouts
from suyuan.world.institutions.registers import write_registers
from tests.world.institutions.any_world import any_world

ROWS = 420


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[World, Path, Handed]:
    """A world of meaningless rows and what its institutions wrote."""
    world, out, handed = any_world(ROWS), tmp_path_factory.mktemp("sources"), Handed()
    write_registers(world, out, handed)
    return world, out, handed


@pytest.fixture(scope="module")
def lake(told: tuple[World, Path, Handed], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Mapping[str, Any]]:
    """One file of every layout taken in by the real reader: the lake, and by file what was said of it."""
    _, out, handed = told
    root, said = tmp_path_factory.mktemp("workspace"), {}
    for file in _one_of_each(handed).values():
        wanted = Wanted(hints=Hints(institution=file.source))
        report = ingest(
            Workspace(root=root),
            [out / file.file],
            wanted=wanted,
            actor="test",
            now=datetime.fromisoformat("2026-01-01"),
            tell=lambda *_: None,
        )
        said[file.file] = report.files[0].to_json()
    return root, said


def _one_of_each(handed: Handed) -> Mapping[str, Written]:
    """Return by layout the largest file of it."""
    found: dict[str, Written] = {}
    known = {each.name: each for each in institutions()}
    for file in sorted(handed.written, key=lambda each: each.rows):
        found[layout_of(known[file.source], file.table).name] = file
    return found


def _read(lake: Path, table: str, what: str) -> list[Any]:
    return [row[0] for row in _rows(f"select {what} from '{lake}/lake/{table}/*.parquet'")]


def _rows(sql: str) -> list[Any]:
    return duckdb.execute(sql).fetchall()


def test_every_layout_is_used(told: tuple[World, Path, Handed]) -> None:
    assert _one_of_each(told[2]).keys() == {layout.name for layout in layouts()}


def test_every_file_finds_the_mapping_of_its_layout(
    told: tuple[World, Path, Handed], lake: tuple[Path, Mapping[str, Any]]
) -> None:
    wanted = {file.file: f"world_{name}" for name, file in _one_of_each(told[2]).items()}
    assert {file: each["mapping"] for file, each in lake[1].items()} == wanted


def test_every_sound_row_is_kept(told: tuple[World, Path, Handed], lake: tuple[Path, Mapping[str, Any]]) -> None:
    wanted = {file.file: file.rows - file.broken for file in _one_of_each(told[2]).values()}
    assert {file: each["rows_kept"] for file, each in lake[1].items()} == wanted


def test_the_rows_refused_are_those_that_were_spoilt(
    told: tuple[World, Path, Handed], lake: tuple[Path, Mapping[str, Any]]
) -> None:
    refused = _rows(f"select file, row_no, reasons from '{lake[0]}/quarantine/*.parquet'")
    rows = told[2].rows
    spoilt = {
        (file, line): reason
        for file, line, reason in zip(*(rows[name].to_pylist() for name in ("file", "line", "broken")), strict=True)
        if reason and file in lake[1]
    }
    assert {(str(Path(file).relative_to(told[1])), line): reasons for file, line, reasons in refused} == {
        place: [reason] for place, reason in spoilt.items()
    }


def test_what_is_read_is_what_the_world_knows(told: tuple[World, Path, Handed], lake: tuple[Path, Any]) -> None:
    world = told[0]
    ids = dict(zip(row_no(world, "loan", first_id("loan") + np.arange(ROWS)).to_pylist(), range(ROWS), strict=True))
    sql = f"select loan_id, principal_fen, signed_on, paid_out_at, status from '{lake[0]}/lake/loan/*.parquet'"
    for key, principal, signed, paid, status in _rows(sql):
        row = world.tables.table("loan").slice(ids[key.split(":")[1]], 1).to_pylist()[0]
        assert (row["principal_fen"], row["signed_on"], row["paid_out_at"], row["status"]) == (
            principal,
            signed,
            paid,
            status,
        )


def test_lists_come_back_as_lists(lake: tuple[Path, Any]) -> None:
    assert {len(each) for each in _read(lake[0], "complaint", "attachment_digests") if each is not None} == {2}


def test_two_banks_know_one_person_by_records_of_their_own(told: tuple[World, Path, Handed]) -> None:
    banks = told[2].records.filter(pc.field("source").isin(["bank_01", "bank_02"]) & (pc.field("kind") == "person"))
    known = banks.group_by("truth_id").aggregate([("source_key", "count_distinct")])
    assert max(known["source_key_count_distinct"].to_pylist()) == 2


def test_records_are_the_accounts_that_some_row_taken_in_names_in_full(
    told: tuple[World, Path, Handed], lake: tuple[Path, Any]
) -> None:
    records, checked = told[2].records.filter(pc.field("kind") == "account"), 0
    for file in _one_of_each(told[2]).values():
        columns = [name for name, each in contracts()[file.table].columns.items() if "account.account_id" in each.refs]
        if not columns or not list((lake[0] / "lake" / file.table).glob("*.parquet")):
            continue
        named = {each for name in columns for each in _read(lake[0], file.table, name) if each is not None}
        told_of = records.filter((pc.field("table_name") == file.table) & (pc.field("source") == file.source))
        keys = {f"{file.source}:{key}" for key in told_of["source_key"].to_pylist()}
        assert keys == {each for each in named if "*" not in each and each.startswith(f"{file.source}:")}, file.table
        checked += bool(keys)
    assert checked > 5


def test_customers_bear_the_number_of_their_register_unless_it_has_stars(told: tuple[World, Path, Handed]) -> None:
    records = told[2].records.filter((pc.field("kind") == "person") & (pc.field("table_name") == "person"))
    own = records.filter(pc.field("source") == "bank_01")["id_no"]
    natural = records.filter(pc.field("source") == "police")
    assert 0 < own.null_count < 0.1 * len(own)
    assert natural["id_no"].equals(natural["source_key"])


def test_what_was_found_at_rings_comes_only_from_those_reported(told: tuple[World, Path, Handed]) -> None:
    rows = told[2].rows.filter(pc.field("table_name") == "address_book")
    assert {*rows["ring"].to_pylist()} == {1}


def test_same_world_same_bytes(told: tuple[World, Path, Handed], tmp_path: Path) -> None:
    again = Handed()
    write_registers(any_world(ROWS), tmp_path, again)
    assert again.files == told[2].files


def test_an_empty_world_hands_over_nothing(tmp_path: Path) -> None:
    handed = Handed()
    write_registers(World(options=Options(seed=7)), tmp_path, handed)
    assert handed.files == []

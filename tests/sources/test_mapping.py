"""A mapping that cannot be trusted does not load, and says everything that is wrong."""

from pathlib import Path

import pytest

from suyuan.domain.errors import DataError
from suyuan.domain.fault import Fault
from suyuan.sources.mapping import load_mapping, load_mappings, shipped

GOOD = """
mapping: mine
version: 1
title: {en: Mine, zh: 我的}
recognise: {columns: [a, b, n], file: "*.csv"}
optional: [memo]
drop: [label]
source: mine
constants: {currency: CNY}
tables:
  transfer:
    where: a <> 'x'
    columns: {src_account_id: a, dst_account_id: b, amount_fen: fen(n), memo: memo}
    refuse: {to_itself: a = b}
"""


def _faults(folder: Path, text: str) -> list[tuple[str, str]]:
    path = folder / "mine.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as told:
        load_mapping(path)
    faults = told.value.values["faults"]
    assert isinstance(faults, tuple)
    assert str(told.value).count("mine.yml") == len(faults)
    return [(each.place, each.key) for each in faults if isinstance(each, Fault)]


def test_every_shipped_mapping_loads() -> None:
    known = {"amlsim_nodes", "amlsim_transactions", "amlworld_accounts", "amlworld_transactions", "ftm"}
    assert known <= set(shipped())


def test_no_shipped_mapping_reads_the_answers_of_a_simulation() -> None:
    for mapping in shipped().values():
        for table in mapping.tables:
            read = {name.lower() for formula in table.columns.values() for name in formula.columns}
            assert not read & {"isfraud", "issar", "fraudstep", "alertid", "is laundering"}


def test_a_mapping_is_read_as_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "mine.yml"
    path.write_text(GOOD, encoding="utf-8")
    mapping = load_mapping(path)
    (table,) = mapping.tables
    assert (mapping.name, mapping.columns, mapping.optional, mapping.drop) == (
        "mine",
        ("a", "b", "n"),
        ("memo",),
        ("label",),
    )
    assert set(table.columns) == {"currency", "src_account_id", "dst_account_id", "amount_fen", "memo"}
    assert table.where is not None
    assert [reason for reason, _ in table.refuse] == ["to_itself"]


@pytest.mark.parametrize(
    ("old", "new", "place", "key"),
    [
        ("transfer:", "transfers:", "tables.transfers", "mapping.no_table"),
        ("transfer:", "signal:", "tables.signal", "mapping.no_table"),
        ("memo: memo", "colour: memo", "tables.transfer.columns.colour", "mapping.no_column"),
        ("memo: memo", "row_id: memo", "tables.transfer.columns.row_id", "mapping.no_column"),
        ("amount_fen: fen(n), ", "", "tables.transfer.columns", "mapping.needed"),
        ("fen(n)", "fen(m)", "tables.transfer.columns.amount_fen", "mapping.no_source_column"),
        ("fen(n)", "label", "tables.transfer.columns.amount_fen", "mapping.dropped_read"),
        ("fen(n)", "read_csv(n)", "tables.transfer.columns.amount_fen", "mapping.not_allowed"),
        ("a = b", "a =", "tables.transfer.refuse.to_itself", "mapping.not_sql"),
        ("a <> 'x'", "z <> 'x'", "tables.transfer.where", "mapping.no_source_column"),
        ("{currency: CNY}", "{currency: CNY, colour: red}", "constants.colour", "mapping.idle_constant"),
        ("drop: [label]", "drop: [memo]", "drop", "mapping.dropped_read"),
        ("version: 1", "version: one", "version", "mapping.shape"),
        ("version: 1", "", "version", "mapping.shape"),
        ("source: mine", "sauce: mine", "sauce", "mapping.shape"),
        ("mapping: mine", "mapping: [", "", "mapping.unreadable"),
    ],
)  # fmt: skip
def test_each_fault_is_named_with_its_place(tmp_path: Path, old: str, new: str, place: str, key: str) -> None:
    assert old in GOOD
    assert (place, key) in _faults(tmp_path, GOOD.replace(old, new))


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    broken = GOOD.replace("fen(n)", "fen(m)").replace("a = b", "x.y").replace("{currency: CNY}", "{}")
    assert len(_faults(tmp_path, broken)) >= 3


def test_two_files_may_not_bear_one_name(tmp_path: Path) -> None:
    for name in ("one.yml", "two.yml"):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")
    with pytest.raises(DataError, match="one"):
        load_mappings(tmp_path)


def test_a_folder_that_is_absent_is_empty(tmp_path: Path) -> None:
    assert load_mappings(tmp_path / "absent") == {}

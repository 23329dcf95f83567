from pathlib import Path

import pytest

from suyuan.domain.contract_load import load_contracts
from suyuan.domain.errors import DataError
from suyuan.domain.fault import Faults

HEAD = """
table: {table}
version: 1
chain: funds
title: {{en: {table}, zh: 表{table}}}
grain: {{en: one row, zh: 一行}}
key: [{key}]
"""
ID = "{type: text, null: never, en: Id, zh: 编号, grade: C1, mask: key}"


def write(folder: Path, table: str, columns: str, *, head: str = "", key: str = "thing_id") -> Path:
    path = folder / "funds" / f"{table}.yml"
    path.parent.mkdir(exist_ok=True, parents=True)
    lines = "".join(f"  {line.strip()}\n" for line in columns.strip().splitlines())
    path.write_text(HEAD.format(table=table, key=key) + f"{head}\ncolumns:\n{lines}", encoding="utf-8")
    return path


def faults(folder: Path) -> set[tuple[str, str]]:
    """Return (place, key) of everything the loader refuses in `folder`."""
    with pytest.raises(DataError) as refused:
        load_contracts(folder)
    found = refused.value.values["faults"]
    assert isinstance(found, Faults)
    return {(fault.place, fault.key) for fault in found}


def test_a_good_folder_loads(tmp_path: Path) -> None:
    write(tmp_path, "thing", f"thing_id: {ID}")
    contract = load_contracts(tmp_path)["thing"]
    assert list(contract.columns) == ["row_id", "source", "loaded_at", "thing_id"]
    assert contract.columns["thing_id"].not_null


def test_a_workspace_adds_tables_but_describes_none_twice(tmp_path: Path) -> None:
    write(tmp_path / "shipped", "thing", f"thing_id: {ID}")
    points = "thing_id: {type: text, null: never, en: Thing, zh: 物, grade: C1, mask: key, refs: [thing.thing_id]}"
    write(tmp_path / "own", "other", f"other_id: {ID}\n{points}", key="other_id")
    assert list(load_contracts(tmp_path / "shipped", tmp_path / "own")) == ["other", "thing"]
    write(tmp_path / "own", "thing", f"thing_id: {ID}")
    with pytest.raises(DataError, match="shipped"):
        load_contracts(tmp_path / "shipped", tmp_path / "own")


def test_every_fault_is_told_at_once_with_its_file_and_place(tmp_path: Path) -> None:
    write(tmp_path, "thing", f"thing_id: {ID}\nkind: {{type: string, null: maybe, en: Kind, zh: 类型}}")
    write(tmp_path, "other", f"other_id: {ID}", key="missing")
    with pytest.raises(DataError) as refused:
        load_contracts(tmp_path)
    told = str(refused.value)
    assert refused.value.values["count"] == 4
    for part in (
        "funds/thing.yml: columns.kind.type",
        "columns.kind.null",
        "columns.kind.grade",
        "funds/other.yml: key",
    ):
        assert part in told


def test_a_broken_file_does_not_hide_the_faults_of_others(tmp_path: Path) -> None:
    (tmp_path / "broken.yml").write_text("table: [", encoding="utf-8")
    (tmp_path / "empty.yml").write_text("", encoding="utf-8")
    write(tmp_path, "other", f"other_id: {ID}", key="missing")
    assert {key for _, key in faults(tmp_path)} == {"contract.unreadable", "contract.shape", "contract.no_such_column"}


@pytest.mark.parametrize(
    ("column", "place", "key"),
    [
        ("x: {type: text, null: never, en: A, grade: C1}", "columns.x.zh", "contract.missing"),
        ("x: {type: text, null: never, en: A, zh: '', grade: C1}", "columns.x.zh", "contract.shape"),
        ("x: {type: text, null: never, en: A, zh: 甲}", "columns.x.grade", "contract.missing"),
        ("x: {type: text, null: never, en: Id, zh: 甲, grade: C1}", "columns.x.en", "contract.label_twice"),
        (
            "x: {type: text, null: never, en: Row in the source file, zh: 甲, grade: C1}",
            "columns.x.en",
            "contract.label_twice",
        ),
        ("x: {type: text, null: never, en: A, zh: 甲, grade: C2}", "columns.x", "contract.grade_mask"),
        ("x: {type: date, null: never, en: A, zh: 甲, grade: C3}", "columns.x", "contract.grade_mask"),
        ("x_on: {type: date, null: never, en: A, zh: 甲, grade: C2, mask: text}", "columns.x_on", "contract.mask_text"),
    ],
)
def test_a_column_says_everything_and_says_it_well(tmp_path: Path, column: str, place: str, key: str) -> None:
    write(tmp_path, "thing", f"thing_id: {ID}\n{column}")
    assert (place, key) in faults(tmp_path)


@pytest.mark.parametrize(
    ("column", "place", "key"),
    [
        ("at: {type: text, null: never}", "columns.at", "contract.keyword"),
        ("window: {type: text, null: never}", "columns.window", "contract.keyword"),
        ("x: {type: float, null: never}", "columns.x.type", "contract.not_one_of"),
        ("x: {type: text}", "columns.x.null", "contract.missing"),
        ("x: {type: text, null: never, colour: red}", "columns.x.colour", "contract.extra"),
        ("x: {type: bigint, unit: yuan, null: never}", "columns.x.unit", "contract.not_one_of"),
        ("x: {type: bigint, null: never}", "columns.x", "contract.no_unit"),
        ("x: {type: text, unit: days, null: never}", "columns.x", "contract.idle_unit"),
        ("x_fen: {type: double, unit: fen, null: never}", "columns.x_fen", "contract.suffix_type"),
        ("x_fen: {type: bigint, unit: count, null: never}", "columns.x_fen", "contract.suffix_unit"),
        ("x: {type: bigint, unit: fen, null: never}", "columns.x", "contract.fen_name"),
        ("x_fen: {type: bigint, unit: fen, null: never}", "columns", "contract.no_currency"),
        ("x_on: {type: timestamp, null: never}", "columns.x_on", "contract.suffix_type"),
        ("born: {type: date, null: never}", "columns.born", "contract.time_name"),
        ("x: {type: text, null: never, later: true}", "columns.x", "contract.later_never"),
        ("x: {type: text, null: never, mask: phone}", "columns.x", "contract.mask_grade"),
        ("x: {type: boolean, null: never, values: ['1']}", "columns.x", "contract.values_text"),
        ("x: {type: text, null: never, values: [a, a]}", "columns.x", "contract.values_twice"),
        ("x: {type: text, null: never, mask: key, refs: [no.way]}", "columns.x.refs", "contract.ref_table"),
        ("x: {type: text, null: never, mask: key, refs: [thing.no]}", "columns.x.refs", "contract.ref_column"),
        ("x: {type: text, null: never, refs: [thing.thing_id]}", "columns.x.refs", "contract.ref_mask"),
        ("x: {type: text, null: never, refs: [thing.loaded_at]}", "columns.x.refs", "contract.ref_type"),
        ("x: {type: int, unit: count, null: never, refs: [thing.thing_id]}", "columns.x", "contract.refs_text"),
        ("x: {type: text, null: never, ftm: name}", "ftm", "contract.ftm_schema"),
        ("source: {type: text, null: never}", "columns.source", "contract.provenance_implied"),
    ],
)
def test_a_contradiction_is_refused_at_its_place(tmp_path: Path, column: str, place: str, key: str) -> None:
    write(tmp_path, "thing", f"thing_id: {ID}\n{column[:-1]}, en: A, zh: 甲, grade: C1}}")
    assert (place, key) in faults(tmp_path)


@pytest.mark.parametrize(
    ("head", "place", "key"),
    [
        ("event_time: gone_at", "event_time", "contract.no_such_column"),
        ("event_time: thing_id", "event_time", "contract.not_a_time"),
        ("known_time: late_on", "known_time", "contract.later_early"),
        ("known_time: 5", "known_time", "contract.shape"),
        ("colour: red", "colour", "contract.extra"),
    ],
)
def test_a_contradiction_in_the_head_is_refused(tmp_path: Path, head: str, place: str, key: str) -> None:
    late = "late_on: {type: date, null: not_yet, en: Late, zh: 晚, grade: C1, later: true}"
    write(tmp_path, "thing", f"thing_id: {ID}\n{late}", head=head)
    assert (place, key) in faults(tmp_path)


def test_a_key_that_may_be_null_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "thing", f"thing_id: {ID.replace('never', 'none')}")
    assert faults(tmp_path) == {("key", "contract.key_null")}


def test_a_table_named_like_a_keyword_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "order", f"thing_id: {ID}")
    assert faults(tmp_path) == {("table", "contract.keyword")}


def test_two_tables_may_not_bear_one_title(tmp_path: Path) -> None:
    write(tmp_path, "thing", f"thing_id: {ID}")
    path = write(tmp_path, "other", f"thing_id: {ID}")
    path.write_text(path.read_text(encoding="utf-8").replace("zh: 表other", "zh: 表thing"), encoding="utf-8")
    assert faults(tmp_path) == {("title.zh", "contract.label_twice")}


def test_a_file_lies_where_its_words_say(tmp_path: Path) -> None:
    path = write(tmp_path, "thing", f"thing_id: {ID}")
    path.rename(path.with_name("elsewhere.yml"))
    assert faults(tmp_path) == {("", "contract.misplaced")}


def test_outputs_know_nothing_later(tmp_path: Path) -> None:
    path = tmp_path / "output" / "thing.yml"
    path.parent.mkdir()
    late = "late_on: {type: date, null: not_yet, en: Late, zh: 晚, grade: C1, later: true}"
    text = HEAD.format(table="thing", key="thing_id").replace("chain: funds", "chain: output")
    path.write_text(f"{text}columns:\n  thing_id: {ID}\n  {late}\n", encoding="utf-8")
    assert faults(tmp_path) == {("columns", "contract.later_output")}


def test_yaml_that_repeats_a_key_is_refused_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, "thing", f"thing_id: {ID}\nthing_id: {ID}")
    with pytest.raises(DataError, match=r"thing\.yml: cannot be read \(line 11: duplicate key 'thing_id'\)"):
        load_contracts(path.parent)

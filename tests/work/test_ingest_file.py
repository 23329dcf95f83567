"""Several sheets of one file make one report."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from suyuan.domain.workspace import Workspace
from suyuan.engine.duck import connect
from suyuan.sources import lake
from suyuan.sources.grid import Grid, Recipe
from suyuan.sources.mapping import shipped
from suyuan.sources.open import open_grids
from suyuan.sources.statement import Ask, Hints
from suyuan.work.ingest import Wanted, ingest
from suyuan.work.ingest_file import Plan, recipe_of
from suyuan.work.ingest_report import FileReport

HEADER = ["transfer_id", "src_account_id", "dst_account_id", "amount_fen", "currency"]


def _book(path: Path, **sheets: Sequence[Sequence[object]]) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def _take(root: Path, path: Path) -> FileReport:
    (report,) = ingest(
        Workspace(root=root), [path], wanted=Wanted(hints=Hints()), actor="t",
        now=datetime.fromisoformat("2026-01-01 00:00:00"),
        tell=lambda *_: None,
    ).files  # fmt: skip
    return report


def test_equal_sheets_are_read_once_and_said(tmp_path: Path) -> None:
    rows: list[Sequence[object]] = [HEADER, ["t1", "a", "b", 100, "CNY"]]
    more: list[Sequence[object]] = [HEADER, ["t2", "a", "b", 250, "CNY"], ["t3", "a", "b", None, "CNY"]]
    told = _take(tmp_path / "w", _book(tmp_path / "b.xlsx", one=rows, two=rows, three=more))
    assert (told.rows_read, told.rows_kept, told.rows_quarantined) == (3, 2, 1)
    assert [(each.sheet, each.same_as) for each in told.sheets] == [("one", None), ("two", 1), ("three", None)]
    assert told.checks["in_fen"] == 350
    names = [path.name for path in lake.tables(Workspace(root=tmp_path / "w"))["transfer"]]
    assert len(names) == 2
    assert names[1].endswith("-3.parquet")


def test_one_statement_written_two_ways_is_read_once(tmp_path: Path) -> None:
    head = ["账号：6222020000000000018", None, None, None]
    columns = ["交易时间", "收入", "支出", "余额"]
    plain: list[Sequence[object]] = [head, columns, ["2024-01-02 10:00:00", "28.16", None, "128.16"]]
    drawn: list[Sequence[object]] = [["明细"], head, columns, ["2024-01-02 10:00:00", "¥28.16", None, "¥128.16"]]
    other: list[Sequence[object]] = [head, columns, ["2024-01-03 10:00:00", "28.16", None, "156.32"]]
    told = _take(tmp_path / "w", _book(tmp_path / "b.xlsx", one=plain, two=drawn, three=other))
    assert (told.rows_read, told.rows_kept, told.checks["in_fen"]) == (2, 2, 5632)
    assert [(each.sheet, each.same_as) for each in told.sheets] == [("one", None), ("two", 1), ("three", None)]


def test_a_sheet_that_is_no_table_is_left_and_said(tmp_path: Path) -> None:
    rows: list[Sequence[object]] = [HEADER, ["t1", "a", "b", 100, "CNY"]]
    told = _take(tmp_path / "w", _book(tmp_path / "b.xlsx", notes=[["about"], ["this file"]], one=rows))
    assert told.status == "ingested"
    assert [each.left for each in told.sheets] == [True, False]


def test_a_sheet_with_a_header_alone_asks_nothing(tmp_path: Path) -> None:
    rows: list[Sequence[object]] = [HEADER, ["t1", "a", "b", 100, "CNY"]]
    told = _take(tmp_path / "w", _book(tmp_path / "b.xlsx", one=rows, two=[["交易日期", "收入", "支出", "余额"]]))
    assert told.status == "ingested"
    empty = _take(tmp_path / "w", _book(tmp_path / "e.xlsx", two=[["交易日期", "收入", "支出", "余额"]]))
    assert (empty.status, empty.key) == ("refused", "ingest.no_rows")


@pytest.mark.parametrize(
    ("text", "mapping"),
    [
        ("nodeid,isFraud,init_balance,fraudStep\n0,0,1.5,-1\n", "amlsim_nodes"),
        ("person_id,name\n1,x\n", "contract_csv"),
        ("交易时间,收入,支出,余额\n2024-01-02 03:04:05,1.00,,1.00\n", "ask"),
        ("colour,size\nred,1\n", None),
    ],
)
def test_a_mapping_comes_first_then_the_contracts_then_statements(
    tmp_path: Path, text: str, mapping: str | None
) -> None:
    path = tmp_path / "x.csv"
    path.write_text(text, encoding="utf-8")
    folder = tmp_path / "s"
    folder.mkdir()
    con = connect(temp_dir=folder, folders=[folder])
    (grid,) = open_grids(path, con=con, staging=folder)
    assert isinstance(grid, Grid)
    found = recipe_of(
        con, grid, plan=Plan(hints=Hints(), mappings=shipped(), loaded_at=datetime.fromisoformat("2026-01-01 00:00:00"))
    )
    match found:
        case Recipe():
            assert found.mapping == mapping
        case Ask():
            assert mapping == "ask"
        case None:
            assert mapping is None

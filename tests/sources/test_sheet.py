import datetime as dt
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from suyuan.sources.grid import Grid
from suyuan.sources.sheet import Value, cell_text
from tests.sources.conftest import Opener


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (67.0, "67"),
        (16.78, "16.78"),
        (-0.0, "0"),
        (1e-7, "0.0000001"),
        (1991.3300000000002, "1991.33"),
        (6222020000000017.0, "6222020000000017"),
        (1e20, "100000000000000000000"),
        (3, "3"),
        (True, "TRUE"),
        (" padded ", " padded "),
        (dt.date(2023, 5, 2), "2023-05-02"),
        (dt.datetime.fromisoformat("2023-05-02 10:11:12"), "2023-05-02 10:11:12"),
        (dt.datetime.fromisoformat("2023-05-02 10:11:11.999999"), "2023-05-02 10:11:12"),
        (dt.datetime.fromisoformat("2023-05-02 10:11:11.250000"), "2023-05-02 10:11:11.250000"),
        (dt.time(10, 2), "10:02:00"),
        (dt.timedelta(hours=30, seconds=1), "30:00:01"),
        (dt.timedelta(seconds=-60), "-00:01:00"),
    ],
)
def test_a_cell_is_written_out_in_full(value: Value, text: str) -> None:
    assert cell_text(value) == text


@given(st.integers(-(10**15) + 1, 10**15 - 1).map(float) | st.decimals(-(10**9), 10**9, places=2).map(float))
def test_a_number_of_fifteen_digits_keeps_every_one(value: float) -> None:
    assert float(cell_text(value)) == value
    assert "e" not in cell_text(value).lower()


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=8)


@given(st.lists(st.lists(TEXT, min_size=2, max_size=2), min_size=1, max_size=5))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_cell_comes_back_from_both_kinds_of_workbook(
    opener: Opener, tmp_path: Path, table: list[list[str]]
) -> None:
    new, old = tmp_path / "a.xlsx", tmp_path / "a.xls"
    with xlsxwriter.Workbook(str(new), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate([["h", "i"], *table]):
            sheet.write_string(at, 0, row[0])
            sheet.write_string(at, 1, row[1])
    book97 = xlwt.Workbook(encoding="utf-8")
    sheet97 = book97.add_sheet("a")
    for at, row in enumerate([["h", "i"], *table]):
        sheet97.write(at, 0, row[0])
        sheet97.write(at, 1, row[1])
    book97.save(str(old))
    wanted = [[cell or None for cell in row] for row in table if any(row)]
    for path in (new, old):
        told = opener.rows(opener.grid(path))
        assert [row for row in told[1:] if any(row)] == wanted


def test_rows_and_columns_are_those_of_the_sheet(opener: Opener, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["C3"] = 67.0
    book.active["E4"] = dt.date(2023, 5, 2)
    book.save(tmp_path / "a.xlsx")
    grid = opener.grid(tmp_path / "a.xlsx")
    blank = [None] * 5
    assert opener.rows(grid) == [blank, blank, [None, None, "67", None, None], [*blank[:4], "2023-05-02"]]
    assert (grid.n_rows, grid.n_cols, grid.sheet, grid.sheet_no) == (4, 5, "Sheet", 1)
    assert [list(row) for row in grid.tail] == opener.rows(grid)


def test_every_sheet_with_cells_is_a_grid_and_keeps_its_number(opener: Opener, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("two")["A1"] = "x"
    book.create_sheet("three")["A1"] = 6222020000000000017
    book.save(tmp_path / "a.xlsx")
    two, three = opener.all(tmp_path / "a.xlsx")
    assert isinstance(two, Grid)
    assert isinstance(three, Grid)
    assert (two.sheet, two.sheet_no, two.notes) == ("two", 2, ())
    assert (three.sheet, three.sheet_no, three.notes) == ("three", 3, ("read.long_number",))


def test_head_and_tail_are_the_ends_of_a_long_sheet(opener: Opener, tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        sheet = book.add_worksheet()
        for at in range(1000):
            sheet.write_number(at, 0, at + 1)
    grid = opener.grid(tmp_path / "a.xlsx")
    assert [row[0] for row in grid.head] == [str(n) for n in range(1, 401)]
    assert [row[0] for row in grid.tail] == [str(n) for n in range(941, 1001)]

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from suyuan.sources.delimited import DELIMITERS
from suyuan.sources.limits import Limits
from tests.sources.conftest import Opener

ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be")
CELL = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from(',;|\t"\r\n \x1b'), max_size=10)
SMALL, LARGE = Limits(), Limits(small_text=1)


def written(table: list[list[str]], encoding: str, delimiter: str) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(table)
    return out.getvalue().encode(encoding)


@pytest.mark.parametrize("limits", [SMALL, LARGE], ids=["small", "large"])
@given(
    table=st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=8),
    written_in=st.tuples(st.sampled_from(ENCODINGS), st.sampled_from(DELIMITERS)),
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_table_in_any_encoding_and_delimiter_comes_back_cell_by_cell(
    opener: Opener, tmp_path: Path, limits: Limits, table: list[list[str]], written_in: tuple[str, str]
) -> None:
    encoding, delimiter = written_in
    table = [["交易日期", "amount 1", "memo"], ["2023-05-02", "16.78", "x"], *table]
    path = tmp_path / "table.csv"
    path.write_bytes(written(table, encoding, delimiter))
    grid = opener.grid(path, limits)
    rows = opener.rows(grid)
    told = [row for row in rows if any(row)]
    wanted = [[cell or None for cell in row] for row in table if any(row)]
    assert told == wanted
    assert grid.n_rows == len(rows)
    assert [list(row) for row in grid.head if any(row)] == wanted
    assert grid.delimiter == delimiter


@pytest.mark.parametrize("limits", [SMALL, LARGE], ids=["small", "large"])
def test_row_numbers_are_physical_lines(opener: Opener, tmp_path: Path, limits: Limits) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b'title\r\n\r\na,b,c\n"x\ny",2\n\n5,6,7,8\n"9"\t,10')
    grid = opener.grid(path, limits)
    assert opener.rows(grid) == [
        ["title", None, None, None],
        [None, None, None, None],
        ["a", "b", "c", None],
        ["x\ny", "2", None, None],
        [None, None, None, None],
        [None, None, None, None],
        ["5", "6", "7", "8"],
        ["9", "10", None, None],
    ]
    assert (grid.n_rows, grid.n_cols) == (8, 4)
    assert "read.cell_over_lines" in grid.notes
    assert grid.head == grid.tail


def test_an_empty_cell_is_null(opener: Opener, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('a,b,c\n1,,""\n')
    for limits in (SMALL, LARGE):
        assert opener.rows(opener.grid(path, limits))[1] == ["1", None, None]


@pytest.mark.parametrize("limits", [SMALL, LARGE], ids=["small", "large"])
def test_blanks_alone_are_refused(opener: Opener, tmp_path: Path, limits: Limits) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"\xef\xbb\xbf")
    assert opener.refusal(path, limits) == "read.blank"


@pytest.mark.parametrize("limits", [SMALL, LARGE], ids=["small", "large"])
def test_a_row_that_is_too_wide_is_refused_with_its_line(opener: Opener, tmp_path: Path, limits: Limits) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n" + "," * 30 + "\n")
    (found,) = opener.all(path, Limits(columns=20, small_text=limits.small_text))
    assert found.key == "read.too_wide"  # type: ignore[union-attr]
    assert found.values["line"] == 2  # type: ignore[union-attr]


@pytest.mark.parametrize("limits", [SMALL, LARGE], ids=["small", "large"])
def test_a_cell_that_is_too_long_is_refused_with_its_line(opener: Opener, tmp_path: Path, limits: Limits) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n1,2\n" + "x" * 3000 + ",1\n")
    assert opener.refusal(path, Limits(cell_chars=2000, small_text=limits.small_text)) == "read.cell_too_long"

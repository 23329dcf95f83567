import datetime as dt
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from suyuan.sources.columnar import read_parquet, unique_names
from suyuan.sources.limits import Limits
from suyuan.sources.taken import take
from tests.sources.conftest import Opener


def test_names_and_types_are_the_files_own_and_rows_are_numbered(opener: Opener, tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"Id": range(1000), "day": [dt.date(2023, 5, 2)] * 1000}), path, row_group_size=100)
    reading = opener.reading()
    grid = read_parquet(reading, take(reading, path, file="a.parquet"))
    assert (grid.names, grid.n_rows, grid.n_cols) == (("Id", "day"), 1000, 2)
    assert grid.head[0] == ("0", "2023-05-02")
    assert (len(grid.head), len(grid.tail), grid.tail[-1][0]) == (400, 60, "999")
    rows = opener.con.execute(f"select row_no, Id, day from {grid.relation} order by row_no").fetchall()
    assert rows == [(n + 1, n, dt.date(2023, 5, 2)) for n in range(1000)]


def test_a_column_called_like_the_row_number_is_renamed_and_noted(opener: Opener, tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"row_no": [7], "file_row_number": [8]}), path)
    grid = opener.grid(path)
    assert grid.names == ("row_no_2", "file_row_number_2")
    assert grid.notes == ("read.renamed_columns",)
    assert opener.con.execute(f"select * from {grid.relation}").fetchall() == [(1, 7, 8)]


@pytest.mark.parametrize(
    ("limits", "key"), [(Limits(columns=1), "read.too_wide_sheet"), (Limits(rows=1), "read.too_many_rows")]
)
def test_bounds_refuse(opener: Opener, tmp_path: Path, limits: Limits, key: str) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"a": [1, 2], "b": [1, 2]}), path)
    assert opener.refusal(path, limits) == key


@given(st.lists(st.sampled_from(["a", "A", "a_2", "", "row_no", "b"]), max_size=8))
def test_names_are_distinct_whatever_the_case(names: list[str]) -> None:
    found = unique_names(names)
    assert len({name.lower() for name in found} | {"row_no"}) == len(names) + 1
    assert all(found)

"""Expressions are tried on the first rows of a grid."""

from suyuan.sources.grid import Grid
from suyuan.sources.statement.sample import Sample, cell, cells_once, written


def _grid(names: tuple[str, ...] | None = None) -> Grid:
    head = ((" a ", "1"), ("b", None), ("c", "3"))
    return Grid(
        file="x",
        sha256="0",
        sheet=None,
        sheet_no=1,
        relation="g",
        n_cols=2,
        n_rows=3,
        head=head,
        tail=head,
        names=names,
    )


def test_rows_below_the_header_are_read_in_their_order_through_layers() -> None:
    grid = _grid()
    with Sample(grid, first_row=1) as sample:
        found = sample.read(
            {"row": "row_no", "twice": "doubled"},
            where="c2 IS NOT NULL",
            layers=({"n": "c2::INT"}, {"doubled": "n * 2"}),
        )
    assert found == [{"row": 1, "twice": 2}, {"row": 3, "twice": 6}]


def test_cells_are_cleaned_once() -> None:
    grid = _grid()
    with Sample(grid, first_row=1) as sample:
        found = sample.read({"cell": cell(1)}, layers=(cells_once(grid, [1, 1]), {}))
    assert [row["cell"] for row in found] == ["a", "b", "c"]


def test_columns_with_names_are_read_by_them() -> None:
    grid = _grid(names=('a "b"', "c2"))
    assert written(grid, 1) == 'CAST("a ""b""" AS VARCHAR)'
    with Sample(grid, first_row=2) as sample:
        assert sample.read({"cell": written(grid, 1)}) == [{"cell": "b"}, {"cell": "c"}]


def test_only_what_is_asked_for_is_worked_out() -> None:
    with Sample(_grid(), first_row=1) as sample:
        found = sample.read(
            {"doubled": "__s_doubled"},
            layers=({"__c1": "c1", "__c2": "error('nobody asked')"}, {"__s_doubled": "__c1 || __c1"}),
        )
    assert [row["doubled"] for row in found] == [" a  a ", "bb", "cc"]


def test_samples_side_by_side_do_not_see_each_other() -> None:
    with Sample(_grid(), first_row=1) as one, Sample(_grid(), first_row=3) as other:
        assert len(one.read({"n": "row_no"})) == 3
        assert len(other.read({"n": "row_no"})) == 1

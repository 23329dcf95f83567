from pathlib import Path

from suyuan.sources.grid import Grid
from suyuan.sources.limits import Limits
from tests.sources.conftest import Opener


def page(tmp_path: Path, body: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "a.xls"
    path.write_bytes(f"<html><body>{body}</body></html>".encode(encoding))
    return path


def test_cells_of_a_table_come_back_entities_resolved(opener: Opener, tmp_path: Path) -> None:
    path = page(tmp_path, "<table><tr><th>日期<th>金额&amp;&nbsp;<tr><td>2023-05-02<td> 1.5 <br>x</table>", "gb18030")
    grid = opener.grid(path)
    assert opener.rows(grid) == [["日期", "金额&\xa0"], ["2023-05-02", " 1.5 \nx"]]
    assert (grid.encoding, grid.notes) == ("gb18030", ("read.html_table",))


def test_a_wide_cell_leaves_the_columns_it_covers_empty(opener: Opener, tmp_path: Path) -> None:
    path = page(tmp_path, '<table><tr><td colspan="3">a</td><td colspan="x">b</td></tr></table>')
    assert opener.rows(opener.grid(path)) == [["a", None, None, "b"]]


def test_a_table_in_a_cell_is_a_grid_of_its_own(opener: Opener, tmp_path: Path) -> None:
    inner = "<table><tr><td>in</td></tr></table>"
    path = page(tmp_path, f"<table><tr><td>a{inner}b</td><td>c</td></tr></table><table></table>")
    outer, nested = opener.all(path)
    assert isinstance(outer, Grid)
    assert isinstance(nested, Grid)
    assert (opener.rows(outer), outer.sheet_no) == ([["ab", "c"]], 1)
    assert (opener.rows(nested), nested.sheet_no) == ([["in"]], 2)


def test_bounds_refuse(opener: Opener, tmp_path: Path) -> None:
    path = page(tmp_path, "<table><tr><td>12345</td><td>6</td></tr></table>")
    assert opener.refusal(path, Limits(columns=1)) == "read.too_wide"
    assert opener.refusal(path, Limits(cell_chars=4)) == "read.cell_too_long"
    assert opener.refusal(path, Limits(small_text=4)) == "read.too_big"

"""Names of columns, wherever they stand."""

from suyuan.sources.grid import Grid
from suyuan.sources.header import header_at, headers, plain


def _grid(*rows: tuple[str | None, ...], names: tuple[str, ...] | None = None) -> Grid:
    return Grid(
        file="a", sha256="0" * 64, sheet=None, sheet_no=1, relation="r", n_cols=max(map(len, rows), default=0),
        n_rows=len(rows), head=rows, tail=rows, names=names,
    )  # fmt: skip


def test_names_compare_without_case_width_and_blanks() -> None:
    assert plain("\ufeff Ｆrom  Bank ") == plain("from bank") == "frombank"


def test_a_name_that_stands_twice_is_numbered() -> None:
    header = header_at(_grid(("Account", "x", "Account", " account ")), 1)
    assert header.column("Account") == '"c1"'
    assert header.column("Account.1") == '"c3"'
    assert header.column("ACCOUNT.2") == '"c4"'
    assert header.column("Account.3") is None


def test_a_written_number_is_not_taken_twice() -> None:
    header = header_at(_grid(("Account.1", "Account", "Account")), 1)
    assert header.column("Account.1") == '"c1"'
    assert header.column("Account") == '"c2"'


def test_any_row_with_two_cells_may_be_a_header() -> None:
    found = headers(_grid(("title", None), (None, None), ("a", "b"), (" ", "c")))
    assert [each.row_no for each in found] == [3]


def test_real_columns_are_their_own_header() -> None:
    (header,) = headers(_grid(names=("a b", 'q"q')))
    assert header.row_no == 0
    assert header.column("A B") == '"a b"'
    assert header.column('q"q') == '"q""q"'
    assert header.has("ab")

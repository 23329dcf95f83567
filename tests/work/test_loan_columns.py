import pytest

from suyuan.money.cap import lender_kinds
from suyuan.sources.grid import Grid
from suyuan.work.loan_columns import find_columns, words


def grid(*rows: tuple[str | None, ...], names: tuple[str, ...] | None = None) -> Grid:
    width = len(names or rows[0])
    return Grid(
        file="x",
        sha256="0",
        sheet=None,
        sheet_no=1,
        relation="r",
        n_cols=width,
        n_rows=None,
        head=rows,
        tail=(),
        names=names,
    )


def test_columns_are_found_under_a_title_in_chinese_and_english() -> None:
    found = find_columns(grid(("台账", None, None), ("合同编号", "到手金额（元）", "Signed on")))
    assert found is not None
    assert (found.header_row, found.by_flow) == (2, False)
    assert {meaning: column.relation_name for meaning, column in found.found.items()} == {
        "loan_id": "c1",
        "received": "c2",
        "signed_on": "c3",
    }


@pytest.mark.parametrize("header", ["received_fen", "Received (fen)", "到手金额（分）"])
def test_amounts_may_be_told_in_fen(header: str) -> None:
    found = find_columns(grid((header,)))
    assert found is not None
    assert found.found["received"].in_fen


def test_names_of_a_parquet_file_are_no_row() -> None:
    found = find_columns(grid(names=("loan_id", "on", "amount")))
    assert found is not None
    assert (found.header_row, found.by_flow, found.found["flow"].relation_name) == (0, True, "amount")


def test_a_table_without_the_needed_columns_is_not_taken() -> None:
    assert find_columns(grid(("loan_id", "principal"), ("1", "2"))) is None
    assert find_columns(grid(("loan_id", "amount"))) is None


def test_of_two_columns_of_one_meaning_the_first_counts() -> None:
    found = find_columns(grid(("received", "到手金额")))
    assert found is not None
    assert found.found["received"].relation_name == "c1"


def test_every_word_means_one_thing_and_every_kind_of_lender_is_known() -> None:
    names = [name.casefold() for group in words().columns.values() for name in group]
    assert len(names) == len(set(names))
    assert set(words().lenders) <= set(lender_kinds())

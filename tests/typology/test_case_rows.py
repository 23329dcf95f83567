from datetime import date, datetime

import pytest

from suyuan.domain.contract import contracts
from suyuan.domain.errors import DataError
from suyuan.typology.case_rows import cell, filled, moment, repeated, table_of

LOAN = contracts()["loan"]


def test_rows_are_written_out_with_defaults_from_the_contract() -> None:
    table = table_of([{"repeat": 2, "loan_id": "L{i}", "principal_fen": "{i*100}"}, {"loan_id": "X"}], LOAN)
    rows = table.to_pylist()
    assert [row["loan_id"] for row in rows] == ["L1", "L2", "X"]
    assert [row["principal_fen"] for row in rows][:2] == [100, 200]
    assert [row["row_id"] for row in rows] == ["loan-1", "loan-2", "loan-3"]
    assert rows[0]["currency"] == "CNY"
    assert rows[0]["borrower_id"] is None


def test_no_rows_make_an_empty_table_of_the_contract() -> None:
    assert table_of([], LOAN).num_rows == 0
    assert table_of([], LOAN).column_names == list(LOAN.columns)


@pytest.mark.parametrize(
    ("column", "value", "meant"),
    [
        ("principal_fen", "{i+1}", 3),
        ("principal_fen", 7.0, 7),
        ("signed_on", "2024-02-28 + {i} days", date(2024, 3, 1)),
        ("signed_on", date(2024, 3, 1), date(2024, 3, 1)),
        ("paid_out_at", "2024-03-01 23:59:59 + 1 second", datetime(2024, 3, 2)),  # noqa: DTZ001
        ("paid_out_at", date(2024, 3, 1), datetime(2024, 3, 1)),  # noqa: DTZ001
        ("borrower_id", "P{i:03}", "P002"),
        ("borrower_id", None, None),
    ],
)
def test_a_cell_means_a_value_of_its_column(column: str, value: object, meant: object) -> None:
    assert cell(value, LOAN.columns[column], 2) == meant  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("principal_fen", "much"),
        ("principal_fen", 1.5),
        ("principal_fen", True),
        ("signed_on", "2024-03-01 12:00:00"),
        ("signed_on", 3),
        ("paid_out_at", "2024-03-01 + 2 moons"),
        ("paid_out_at", "2024-03-01T00:00:00+08:00"),
        ("borrower_id", 5),
        ("borrower_id", "{open('x')}"),
        ("borrower_id", "{i//0}"),
    ],
)
def test_a_cell_that_does_not_fit_is_refused(column: str, value: object) -> None:
    with pytest.raises(ValueError, match=r".+"):
        cell(value, LOAN.columns[column], 1)  # type: ignore[arg-type]


def test_a_fault_names_its_table_and_column() -> None:
    with pytest.raises(DataError, match=r"loan\.principal_fen"):
        table_of([{"principal_fen": "much"}], LOAN)


@pytest.mark.parametrize("times", [0, -1, "2", True])
def test_a_row_is_repeated_a_whole_number_of_times(times: object) -> None:
    with pytest.raises(ValueError, match="whole number"):
        repeated({"repeat": times})  # type: ignore[dict-item]


def test_holes_hold_sums_and_nothing_else() -> None:
    assert filled("{-i} {(i-1)%3} {i//2*10}", 5) == "-5 1 20"
    with pytest.raises(ValueError, match="whole numbers"):
        filled("{j}", 1)


def test_times_move_by_any_number_of_steps() -> None:
    assert moment("2024-02-29 + 1 day - 1 hour + 30 minutes") == datetime(2024, 2, 29, 23, 30)  # noqa: DTZ001

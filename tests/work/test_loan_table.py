from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from suyuan.domain.errors import DataError, NotFound, UsageError
from suyuan.work.loan_table import RefusedRow, TableCost, cost_of_table

LOANS = """贷款清单
合同编号,借款本金,到手金额,签约日期,期限,还款金额,出借人类型
A1,1000,700,2018-09-01,7天,1000,民间
A2,"1,500.00",1050,2018/9/1,7,1500,小额贷款公司
A3,1000,700.123,2018年9月1日,7,1000,private
A4,1000,700,2021-03-01,7,,private
A5,1000,700,2021-03-01,7,1000,
"""
FLOWS = """loan_id,date,amount,principal
X,2024-02-15,-5200,
X,2024-01-15,10000,10000
X,2024-03-15,-5200,10000
Y,2024-01-01,700,1000
Y,2024-01-08,-10oo,
,2024-01-08,-1000,
"""


def wrote(folder: Path, text: str, *, encoding: str = "utf-8", name: str = "loans.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def rows(found: TableCost) -> dict[str, dict[str, Any]]:
    return {row["loan_id"]: row for row in found.loans.to_pylist()}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_row_a_loan_in_any_encoding_is_reckoned(tmp_path: Path, encoding: str) -> None:
    found = cost_of_table(wrote(tmp_path, LOANS, encoding=encoding))
    told = rows(found)
    assert (found.layout, found.rows_read, found.columns["received"]) == ("loan", 5, "到手金额")
    assert found.refused == (RefusedRow(row=5, column="received", why="amount"),)
    assert [(told[key]["over_fen"], told[key]["line_name"]) for key in ("A1", "A2")] == [
        (29_678, "private_24"),
        (44_517, "private_24"),
    ]
    assert told["A1"]["nominal_rate"] == told["A2"]["nominal_rate"] == 22.34693878
    assert (told["A3"]["why_null"], told["A3"]["over_fen"]) == ("row_refused", None)
    assert (told["A4"]["why_null"], told["A4"]["line_rate"]) == ("nothing_repaid", 0.154)
    assert (told["A5"]["why_no_line"], told["A5"]["nominal_rate"]) == ("lender_kind_unknown", 22.34693878)
    assert [row["first_row"] for row in found.loans.to_pylist()] == [3, 4, 5, 6, 7]


def test_totals_keep_the_book_and_the_borrowers_apart(tmp_path: Path) -> None:
    total = cost_of_table(wrote(tmp_path, LOANS)).totals[0]
    assert (total.currency, total.loans, total.received_fen, total.repaid_fen) == ("CNY", 4, 315_000, 350_000)
    assert (total.net_fen, total.gained_fen, total.over_fen) == (35_000, 105_000, 29_678 + 44_517)


def test_a_row_a_flow_is_reckoned_and_a_refused_row_spoils_its_loan_only(tmp_path: Path) -> None:
    found = cost_of_table(wrote(tmp_path, FLOWS))
    told = rows(found)
    assert (found.layout, found.rows_read, set(told)) == ("flow", 6, {"X", "Y"})
    assert (told["X"]["received_fen"], told["X"]["repaid_fen"], told["X"]["over_fen"]) == (1_000_000, 1_040_000, 22_888)
    assert (told["Y"]["why_null"], told["Y"]["received_fen"], told["Y"]["head_cut"]) == ("row_refused", None, None)
    assert [(row.row, row.why, row.column) for row in found.refused] == [
        (6, "amount", "flow"),
        (7, "missing", "loan_id"),
    ]


def test_the_same_loan_in_two_rows_is_refused_where_a_row_is_a_loan(tmp_path: Path) -> None:
    text = "loan_id,received,repaid,days,signed\nA,700,500,7,2018-09-01\nA,700,500,14,2018-09-01\n"
    found = cost_of_table(wrote(tmp_path, text))
    assert [row.why for row in found.refused] == ["twice", "twice"]
    assert rows(found)["A"]["why_null"] == "row_refused"


def test_what_happened_after_the_day_asked_for_does_not_count(tmp_path: Path) -> None:
    found = cost_of_table(wrote(tmp_path, LOANS), as_of=date(2018, 9, 7))
    assert rows(found)["A1"]["why_null"] == "nothing_repaid"


def test_workbooks_and_parquet_are_read_alike(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("封面").append(["说明"])
    sheet = book.create_sheet("明细")
    sheet.append(["loan_id", "principal", "received", "signed_on", "days", "repaid"])
    sheet.append(["A1", 1000, 700, date(2018, 9, 1), 7, 1000.0])
    book.save(tmp_path / "loans.xlsx")
    table = pa.table(
        {
            "loan_id": ["A1"],
            "principal_fen": [100_000],
            "received_fen": [70_000],
            "signed_on": [date(2018, 9, 1)],
            "days": [7],
            "repaid": [1000.0],
        }
    )
    pq.write_table(table, tmp_path / "loans.parquet")
    for name in ("loans.xlsx", "loans.parquet"):
        told = rows(cost_of_table(tmp_path / name))["A1"]
        assert (told["over_fen"], told["head_cut"], told["nominal_rate"]) == (29_678, 0.3, 22.34693878)


def test_files_that_cannot_serve_say_why(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        cost_of_table(tmp_path / "none.csv")
    with pytest.raises(DataError) as fault:
        cost_of_table(wrote(tmp_path, "a,b\n1,2\n"))
    assert (fault.value.key, fault.value.values["found"]) == ("loan.no_columns", "a | b")
    with pytest.raises(DataError) as fault:
        cost_of_table(wrote(tmp_path, "%PDF-1.7\n", name="x.csv"))
    assert fault.value.key == "loan.unreadable"
    with pytest.raises(UsageError):
        cost_of_table(wrote(tmp_path, LOANS), lender_kind="friend")


def test_a_table_of_headers_only_has_no_loans(tmp_path: Path) -> None:
    found = cost_of_table(wrote(tmp_path, "loan_id,received,repaid\n"))
    assert (found.rows_read, found.loans.num_rows, found.totals) == (0, 0, ())

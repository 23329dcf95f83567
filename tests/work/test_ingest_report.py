"""One shape for the manifest, for programs and for people."""

from typing import Any

import pytest

from suyuan.work.ingest_report import (
    FileReport,
    IngestReport,
    SheetReport,
    TableReport,
    main_currency,
    merged_checks,
    merged_tables,
)


def test_a_report_of_one_table_and_one_sheet_is_flat() -> None:
    told = FileReport(file="a", status="ingested", rows_kept=2, checks={"in_fen": 3}, rows_left_out=4).to_json()
    assert told["rows_kept"] == 2
    assert told["in_fen"] == 3
    assert told["quarantine_reasons"] == {}
    assert told["rows_left_out"] == 4
    assert not {"tables", "sheets", "needs", "why", "notes"} & told.keys()


def test_more_tables_and_sheets_are_listed() -> None:
    told = FileReport(
        file="a",
        status="ingested",
        tables=(
            TableReport(table="entry", rows_read=2, rows_kept=1, rows_quarantined=1, reasons={"r": 1}),
            TableReport(table="account", rows_read=1, rows_kept=1, rows_quarantined=0),
        ),
        sheets=(
            SheetReport(sheet_no=1, sheet="x", rows_read=2),
            SheetReport(sheet_no=2, sheet="y", same_as=1),
            SheetReport(sheet_no=3, sheet="z", left=True),
        ),
    ).to_json()
    assert [each["table"] for each in told["tables"]] == ["entry", "account"]
    assert told["sheets"][1]["same_as"] == 1
    assert told["sheets"][2]["left"] is True


@pytest.mark.parametrize(
    ("report", "wants"),
    [
        (FileReport(file="a", status="ingested", rows_kept=1), False),
        (FileReport(file="a", status="ingested", rows_kept=0, rows_quarantined=1), True),
        (FileReport(file="a", status="already"), False),
        (FileReport(file="a", status="refused", why="x"), True),
        (FileReport(file="a", status="refused", why="x", harmless=True), False),
        (FileReport(file="a", status="asked"), True),
    ],
)
def test_attention_is_asked_where_something_is_not_in(report: FileReport, wants: bool) -> None:
    assert report.wants_attention is wants
    assert IngestReport(files=(report,)).wants_attention is wants


def test_only_what_this_command_added_is_summed() -> None:
    told = IngestReport(
        files=(
            FileReport(file="a", status="ingested", rows_read=3, rows_kept=2, rows_quarantined=1),
            FileReport(file="b", status="already", rows_kept=9),
        )
    ).to_json()
    assert (told["rows_read"], told["rows_kept"], told["rows_quarantined"]) == (3, 2, 1)
    assert told["by_status"] == {"ingested": 1, "already": 1}


def test_a_manifest_comes_back_as_a_report_under_the_name_of_now() -> None:
    first = FileReport(file="a", status="ingested", sha256="f", table="entry", rows_kept=2, checks={"sums": {}})
    again = FileReport.of_manifest(first.to_json(), file="b")
    assert (again.file, again.status, again.table, again.rows_kept) == ("b", "already", "entry", 2)
    assert again.checks == {"sums": {}}


def test_rows_of_one_table_from_several_sheets_are_added() -> None:
    one = TableReport(table="entry", rows_read=2, rows_kept=1, rows_quarantined=1, reasons={"r": 1})
    (told,) = merged_tables([one, one])
    assert (told.rows_read, told.rows_kept, told.rows_quarantined, dict(told.reasons)) == (4, 2, 2, {"r": 2})


def _checks(closes: bool | None, agree: bool | None, currency: str = "CNY") -> dict[str, Any]:
    return {
        "sums": {currency: {"in": 1, "out": 2, "rows": 3}},
        "balance": {"closes": closes},
        "totals": {"agree": agree},
        "duplicates": 1,
    }


def test_sheets_agree_where_all_that_can_be_checked_agree() -> None:
    told = merged_checks([_checks(None, True), _checks(True, False)])
    assert told["sums"] == {"CNY": {"in": 2, "out": 4, "rows": 6}}
    assert (told["in_fen"], told["out_fen"], told["duplicates"]) == (2, 4, 2)
    assert told["balance"] == {"closes": True}
    assert told["totals"] == {"agree": False}
    assert merged_checks([_checks(None, None), _checks(None, None)])["balance"] == {"closes": None}
    assert merged_checks([]) == {}


def test_several_currencies_without_cny_have_no_main_one() -> None:
    assert main_currency({"USD": 1, "EUR": 1}) is None
    assert main_currency({"USD": 1}) == "USD"
    assert main_currency({"USD": 1, "CNY": 1}) == "CNY"
    assert merged_checks([_checks(None, None, "USD"), _checks(None, None, "EUR")])["in_fen"] is None

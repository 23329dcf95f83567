"""Everything a person should know of a file is said in words."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from suyuan.cli.ingest_view import draw, draw_drafts
from suyuan.domain.say import spoken


@pytest.fixture(autouse=True)
def _english() -> None:
    spoken.set("en")


def _drawn(**told: Any) -> str:
    file = {
        "file": "in/[a].csv", "status": "ingested", "table": "entry", "rows_kept": 2, "rows_quarantined": 0,
        "quarantine_reasons": {}, **told,
    }  # fmt: skip
    out = StringIO()
    document = {"files": [file], "rows_kept": 2, "by_status": {file["status"]: 1}}
    draw(Console(file=out, width=400), document, workspace=Path("W"))
    return out.getvalue()


def test_money_is_shown_by_currency() -> None:
    drawn = _drawn(sums={"CNY": {"in": 12345, "out": 0, "rows": 1}, "HKD": {"in": 1, "out": 2, "rows": 1}})
    assert "123.45 CNY" in drawn
    assert "0.02 HKD" in drawn
    assert "[a].csv" in drawn


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"status": "refused", "why": "x.pdf: a PDF"}, "x.pdf: a PDF"),
        ({"status": "asked", "needs": [{"option": "--year", "why": "give --year"}]}, "give --year"),
        ({"quarantine_reasons": {"missing:amount_fen": 2}}, "2 rows in quarantine: amount_fen is missing"),
        ({"quarantine_reasons": {"own_reason": 1}}, "own_reason"),
        ({"balance": {"closes": True, "first_break": None}}, "closes"),
        (
            {"balance": {"closes": False, "first_break": {"row": 9, "expected_fen": 100, "told_fen": 200}}},
            "breaks at row 9: 1.00 expected, 2.00 told",
        ),
        ({"totals": {"agree": False, "checked": [{"agree": False, "where": "row 3"}]}}, "its own total (row 3)"),
        ({"duplicates": 3}, "3 rows repeat"),
        ({"rows_left_out": 4}, "4 rows are of no kind"),
        ({"sheets": [{"sheet": "two", "same_as": 1}]}, "sheet two equals sheet number 1"),
        ({"sheets": [{"sheet": "notes", "left": True}]}, "sheet notes holds no table"),
        ({"notes": ["merged cells"]}, "merged cells"),
    ],
)
def test_each_remark_is_said(told: dict[str, Any], words: str) -> None:
    assert words in _drawn(**told)


def test_the_next_step_waits_until_nothing_is_open() -> None:
    assert "suyuan run --workspace W" in _drawn()
    assert "suyuan run" not in _drawn(status="asked")


def test_files_that_are_in_already_are_counted_and_the_way_out_told() -> None:
    assert "1 files were in already and added nothing; --again" in _drawn(status="already")


def test_a_draft_is_printed_as_it_is_to_be_saved() -> None:
    out = StringIO()
    yaml = "columns: ['[a]']\n"
    draw_drafts(Console(file=out, width=80), [{"yaml": yaml, "table": "loan", "unsure": [], "missing": ["currency"]}])
    assert yaml in out.getvalue()
    assert "currency" in out.getvalue()

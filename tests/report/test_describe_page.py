from typing import Any

from suyuan.report.describe_page import describe_page

TOLD: dict[str, Any] = {
    "seed": 7,
    "scale": 0.02,
    "evasion": 1,
    "bar": 0.6,
    "rows": {"person": 4_000, "transfer": 100_000},
    "rings": {"lanzhou": 1},
    "telling": [
        {
            "table": "transfer",
            "ring_rows": 900,
            "background_rows": 9_000,
            "auc": 0.57,
            "why": None,
            "strongest": [("amount_fen.value", 0.4)],
        },
        {
            "table": "call",
            "ring_rows": 3,
            "background_rows": 9_000,
            "auc": None,
            "why": "describe.too_few",
            "strongest": [],
        },
    ],
}
PICTURE = {
    "name": "hour",
    "form": "bars",
    "unit": "describe.hour",
    "tail": None,
    "series": [("all", (0.0, 1.0), (0.4, 0.6))],
}


def test_the_page_says_what_was_measured_and_why_something_was_not() -> None:
    page = describe_page(TOLD, pictures=[PICTURE], lang="zh")
    assert "0.570" in page
    assert "团伙的行数太少" in page
    assert "lanzhou × 1" in page
    assert page.count("data:image/svg+xml") == 1
    assert "<script" not in page


def test_both_languages_stand_in_the_page() -> None:
    page = describe_page(TOLD, pictures=[], lang="en")
    assert "Does one row give a ring away?" in page
    assert "单看一行，能否认出团伙？" in page

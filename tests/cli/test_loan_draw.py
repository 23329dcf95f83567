import io
from collections.abc import Callable
from typing import Any

import pytest
from rich.console import Console

from suyuan.cli.loan_draw import WHY_NO_LINE, WHY_NULL, WHY_REFUSED, draw_loan, draw_table, percent
from suyuan.domain.say import say, spoken
from suyuan.money.cap import NO_LINES
from suyuan.money.cost import REASONS


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (None, "–"),
        (0.0, "0 %"),
        (0.154, "15.4 %"),
        (22.34693878, "2,234.7 %"),
        (119407269.4, "1.194 × 10^10 %"),
        (-0.5, "-50 %"),
    ],
)
def test_shares_read_as_percentages(share: float | None, text: str) -> None:
    assert percent(share) == text


def test_every_reason_has_words_in_both_languages() -> None:
    assert set(WHY_NULL) == {*REASONS, "row_refused"}
    assert set(WHY_NO_LINE) == set(NO_LINES)
    for keys in (WHY_NULL, WHY_NO_LINE):
        assert all(say(key, lang="zh") != say(key, lang="en") for key in keys.values())
    assert all(say(key, lang="zh", row=1, column="x") for key in WHY_REFUSED.values())


def drawn(draw: Callable[[Console, Any], None], told: Any) -> str:
    out = io.StringIO()
    console = Console(width=100, file=out)
    token = spoken.set("en")
    try:
        draw(console, told)
    finally:
        spoken.reset(token)
    return out.getvalue()


def test_a_line_that_changed_shows_both_rates() -> None:
    line = {"title": {"en": "24 % enforceable", "zh": ""}, "yearly_rate": 0.24, "changes_on": "2020-08-20"}
    line |= {"yearly_rate_after": 0.146, "allowed_fen": 1, "over_fen": 0, "source": "S", "checked_on": "2026-11-22"}
    facts = dict.fromkeys(("principal_fen", "head_cut", "nominal_rate", "effective_rate"))
    told = facts | {"currency": "CNY", "received_fen": 1, "repaid_fen": 0, "lines": [line]}
    out = drawn(draw_loan, told | {"why_null": "nothing_repaid", "why_no_line": None})
    assert "24 % → 14.6 %" in out
    assert "nothing was repaid" in out


def test_a_long_table_says_how_many_loans_are_not_shown() -> None:
    names = ("received_fen", "repaid_fen", "head_cut", "nominal_rate", "line_rate", "over_fen", "why_null")
    loans = [dict.fromkeys(names) | {"first_row": row, "why_no_line": "lpr_unknown"} for row in range(25)]
    out = drawn(
        draw_table, {"file": "x", "rows_read": 25, "loans": loans, "totals": [], "refused": [], "rows_refused": 0}
    )
    assert "5 more loans" in out
    assert "LPR" in out

"""What entries add up to, and whether the statement agrees with itself."""

from typing import Any

import duckdb
import pytest

from suyuan.sources.statement import content, verify

FACTS: dict[str, Any] = {"has_balance": True, "balance_sign": 1, "sorted": True, "totals": []}


def _entries(con: duckdb.DuckDBPyConnection, *rows: tuple[str, int, int | None]) -> None:
    con.execute(
        "CREATE TABLE e (row_id VARCHAR, line_no BIGINT, account_id VARCHAR, effect VARCHAR, amount_fen BIGINT, "
        "currency VARCHAR, booked_at TIMESTAMP, balance_fen BIGINT, serial VARCHAR)"
    )
    for number, (effect, amount, balance) in enumerate(rows, start=1):
        con.execute(
            "INSERT INTO e VALUES ($1, $2, 'a', $3, $4, 'CNY', TIMESTAMP '2025-01-01', $5, NULL)",
            [f"x:1:{number + 10}", number, effect, amount, balance],
        )


def test_a_balance_is_carried_over_rows_that_tell_none(con: duckdb.DuckDBPyConnection) -> None:
    _entries(con, ("in", 500, 500), ("in", 100, None), ("void", 900, None), ("out", 50, 550))
    assert verify(con, "e", FACTS)["balance"] == {"closes": True, "checked": 1, "breaks": 0, "first_break": None}


def test_neutral_rows_may_move_the_balance_or_not(con: duckdb.DuckDBPyConnection) -> None:
    _entries(con, ("in", 500, 500), ("neutral", 100, 400), ("neutral", 30, 400), ("out", 50, 350))
    assert verify(con, "e", FACTS)["balance"]["closes"] is True


def test_the_first_break_is_told_by_its_row(con: duckdb.DuckDBPyConnection) -> None:
    _entries(con, ("in", 500, 500), ("out", 100, 390), ("out", 10, 380), ("out", 10, 360))
    balance = verify(con, "e", FACTS)["balance"]
    assert (balance["closes"], balance["breaks"]) == (False, 2)
    assert balance["first_break"] == {"row": 12, "account_id": "a", "expected_fen": 400, "told_fen": 390}


def test_a_debt_grows_with_spending(con: duckdb.DuckDBPyConnection) -> None:
    _entries(con, ("out", 500, 500), ("in", 100, 400))
    assert verify(con, "e", FACTS | {"balance_sign": -1})["balance"]["closes"] is True
    assert verify(con, "e", FACTS)["balance"]["closes"] is False


def test_without_balances_nothing_is_said_to_close(con: duckdb.DuckDBPyConnection) -> None:
    _entries(con, ("out", 500, None), ("in", 100, None))
    assert verify(con, "e", FACTS)["balance"]["closes"] is None
    assert verify(con, "e", FACTS | {"has_balance": False})["balance"]["checked"] == 0


@pytest.mark.parametrize(
    ("total", "agree"),
    [
        ({"what": "in", "count": 1, "fen": 500}, True),
        ({"what": "out", "count": None, "fen": 60}, True),
        ({"what": "all", "count": 4, "fen": None}, True),
        ({"what": "neutral", "count": 2, "fen": 1600}, True),
        ({"what": "out", "count": 2, "fen": 60}, False),
        ({"what": "in", "count": 1, "fen": 501}, False),
    ],
)
def test_totals_are_compared_one_by_one(con: duckdb.DuckDBPyConnection, total: dict[str, Any], agree: bool) -> None:
    _entries(con, ("in", 500, None), ("out", 60, None), ("neutral", 700, None), ("void", 900, None))
    found = verify(con, "e", FACTS | {"totals": [total | {"where": "row 1"}]})["totals"]
    assert found["agree"] is agree
    assert found["checked"][0]["agree"] is agree


def test_no_entries_add_up_to_nothing(con: duckdb.DuckDBPyConnection) -> None:
    _entries(con)
    found = verify(con, "e", FACTS)
    assert (found["sums"], found["in_fen"], found["balance"]["closes"], found["totals"]["agree"]) == (
        {},
        None,
        None,
        None,
    )


def test_equal_lines_have_equal_content_whatever_their_rows(con: duckdb.DuckDBPyConnection) -> None:
    _entries(con, ("in", 500, None), ("out", 60, None))
    con.execute("ALTER TABLE e ADD COLUMN counterparty_name VARCHAR")
    con.execute("ALTER TABLE e ADD COLUMN memo VARCHAR")
    con.execute(
        "CREATE TABLE low AS SELECT * REPLACE (row_id || '0' AS row_id, 9 - line_no AS line_no) FROM e ORDER BY effect"
    )
    con.execute("CREATE TABLE other AS SELECT * REPLACE (amount_fen + 1 AS amount_fen) FROM e")
    assert content(con, "e") == content(con, "low")
    assert content(con, "e") != content(con, "other")
    assert content(con, "e")[0] == 2

"""Holds staged entries against what the statement itself tells: its running balance, its totals, its serial numbers."""

from collections.abc import Mapping
from typing import Any

import duckdb

# A row's own pull on the balance; neutral rows may or may not move it, void rows never do.
_TOLD = (
    "account_id",
    "effect",
    "amount_fen",
    "currency",
    "booked_at",
    "balance_fen",
    "counterparty_name",
    "memo",
    "serial",
)
_MOVED = "CASE effect WHEN 'in' THEN amount_fen WHEN 'out' THEN -amount_fen ELSE 0 END"


def verify(con: duckdb.DuckDBPyConnection, relation: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the entries of one file add up to and whether the statement agrees with itself.

    Args:
        con: A connection that knows `relation`.
        relation: A FROM item with the columns of `entry`, holding the kept rows of one statement.
        facts: `Recipe.facts` of that statement.

    Returns:
        `sums`: currency → {in, out, rows}, in 1/100, effects in and out only; `rows` counts every row.
        `in_fen`, `out_fen`: those of CNY, or of the only currency; null when there are several without CNY.
        `balance`: {closes (null: no two balances to compare), checked, breaks, first_break}; a break is told by its
            row, the balance expected and the balance told.
        `totals`: {agree (null: none told), checked: [{what, where, told, found, agree}, …]}.
        `duplicates`: rows beyond the first that share serial, amount and time.

    Cost: one sort of the entries.
    """
    sums = _sums(con, relation)
    currency = "CNY" if "CNY" in sums else next(iter(sums)) if len(sums) == 1 else None
    return {
        "sums": sums,
        "in_fen": sums[currency]["in"] if currency else None,
        "out_fen": sums[currency]["out"] if currency else None,
        "balance": _balance(con, relation, facts),
        "totals": _totals(con, relation, facts),
        "duplicates": _duplicates(con, relation),
    }


def content(con: duckdb.DuckDBPyConnection, relation: str) -> tuple[int, int]:
    """Return the count and a digest of the entries of `relation`: equal for tables that tell the same lines.

    Two sheets of one workbook may write one table differently (¥28.16 and 28.16, one row lower); `row_id`, line numbers
    and what only provenance tells are left out. Cost: one pass.
    """
    told = ", ".join(_TOLD)
    (found,) = con.execute(
        f"SELECT count(*), coalesce(sum(hash({told})::HUGEINT), 0)::VARCHAR FROM {relation}"
    ).fetchall()
    return int(found[0]), int(found[1])


def _sums(con: duckdb.DuckDBPyConnection, relation: str) -> dict[str, dict[str, int]]:
    rows = con.execute(
        f"""SELECT currency,
                   coalesce(sum(amount_fen) FILTER (effect = 'in'), 0)::BIGINT,
                   coalesce(sum(amount_fen) FILTER (effect = 'out'), 0)::BIGINT,
                   count(*)
            FROM {relation} GROUP BY currency ORDER BY currency"""
    ).fetchall()
    return {str(code): {"in": int(came), "out": int(went), "rows": int(count)} for code, came, went, count in rows}


def _balance(con: duckdb.DuckDBPyConnection, relation: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Compare each told balance with the one told before it on the same account and in the same currency.

    The wanted balance is the last one told, plus what moved since; where neutral rows lie between, theirs may have.
    """
    if not facts.get("has_balance", True):
        return {"closes": None, "checked": 0, "breaks": 0, "first_break": None}
    sign = -1 if facts.get("balance_sign") == -1 else 1
    order = "line_no" if facts.get("sorted", True) else "booked_at, line_no"
    order = "line_no" if facts.get("sorted") is None else order
    chained = f"""
        SELECT row_id, line_no, booked_at, account_id, currency, balance_fen,
               sum({sign} * {_MOVED}) OVER chain AS moved,
               sum(CASE WHEN effect = 'neutral' THEN amount_fen ELSE 0 END) OVER chain AS idle
        FROM {relation}
        WINDOW chain AS (PARTITION BY account_id, currency ORDER BY {order} ROWS UNBOUNDED PRECEDING)"""
    checked = f"""
        SELECT *, lag(balance_fen) OVER told + moved - lag(moved) OVER told AS wanted,
               idle - lag(idle) OVER told AS slack
        FROM ({chained}) WHERE balance_fen IS NOT NULL
        WINDOW told AS (PARTITION BY account_id, currency ORDER BY {order})"""
    breaks = "wanted IS NOT NULL AND balance_fen <> wanted AND abs(balance_fen - wanted) <> slack"
    count, broken = con.execute(f"SELECT count(wanted), count(*) FILTER ({breaks}) FROM ({checked})").fetchall()[0]
    first = con.execute(
        f"SELECT row_id, account_id, wanted, balance_fen FROM ({checked}) WHERE {breaks} ORDER BY {order} LIMIT 1"
    ).fetchall()
    return {
        "closes": None if not count else not broken,
        "checked": int(count),
        "breaks": int(broken),
        "first_break": {
            "row": int(str(first[0][0]).rpartition(":")[2]),
            "account_id": first[0][1],
            "expected_fen": int(first[0][2]),
            "told_fen": int(first[0][3]),
        }
        if first
        else None,
    }


def _totals(con: duckdb.DuckDBPyConnection, relation: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    told = facts.get("totals") or []
    if not told:
        return {"agree": None, "checked": []}
    found: dict[str, tuple[int, int]] = {"all": (0, 0)}
    rows = con.execute(
        f"SELECT effect, count(*), coalesce(sum(amount_fen), 0)::BIGINT FROM {relation} GROUP BY effect"
    ).fetchall()
    for effect, count, fen in rows:
        found[effect] = (int(count), int(fen))
        found["all"] = (found["all"][0] + int(count), found["all"][1] + int(fen))
    # Wallets count a closed or refunded trade among those that are neither income nor spending.
    idle = [found.get(effect, (0, 0)) for effect in ("neutral", "void")]
    found["neutral"] = (sum(count for count, _ in idle), sum(fen for _, fen in idle))
    checked = [_compared(total, found.get(total["what"], (0, 0))) for total in told]
    return {"agree": all(total["agree"] for total in checked), "checked": checked}


def _compared(total: Mapping[str, Any], found: tuple[int, int]) -> dict[str, Any]:
    agree = (total["count"] is None or total["count"] == found[0]) and (
        total["fen"] is None or total["fen"] == found[1]
    )
    return {
        "what": total["what"],
        "where": total["where"],
        "told": {"count": total["count"], "fen": total["fen"]},
        "found": {"count": found[0], "fen": found[1]},
        "agree": agree,
    }


def _duplicates(con: duckdb.DuckDBPyConnection, relation: str) -> int:
    (count,) = con.execute(
        f"""SELECT coalesce(sum(n - 1), 0)::BIGINT FROM (
              SELECT count(*) AS n FROM {relation} WHERE serial IS NOT NULL
              GROUP BY account_id, serial, amount_fen, booked_at, effect HAVING count(*) > 1)"""
    ).fetchall()[0]
    return int(count)

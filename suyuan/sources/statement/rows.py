"""Tells rows of data from headers, totals, balances carried forward and explanations."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from suyuan.sources.grid import Grid
from suyuan.sources.statement.cells import bare, compared, quote
from suyuan.sources.statement.header import Header
from suyuan.sources.statement.preamble import Total, fen
from suyuan.sources.statement.sample import written
from suyuan.sources.statement.words import Role, Words, normal

_MONEY: tuple[Role, ...] = ("amount", "in", "out")


def _lead(grid: Grid) -> str:
    cells = [bare(written(grid, number)) for number in range(1, grid.n_cols + 1)]
    return f"coalesce({', '.join(cells)}, NULL)"


def _starts(words: Words) -> str:
    return "|".join(sorted({*words.totals.row, *words.totals.carried}, key=len, reverse=True))


def data_rows(grid: Grid, header: Header, *, dateish: str, words: Words) -> str:
    """Return the predicate of rows that carry an entry: below the header, and dated or with an amount.

    Left out are blank rows, the header repeated, totals and carried balances, and lines of explanation, which have
    neither. A row with an amount and an unreadable date stays: it will be refused with its reason. Rows that show a
    year and a digit of money at once, nearly all, are told by that alone.
    """
    money = [written(grid, place) for role in _MONEY if (place := header.at(role))]
    paid = " OR ".join(f"coalesce(regexp_matches({cell}, '[0-9]'), false)" for cell in money) or "false"
    feedback = header.at("feedback")
    answered = f" OR {bare(written(grid, feedback))} IS NOT NULL" if feedback else ""
    dated_at = header.at("when") or header.at("posted") or 1
    first = written(grid, dated_at)
    again = (
        f"coalesce({bare(first, figure=True)} <> {quote(header.names[dated_at - 1])}, true) AND "
        if header.last_row
        else ""
    )
    total = f"coalesce(regexp_matches({compared(_lead(grid))}, {quote(_starts(words))}), false)"
    texts = [bare(written(grid, place)) for role in ("memo", "kind") for place in header.columns.get(role, ())]
    opening = quote("^(" + "|".join(sorted(words.totals.carried, key=len, reverse=True)) + ")")
    said = " OR ".join(f"coalesce(regexp_matches({compared(cell)}, {opening}), false)" for cell in texts) or "false"
    slow = f"{again}((({dateish}) AND (({paid}) OR NOT ({said}))) OR (({paid}) AND NOT ({total})){answered})"
    fast = f"coalesce(left({first}, 2) IN ('19', '20') AND strlen({first}) BETWEEN 8 AND 30, false) AND ({paid})"
    below = f"row_no > {header.last_row} AND " if header.last_row else ""
    return f"{below}(({fast}) OR ({slow}))"


def row_order(moments: Sequence[object]) -> int | None:
    """Return 1 when `moments` run from old to new, -1 from new to old, 0 when both ways, null when they stand still."""
    known = [moment for moment in moments if isinstance(moment, datetime)]
    rises = sum(1 for one, next_ in pairwise(known) if one < next_)
    falls = sum(1 for one, next_ in pairwise(known) if one > next_)
    if not rises and not falls:
        return None
    if falls <= 0.1 * rises:
        return 1
    return -1 if rises <= 0.1 * falls else 0


def total_rows(grid: Grid, header: Header, *, words: Words) -> tuple[Total, ...]:
    """Return the totals that rows of the tail tell under the columns of money."""
    found: list[Total] = []
    start = (grid.n_rows or len(grid.tail)) - len(grid.tail)
    dated_at = header.at("when") or header.at("posted") or 1
    for index, row in enumerate(grid.tail, start=start + 1):
        lead = next((normal(cell) for cell in row if cell and cell.strip()), "")
        date_cell = (row[dated_at - 1] or "") if dated_at <= len(row) else ""
        if (
            index <= header.last_row
            or not any(term in lead for term in words.totals.row)
            or date_cell.strip()[:4].isdigit()
        ):
            continue
        for what, role in (("in", "in"), ("out", "out")):
            place = header.at("in" if role == "in" else "out")
            told = fen(row[place - 1] or "") if place and place <= len(row) else None
            if told is not None:
                found.append(Total(what=what, count=None, fen=told, where=f"row {index}"))
    return tuple(found)

"""Recognises an account statement by what it says and plans how its rows become entries."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import duckdb

from suyuan.sources.grid import Grid, Recipe
from suyuan.sources.statement.amounts import decide_amounts
from suyuan.sources.statement.ask import Ask, Hints, Need
from suyuan.sources.statement.cells import text
from suyuan.sources.statement.entry import Meaning, account_table, entry_table
from suyuan.sources.statement.facts import facts_of
from suyuan.sources.statement.header import Header, bears_entries, header_of, is_statement
from suyuan.sources.statement.owner import Decided, decide_account, decide_currency, institution
from suyuan.sources.statement.preamble import Told, read_told
from suyuan.sources.statement.reading import once, told_once
from suyuan.sources.statement.rows import data_rows, row_order
from suyuan.sources.statement.sample import Sample, cell
from suyuan.sources.statement.seen import Seen
from suyuan.sources.statement.when import When, decide_when
from suyuan.sources.statement.words import Words, words

_AFTER = 20  # rows at the end that may be a footer


def recognise(grid: Grid, *, hints: Hints, con: duckdb.DuckDBPyConnection) -> Recipe | Ask | None:
    """Return how the rows of `grid` become entries, what must be told first, or null when it is no statement.

    Deterministic; nothing is written. `con` knows `grid.relation`; it is asked at most for the extremes of the date
    columns.
    """
    known = words()
    header = header_of(grid, names=hints.header, words=known)
    if header is None or not is_statement(header.columns):
        return _headless(hints) if grid.names is None and bears_entries(grid.head) else None
    told = _told(grid, header, known)
    when = decide_when(con, grid, header, hints=hints, told=told)
    with Sample(grid, first_row=header.last_row + 1) as sample:
        seen = Seen(grid=grid, header=header, told=told, hints=hints, words=known, sample=sample)
        if not isinstance(when, When):
            rest = (decide_currency(seen), decide_account(seen))
            return Ask(needs=(*when, *(need for need in rest if isinstance(need, Need))))
        data = data_rows(grid, header, dateish=when.dateish, words=known)
        return _planned(replace(seen, data=data), when)


def _headless(hints: Hints) -> Ask:
    """Return what a statement without a header leaves open, all at once."""
    needs = [Need(option="--header", key="statement.no_header")]
    if not hints.date_order:
        needs.append(Need(option="--date-order", key="statement.date_order"))
    if not hints.currency:
        needs.append(Need(option="--currency", key="statement.no_currency"))
    if not hints.own_account:
        needs.append(Need(option="--own-account", key="statement.no_account"))
    return Ask(needs=tuple(needs))


def _told(grid: Grid, header: Header, known: Words) -> Told:
    before = grid.head[: max(header.first_row - 1, 0)]
    start = max((grid.n_rows or len(grid.tail)) - len(grid.tail), 0)
    dated_at = header.at("when") or header.at("posted") or 1
    after = [
        row
        for number, row in enumerate(grid.tail, start=start + 1)
        if number > header.last_row and not _dated(row, dated_at)
    ][-_AFTER:]
    return read_told(before, after if grid.names is None else (), file=grid.file, sheet=grid.sheet, words=known)


def _dated(row: Sequence[str | None], place: int) -> bool:
    cell = (row[place - 1] or "").strip(" \t\"'=") if place <= len(row) else ""
    return cell[:1].isdigit() or sum(1 for other in row if other and other.strip()) > 4


def _planned(seen: Seen, when: When) -> Recipe | Ask:
    grid, header, told = seen.grid, seen.header, seen.told
    currency, account = decide_currency(seen), decide_account(seen)
    texts = [text(cell(place)) for role in ("kind", "memo") for place in header.columns.get(role, ())]
    first = told_once(header, seen.words, texts=texts) | {
        once("booked"): when.booked,
        once("account"): _decided(account),
        once("currency"): _decided(currency),
    }
    rows = seen.read({"booked": once("booked"), "row": "row_no"}, first)
    order = row_order([found["booked"] for found in rows])
    amounts = decide_amounts(seen, first, order=order or None)
    needs = [found for found in (currency, account, amounts) if isinstance(found, Need)]
    if needs or not isinstance(currency, Decided) or not isinstance(account, Decided) or isinstance(amounts, Need):
        return Ask(needs=tuple(needs))
    run = amounts.order or order or 1
    meaning = Meaning(grid=grid, header=header, when=when, amounts=amounts, order=run, words=seen.words)
    facts = facts_of(seen, meaning, account=account, currency=currency, in_order=order != 0)
    owner = account_table(meaning, where=_first_of_each(seen, account, rows=rows), facts=facts)
    return Recipe(
        mapping="statement",
        version=seen.words.version,
        source=institution(hints=seen.hints, told=told),
        tables=(entry_table(meaning), owner),
        data=seen.data,
        facts=facts,
        once=(seen.cells, first, meaning.second_layer()),
    )


def _decided(found: Decided | Need) -> str:
    return found.expr if isinstance(found, Decided) else "CAST(NULL AS VARCHAR)"


def _first_of_each(seen: Seen, account: Decided, *, rows: Sequence[Mapping[str, object]]) -> str:
    """Return the predicate of the row from which each own account is taken: the first that shows it."""
    if account.value is not None and rows:
        return f"row_no = {rows[0]['row']}"
    listed = ", ".join(f"{value} AS {name}" for name, value in seen.cells.items())
    laid = f"SELECT row_no, {listed} FROM {seen.grid.relation} WHERE {seen.data}"
    return f"row_no IN (SELECT min(row_no) FROM ({laid}) GROUP BY {account.expr} HAVING {account.expr} IS NOT NULL)"

"""Recognises an account statement by what it says and plans how its rows become entries."""

from collections.abc import Mapping, Sequence

import duckdb

from suyuan.sources.grid import Grid, Recipe
from suyuan.sources.statement.amounts import decide_amounts
from suyuan.sources.statement.ask import Ask, Hints, Need
from suyuan.sources.statement.cells import text
from suyuan.sources.statement.entry import Meaning, account_table, entry_table
from suyuan.sources.statement.header import Header, bears_entries, header_of, is_statement
from suyuan.sources.statement.owner import Decided, decide_account, decide_currency, institution
from suyuan.sources.statement.preamble import Told, Total, read_told
from suyuan.sources.statement.reading import once, told_once
from suyuan.sources.statement.rows import data_rows, row_order, total_rows
from suyuan.sources.statement.sample import Sample, column
from suyuan.sources.statement.when import When, decide_when
from suyuan.sources.statement.words import Words, words

_AFTER = 20  # rows at the end that may be a footer


def recognise(grid: Grid, *, hints: Hints, con: duckdb.DuckDBPyConnection) -> Recipe | Ask | None:
    """Return how the rows of `grid` become entries, what must be told first, or null when it is no statement.

    Deterministic; nothing is written. `con` knows `grid.relation`; it is asked at most for the extremes of the date
    columns, and for `n_rows` never.
    """
    known = words()
    header = header_of(grid, names=hints.header, words=known)
    if header is None or not is_statement(header.columns):
        return _headless(hints) if grid.names is None and bears_entries(grid.head) else None
    told = _told(grid, header, known)
    when = decide_when(con, grid, header, hints=hints, told=told)
    with Sample(grid, first_row=header.last_row + 1) as sample:
        if not isinstance(when, When):
            rest = _others(grid, header, sample=sample, data="true", hints=hints, told=told, known=known)
            return Ask(needs=(*when, *(need for need in rest if isinstance(need, Need))))
        data = data_rows(grid, header, dateish=when.dateish, words=known)
        return _planned(grid, header, when, data=data, sample=sample, hints=hints, told=told, known=known)


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


def _others(
    grid: Grid, header: Header, *, sample: Sample, data: str, hints: Hints, told: Told, known: Words
) -> tuple[Decided | Need, Decided | Need]:
    currency = decide_currency(grid, header, sample=sample, data=data, hints=hints, told=told, words=known)
    return currency, decide_account(grid, header, sample=sample, data=data, hints=hints, told=told)


def _planned(
    grid: Grid,
    header: Header,
    when: When,
    *,
    data: str,
    sample: Sample,
    hints: Hints,
    told: Told,
    known: Words,
) -> Recipe | Ask | None:
    currency, account = _others(grid, header, sample=sample, data=data, hints=hints, told=told, known=known)
    texts = [text(column(grid, place)) for role in ("kind", "memo") for place in header.columns.get(role, ())]
    first = told_once(grid, header, known, texts=texts) | {
        once("booked"): when.booked,
        once("account"): _decided(account),
        once("currency"): _decided(currency),
    }
    seen = sample.read({"booked": once("booked"), "row": "row_no"}, where=data, layers=(first,))
    order = row_order([found["booked"] for found in seen])
    amounts = decide_amounts(
        grid, header, sample=sample, data=data, layers=(first,), chain=(once("account"), once("currency")),
        order=order or None, hints=hints, told=told, words=known,
    )  # fmt: skip
    needs = [found for found in (currency, account, amounts) if isinstance(found, Need)]
    if needs or not isinstance(currency, Decided) or not isinstance(account, Decided) or isinstance(amounts, Need):
        return Ask(needs=tuple(needs))
    run = order if order in {1, -1} else amounts.order or 1
    meaning = Meaning(grid=grid, header=header, when=when, amounts=amounts, order=run, words=known)
    totals = (*told.totals, *total_rows(grid, header, words=known))
    kind = _kind(header, told, known)
    facts = _facts(
        meaning, told=told, account=account, currency=currency, sorted_=order, totals=totals, kind=kind, hints=hints
    )
    owner = account_table(
        meaning,
        where=_first_of_each(grid, account, rows=seen, data=data),
        kind=kind,
        holder=hints.holder or told.holder,
        currency_code=currency.value,
        bank=told.institution_name,
    )
    return Recipe(
        mapping="statement",
        version=known.version,
        source=institution(hints=hints, told=told),
        tables=(entry_table(meaning), owner),
        data=data,
        facts=facts,
        once=(first, meaning.second_layer()),
    )


def _decided(found: Decided | Need) -> str:
    return found.expr if isinstance(found, Decided) else "CAST(NULL AS VARCHAR)"


def _first_of_each(grid: Grid, account: Decided, *, rows: Sequence[Mapping[str, object]], data: str) -> str:
    """Return the predicate of the row from which each own account is taken: the first that shows it."""
    if account.value is not None and rows:
        return f"row_no = {rows[0]['row']}"
    first = f"SELECT min(row_no) FROM {grid.relation} WHERE {data} GROUP BY {account.expr}"
    return f"row_no IN ({first}) AND {account.expr} IS NOT NULL"


def _kind(header: Header, told: Told, known: Words) -> str:
    """Return the kind of account in the contract's words: wallets tell income, spending and what is neither."""
    if header.at("balance") is None and header.name("flag") in known.flags.blank_is_neutral:
        return "wallet"
    if told.is_card:
        return "credit_card"
    said = told.account_kind or ""
    return "card" if "卡" in said or header.at("own_card") else "settlement" if "结算" in said else "unknown"


def _facts(
    meaning: Meaning,
    *,
    told: Told,
    account: Decided,
    currency: Decided,
    sorted_: int | None,
    totals: Sequence[Total],
    kind: str,
    hints: Hints,
) -> dict[str, object]:
    """Return what the file's report and `verify` need, in JSON's types."""
    header = meaning.header
    mapped = {place for places in header.columns.values() for place in places}
    reading = meaning.amounts.reading
    return {
        "own_account": account.value,
        "own_account_from": account.origin,
        "own_account_told": told.own_account,
        "holder": hints.holder or told.holder,
        "institution": told.institution_name,
        "account_kind": kind,
        "currency": currency.value,
        "currency_from": currency.origin,
        "period": {
            "from": told.period_from_on.isoformat() if told.period_from_on else None,
            "to": told.period_to_on.isoformat() if told.period_to_on else None,
        },
        "header_row": header.last_row or None,
        "columns": {role: [header.names[place - 1] for place in places] for role, places in header.columns.items()},
        "unmapped": [name for place, name in enumerate(header.names, start=1) if name and place not in mapped],
        "amounts": reading.name,
        "amounts_by": meaning.amounts.why,
        "sampled_pairs": meaning.amounts.pairs,
        "sampled_closing": meaning.amounts.closes,
        "has_balance": header.at("balance") is not None,
        "balance_sign": reading.balance_sign,
        "order": {1: "oldest_first", -1: "newest_first"}[meaning.order],
        "sorted": sorted_ != 0,
        "date_order": meaning.when.order,
        "opening_fen": told.opening_fen,
        "closing_fen": told.closing_fen,
        "totals": [
            {"what": total.what, "count": total.count, "fen": total.fen, "where": total.where} for total in totals
        ],
    }

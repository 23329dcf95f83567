"""What a statement tells of itself and how it was read, for its report and for the checks of `verify`."""

from suyuan.sources.statement.entry import Meaning
from suyuan.sources.statement.header import Header
from suyuan.sources.statement.owner import Decided
from suyuan.sources.statement.preamble import Told
from suyuan.sources.statement.rows import total_rows
from suyuan.sources.statement.seen import Seen
from suyuan.sources.statement.words import Words


def _kind(header: Header, told: Told, known: Words) -> str:
    """Return the kind of account in the contract's words: wallets tell income, spending and what is neither."""
    if header.at("balance") is None and header.name("flag") in known.flags.blank_is_neutral:
        return "wallet"
    if told.is_card:
        return "credit_card"
    said = told.account_kind or ""
    return "card" if "卡" in said or header.at("own_card") else "settlement" if "结算" in said else "unknown"


def facts_of(seen: Seen, meaning: Meaning, *, account: Decided, currency: Decided, in_order: bool) -> dict[str, object]:
    """Return what the file's report and `verify` need, in JSON's types."""
    header, told = seen.header, seen.told
    totals = (*told.totals, *total_rows(seen.grid, header, words=seen.words))
    mapped = {place for places in header.columns.values() for place in places}
    reading = meaning.amounts.reading
    return {
        "own_account": account.value,
        "own_account_from": account.origin,
        "own_account_told": told.own_account,
        "holder": seen.hints.holder or told.holder,
        "institution": told.institution_name,
        "account_kind": _kind(header, told, seen.words),
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
        "sorted": in_order,
        "date_order": meaning.when.order,
        "opening_fen": told.opening_fen,
        "closing_fen": told.closing_fen,
        "totals": [
            {"what": total.what, "count": total.count, "fen": total.fen, "where": total.where} for total in totals
        ],
    }

"""The columns of `entry` and `account` as expressions over a statement's rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from suyuan.sources.grid import Grid, TableRecipe
from suyuan.sources.statement.amounts import Amounts
from suyuan.sources.statement.cells import (
    any_of,
    currency,
    currency_in,
    holds,
    hundredths,
    money,
    number,
    quote,
    refund,
    text,
)
from suyuan.sources.statement.header import Header
from suyuan.sources.statement.reading import fen_of, once
from suyuan.sources.statement.sample import cell
from suyuan.sources.statement.when import When
from suyuan.sources.statement.words import Role, Words

_TEXTS: Mapping[str, Role] = {
    "counterparty_bank": "counterparty_bank", "kind": "kind", "status": "status", "direction_told": "flag",
    "payment_method": "payment_method", "merchant_name": "merchant_name", "channel": "channel", "branch": "branch",
    "place": "place", "voucher_kind": "voucher_kind", "ip": "ip", "mac": "mac", "feedback": "feedback",
}  # fmt: skip
_NUMBERS: Mapping[str, Role] = {
    "counterparty_id_no": "counterparty_id_no", "serial": "serial", "bank_serial": "bank_serial",
    "order_no": "order_no", "merchant_order_no": "merchant_order_no", "merchant_id": "merchant_id",
    "branch_code": "branch_code", "teller": "teller", "voucher_no": "voucher_no", "terminal": "terminal",
}  # fmt: skip
_NULL = "CAST(NULL AS VARCHAR)"
# A name with a number of eight digits or more behind it, with or without a blank, is a name and an account.
_NAMED_ACCOUNT = r"^(.*?[^0-9*\s])\s*([0-9][0-9*]{7,})$"
# A number or an address with a name in brackets behind it, as wallets tell both sides.
_ACCOUNT_NAMED = r"^([0-9A-Za-z@._*-]{6,})[(（]([^()（）]+)[)）]$"
# A number with a name behind a slash or a blank.
_ACCOUNT_FIRST = r"^([0-9][0-9*]{7,})[/|,，\s]+([^0-9].*)$"


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """Everything decided about a statement, as `entry_table` needs it."""

    grid: Grid
    header: Header
    when: When
    amounts: Amounts
    order: int
    words: Words

    def cell(self, role: Role) -> str | None:
        """Return the column of `role`, or null."""
        place = self.header.at(role)
        return cell(place) if place else None

    def text(self, role: Role) -> str:
        """Return the text of `role`'s column; null where there is none."""
        cell = self.cell(role)
        return text(cell) if cell else _NULL

    def second_layer(self) -> dict[str, str]:
        """Return the second layer of the recipe: direction, gross amount, bracketed refund, and whether it is void."""
        reading = self.amounts.reading
        layer = {once("direction"): reading.direction, once("gross"): reading.gross, once("void"): void(self)}
        if reading.refunds:
            layer[once("refund")] = hundredths(refund(reading.refunds))
        return layer


def memo(header: Header) -> str:
    """Return the memo: the texts of every memo column that differ, joined by a semicolon."""
    cells = [text(cell(place)) for place in header.columns.get("memo", ())]
    if not cells:
        return _NULL
    if len(cells) == 1:
        return cells[0]
    differing = [cells[0]]
    for place, one in enumerate(cells[1:], start=1):
        same = " OR ".join(f"{one} = {before}" for before in cells[:place])
        differing.append(f"CASE WHEN coalesce({same}, false) THEN NULL ELSE {one} END")
    return f"nullif(concat_ws('; ', {', '.join(differing)}), '')"


def void(meaning: Meaning) -> str:
    """Return whether a row moved no money: its state or its bracketed full refund says so, or it did not succeed."""
    words = meaning.words
    refunds = meaning.amounts.reading.refunds
    parts = [f"contains({refunds}, '已全额退款')"] if refunds else []
    if meaning.cell("status"):
        parts.append(holds(once("status"), words.status.void))
    if meaning.cell("success"):
        said = once("success")
        known = (
            any_of(said, words.success)
            + " OR "
            + holds(said, [word for word in words.success if len(word) > 1 and not word.isascii()])
        )
        parts.append(f"({said} IS NOT NULL AND NOT ({known}))")
        parts.append(holds(said, words.status.void))
    return " OR ".join(f"coalesce({part}, false)" for part in parts) or "false"


def _effect(meaning: Meaning) -> str:
    neutral = holds(once("status"), meaning.words.status.neutral) if meaning.cell("status") else "false"
    return f"CASE WHEN {once('void')} THEN 'void' WHEN {neutral} THEN 'neutral' ELSE {once('direction')} END"


def _amount(meaning: Meaning) -> tuple[str, str]:
    """Return the amount net of a bracketed refund, and the refund."""
    if not meaning.amounts.reading.refunds:
        return once("gross"), "CAST(NULL AS BIGINT)"
    back = once("refund")
    return f"greatest({once('gross')} - coalesce({back}, 0), 0)", back


def _counterparty(meaning: Meaning) -> dict[str, str]:
    """Return the counterparty's name, account and bank; a payer and payee are told apart by the direction."""
    outgoing = f"{once('direction')} = 'out'"

    def either(payee: Role, payer: Role, *, as_number: bool) -> str | None:
        to, by = meaning.cell(payee), meaning.cell(payer)
        if not to or not by:
            return None
        read = number if as_number else text
        return f"CASE WHEN {outgoing} THEN {read(to)} ELSE {read(by)} END"

    name = either("payee_name", "payer_name", as_number=False)
    account = either("payee_account", "payer_account", as_number=True)
    bank = either("payee_bank", "payer_bank", as_number=False)
    told_name, told_account = meaning.cell("counterparty_name"), meaning.cell("counterparty_account")
    if told_name and not told_account and not account:
        name, account = _parted(text(told_name))
    else:
        name = text(told_name) if told_name else name
        account = number(told_account) if told_account else account
    merchant = meaning.cell("merchant_name")
    if merchant and name is None:
        name = text(merchant)
    found = {"counterparty_name": name, "counterparty_account": account, "counterparty_bank": bank}
    return {key: value for key, value in found.items() if value}


def _parted(plain: str) -> tuple[str, str]:
    """Return the name and the account in one cell; an account only where it is surely one."""
    shapes = ((_NAMED_ACCOUNT, 1, 2), (_ACCOUNT_NAMED, 2, 1), (_ACCOUNT_FIRST, 2, 1))
    only = f"regexp_matches({plain}, '^[0-9][0-9*]{{7,}}$')"

    def part(group_of: int) -> str:
        return " ".join(
            f"WHEN regexp_matches({plain}, {quote(found[0])}) "
            f"THEN rtrim(regexp_extract({plain}, {quote(found[0])}, {found[group_of]}), ' /|,，')"
            for found in shapes
        )

    name = f"CASE WHEN {only} THEN NULL {part(1)} ELSE {plain} END"
    account = f"CASE WHEN {only} THEN {plain} {part(2)} END"
    return name, account


def _original(meaning: Meaning) -> dict[str, str]:
    """Return the amount and currency of the trade where they differ from what was posted."""
    header, codes = meaning.header, meaning.words.currencies
    cells = [cell(place) for role in _originals(header) if (place := header.at(role))]
    if not cells:
        return {}
    amount = f"abs(coalesce({', '.join(f'nullif({hundredths(money(cell))}, 0)' for cell in cells)}, NULL))"
    told = meaning.cell("original_currency")
    beside = [currency_in(cell, codes) for cell in cells]
    code = f"coalesce({', '.join([currency(told, codes)] if told else beside)}, NULL)"
    differs = f"coalesce({code} <> {once('currency')}, false)"
    return {
        "original_amount_fen": f"CASE WHEN {differs} THEN {amount} END",
        "original_currency": f"CASE WHEN {differs} AND {amount} IS NOT NULL THEN {code} END",
    }


def _originals(header: Header) -> Sequence[Role]:
    roles: tuple[Role, ...] = ("amount_original", "in_original", "out_original")
    return [role for role in roles if header.at(role)]


def _cash(meaning: Meaning) -> dict[str, str]:
    if not meaning.cell("cash"):
        return {}
    said = once("cash")
    yes, no = (
        ("现金", "现", "现钞", "1", "01", "是", "y", "true", "现金交易"),
        ("转账", "转", "0", "00", "否", "n", "false", "非现金", "其他", "其它"),
    )
    return {"cash": f"CASE WHEN {any_of(said, yes)} THEN true WHEN {any_of(said, no)} THEN false END"}


def entry_table(meaning: Meaning) -> TableRecipe:
    """Return how rows become `entry`.

    Refused: `no_date`, `no_amount` (also where one side of a split shows digits that are none), `both_sides` (a split
    row with money on either side), `no_direction` (nothing says which way it went), `no_currency`, `no_account`,
    `no_transaction` (the row only says why a query found nothing).
    """
    amount, back = _amount(meaning)
    effect = _effect(meaning)
    own = f"coalesce({meaning.text('own_account')}, {meaning.text('own_card')})"
    if meaning.cell("own_card"):
        own = meaning.text("own_card") if not meaning.cell("own_account") else own
    line = "row_no" if meaning.order > 0 else f"{(meaning.grid.n_rows or 1_000_000_000) + 1} - row_no"
    columns = {
        "account_id": once("account"),
        "line_no": line,
        "effect": effect,
        "amount_fen": amount,
        "refunded_fen": back,
        "currency": once("currency"),
        "booked_at": once("booked"),
        "time_precision": meaning.when.precision,
        "posted_on": meaning.when.posted,
        "balance_fen": fen_of(meaning.header, "balance"),
        "counterparty_balance_fen": fen_of(meaning.header, "counterparty_balance"),
        "account_told": own,
        "memo": memo(meaning.header),
    }
    columns |= {name: text(cell) for name, role in _TEXTS.items() if (cell := meaning.cell(role))}
    columns |= {name: number(cell) for name, role in _NUMBERS.items() if (cell := meaning.cell(role))}
    if "status" not in columns and (success := meaning.cell("success")):
        columns["status"] = text(success)
    columns |= _counterparty(meaning) | _original(meaning) | _cash(meaning)
    return TableRecipe(table="entry", columns=columns, refuse=_refusals(meaning, effect=effect))


def _refusals(meaning: Meaning, *, effect: str) -> tuple[tuple[str, str], ...]:
    gross, booked = once("gross"), once("booked")
    feedback = meaning.cell("feedback")
    refuse = (
        (
            "no_transaction",
            f"{text(feedback)} IS NOT NULL AND {gross} IS NULL AND {booked} IS NULL" if feedback else "",
        ),
        ("no_date", f"{booked} IS NULL"),
        ("no_amount", " OR ".join([f"{gross} IS NULL", *_unreadable_sides(meaning)])),
        ("both_sides", meaning.amounts.reading.both),
        ("no_direction", f"{effect} IS NULL AND {gross} IS NOT NULL"),
        ("no_currency", f"{once('currency')} IS NULL"),
        ("no_account", f"{once('account')} IS NULL"),
    )
    return tuple((reason, predicate) for reason, predicate in refuse if predicate)


def _unreadable_sides(meaning: Meaning) -> list[str]:
    """Return, for each side of a split, whether it shows digits that are no amount: the other side is not the whole."""
    sides: tuple[Role, ...] = ("in", "out")
    cells = [(role, found) for role in sides if (found := meaning.cell(role))]
    return [
        f"({fen_of(meaning.header, role)} IS NULL AND coalesce(regexp_matches({found}, '[0-9]'), false))"
        for role, found in cells
    ]


def account_table(meaning: Meaning, *, where: str, facts: Mapping[str, object]) -> TableRecipe:
    """Return how the rows for which `where` holds, one of each own account, become its `account`."""
    name, bank = meaning.text("own_name"), meaning.text("own_bank")
    both = meaning.cell("own_account")
    if not meaning.cell("own_name") and both:
        name = f"nullif(regexp_extract({text(both)}, {quote(_ACCOUNT_NAMED)}, 2), '')"
    columns = {
        "account_id": once("account"),
        "number": once("account"),
        "kind": quote(str(facts["account_kind"])),
        "holder_name": _or_told(name, facts["holder"]),
        "bank": _or_told(bank, facts["institution"]),
    }
    id_no = meaning.cell("own_id_no")
    if id_no:
        columns["holder_id_no"] = number(id_no)
    if facts["currency"]:
        columns["currency"] = quote(str(facts["currency"]))
    return TableRecipe(table="account", columns=columns, where=where)


def _or_told(expr: str, told: object) -> str:
    return f"coalesce({expr}, {quote(str(told))})" if told else expr

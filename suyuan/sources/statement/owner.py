"""Decides whose account, in which currency and from which institution the rows of a statement are."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from suyuan.sources.statement.ask import Hints, Need
from suyuan.sources.statement.cells import currency, currency_in, number, quote
from suyuan.sources.statement.header import Header
from suyuan.sources.statement.preamble import Told
from suyuan.sources.statement.sample import cell
from suyuan.sources.statement.seen import Seen
from suyuan.sources.statement.words import Role, Words

UNNAMED = "unnamed"
_MONEY: tuple[Role, ...] = ("amount", "in", "out")


@dataclass(frozen=True, kw_only=True)
class Decided:
    """An expression, what it is known to be for every row (null when it varies), and where that is from."""

    expr: str
    value: str | None
    origin: str


def decide_currency(seen: Seen) -> Decided | Need:
    """Return the currency of the rows: by column, beside each amount, told once, or a Chinese statement's own.

    A row whose currency cell is empty has that of the file, where it has one.
    """
    whole = seen.hints.currency or seen.told.currency
    for expr, origin in _by_row(seen):
        codes = {str(found["code"]) for found in seen.read({"code": expr}) if found["code"]}
        if codes:
            fallback = whole or (codes.pop() if len(codes) == 1 else None)
            filled = f"coalesce({expr}, {quote(fallback)})" if fallback else expr
            return Decided(expr=filled, value=None, origin=origin)
    inside = _in_header(seen.header, seen.words)
    known = (
        (seen.hints.currency, "option"),
        (seen.told.currency, "preamble"),
        (inside, "header"),
        ("CNY" if seen.told.yuan else None, "preamble"),
        ("CNY" if _simplified_chinese(seen.header) else None, "assumed: a Chinese statement that names no currency"),
    )
    for code, origin in known:
        if code:
            return Decided(expr=quote(code), value=code, origin=origin)
    return Need(option="--currency", key="statement.no_currency")


def _by_row(seen: Seen) -> Iterator[tuple[str, str]]:
    """Yield the expressions that may tell a row's currency, and where from."""
    codes = seen.words.currencies
    if place := seen.header.at("currency"):
        yield currency(cell(place), codes), "column"
    beside = [currency_in(cell(place), codes) for role in _MONEY if (place := seen.header.at(role))]
    yield f"coalesce({', '.join(beside)}, NULL)", "amounts"


def _in_header(header: Header, words: Words) -> str | None:
    """Return the currency that the names of the money columns tell (人民币金额, 金额(元), amount(hkd))."""
    names = [header.name(role) for role in _MONEY]
    units = [found[1].replace("万元", "元") for name in names if (found := re.search(r"\(([^()]+)\)$", name))]
    codes = {words.currency(unit) or ("CNY" if unit == "分" else None) for unit in units}
    codes |= {words.currency(name[:3]) for name in names if name.startswith("人民币")}
    codes.discard(None)
    return codes.pop() if len(codes) == 1 else None


def _simplified_chinese(header: Header) -> bool:
    """Return whether the header is Chinese and shows no character that only Hong Kong, Macau and Taiwan write."""
    names = "".join(header.names)
    return any("一" <= char <= "鿿" for char in names) and not set(names) & set("賬戶帳餘額貨幣號貸轉說備註過記發")


def decide_account(seen: Seen) -> Decided | Need:
    """Return the own account of the rows: the card or account of each row, the preamble's, the file name's or the hint.

    The last digits of a card are an account only where nothing better is told. A hint replaces what the file tells only
    masked, in part or by a nickname.
    """
    roles: tuple[Role, ...] = ("own_card", "own_account")
    cells = [number(_first_part(cell(place))) for role in roles if (place := seen.header.at(role))]
    row = f"coalesce({', '.join(cells)}, NULL)" if cells else "CAST(NULL AS VARCHAR)"
    shown = [found["own"] for found in seen.read({"own": row})] if cells else []
    numbers = {str(value) for value in shown if value}
    if numbers and not all(_partial(value) for value in numbers):
        return _in_full(row, numbers, gaps=None in shown, seen=seen)
    return _in_part(row, numbers, gaps=None in shown, seen=seen)


def _in_full(row: str, numbers: set[str], *, gaps: bool, seen: Seen) -> Decided | Need:
    """Return the account that each row names; rows that name none have the file's."""
    one = next(iter(numbers)) if len(numbers) == 1 else None
    fallback = one or seen.hints.own_account or seen.told.own_account
    if gaps and not fallback:
        return Need(option="--own-account", key="statement.some_rows_no_account")
    return Decided(expr=f"coalesce({row}, {quote(fallback)})" if fallback else row, value=one, origin="column")


def _in_part(row: str, numbers: set[str], *, gaps: bool, seen: Seen) -> Decided | Need:
    """Return the account of a file whose rows name none, or only masked or by their last digits."""
    told, hint = seen.told, seen.hints.own_account
    whole = None if told.own_account_is_nickname else told.own_account
    origin = told.own_account_from or "preamble"
    if hint and (whole is None or _agrees(hint, whole)):
        return Decided(expr=quote(hint), value=hint, origin="option")
    one = next(iter(numbers)) if len(numbers) == 1 else None
    known = whole if whole and not (one and _partial(whole)) else one or whole
    if known:
        return Decided(expr=quote(known), value=known, origin="column" if known == one else origin)
    if numbers:
        by_row = Decided(expr=row, value=None, origin="column")
        return Need(option="--own-account", key="statement.several_cards") if gaps else by_row
    if told.own_account:
        return Decided(expr=quote(told.own_account), value=told.own_account, origin=origin)
    return Need(option="--own-account", key="statement.no_account")


def _first_part(expr: str) -> str:
    """Return the number before a bracketed name (`2088…(张三)`)."""
    freed = f"regexp_replace({expr}, '^\\s*([0-9A-Za-z@._*-]{{6,}})\\s*[(（][^()（）]+[)）]\\s*$', '\\1')"
    return f"CASE WHEN right({expr}, 1) IN (')', '）') THEN {freed} ELSE {expr} END"


def _partial(value: str) -> bool:
    """Return whether a number is only the end of one, or masked."""
    return len(value) <= 6 or "*" in value


def _agrees(whole: str, masked: str) -> bool:
    """Return whether a full number may be the one told masked or in part."""
    pattern = "".join(".*" if part[0] in "*Xx" else re.escape(part) for part in re.findall(r"[*Xx]+|[^*Xx]+", masked))
    return re.fullmatch(f".*{pattern}" if len(masked) <= 6 else pattern, whole) is not None


def institution(*, hints: Hints, told: Told) -> str:
    """Return the institution's key: the hint, what the preamble or the file's name tells, or `unnamed`."""
    return hints.institution or told.institution or UNNAMED

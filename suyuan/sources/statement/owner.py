"""Decides whose account, in which currency and from which institution the rows of a statement are."""

import re
from dataclasses import dataclass

from suyuan.sources.grid import Grid
from suyuan.sources.statement.ask import Hints, Need
from suyuan.sources.statement.cells import currency, currency_in, number, quote
from suyuan.sources.statement.header import Header
from suyuan.sources.statement.preamble import Told
from suyuan.sources.statement.sample import Sample, column
from suyuan.sources.statement.words import Role, Words

UNNAMED = "unnamed"


@dataclass(frozen=True, kw_only=True)
class Decided:
    """An expression, what it is known to be for every row (null when it varies), and where that is from."""

    expr: str
    value: str | None
    origin: str


def decide_currency(
    grid: Grid, header: Header, *, sample: Sample, data: str, hints: Hints, told: Told, words: Words
) -> Decided | Need:
    """Return the currency of the rows: by its column, beside each amount, the preamble, 元, or a Chinese statement's own.

    A row whose currency cell is empty has that of the file, where it has one.
    """
    whole = hints.currency or told.currency
    origin = "option" if hints.currency else "preamble"
    place = header.at("currency")
    codes = words.currencies
    if place:
        expr = currency(column(grid, place), codes)
        seen = {found["code"] for found in sample.read({"code": expr}, where=data)} - {None}
        fallback = whole or (str(next(iter(seen))) if len(seen) == 1 else None)
        if seen:
            return Decided(
                expr=f"coalesce({expr}, {quote(fallback)})" if fallback else expr, value=None, origin="column"
            )
    roles: tuple[Role, ...] = ("amount", "in", "out")
    beside = [currency_in(column(grid, at), codes) for role in roles if (at := header.at(role))]
    written = f"coalesce({', '.join(beside)}, NULL)"
    seen = {found["code"] for found in sample.read({"code": written}, where=data)} - {None}
    if seen:
        fallback = whole or (str(next(iter(seen))) if len(seen) == 1 else None)
        return Decided(
            expr=f"coalesce({written}, {quote(fallback)})" if fallback else written, value=None, origin="amounts"
        )
    names = [words.currency(header.name(role)[:3]) for role in roles if header.name(role).startswith("人民币")]
    units = [found[1] for role in roles if (found := re.search(r"\(([^()]+)\)$", header.name(role)))]
    inside = {code for unit in units if (code := words.currency(unit.replace("万元", "元")))} | (
        {"CNY"} if any(unit == "分" for unit in units) else set()
    )
    inside |= {code for code in names if code}
    if hints.currency or told.currency:
        return Decided(expr=quote(whole or ""), value=whole, origin=origin)
    if len(inside) == 1:
        code = inside.pop()
        return Decided(expr=quote(code), value=code, origin="header")
    if told.yuan:
        return Decided(expr="'CNY'", value="CNY", origin="preamble")
    if _simplified_chinese(header):
        return Decided(expr="'CNY'", value="CNY", origin="assumed: a Chinese statement that names no currency")
    return Need(option="--currency", key="statement.no_currency")


def _simplified_chinese(header: Header) -> bool:
    """Return whether the header is Chinese and shows no character that only Hong Kong, Macau and Taiwan write."""
    names = "".join(header.names)
    return any("一" <= char <= "鿿" for char in names) and not set(names) & set("賬戶帳餘額貨幣號貸轉說備註過記發")


def decide_account(
    grid: Grid, header: Header, *, sample: Sample, data: str, hints: Hints, told: Told
) -> Decided | Need:
    """Return the own account of the rows: the card or account of each row, the preamble's, the file name's or the hint.

    The last digits of a card are an account only where nothing better is told. A hint replaces what the file tells only
    masked, in part or by a nickname.
    """
    roles: tuple[Role, ...] = ("own_card", "own_account")
    cells = [number(_first_part(column(grid, at))) for role in roles if (at := header.at(role))]
    row = f"coalesce({', '.join(cells)}, NULL)" if cells else "CAST(NULL AS VARCHAR)"
    seen = [found["own"] for found in sample.read({"own": row}, where=data)] if cells else []
    told_numbers = {str(value) for value in seen if value}
    partial = bool(told_numbers) and all(_partial(value) for value in told_numbers)
    one = next(iter(told_numbers)) if len(told_numbers) == 1 else None
    if told_numbers and not partial:
        fallback = one or hints.own_account or told.own_account
        if None in seen and not fallback:
            return Need(option="--own-account", key="statement.some_rows_no_account")
        return Decided(expr=f"coalesce({row}, {quote(fallback)})" if fallback else row, value=one, origin="column")
    whole = told.own_account if not told.own_account_is_nickname else None
    if hints.own_account and (whole is None or _agrees(hints.own_account, whole)):
        return Decided(expr=quote(hints.own_account), value=hints.own_account, origin="option")
    if whole and (not partial or not _partial(whole) or len(told_numbers) > 1):
        return Decided(expr=quote(whole), value=whole, origin=told.own_account_from or "preamble")
    if one:
        return Decided(expr=quote(one), value=one, origin="column")
    if told_numbers and None not in seen:
        return Decided(expr=row, value=None, origin="column")
    if told_numbers:
        return Need(option="--own-account", key="statement.several_cards")
    if told.own_account:
        return Decided(expr=quote(told.own_account), value=told.own_account, origin=told.own_account_from or "preamble")
    return Need(option="--own-account", key="statement.no_account")


def _first_part(expr: str) -> str:
    """Return the number before a bracketed name (`2088…(张三)`)."""
    return f"regexp_replace({expr}, '^\\s*([0-9A-Za-z@._*-]{{6,}})\\s*[(（][^()（）]+[)）]\\s*$', '\\1')"


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

"""Words and numbers of a page in both languages at once: the reader switches, the server does nothing."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path, PurePath
from typing import Any

from markupsafe import Markup, escape

from suyuan.domain.contract import contracts
from suyuan.domain.say import say
from suyuan.domain.yamlfile import read_yaml
from suyuan.lead.explain import money as plain_money
from suyuan.report.chart import brief

ROLES: Mapping[str, str] = {
    "lender": "report.role_lender",
    "signatory": "report.role_signatory",
    "payment": "report.role_payment",
    "collection": "report.role_collection",
    "beneficiary": "report.role_beneficiary",
    "funder": "report.role_funder",
    "fee_taker": "report.role_fee_taker",
    "intermediary": "report.role_intermediary",
    "officer": "report.role_officer",
    "legal_representative": "report.role_legal_representative",
    "shareholder": "report.role_shareholder",
    "director": "report.role_director",
    "finance_person": "report.role_finance_person",
    "nominee": "report.role_nominee",
    "collector": "report.role_collector",
    "conduit": "report.role_conduit",
    "entrusted_payee": "report.role_entrusted_payee",
    "victim": "report.role_victim",
    "unknown": "report.role_unknown",
}
SEVERITIES: Mapping[str, str] = {
    "urgent": "report.severity_urgent",
    "review": "report.severity_review",
    "context": "report.severity_context",
}
NEXT: Mapping[str, str] = {
    "urgent": "report.next_urgent",
    "review": "report.next_review",
    "context": "report.next_context",
}
BASES: Mapping[str, str] = {
    "loans": "report.basis_loans",
    "received": "report.basis_received",
    "paid": "report.basis_paid",
    "inside": "report.basis_inside",
    "signal": "report.basis_signal",
}
EDGES: Mapping[str, str] = {
    "pays": "report.edge_pays",
    "lends": "report.edge_lends",
    "pays_from": "report.edge_pays_from",
    "repays": "report.edge_repays",
    "holds": "report.edge_holds",
    "tied": "report.edge_tied",
}
FLOWS: Mapping[str, str] = {
    "received": "report.flow_received",
    "paid": "report.flow_paid",
    "repaid": "report.flow_repaid",
    "lent": "report.flow_lent",
}
NOTHING = "–"


def t(key: str, **values: object) -> Markup:
    """Return message `key` in both languages, each marked with its language; the style shows one."""
    return both({lang: say(key, lang=lang, **values) for lang in ("zh", "en")})


def both(label: Mapping[str, str]) -> Markup:
    """Return a label of two languages, once where they are the same."""
    if label["zh"] == label["en"]:
        return escape(label["zh"])
    return Markup('<span lang="zh">{zh}</span><span lang="en">{en}</span>').format(zh=label["zh"], en=label["en"])


def count(value: int | None) -> str:
    """Return a count with separators."""
    return NOTHING if value is None else f"{value:,}"


def points(share: float, places: int = 0) -> str:
    """Return a score as points of 100."""
    return f"{100 * share:.{places}f}"


def sign(currency: str | None) -> str:
    """Return what stands before an amount of `currency`."""
    return "¥" if currency in {"CNY", None} else f"{currency} "


def money(fen: int | None, currency: str | None) -> str:
    """Return an amount to the fen with its currency."""
    return NOTHING if fen is None else f"{sign(currency)}{plain_money(fen)}"


def big(fen: int | None, currency: str | None) -> Markup:
    """Return an amount as headlines write it: 万 and 亿 in Chinese, M and B in English."""
    if fen is None:
        return escape(NOTHING)
    yuan = fen / 100
    size, unit = next(((s, u) for s, u in ((1e8, "亿"), (1e4, "万")) if abs(yuan) >= s), (1.0, ""))
    zh = f"{sign(currency)}{yuan / size:,.2f}{unit}"
    return both({"zh": zh, "en": f"{sign(currency)}{brief(fen)}"})


def day(value: datetime | date | None) -> str:
    """Return a day."""
    return NOTHING if value is None else f"{value:%Y-%m-%d}"


def moment(value: datetime | None) -> str:
    """Return a moment, its time left out where it says midnight."""
    if value is None:
        return NOTHING
    return f"{value:%Y-%m-%d}" if value.time().isoformat() == "00:00:00" else f"{value:%Y-%m-%d %H:%M:%S}"


@cache
def _provinces() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = read_yaml(Path(__file__).parent / "provinces.yml")
    return found


def provinces(codes: list[str], most: int) -> Markup:
    """Return the names of provinces as chips, at most `most` of them."""
    known = _provinces()
    chips = [_chip(both(known.get(code, {"zh": code, "en": code}))) for code in codes[:most]]
    if len(codes) > most:
        chips.append(_chip(t("report.more", count=len(codes) - most)))
    return Markup(" ").join(chips)


def _chip(words: Markup) -> Markup:
    return Markup('<span class="chip">{words}</span>').format(words=words)


def table_title(table: str) -> Markup:
    """Return what a table is called."""
    known = contracts().get(table)
    return both({"zh": known.title.zh, "en": known.title.en}) if known else escape(table)


def named(keys: Mapping[str, str], value: str | None) -> Markup:
    """Return the words of `value`, or the value itself where the catalogue has none."""
    return t(keys[value]) if value is not None and value in keys else escape(value or NOTHING)


def tail(file: str | None) -> str:
    """Return the last two parts of a file's path: enough to find it, without saying whose computer it lay on."""
    return NOTHING if file is None else "/".join(PurePath(file).parts[-2:])


def short(value: str) -> str:
    """Return the end of an id, enough to tell two of them apart."""
    return value if len(value) <= 10 else f"…{value[-6:]}"


def who_name(one: Mapping[str, Any] | None, member_id: str) -> str:
    """Return what a member is called where there is little room: a name, the tail of a number, the end of its id."""
    if one and one["kind"] == "account":
        number = one["number"]
        tail = f"·{number[-4:]}" if number else ""
        return f"{one['name'] or ''}{tail}" or short(member_id)
    return str(one["name"]) if one and one["name"] else short(member_id)

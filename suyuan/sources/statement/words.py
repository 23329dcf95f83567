"""The words statements are understood by: `mappings/statement.yml`, checked and normalised."""

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict

from suyuan.domain.content import content_dir
from suyuan.domain.yamlfile import read_yaml

Role = Literal[
    "when", "time", "posted", "posted_time", "amount", "amount_original", "in", "out", "in_original", "out_original",
    "flag", "balance", "balance_currency", "counterparty_balance", "currency", "original_currency", "own_card",
    "own_account", "own_name", "own_id_no", "own_bank", "counterparty_name", "counterparty_account",
    "counterparty_bank", "counterparty_id_no", "payer_account", "payer_name", "payer_bank", "payee_account",
    "payee_name", "payee_bank", "kind", "memo", "serial", "bank_serial", "order_no", "merchant_order_no", "status",
    "success", "payment_method", "merchant_id", "merchant_name", "channel", "branch", "branch_code", "place", "teller",
    "terminal", "voucher_kind", "voucher_no", "ip", "mac", "cash", "feedback", "line",
]  # fmt: skip
ROLES: tuple[Role, ...] = get_args(Role)

_BLANKS = re.compile(r"\s+")
_UNIT = re.compile(r"[(/](?:人民币)?(?:元|分|角|万元|人民币|rmb|cny|hkd|usd|hk\$|us\$)\)?$")
_UNIT_INSIDE = re.compile(r"/(?:元|分)(?=\()")


def normal(text: str) -> str:
    """Return `text` as it is compared: NFKC, lower case, no blanks, no quotes, no trailing colon."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text)).lower().strip("=:*\"'")


def without_unit(term: str) -> str:
    """Return a normalised header `term` without a unit in or after it (金额(元), 借方发生额/元(支取))."""
    return _UNIT.sub("", _UNIT_INSIDE.sub("", term))


def _normal_all(terms: list[str]) -> list[str]:
    found = [normal(term) or term for term in terms]
    twice = sorted({term for term in found if found.count(term) > 1})
    if twice:
        raise ValueError(f"given twice: {', '.join(twice)}")
    return found


Terms = Annotated[list[str], BeforeValidator(lambda terms: [str(term) for term in terms]), AfterValidator(_normal_all)]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Flags(_Model):
    """Cells of a flag column."""

    in_: Terms
    out: Terms
    neutral: Terms
    blank_is_neutral: Terms


class Status(_Model):
    """Parts of a status cell that change a row's effect."""

    void: Terms
    neutral: Terms


class Kinds(_Model):
    """Words of a credit-card bill that say which way money went."""

    in_: Terms
    out: Terms


class TotalWords(_Model):
    """Words of totals, in preambles and in rows."""

    in_: Terms
    out: Terms
    neutral: Terms
    row: Terms
    carried: Terms


class Words(_Model):
    """Everything `mappings/statement.yml` says."""

    mapping: Literal["statement"]
    version: int
    roles: dict[Role, Terms]
    flags: Flags
    status: Status
    success: Terms
    kinds: Kinds
    card: Terms
    currencies: dict[str, Terms]
    preamble: dict[str, Terms]
    totals: TotalWords
    institutions: dict[str, Terms]

    def currency(self, text: str) -> str | None:
        """Return the ISO 4217 code that `text` names, or null."""
        term = normal(text)
        for code, names in self.currencies.items():
            if term in names:
                return code
        for code, names in self.currencies.items():
            if any(len(name) > 1 and not name.isascii() and name in term for name in names):
                return code
        return term.upper() if re.fullmatch(r"[a-z]{3}", term) else None


def _rename(raw: object) -> object:
    """Return `raw` with the keys `in` of its inner mappings as `in_`, which Python can say."""
    if not isinstance(raw, dict):
        return raw
    renamed = dict(raw)
    for section in ("flags", "kinds", "totals"):
        inner = renamed.get(section)
        if isinstance(inner, dict) and "in" in inner:
            renamed[section] = {("in_" if key == "in" else key): value for key, value in inner.items()}
    return renamed


def read_words(path: Path) -> Words:
    """Return the words of `path`.

    Raises:
        ValueError: The file is no such mapping; the message lists every fault with its place.
    """
    return Words.model_validate(_rename(read_yaml(path)))


@cache
def words() -> Words:
    """Return the shipped words."""
    return read_words(content_dir("mappings") / "statement.yml")

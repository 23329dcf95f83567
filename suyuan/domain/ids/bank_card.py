"""Bank card numbers: the issuing bank by the longest known prefix (BIN).

The Luhn digit is a note and never a refusal: corporate, passbook and payment accounts fail it and stand in the same
columns of returned files as cards. So is a prefix the table does not know.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast

from suyuan.domain.ids.check import luhn
from suyuan.domain.ids.why import Why
from suyuan.domain.ids.written import digits_only, plain, starred
from suyuan.domain.say import Lang
from suyuan.domain.yamlfile import read_yaml

Kind = Literal["debit", "credit", "quasi_credit", "prepaid"]

_DATA = Path(__file__).parent / "data"
_SHORTEST, _LONGEST = 13, 19


@dataclass(frozen=True, kw_only=True)
class Issuer:
    """Who issued the cards of one prefix."""

    prefix: str
    bank: str  # code of data/banks.yml
    kind: Kind


@dataclass(frozen=True, kw_only=True)
class BankCard:
    """One card or account number of 13–19 digits.

    `issuer` is null when no prefix of the table fits; `notes` are catalogue keys.
    """

    number: str
    issuer: Issuer | None
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return the digits: `parse(str(x)) == x`."""
        return self.number

    def bank_name(self, lang: Lang) -> str | None:
        """Return the issuing bank's name; None when unknown."""
        return banks()[self.issuer.bank][lang] if self.issuer else None


@cache
def banks() -> Mapping[str, Mapping[str, str]]:
    """Return bank code → names in `en` and `zh`."""
    found: Mapping[str, Mapping[str, str]] = read_yaml(_DATA / "banks.yml")
    return found


@cache
def _issuers() -> Mapping[str, Mapping[int, Issuer]]:
    """Prefix → digits of the whole number → issuer."""
    found: dict[str, dict[int, Issuer]] = {}
    with (_DATA / "bins.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            issuer = Issuer(prefix=row["prefix"], bank=row["bank"], kind=cast("Kind", row["kind"]))
            found.setdefault(row["prefix"], {})[int(row["digits"])] = issuer
    return found


def prefixes() -> Mapping[str, tuple[Issuer, int]]:
    """Return every prefix with its issuer and the usual number of digits (the smaller, where cards have two)."""
    return {prefix: (issuers[min(issuers)], min(issuers)) for prefix, issuers in _issuers().items()}


def parse(text: str) -> BankCard:
    """Return what the number in `text` says.

    Raises:
        DataError: It is not 13–19 digits; the message shows it masked.

    >>> parse("6222 0058 6541 2565 805").bank_name("en")
    'Industrial and Commercial Bank of China'
    """
    number = plain(text)
    fault = _fault(number)
    if fault:
        raise fault.error()
    issuer, usual = _issuer(number)
    notes = {
        "ids.card_bin_unknown": issuer is None,
        "ids.card_length_unusual": not usual,
        "ids.card_luhn": number[-1] != luhn(number[:-1]),
    }
    return BankCard(number=number, issuer=issuer, notes=tuple(key for key, holds in notes.items() if holds))


def valid(text: str) -> bool:
    """Return whether `text` may be a card number: 13–19 digits."""
    return _fault(plain(text)) is None


def why_invalid(text: str) -> Why | None:
    """Return why `text` is no card number; None when it may be one."""
    return _fault(plain(text))


def mask(text: str) -> str:
    """Return `text` with all but its first six and last four characters starred, valid or not.

    >>> mask("6222005865412565805")
    '622200*********5805'
    """
    return starred(plain(text), first=6, last=4)


def compose(*, prefix: str, serial: str) -> str:
    """Return `prefix` + `serial` with its Luhn digit.

    For forged worlds and tests: nothing says that such a card exists.
    """
    return prefix + serial + luhn(prefix + serial)


def _fault(number: str) -> Why | None:
    if not digits_only(number):
        return Why(key="ids.card_characters", values={"given": mask(number)})
    if not _SHORTEST <= len(number) <= _LONGEST:
        values = {"given": mask(number), "length": len(number), "shortest": _SHORTEST, "longest": _LONGEST}
        return Why(key="ids.card_length", values=values)
    return None


def _issuer(number: str) -> tuple[Issuer | None, bool]:
    """Return the issuer and whether its cards are usually that long."""
    table = _issuers()
    known = [number[:size] for size in range(10, 3, -1) if number[:size] in table]
    for prefix in known:
        if len(number) in table[prefix]:
            return table[prefix][len(number)], True
    for prefix in known:
        if len({issuer.bank for issuer in table[prefix].values()}) == 1:
            return next(iter(table[prefix].values())), False
    return None, True

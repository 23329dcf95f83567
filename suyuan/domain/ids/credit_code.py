"""Unified social credit codes (GB 32100): 18 characters that name a company or another organisation.

One character for the registering authority, one for the kind, six of region, nine of organisation code (GB 11714, with
a check character of its own) and one check character.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from suyuan.domain.ids.check import CREDIT_ALPHABET, mod_31, organisation
from suyuan.domain.ids.region import Region, region
from suyuan.domain.ids.why import Why
from suyuan.domain.ids.written import digits_only, plain, starred
from suyuan.domain.say import Lang
from suyuan.domain.yamlfile import read_yaml

_KINDS = Path(__file__).parent / "data" / "credit_kinds.yml"
_FIRST_DAY = date(2015, 10, 1)  # codes are given since then


@dataclass(frozen=True, kw_only=True)
class CreditCode:
    """One code and what it says. `kind` is the first two characters; `kind_name` says them in words.

    `region` (where it was registered) is null when no revision of GB/T 2260 knows even the province, as for the
    national register (100000). `notes` are catalogue keys.
    """

    code: str
    kind: str
    region: Region | None
    organisation: str
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return the code in capitals: `parse(str(x)) == x`."""
        return self.code

    def kind_name(self, lang: Lang) -> str | None:
        """Return what `kind` means, e.g. "individual business"; None when the standard's table has no such pair."""
        names = _kinds().get(self.kind)
        return names[lang] if names else None


@cache
def _kinds() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = read_yaml(_KINDS)
    return found


def parse(text: str) -> CreditCode:
    """Return what the code in `text` says.

    Raises:
        DataError: It is no such code; the message says why and shows it masked.

    >>> parse("91350100M000100Y43").organisation
    'M000100Y4'
    """
    found = _read(plain(text))
    if isinstance(found, Why):
        raise found.error()
    return found


def valid(text: str) -> bool:
    """Return whether `text` is such a code."""
    return why_invalid(text) is None


def why_invalid(text: str) -> Why | None:
    """Return why `text` is no such code; None when it is one."""
    return _fault(plain(text))


def mask(text: str) -> str:
    """Return `text` with all but its first eight and last four characters starred, valid or not.

    >>> mask("91350100M000100Y43")
    '91350100******0Y43'
    """
    return starred(plain(text), first=8, last=4)


def compose(*, kind: str, region_code: str, serial: str) -> str:
    """Return the code of an organisation from its `kind` (two characters) and eight characters of `serial`.

    For forged worlds and tests: nothing says that such an organisation exists. A serial may hold no I, O, S, V, Z.
    """
    body = f"{kind}{region_code}{serial}{organisation(serial)}"
    return body + mod_31(body)


def _fault(code: str) -> Why | None:
    if len(code) != 18:
        return Why(key="ids.credit_length", values={"given": mask(code), "length": len(code)})
    wrong = sorted({character for character in code if character not in CREDIT_ALPHABET})
    if wrong:
        return Why(key="ids.credit_characters", values={"given": mask(code), "wrong": " ".join(wrong)})
    if not digits_only(code[2:8]):
        return Why(key="ids.credit_region", values={"given": mask(code)})
    expected = mod_31(code[:17])
    if code[17] != expected:
        return Why(key="ids.credit_check", values={"given": mask(code), "found": code[17], "expected": expected})
    return None


def _read(code: str) -> CreditCode | Why:
    fault = _fault(code)
    if fault:
        return fault
    where = region(code[2:8], on=_FIRST_DAY)
    notes = {
        "ids.credit_region_unknown": where is None or where.valid == "none",
        "ids.credit_organisation_check": code[16] != organisation(code[8:16]),
        "ids.credit_kind_unknown": code[:2] not in _kinds(),
    }
    told = tuple(key for key, holds in notes.items() if holds)
    return CreditCode(code=code, kind=code[:2], region=where, organisation=code[8:17], notes=told)

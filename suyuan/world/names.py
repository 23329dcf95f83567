"""Invented people, firms and numbers: every check digit holds, and nobody bears them.

Names are of the sixty stem-and-branch pairs (甲子, 乙丑 …), firms are called 示例 ("example"); resident numbers use the
sequence 000, which is never given out; card numbers begin their serial with zeros.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from suyuan.domain.ids import bank_card, check, credit_code

STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_THIRD = "文武林山川海"


@dataclass(frozen=True, kw_only=True)
class Party:
    """One invented person or firm. `number` is a resident number or a credit code."""

    kind: Literal["person", "company"]
    name: str
    number: str
    phone: str
    region: str  # six-digit code
    address: str


def person(n: int, *, region: str = "620102") -> Party:
    """Return the `n`-th invented person (0 ≤ n < 360), living in `region`."""
    name = STEMS[n % 10] + BRANCHES[n % 12] + _THIRD[n // 60]
    born = date(1970, 1, 1) + timedelta(days=37 * n)
    body = f"{region}{born:%Y%m%d}000"
    return Party(
        kind="person",
        name=name,
        number=body + check.mod_11_2(body),
        phone=f"1990000{n:04}",
        region=region,
        address=f"示例路{n + 1}号",
    )


def company(n: int, *, stem: str, region: str = "620102") -> Party:
    """Return the `n`-th invented firm, called 示例 and `stem`."""
    return Party(
        kind="company",
        name=f"示例{stem}有限公司",
        number=credit_code.compose(
            kind="91", region_code=region, serial=f"MA00000{n % 10}" if n < 10 else f"MA0000{n}"
        ),
        phone=f"1990001{n:04}",
        region=region,
        address=f"示例大道{n + 1}号",
    )


def card(n: int, *, prefix: str) -> str:
    """Return the `n`-th card number under `prefix`, 19 digits, with its Luhn digit."""
    return bank_card.compose(prefix=prefix, serial=f"{n:0{18 - len(prefix)}}")

"""Resident identity numbers (GB 11643) and the cards numbered like them.

18 characters: six of region, eight of birth date, three of sequence (the last odd for men), one check character. Also
the 15-digit form in use until 2012, residence permits of people from Hong Kong, Macao (81, 82) and Taiwan (83), and
permanent-residence cards of foreigners: 18 digits beginning with 9 (since 2023-12-01), before that 3 letters and 12
digits.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from suyuan.domain.ids.check import mod_11_2
from suyuan.domain.ids.region import PROVINCES, Region, region
from suyuan.domain.ids.why import Why
from suyuan.domain.ids.written import digits_only, plain, starred

Kind = Literal["resident", "resident_15", "permit_hk", "permit_macao", "permit_taiwan", "foreigner", "foreigner_15"]
Sex = Literal["male", "female"]

_PERMITS: dict[str, Kind] = {"810000": "permit_hk", "820000": "permit_macao", "830000": "permit_taiwan"}
_TAIWAN = Region(code="830000", name="台湾省", province="台湾省", revision="", valid="then")
_OLDEST_YEAR = 1850
_FIRST_NUMBERS = date(1984, 12, 31)  # identity cards are given since 1984: older people got the codes of that time
_CENTENARIANS = {"996", "997", "998", "999"}  # 15-digit numbers kept these sequences for people born before 1900


@dataclass(frozen=True, kw_only=True)
class ResidentId:
    """One number and what it says. `number` is canonical: as printed on the card, capitals, no blanks.

    `region` is null for foreigners (their cards name only the province that took the application: `province_code`).
    `sex` is null on the older permanent-residence card. `nationality` is an ISO 3166-1 code: three digits on cards
    since 2023-12, three letters before; null for residents. `notes` are catalogue keys.
    """

    number: str
    kind: Kind
    birth_on: date
    sex: Sex | None
    region: Region | None = None
    province_code: str
    nationality: str | None = None
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return the number as printed: `parse(str(x)) == x`."""
        return self.number

    @property
    def number_18(self) -> str:
        """The 18-character number of the same person: a 15-digit one upgraded, all others as they are."""
        if self.kind != "resident_15":
            return self.number
        body = f"{self.number[:6]}{self.birth_on:%Y%m%d}{self.number[12:]}"
        return body + mod_11_2(body)


def parse(text: str, *, on: date | None = None) -> ResidentId:
    """Return what the number in `text` says; with `on`, births after that day are refused.

    Raises:
        DataError: It is no such number; the message says why and shows it masked.

    >>> parse("11010519491231002x").birth_on
    datetime.date(1949, 12, 31)
    """
    found = _read(plain(text), on)
    if isinstance(found, Why):
        raise found.error()
    return found


def valid(text: str, *, on: date | None = None) -> bool:
    """Return whether `text` is such a number; with `on`, of somebody born by that day."""
    return not isinstance(_read(plain(text), on), Why)


def why_invalid(text: str, *, on: date | None = None) -> Why | None:
    """Return why `text` is no such number; None when it is one."""
    found = _read(plain(text), on)
    return found if isinstance(found, Why) else None


def mask(text: str) -> str:
    """Return `text` with all but its first three and last four characters starred, valid or not.

    >>> mask("11010519491231002X")
    '110***********002X'
    """
    return starred(plain(text), first=3, last=4)


def compose(*, region_code: str, birth_on: date, sequence: int) -> str:
    """Return the 18-character number of the `sequence`-th (1–999) person of a region and day; odd is male.

    For forged worlds and tests: nothing says that such a person exists.
    """
    body = f"{region_code}{birth_on:%Y%m%d}{sequence:03d}"
    return body + mod_11_2(body)


def _read(number: str, on: date | None) -> ResidentId | Why:
    if len(number) == 18 and digits_only(number[:17]) and (digits_only(number[17]) or number[17] == "X"):
        return _read_18(number, on)
    if len(number) == 15 and digits_only(number):
        century = "18" if number[12:] in _CENTENARIANS else "19"
        return _resident(number, birth=century + number[6:12], sequence=number[12:], on=on)
    if len(number) == 15 and number[:3].isascii() and number[:3].isalpha() and digits_only(number[3:]):
        return _foreigner_15(number, on)
    if len(number) in {15, 18}:
        return Why(key="ids.resident_characters", values={"given": mask(number)})
    return Why(key="ids.resident_length", values={"given": mask(number), "length": len(number)})


def _read_18(number: str, on: date | None) -> ResidentId | Why:
    expected = mod_11_2(number[:17])
    if number[17] != expected:
        return Why(key="ids.resident_check", values={"given": mask(number), "found": number[17], "expected": expected})
    if number[0] == "9":
        return _foreigner(number, on)
    return _resident(number, birth=number[6:14], sequence=number[14:17], on=on)


def _resident(number: str, *, birth: str, sequence: str, on: date | None) -> ResidentId | Why:
    code = number[:6]
    if code[:2] not in PROVINCES and code not in _PERMITS:
        return Why(key="ids.resident_province", values={"given": mask(number), "code": code[:2]})
    birth_on = _birth(number, birth, on)
    if isinstance(birth_on, Why):
        return birth_on
    where = _TAIWAN if code == _TAIWAN.code else region(code, on=max(birth_on, _FIRST_NUMBERS))
    return ResidentId(
        number=number,
        kind=_PERMITS.get(code, "resident" if len(number) == 18 else "resident_15"),
        birth_on=birth_on,
        sex=_sex(sequence),
        region=where,
        province_code=f"{code[:2]}0000",
        notes=("ids.resident_region_unknown",) if where is None or where.valid == "none" else (),
    )


def _foreigner(number: str, on: date | None) -> ResidentId | Why:
    if number[1:3] not in PROVINCES:
        return Why(key="ids.resident_province", values={"given": mask(number), "code": number[1:3]})
    birth_on = _birth(number, number[6:14], on)
    if isinstance(birth_on, Why):
        return birth_on
    return ResidentId(
        number=number,
        kind="foreigner",
        birth_on=birth_on,
        sex=_sex(number[14:17]),
        province_code=f"{number[1:3]}0000",
        nationality=number[3:6],
    )


def _foreigner_15(number: str, on: date | None) -> ResidentId | Why:
    if number[3:5] not in PROVINCES:
        return Why(key="ids.resident_province", values={"given": mask(number), "code": number[3:5]})
    latest = f"{on:%Y%m%d}" if on else "20231130"  # the form was given until then
    century = "20" if "20" + number[7:13] <= latest else "19"
    birth_on = _birth(number, century + number[7:13], on)
    if isinstance(birth_on, Why):
        return birth_on
    return ResidentId(
        number=number,
        kind="foreigner_15",
        birth_on=birth_on,
        sex=None,
        province_code=f"{number[3:5]}0000",
        nationality=number[:3],
        notes=("ids.foreigner_15_unchecked",),
    )


def _birth(number: str, digits: str, on: date | None) -> date | Why:
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return Why(key="ids.resident_birth", values={"given": mask(number)})
    if day.year < _OLDEST_YEAR or (on is not None and day > on) or day.year > 2100:
        return Why(key="ids.resident_birth_far", values={"given": mask(number), "year": day.year})
    return day


def _sex(sequence: str) -> Sex:
    return "male" if int(sequence) % 2 else "female"

"""Mainland mobile numbers: the carrier that was given the segment, and the province it was given for.

Since 2019-11 a number can be ported to another carrier and keeps its segment, so the carrier is the one of
*allocation*; only the carriers know who serves it now. Provinces come from the package
`phone` (by the first seven digits).
"""

import importlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal, cast

from suyuan.domain.ids.why import Why
from suyuan.domain.ids.written import digits_only, plain, starred
from suyuan.domain.yamlfile import read_yaml

Carrier = Literal["mobile", "unicom", "telecom", "broadnet"]
Use = Literal["public", "virtual", "iot", "data", "satellite"]

_SEGMENTS = Path(__file__).parent / "data" / "segments.yml"
_FORM = re.compile(r"1[3-9][0-9]{9}")
_BEFORE = re.compile(r"(?:\+?(?:00)?86|0|17951|17911|17901|12593|10193)(?=1[3-9][0-9]{9}$)")


@dataclass(frozen=True, kw_only=True)
class Mobile:
    """One number. `number` is its 11 digits.

    `carrier` is whose network the segment was allocated on, `use` what for (virtual: resold by another firm); both null
    for a segment the table does not know. `province` and `city` are Chinese short names ("甘肃"); null when not
    allocated to a place. `notes` are catalogue keys.
    """

    number: str
    carrier: Carrier | None
    use: Use | None
    province: str | None
    city: str | None
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return the 11 digits: `parse(str(x)) == x`."""
        return self.number

    @property
    def e164(self) -> str:
        """The number as dialled from abroad: `parse(x.e164) == x`."""
        return f"+86{self.number}"


@dataclass(frozen=True, kw_only=True)
class _Segment:
    carrier: Carrier
    use: Use


@cache
def _segments() -> Mapping[str, _Segment]:
    found: dict[str, _Segment] = {}
    for group in cast("list[dict[str, Any]]", read_yaml(_SEGMENTS)):
        for prefix in group["prefixes"]:
            found[str(prefix)] = _Segment(carrier=group["carrier"], use=group["use"])
    return found


@cache
def _places() -> Any:
    return importlib.import_module("phone").Phone()


@lru_cache(maxsize=65536)
def _place(seven: str) -> tuple[str | None, str | None]:
    found = _places().find(seven)
    return (found["province"] or None, found["city"] or None) if found else (None, None)


def parse(text: str) -> Mobile:
    """Return what the number in `text` says; +86, 0086, 86, 0 and carrier dial-through prefixes are taken off.

    Raises:
        DataError: It is no mainland mobile number; the message shows it masked.

    >>> parse("+86 139-0931-0000").province
    '甘肃'
    """
    number = _bare(text)
    fault = _fault(number)
    if fault:
        raise fault.error()
    segment = next((_segments()[number[:size]] for size in (4, 3) if number[:size] in _segments()), None)
    province, city = _place(number[:7])
    notes = {
        "ids.mobile_segment_unknown": segment is None,
        "ids.mobile_place_unknown": province is None,
        "ids.mobile_virtual": segment is not None and segment.use == "virtual",
        "ids.mobile_ported": segment is not None and segment.use == "public",
    }
    return Mobile(
        number=number,
        carrier=segment.carrier if segment else None,
        use=segment.use if segment else None,
        province=province,
        city=city,
        notes=tuple(key for key, holds in notes.items() if holds),
    )


def valid(text: str) -> bool:
    """Return whether `text` is a mainland mobile number."""
    return _fault(_bare(text)) is None


def why_invalid(text: str) -> Why | None:
    """Return why `text` is no mainland mobile number; None when it is one."""
    return _fault(_bare(text))


def mask(text: str) -> str:
    """Return `text` without its prefix, all but the first three and last four digits starred, valid or not.

    >>> mask("+86 139-0931-0000")
    '139****0000'
    """
    return starred(_bare(text), first=3, last=4)


def segments() -> Mapping[str, tuple[Carrier, Use]]:
    """Return the known segments (three or four digits) with carrier and use."""
    return {prefix: (segment.carrier, segment.use) for prefix, segment in _segments().items()}


def _bare(text: str) -> str:
    return _BEFORE.sub("", plain(text))


def _fault(number: str) -> Why | None:
    if not digits_only(number):
        return Why(key="ids.mobile_characters", values={"given": mask(number)})
    if len(number) != 11:
        return Why(key="ids.mobile_length", values={"given": mask(number), "length": len(number)})
    if not _FORM.fullmatch(number):
        return Why(key="ids.mobile_start", values={"given": mask(number), "start": number[:2]})
    return None

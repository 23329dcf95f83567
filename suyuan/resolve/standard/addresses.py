"""Addresses cut to region, road, numbers and the rest."""

import re

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from suyuan.resolve.standard.hanzi import han, simplified
from suyuan.resolve.standard.regions import area_texts, codes_today, locate
from suyuan.resolve.standard.runes import Mask, Runes, flags, runes
from suyuan.resolve.standard.text import Column, distinct, edited, folded, null_if_empty, squeezed

COLUMNS = ("addr_area", "addr_road", "addr_number", "addr_rest")
_MOST = 200  # characters of an address
_ROAD = (
    r"^(?P<town>[^0-9]{1,12}?(?:街道办事处|街道|镇|乡|苏木))?"
    r"(?P<road>[^0-9]{1,14}?(?:大道|大街|胡同|公路|国道|省道|路|街|巷|弄|道)|[^0-9]{1,14}?(?:新村|村|屯|嘎查|大队|社区))?"
    r"(?P<tail>.*)$"
)
_NUMERAL = re.compile(r"[一二三四五六七八九十百]+(?=(?:号|栋|幢|座|单元|室|层|楼|组|队|社|弄|门))")
_HAS_NUMERAL = r"[一二三四五六七八九十百](?:号|栋|幢|座|单元|室|层|楼|组|队|社|弄|门)"
_UNIT = r"号楼|单元|门牌|房间|[号栋幢座室层楼组队社弄门院内之第附]"
_DIGIT = {character: place for place, character in enumerate("一二三四五六七八九", start=1)}
_WORDS = {
    "ST": "STREET",
    "RD": "ROAD",
    "AVE": "AVENUE",
    "PL": "PLACE",
    "CT": "COURT",
    "CRES": "CRESCENT",
    "DR": "DRIVE",
}
_DROPPED: Mask = flags(" ,.·()*'\"/:;")  # of addresses in characters
_HINT = 6  # characters of a region code


def addresses(told: Column, *, region: Column, city: Column, province: Column) -> pa.Table:
    """Return `addr_area`, `addr_road`, `addr_number` and `addr_rest` of the addresses `told`; null where not told.

    `addr_area` is a region code of today of 2, 4 or 6 digits: of the address, else `region` (a code of any time), else
    what `city` and `province` name. `addr_number` holds house, building, unit and door, parted by `-`. `addr_rest` is
    what remains: town, estate, building. An address in Latin letters is cut at its first comma: `7 wallaby place,
    delmar` is the number 7, the road WALLABY PLACE and the rest DELMAR.
    """
    hint = pc.coalesce(codes_today(region), distinct(_pair(province, city), _places))
    joined = pc.if_else(pc.is_valid(told), _joined(hint, told), pa.scalar(None, pa.string()))
    cut = distinct(joined, _cut).flatten()
    area = pc.coalesce(cut[0], hint)
    return pa.Table.from_arrays([area, *cut[1:]], names=list(COLUMNS))


def _joined(hint: Column, told: Column) -> Column:
    """Return address and hint as one text: the hint takes the first six characters."""
    padded = pc.utf8_rpad(pc.fill_null(hint, ""), width=_HINT, padding=" ")
    return pc.binary_join_element_wise(padded, pc.fill_null(told, ""), "")


def _pair(province: Column, city: Column) -> Column:
    """Return province and city as one text; null where neither is told."""
    joined = pc.binary_join_element_wise(pc.fill_null(province, ""), pc.fill_null(city, ""), "")
    return null_if_empty(joined)


def plain(told: Column) -> Runes:
    """Return texts folded, in simplified characters."""
    each = runes(folded(told))
    return each.with_codes(simplified()[each.codes])


def _places(told: Column) -> Column:
    each = plain(told)
    each = each.kept(each.codes != ord(" "))
    return area_texts(locate(each).area)


def _cut(joined: Column) -> pa.StructArray:
    joined = pc.fill_null(joined, " " * _HINT)
    hint = pc.utf8_rtrim(pc.utf8_slice_codeunits(joined, 0, _HINT), characters=" ")
    each = plain(pc.utf8_slice_codeunits(joined, _HINT, _HINT + _MOST))
    ours = each.any(han()[each.codes])
    inside = np.repeat(ours, each.lengths)
    each = each.kept(~inside | ~_DROPPED[each.codes])
    known = np.array(pc.cast(pc.if_else(pc.equal(hint, ""), "0", hint), pa.int64()))
    found = locate(each, hint=known // 100 ** np.where(known > 9_999, 1, 0))
    rest = each.cut(found.taken, each.lengths).text()
    columns: list[Column] = [pa.array([""] * len(rest), pa.string())] * 3
    for where, work in ((ours, _chinese), (~ours & (each.lengths > 0), _latin)):
        if where.any():
            chosen = pa.array(where)
            worked = work(rest.filter(chosen))
            columns = [pc.replace_with_mask(old, chosen, new) for old, new in zip(columns, worked, strict=True)]
    return pa.StructArray.from_arrays(
        [area_texts(found.area), *(null_if_empty(column) for column in columns)], names=list(COLUMNS)
    )


def _chinese(rest: Column) -> list[Column]:
    """Return road, numbers and the rest of addresses in characters, the region taken off."""
    told = pc.match_substring_regex(rest, _HAS_NUMERAL).to_numpy(zero_copy_only=False)
    rest = edited(rest, told, _with_digits)
    parts = pc.extract_regex(rest, _ROAD)
    town, road, tail = (pc.fill_null(pc.struct_field(parts, name), "") for name in ("town", "road", "tail"))
    letters = runes(tail)
    digit = _digits(letters.codes)
    number = letters.with_codes(np.where(digit, letters.codes, np.uint32(ord(" ")))).text()
    number = pc.replace_substring(pc.utf8_trim(squeezed(number), characters=" "), pattern=" ", replacement="-")
    left = pc.replace_substring_regex(letters.kept(~digit).text(), pattern=_UNIT, replacement="")
    left = pc.replace_substring(left, pattern="-", replacement="")
    return [road, number, pc.binary_join_element_wise(town, left, "")]


def _digits(codes: npt.NDArray[np.uint32]) -> Mask:
    return ((codes >= ord("0")) & (codes <= ord("9"))) | ((codes >= ord("A")) & (codes <= ord("Z")))


def _with_digits(rest: Column) -> Column:
    return pa.array([_NUMERAL.sub(_arabic, each) for each in rest.to_pylist()], pa.string())


def _arabic(found: re.Match[str]) -> str:
    """Return a numeral up to 999 in digits; 十二 is 12, 一二 too."""
    text = found[0]
    if not set(text) & set("十百"):
        return "".join(str(_DIGIT[character]) for character in text)
    total, last = 0, 0
    for character in text:
        if character in "十百":
            total += max(last, 1) * (10 if character == "十" else 100)
            last = 0
        else:
            last = _DIGIT[character]
    return str(total + last)


def _latin(rest: Column) -> list[Column]:
    """Return road, numbers and the rest of addresses in Latin letters."""
    parts = pc.extract_regex(rest, r"^(?P<road>[^,]*),?(?P<rest>.*)$")
    first, left = (pc.fill_null(pc.struct_field(parts, name), "") for name in ("road", "rest"))
    number = squeezed(
        pc.replace_substring_regex(first, pattern=r"[^ ]*[^0-9A-Z \-/][^ ]*|\b[^0-9 ]+\b", replacement=" ")
    )
    number = pc.replace_substring_regex(number, pattern=r"[^0-9A-Z]+", replacement="-")
    road = squeezed(pc.replace_substring_regex(first, pattern=r"[^ ]*[0-9][^ ]*|[^A-Z ]", replacement=" "))
    for short, long in _WORDS.items():
        road = pc.replace_substring_regex(road, pattern=rf"\b{short}$", replacement=long)
    left = squeezed(pc.replace_substring_regex(left, pattern=r"[^\pL0-9]+", replacement=" "))
    return [road, pc.utf8_trim(number, characters="-"), left]

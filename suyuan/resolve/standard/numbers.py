"""Identity numbers and what they say, and dates of birth told as text."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from suyuan.domain.ids.region import PROVINCES
from suyuan.resolve.standard.runes import Mask, Runes, runes
from suyuan.resolve.standard.text import Column, distinct, folded, null_if_empty

_WEIGHTS = np.array([pow(2, 17 - place, 11) for place in range(17)], np.int64)
_CHECKS = np.frombuffer(b"10X98765432", np.uint8)
_FEWEST = 4  # visible characters that make a number worth comparing
_WRITTEN_OUT = (
    r"^(?P<y>\d{4})(?:[-/.年 ]+(?P<m>\d{1,2})[-/.月 ]+(?P<d>\d{1,2})日?|(?P<mm>\d{2})(?P<dd>\d{2}))(?:[ T].*)?$"
)
_DAY_FIRST = r"^(?P<d>\d{1,2})[-/. ](?P<m>\d{1,2})[-/. ](?P<y>\d{4})$"


def bare_numbers(told: Column) -> Column:
    """Return numbers as digits, capitals and `*` alone; empty where there are none."""
    return pc.replace_substring_regex(folded(told), pattern=r"[^0-9A-Z*]", replacement="")


def resident_keys(told: Column) -> Column:
    """Return the valid resident number of each text, 18 characters; null where it is none, masked or mistyped.

    A number of 15 digits is written out with 19 and its check character; sequences that begin with 99, among them those
    of people born before 1900, are left out.

    Source: GB 11643-1999; ISO 7064 MOD 11-2.
    """
    return distinct(told, _resident_keys)


def _resident_keys(told: Column) -> Column:
    bare = bare_numbers(told)
    old = pc.and_(pc.equal(pc.utf8_length(bare), 15), pc.not_equal(pc.utf8_slice_codeunits(bare, 12, 14), "99"))
    parts = [pc.utf8_slice_codeunits(bare, 0, 6), "19", pc.utf8_slice_codeunits(bare, 6, 15), "?", ""]
    number = pc.if_else(old, pc.binary_join_element_wise(*parts), bare)
    fits = pc.match_substring_regex(number, r"^[1-9]\d{16}[0-9X?]$").to_numpy(zero_copy_only=False)
    digits = runes(number.filter(pa.array(fits))).codes.reshape(-1, 18).astype(np.int64)
    check = _CHECKS[(digits[:, :17] - ord("0")) @ _WEIGHTS % 11]
    right = (digits[:, 17] == check) | (digits[:, 17] == ord("?"))
    good = np.zeros(len(number), np.bool_)
    good[fits] = right & _possible(digits - ord("0"))
    digits[:, 17] = check
    written = Runes(codes=digits.astype(np.uint32).ravel(), starts=np.arange(len(digits) + 1) * 18).text()
    whole = pc.replace_with_mask(number, pa.array(fits), written)
    return pc.if_else(pa.array(good), whole, pa.scalar(None, pa.string()))


def _possible(digits: npt.NDArray[np.int64]) -> Mask:
    """Return whether the first two digits are a province's and the eight of birth may be a day."""
    province = digits[:, 0] * 10 + digits[:, 1]
    known = [int(code) for code in PROVINCES] + [83, *(90 + place for place in range(10))]
    century, month, day = (digits[:, place] * 10 + digits[:, place + 1] for place in (6, 10, 12))
    dated = (century >= 18) & (century <= 20) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)
    return np.isin(province, known) & dated


def ids_told(told: Column, *, key: Column) -> Column:
    """Return identity numbers as told, bare, where there is no valid `key`; null where there is one, or too little."""

    def bare(each: Column) -> Column:
        number = bare_numbers(each)
        seen = pc.utf8_length(pc.replace_substring(number, pattern="*", replacement=""))
        return null_if_empty(pc.if_else(pc.greater_equal(seen, _FEWEST), number, ""))

    return pc.if_else(pc.is_null(key), distinct(told, bare), pa.scalar(None, pa.string()))


def births(*, key: Column, on: pa.Array, told: Column) -> Column:
    """Return the day of birth, YYYYMMDD: of the valid resident number `key`, else `on`, else as `told`; else null."""
    of_key = pc.utf8_slice_codeunits(key, 6, 14)
    dated = pc.strftime(on, format="%Y%m%d") if pa.types.is_temporal(on.type) else pc.cast(on, pa.string())
    return pc.coalesce(of_key, dated, distinct(told, _days))


def _days(told: Column) -> Column:
    """Return days told as text; eight digits stay as they are even where they are no date: they were meant as one."""
    text = folded(told)
    found = pc.extract_regex(text, _WRITTEN_OUT)
    month = pc.binary_join_element_wise(_field(found, "m"), _field(found, "mm"), "")
    day = pc.binary_join_element_wise(_field(found, "d"), _field(found, "dd"), "")
    first = _written(_field(found, "y"), month, day)
    turned = pc.extract_regex(text, _DAY_FIRST)
    return pc.coalesce(first, _written(_field(turned, "y"), _field(turned, "m"), _field(turned, "d")))


def _field(found: pa.StructArray, name: str) -> Column:
    return pc.struct_field(found, name)


def _written(year: Column, month: Column, day: Column) -> Column:
    two = [pc.utf8_lpad(part, width=2, padding="0") for part in (month, day)]
    return pc.binary_join_element_wise(year, *two, "")


def sexes(*, key: Column, told: Column) -> Column:
    """Return `male` or `female`: of the valid resident number `key`, else as `told` (words, letters, codes); else null.

    Codes are those of GB/T 2261.1: 1 male, 2 female.
    """
    digit = pc.cast(pc.utf8_slice_codeunits(key, 16, 17), pa.int8())
    of_key = pc.if_else(pc.equal(pc.bit_wise_and(digit, pa.scalar(1, pa.int8())), 1), "male", "female")

    def read(each: Column) -> Column:
        text = pc.utf8_trim(folded(each), characters=" *")
        words = {"male": ["男", "男性", "M", "MALE", "1", "先生"], "female": ["女", "女性", "F", "FEMALE", "2", "女士"]}
        male, female = (pc.is_in(text, value_set=pa.array(words[sex])) for sex in ("male", "female"))
        return pc.if_else(male, "male", pc.if_else(female, pa.scalar("female"), pa.scalar(None, pa.string())))

    return pc.coalesce(of_key, distinct(told, read))

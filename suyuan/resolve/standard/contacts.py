"""Phones and e-mail addresses in one form."""

import pyarrow as pa
import pyarrow.compute as pc

from suyuan.resolve.standard.text import Column, distinct, edited, folded, null_if_empty

_ABROAD = r"(?:\+?(?:00)?86-?)?"
_MOBILE = rf"^{_ABROAD}(?:0|17951|17911|17901|12593|10193)?(?P<n>1[3-9][0-9*]{{9}})(?:[^0-9*].*)?$"
_PLAIN_MOBILE = r"^1[3-9]\d{9}$"
_PLAIN_EMAIL = r"^[a-z0-9._%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+$"
_TWO_MOBILES = r"^(1[3-9]\d{9})(1[3-9]\d{9})$"
_LANDLINE = rf"^{_ABROAD}0?(?P<a>10|2\d|[3-9]\d\d)-+(?P<n>[2-9]\d{{6,7}})(?:[-转*,].*)?$"
_LANDLINE_CLOSE = rf"^{_ABROAD}0(?P<a>10|2\d|[3-9]\d\d)(?P<n>[2-9]\d{{6,7}})(?:[-转*,].*)?$"
_OTHER = r"^(?P<n>\+?[0-9*]{7,15})(?:转.*)?$"
_ALIKE = "|".join(f"{digit}{{8}}" for digit in range(10))
_NOBODYS = rf"^(?:\+?(?:0+|1+|8+|9+)|1[3-9]\d(?:{_ALIKE})|1[3-9]\*+|13800138000|0?12345678\d*|[^0-9]*)$"
_EMAIL = r"(?P<n>[^@,<>()\[\]\"' ]+@[^@,<>()\[\]\"' ]+\.[^@,<>()\[\]\"' .]+)"
_NO_USER = r"^(?:无|没有|none|null|na|n/a|test|no|noemail|abc|xxx+|\*+)@"


def phones(first: Column, second: Column) -> tuple[Column, Column]:
    """Return both phones: 11 digits for mobiles, `0931-2345678` for landlines, else digits; null where nobody's.

    Prefixes (+86, 0086, 86, 0, carriers' dial-through), blanks, dashes, brackets and extensions go; a hidden digit is
    `*`. Two numbers in `first` fill an empty `second`.
    """
    lists = distinct(first, _two)
    one, other = pc.struct_field(lists, "one"), pc.struct_field(lists, "other")
    told = pc.struct_field(distinct(second, _two), "one")
    rest = pc.coalesce(told, other)
    one, rest = pc.coalesce(one, rest), pc.if_else(pc.is_null(one), pa.scalar(None, pa.string()), rest)
    return one, pc.if_else(pc.fill_null(pc.equal(one, rest), False), pa.scalar(None, pa.string()), rest)


def _two(told: Column) -> pa.StructArray:
    told = pc.fill_null(told, "")
    odd = ~pc.match_substring_regex(told, _PLAIN_MOBILE).to_numpy(zero_copy_only=False)
    one, other = _somebodys(told), pa.nulls(len(told), pa.string())
    if odd.any():
        chosen = pa.array(odd)
        parts = _two_of(told.filter(chosen))
        one, other = (pc.replace_with_mask(old, chosen, new) for old, new in zip((one, other), parts, strict=True))
    return pa.StructArray.from_arrays([one, other], names=["one", "other"])


def _two_of(told: Column) -> list[Column]:
    close = pc.replace_substring_regex(folded(told), pattern=r"[ ().]", replacement="")
    close = pc.replace_substring_regex(close, pattern=_TWO_MOBILES, replacement=r"\1,\2")
    parts = pc.split_pattern_regex(close, "[,/|或]", max_splits=2)
    return [_phone(_part(parts, place)) for place in (0, 1)]


def _part(parts: pa.ListArray, place: int) -> Column:
    return pc.list_element(pc.list_slice(parts, place, place + 1, return_fixed_size_list=True), 0)


def _phone(close: Column) -> Column:
    tight = pc.replace_substring(close, pattern="-", replacement="")
    numbers = [_number(close, _MOBILE), _number(tight, _MOBILE)]
    for pattern in (_LANDLINE, _LANDLINE_CLOSE):
        area = pc.binary_join_element_wise("0", _number(close, pattern, "a"), "")
        numbers.append(pc.binary_join_element_wise(area, _number(close, pattern), "-"))
    return _somebodys(pc.coalesce(*numbers, _number(tight, _OTHER)))


def _somebodys(number: Column) -> Column:
    return pc.if_else(pc.match_substring_regex(number, _NOBODYS), pa.scalar(None, pa.string()), number)


def _number(text: Column, pattern: str, part: str = "n") -> Column:
    return pc.struct_field(pc.extract_regex(text, pattern), part)


def emails(told: Column) -> Column:
    """Return e-mail addresses in lower case; null where there is none, or nobody's (`none@…`)."""

    def one(each: Column) -> Column:
        odd = ~pc.match_substring_regex(pc.fill_null(each, ""), _PLAIN_EMAIL).to_numpy(zero_copy_only=False)
        found = edited(each, odd, _written)
        return pc.if_else(pc.match_substring_regex(found, _NO_USER), pa.scalar(None, pa.string()), found)

    return distinct(told, one)


def _written(told: Column) -> Column:
    return pc.struct_field(pc.extract_regex(pc.utf8_lower(folded(told)), _EMAIL), "n")


def email_users(email: Column) -> Column:
    """Return what stands before the @."""
    return null_if_empty(pc.struct_field(pc.extract_regex(email, r"^(?P<n>[^@]*)@"), "n"))

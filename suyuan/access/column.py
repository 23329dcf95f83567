"""Hides a whole Arrow column: what `mask_value` does to every value, without a Python loop where none is needed."""

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from suyuan.access.free_text import MAYBE
from suyuan.access.pseudonym import OWN
from suyuan.access.shape import IPV4, LONG_ACCOUNT, LONG_PHONE, MASKS, ORGANISATION, PLACE
from suyuan.domain.contract_shape import Mask

Texts = Any
"""A `pa.ChunkedArray` of strings (the compute functions are untyped)."""


def mask_column(column: Texts, mask: Mask) -> Texts:
    """Return `column` (strings or lists of strings, chunked) hidden as `mask` asks; nulls stay nulls.

    Other types come back as they are. Cost: well under 1 µs a value for shapes; a few µs for each *different* text that
    may hold an identifier and for each different id.
    """
    if mask == "none":
        return column
    if pa.types.is_list(column.type):
        hidden = [None if row is None else [_one(value, mask) for value in row] for row in column.to_pylist()]
        return pa.chunked_array([pa.array(hidden, type=column.type)])
    if pa.types.is_dictionary(column.type):
        column = column.cast(pa.string())
    if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
        return column
    return _WHOLE[mask](column)


def _one(value: str | None, mask: Mask) -> str | None:
    return None if value is None else MASKS[mask](value)


def _different(column: Texts, mask: Mask) -> Texts:
    """Hide each different value once."""
    texts = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    coded = texts.dictionary_encode()
    hidden = pa.array([MASKS[mask](value) for value in coded.dictionary.to_pylist()], type=texts.type)
    return pa.chunked_array([hidden.take(coded.indices)])


def _where(column: Texts, chosen: Texts, mask: Mask) -> Texts:
    """Hide, value by value, only where `chosen` is true."""
    chosen = pc.fill_null(chosen, False)
    if not pc.any(chosen, min_count=0).as_py():
        return column
    hidden = _different(pc.filter(column, chosen), mask)
    whole = pc.replace_with_mask(column.combine_chunks(), chosen.combine_chunks(), hidden.combine_chunks())
    return pa.chunked_array([whole])


def _starred(column: Texts, *, first: int, last: int) -> Texts:
    length = pc.utf8_length(column)
    stars = pc.binary_repeat(_stars(column), pc.max_element_wise(pc.subtract(length, first + last), 0))
    start = pc.utf8_slice_codeunits(column, 0, first)
    end = pc.utf8_slice_codeunits(column, -last) if last else pa.scalar("", column.type)
    shown = pc.binary_join_element_wise(start, stars, end, pa.scalar("", column.type))
    return pc.if_else(pc.less(length, first + last + 4), pc.binary_repeat(_stars(column), length), shown)


def _stars(column: Texts) -> Texts:
    return pa.scalar("*", column.type)


def _name(column: Texts) -> Texts:
    length = pc.utf8_length(column)
    rest = pc.binary_repeat(_stars(column), pc.max_element_wise(pc.subtract(length, 1), 0))
    first = pc.utf8_slice_codeunits(column, 0, 1)
    person = pc.binary_join_element_wise(first, rest, pa.scalar("", column.type))
    person = pc.if_else(pc.greater(length, 1), person, pc.binary_repeat(_stars(column), length))
    public = pc.match_substring_regex(column, ORGANISATION)
    hidden = pc.if_else(public, column, person)
    return _where(hidden, pc.and_(public, pc.match_substring_regex(column, MAYBE)), "text")


def _phone(column: Texts) -> Texts:
    long = pc.greater_equal(pc.utf8_length(column), LONG_PHONE)
    return pc.if_else(long, _starred(column, first=3, last=4), _starred(column, first=0, last=2))


def _account_no(column: Texts) -> Texts:
    long = pc.greater_equal(pc.utf8_length(column), LONG_ACCOUNT)
    return pc.if_else(long, _starred(column, first=6, last=4), _starred(column, first=2, last=2))


def _device(column: Texts) -> Texts:
    pattern = rf"\A{IPV4}\z"
    address = pc.replace_substring_regex(column, pattern, r"\1.*.*")
    return pc.if_else(pc.match_substring_regex(column, pattern), address, _starred(column, first=2, last=4))


def _address(column: Texts) -> Texts:
    return pc.replace_substring_regex(column, rf"(?s)\A{PLACE}.*\z", r"\1****")


def _text(column: Texts) -> Texts:
    return _where(column, pc.match_substring_regex(column, MAYBE), "text")


def _key(column: Texts) -> Texts:
    return _where(column, pc.invert(pc.match_substring_regex(column, rf"\A(?:{OWN})\z")), "key")


_WHOLE: dict[Mask, Any] = {
    "name": _name,
    "id_number": lambda column: _starred(column, first=3, last=4),
    "phone": _phone,
    "account_no": _account_no,
    "address": _address,
    "email": lambda column: _different(column, "email"),
    "device": _device,
    "text": _text,
    "key": _key,
}

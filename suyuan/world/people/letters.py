"""Texts made by the column: digits without a loop, parts joined."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from suyuan.world.frame.dice import Ints

Bytes = np.ndarray[Any, np.dtype[np.uint8]]
_ZERO = ord("0")
_TENS = np.array([10**k for k in range(19)], dtype=np.int64)


def digits(values: Ints, width: int) -> Ints:
    """Return the last `width` (≤ 19) decimal digits of `values`, shape (n, width)."""
    return np.asarray(values[:, None] // _TENS[width - 1 :: -1] % 10, dtype=np.int64)


def ascii_text(codes: Any) -> pa.Array:
    """Return texts from character codes of shape (n, width)."""
    laid = np.ascontiguousarray(codes, dtype=np.uint8)
    count, width = laid.shape
    offsets = np.arange(0, (count + 1) * width, width, dtype=np.int32) if count else np.zeros(1, np.int32)
    return pa.StringArray.from_buffers(count, pa.py_buffer(offsets), pa.py_buffer(laid.reshape(-1)))


def digit_text(values: Ints, width: int) -> pa.Array:
    """Return `values` as texts of `width` digits."""
    return ascii_text(digits(values, width) + _ZERO)


def whole(values: Ints) -> pa.Array:
    """Return `values` as decimal texts without leading zeros."""
    return pa.array(values).cast(pa.string())


def chosen(words: Sequence[str], places: Ints) -> pa.Array:
    """Return the words at `places`."""
    return pa.array(list(words), pa.string()).take(pa.array(places))


def joined(*parts: Any) -> pa.Array:
    """Return the parts (texts, columns) of every row joined."""
    laid = [pa.scalar(part) if isinstance(part, str) else part for part in parts]
    return pc.binary_join_element_wise(*laid, "")


def either(holds: Any, yes: Any, no: Any) -> pa.Array:
    """Return `yes` where `holds`, else `no` (columns or single texts)."""
    return pc.if_else(pa.array(holds), yes, no)

"""Numbers that stand on the lines of statements: the payment system's, an institution's own, and those of its log."""

import hashlib
from functools import cache
from typing import Any

import numpy as np

from suyuan.world.frame.dice import Ints

Whole = np.ndarray[Any, np.dtype[np.int32]]

_MIX, _PLUS = 0x9E37_79B9_7F4A_7C15, 0x1234_5678_9ABC_DEF1
_SERIAL, _SERIAL_BITS = 10**17, 56
_OWN, _OWN_BITS = 10**15, 49
_LOG = 10**8


def mixed(rows: Ints | Whole, *, by: tuple[int, int] = (_MIX, _PLUS)) -> np.ndarray[Any, np.dtype[np.uint64]]:
    """Return numbers that look drawn and never meet: one a row, the same in every file."""
    with np.errstate(over="ignore"):
        return rows.astype(np.uint64) * np.uint64(by[0]) + np.uint64(by[1])


def serials(transfers: Ints | Whole, *, own_of: str = "") -> Ints:
    """Return the numbers that lines bear: the same on both sides, or with `own_of` those of that institution alone.

    The payment system's have 18 digits, an institution's own 16; none is borne by two transfers.
    """
    if not own_of:
        return _SERIAL + _low(mixed(transfers), _SERIAL_BITS)
    return _OWN + _low(mixed(transfers, by=_own(own_of)), _OWN_BITS)


def log_numbers(transfers: Ints | Whole, into: np.ndarray[Any, np.dtype[np.bool_]]) -> Ints:
    """Return the institution's own numbers of lines: 8 digits, of one side alone."""
    return _LOG + ((mixed(transfers * 2 + into) >> np.uint64(20)) % np.uint64(9 * _LOG)).astype(np.int64)


def _low(values: np.ndarray[Any, np.dtype[np.uint64]], bits: int) -> Ints:
    return (values & np.uint64((1 << bits) - 1)).astype(np.int64)


@cache
def _own(source: str) -> tuple[int, int]:
    """Return by what `source` mixes: an odd number, so that rows of up to 2^49 never meet, and one to begin with."""
    digest = hashlib.sha256(source.encode()).digest()
    return int.from_bytes(digest[:8], "big") | 1, int.from_bytes(digest[8:16], "big")

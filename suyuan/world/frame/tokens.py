"""Devices, SIMs, addresses and cells: whole numbers while the world is made, texts in the files of institutions.

A token of one kind always becomes the same text, different tokens of one kind different ones, and nothing about the
text tells when the token was given out. No text can belong to anybody: addresses lie in the block reserved for future
use (RFC 1112, section 4), MAC addresses are locally administered, SIMs and cells are those of the test network 001-01
(ITU-T E.212), IMEIs have the type code of test equipment.
"""

from collections.abc import Callable, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from suyuan.world.frame.dice import Ints, dice

_DIGITS = np.frombuffer(b"0123456789", np.uint8)
_HEX = np.frombuffer(b"0123456789abcdef", np.uint8)
_CAPITALS = np.frombuffer(b"0123456789ABCDEF", np.uint8)
_TEST_EQUIPMENT = b"0044"
_TEST_NETWORK = b"00101"
_OWN_ROW = (1 << 40) - 1

KINDS = {
    "caller_device": "imei",
    "answer_device": "imei",
    "sender_device": "imei",
    "opened_device": "device",
    "caller_sim": "imsi",
    "complainant_sim": "imsi",
    "sim": "imsi",
    "caller_cell": "cell",
    "answer_cell": "cell",
}
"""Column or word → kind of token, where they differ: calls tell a device by its IMEI, apps by a mark of their own."""


def write(kind: str, tokens: Ints, seed: int) -> pa.StringArray:
    """Return the texts of `tokens`; -1 is null.

    Args:
        kind: device, imei, mac, ip, imsi, cell, terminal or gateway, or a column of that meaning (`KINDS`). A device's
            mark, IMEI and MAC address are those of one token; a SIM's IMSI is that of its id.
        tokens: Whole numbers.
        seed: The world's.
    """
    kind = KINDS.get(kind, kind)
    given = np.asarray(tokens, np.int64)
    own, nobody = given & _OWN_ROW, given < 0
    if kind == "ip":
        return pc.if_else(pa.array(nobody), None, _ip(own, seed))
    return fixed(_WRITERS[kind](own, seed), null=nobody)


def scrambled(numbers: Ints, *name: str | int, bits: int) -> Ints:
    """Return whole numbers below `1 << bits` for `numbers` (below it too): one for one, in no visible order."""
    half = bits // 2
    rest = bits - half
    low_mask, high_mask = np.uint64((1 << half) - 1), np.uint64((1 << rest) - 1)
    given = numbers.astype(np.uint64)
    high, low = (given >> np.uint64(half)) & high_mask, given & low_mask
    keys = dice(0, "scrambled", *name).integers(1, 1 << 62, 4).astype(np.uint64)
    for turn, key in enumerate(keys):
        if turn % 2:
            low ^= _mixed(high, key) & low_mask
        else:
            high ^= _mixed(low, key) & high_mask
    return np.asarray((high << np.uint64(half)) | low, np.uint64).astype(np.int64)


def digits(numbers: Ints, width: int) -> NDArray[np.uint8]:
    """Return `numbers` (not negative) as decimal digits of `width` places, shape (n, width)."""
    small = len(numbers) == 0 or int(numbers.max()) < 1 << 32  # half as wide, twice as fast
    left, out = numbers.astype(np.uint32 if small else np.uint64), np.empty((len(numbers), width), np.uint8)
    for place in range(width - 1, -1, -1):
        left, last = np.divmod(left, 10)
        out[:, place] = _DIGITS[last]
    return out


def fixed(letters: NDArray[np.uint8], *, null: NDArray[np.bool_] | None = None) -> pa.StringArray:
    """Return texts of one length told as ASCII bytes, shape (n, length); null where `null` says so."""
    n, width = letters.shape
    told = pa.py_buffer(np.ascontiguousarray(letters).tobytes())
    places = pa.py_buffer(np.arange(0, (n + 1) * width, width, dtype=np.int32).tobytes())
    whole = pa.StringArray.from_buffers(n, places, told)
    return whole if null is None else pc.if_else(pa.array(null), None, whole)


def _mixed(words: NDArray[np.uint64], key: np.uint64) -> NDArray[np.uint64]:
    """Return words whose every bit hangs on all bits of `words` and `key` (the finisher of SplitMix64)."""
    found = words + key
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        found = (found ^ (found >> np.uint64(shift))) * np.uint64(factor)
    return np.asarray(found ^ (found >> np.uint64(31)), np.uint64)


def _hexed(numbers: Ints, width: int, letters: NDArray[np.uint8] = _HEX) -> NDArray[np.uint8]:
    shifts = np.arange((width - 1) * 4, -1, -4, dtype=np.int64)
    return np.asarray(letters[(numbers[:, None] >> shifts) & 15])


def _device(tokens: Ints, seed: int) -> NDArray[np.uint8]:
    marks = dice(seed, "tokens", "device").integers(1, 1 << 62, 2).astype(np.uint64)
    words = [_mixed(tokens.astype(np.uint64), mark) for mark in marks]
    halves = [half for word in words for half in (word >> np.uint64(32), word & np.uint64(2**32 - 1))]
    return np.concatenate([_hexed(half.astype(np.int64), 8) for half in halves], axis=1)


def _imei(tokens: Ints, seed: int) -> NDArray[np.uint8]:
    body = np.concatenate(
        [_same(_TEST_EQUIPMENT, len(tokens)), digits(scrambled(tokens, seed, "imei", bits=33), 10)], axis=1
    )
    worth = (body - ord("0")).astype(np.int64)
    doubled = worth[:, 1::2] * 2
    total = worth[:, 0::2].sum(axis=1) + (doubled - 9 * (doubled > 9)).sum(axis=1)
    return np.concatenate([body, digits((10 - total % 10) % 10, 1)], axis=1)


def _mac(tokens: Ints, seed: int) -> NDArray[np.uint8]:
    found = _hexed(scrambled(tokens, seed, "mac", bits=40), 10, _CAPITALS)
    out = np.full((len(tokens), 17), ord(":"), np.uint8)
    out[:, :2] = _same(b"02", len(tokens))
    for pair in range(5):
        out[:, 3 + pair * 3 : 5 + pair * 3] = found[:, pair * 2 : pair * 2 + 2]
    return out


def _ip(tokens: Ints, seed: int) -> pa.StringArray:
    host = scrambled(tokens, seed, "ip", bits=28)
    parts = [240 + (host >> 24), (host >> 16) & 255, (host >> 8) & 255, host & 255]
    return pc.binary_join_element_wise(*(pa.array(part).cast(pa.string()) for part in parts), ".")


def _imsi(tokens: Ints, seed: int) -> NDArray[np.uint8]:
    return np.concatenate(
        [_same(_TEST_NETWORK, len(tokens)), digits(scrambled(tokens, seed, "imsi", bits=33), 10)], axis=1
    )


def _cell(tokens: Ints, seed: int) -> NDArray[np.uint8]:
    found, n = scrambled(tokens, seed, "cell", bits=36), len(tokens)
    area, cell = found >> 20, found & 0xFFFFF
    return np.concatenate([_same(b"001-01-", n), digits(area, 5), _same(b"-", n), digits(cell, 7)], axis=1)


def _terminal(tokens: Ints, seed: int) -> NDArray[np.uint8]:
    return digits(scrambled(tokens, seed, "terminal", bits=26), 8)


def _gateway(tokens: Ints, seed: int) -> NDArray[np.uint8]:
    return np.concatenate([_same(b"1069", len(tokens)), digits(scrambled(tokens, seed, "gateway", bits=26), 8)], axis=1)


def _same(text: bytes, n: int) -> NDArray[np.uint8]:
    return np.tile(np.frombuffer(text, np.uint8), (n, 1))


_WRITERS: Mapping[str, Callable[[Ints, int], NDArray[np.uint8]]] = {
    "device": _device,
    "imei": _imei,
    "mac": _mac,
    "imsi": _imsi,
    "cell": _cell,
    "terminal": _terminal,
    "gateway": _gateway,
}

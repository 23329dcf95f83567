"""Identity numbers, credit codes, card and phone numbers by the column, every check digit right.

Unique without a look at what was given before: the `row`-th number of a kind is the image of `row` under a permutation
that belongs to the world's seed.
"""

import hashlib
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa

from suyuan.domain.ids.check import CREDIT_ALPHABET
from suyuan.world.frame.dice import Ints
from suyuan.world.people.facts import facts
from suyuan.world.people.letters import ascii_text, digit_text, digits

_MOD_11_2 = np.frombuffer(b"10X98765432", np.uint8)
_RESIDENT_WEIGHTS = np.array([pow(2, 17 - place, 11) for place in range(17)], dtype=np.int64)
_ALPHABET = np.frombuffer(CREDIT_ALPHABET.encode(), np.uint8)
_VALUE = np.zeros(128, np.int64)
_VALUE[_ALPHABET] = np.arange(31)
_BASE_36 = np.array([int(chr(c), 36) if chr(c).isalnum() else 0 for c in range(128)], dtype=np.int64)
_ORGANISATION_WEIGHTS = np.array([3, 7, 9, 10, 5, 8, 4, 2], dtype=np.int64)
_ORGANISATION = np.frombuffer(b"0123456789X", np.uint8)
_CREDIT_WEIGHTS = np.array([pow(3, place, 31) for place in range(17)], dtype=np.int64)
_LETTERS_31 = np.array([31**k for k in range(5, -1, -1)], dtype=np.int64)
_ROUNDS = 4


def scattered(seed: int, kind: str, rows: Ints, sizes: tuple[int, int]) -> Ints:
    """Return the images of `rows` (below the product of `sizes`) under a permutation of that range.

    Raises:
        ValueError: A row lies outside the range: numbers of this kind are used up.

    Source: M. Luby, C. Rackoff, How to construct pseudorandom permutations, 1988 (an unbalanced network of rounds).
    """
    if len(rows) and int(rows.max()) >= sizes[0] * sizes[1]:
        raise ValueError(f"no more than {sizes[0] * sizes[1]} numbers of kind {kind}")
    left, right = rows // sizes[1], rows % sizes[1]
    keys = np.frombuffer(hashlib.sha256(f"{seed}/{kind}".encode()).digest(), np.uint32).astype(np.int64)
    for turn in range(_ROUNDS):
        right = (right + _mixed(left, int(keys[2 * turn]))) % sizes[1]
        left = (left + _mixed(right, int(keys[2 * turn + 1]))) % sizes[0]
    return left * sizes[1] + right


def _mixed(values: Ints, key: int) -> Ints:
    """Return 31 bits that look unlike `values`."""
    mixed = (values + key) & 0x7FFFFFFF
    mixed = ((mixed >> 15) ^ mixed) * 0x2C1B3C6D & 0x7FFFFFFF
    mixed = ((mixed >> 12) ^ mixed) * 0x297A2D39 & 0x7FFFFFFF
    return (mixed >> 15) ^ mixed


def resident_keys(*, codes: Ints, births: Any, male: Any, known: Ints, chance: np.random.Generator) -> Ints:
    """Return the first 17 digits as whole numbers: region, day of birth, a sequence odd for men; not of `known`."""
    parts = [births.astype(f"datetime64[{unit}]").astype(np.int64) for unit in "YMD"]
    month_start = births.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    day = (parts[0] + 1970) * 10_000 + (parts[1] % 12 + 1) * 100 + parts[2] - month_start + 1
    body = (codes * 100_000_000 + day) * 1000
    keys = body + _sequence(chance, male)
    while len(again := _again(keys, known)):
        keys[again] = body[again] + _sequence(chance, male[again])
    return np.asarray(keys, np.int64)


def _sequence(chance: np.random.Generator, male: Any) -> Ints:
    return np.asarray(chance.integers(1, 500, len(male)) * 2 - np.where(male, 1, 0), dtype=np.int64)


def _again(keys: Ints, known: Ints) -> Ints:
    """Return the places whose key stands at an earlier place or is known."""
    order = np.argsort(keys, kind="stable")
    same = np.zeros(len(keys), bool)
    same[order[1:]] = keys[order[1:]] == keys[order[:-1]]
    return np.asarray(np.flatnonzero(same | np.isin(keys, known)), np.int64)


def residents(keys: Ints) -> pa.Array:
    """Return the 18-character resident numbers (GB 11643) of the 17-digit `keys`."""
    body = digits(keys, 17)
    check = _MOD_11_2[(body * _RESIDENT_WEIGHTS).sum(axis=1) % 11]
    return ascii_text(np.column_stack([body + ord("0"), check]))


def credit_codes(*, seed: int, rows: Ints, kinds: Any, codes: Ints, since_2015: Any) -> pa.Array:
    """Return unified social credit codes (GB 32100).

    `kinds` are two-character codes, `rows` the rows of the firms; those registered since October 2015 have an
    organisation code that begins with MA, older ones one of digits.
    """
    new = scattered(seed, "credit", rows, (31**3, 31**3))[:, None] // _LETTERS_31 % 31
    new = np.concatenate([np.broadcast_to(np.frombuffer(b"MA", np.uint8), (len(rows), 2)), _ALPHABET[new]], axis=1)
    old = digits(scattered(seed, "organisation", rows, (10_000, 10_000)), 8) + ord("0")
    serial = np.where(np.asarray(since_2015)[:, None], new, old).astype(np.int64)
    check = _ORGANISATION[-(_BASE_36[serial] * _ORGANISATION_WEIGHTS).sum(axis=1) % 11]
    kind = np.array([[ord(c) for c in text] for text in np.asarray(kinds)], dtype=np.int64).reshape(-1, 2)
    body = np.column_stack([kind, digits(codes, 6) + ord("0"), serial, check])
    return ascii_text(np.column_stack([body, _ALPHABET[-(_VALUE[body] * _CREDIT_WEIGHTS).sum(axis=1) % 31]]))


def with_luhn(bodies: Ints, width: int) -> pa.Array:
    """Return the card numbers whose first `width` (≤ 18) digits are `bodies`, with their Luhn digit."""
    body = digits(bodies, width)
    doubled = body.copy()
    doubled[:, width - 1 :: -2] *= 2
    check = -(doubled // 10 + doubled % 10).sum(axis=1) % 10
    return digit_text(bodies * 10 + check, width + 1)


@cache
def _mobile_starts(province: str) -> Ints:
    known = facts("numbers")
    return np.array(known["provinces"].get(province) if province else known["city"], dtype=np.int64)


def mobiles(*, seed: int, rows: Ints, codes: Ints) -> pa.Array:
    """Return the mobile numbers of the SIMs of `rows`, allocated where `codes` say: the city, else the province."""
    city = int(facts("places")["city"]["code"]) // 100
    place = np.where(codes // 100 == city, 0, codes // 10_000)
    numbers = np.zeros(len(rows), np.int64)
    for each in np.unique(place).tolist():
        here = place == each
        starts = _mobile_starts(f"{each:02}" if each else "")
        told = scattered(seed, f"mobile-{each}", rows[here], (len(starts), 100_000))
        numbers[here] = starts[told // 100_000] * 100_000 + told % 100_000
    return digit_text(numbers, 11)

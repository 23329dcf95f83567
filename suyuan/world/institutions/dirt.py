"""What goes wrong in files, on purpose and in this one place: mistyped names, old phones, masked numbers, broken rows.

Everything here works on texts as they will stand in a file and draws from the chance it is given. Shares stand in
`data/dirt.yml`, out of a thousand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from suyuan.domain.contract import Column
from suyuan.world.frame.dice import Ints
from suyuan.world.frame.figures import figures as read
from suyuan.world.frame.tables import TOKENS
from suyuan.world.frame.tokens import digits, fixed
from suyuan.world.institutions.layouts import Layout

_LEFT, _RIGHT = 6, 4  # characters that stay when a number is masked


def figures() -> Mapping[str, Any]:
    """Return the file of shares as it stands."""
    return read("dirt")


@dataclass(frozen=True, kw_only=True)
class Order:
    """Which rows stand in the main file, and which come late: places among the sound rows."""

    main: Ints
    late: Ints


def in_order(chance: np.random.Generator, n: int) -> Order:
    """Return the order of a file of `n` rows: some stand twice, some come in a later file."""
    rows, places = figures()["rows"], np.arange(n, dtype=np.int64)
    twice = _struck(chance, n, rows["twice"])
    late = _struck(chance, n, rows["late"]) & (n >= rows["least_late"])
    return Order(main=np.repeat(places, 1 + twice)[~np.repeat(late, 1 + twice)], late=places[late])


def dirty(chance: np.random.Generator, column: Column, texts: pa.Array, *, table: str, own_numbers: bool) -> pa.Array:
    """Return the cells of `column` with the mistakes that befall cells of its kind."""
    share = figures()
    match (table, column.name):
        case ("person" | "company", "name"):
            return mistyped(chance, texts, share["names" if table == "person" else "firm_names"])
        case ("person" | "company", "phone"):
            return missing(chance, old_phones(chance, texts, share["phones"]["old"]), share["phones"]["missing"])
        case ("person", "id_number") | ("company", "credit_code") if own_numbers:
            return missing(chance, masked(chance, texts, share["ids"]["masked"]), share["ids"]["missing"])
        case _ if column.refs == ("account.account_id",) and not column.not_null:
            return missing(chance, masked(chance, texts, share["accounts"]["masked"]), share["accounts"]["missing"])
        case _:
            return texts


def mistyped(chance: np.random.Generator, names: pa.Array, share: Mapping[str, int]) -> pa.Array:
    """Return `names`, some with a character for another alike, one left out, or two swapped."""
    struck = _struck(chance, len(names), share["mistyped"]) & np.asarray(pc.is_valid(names))
    places = np.flatnonzero(struck)
    how, where = chance.integers(0, 100, len(places)), chance.random(len(places))
    like = figures_alike()
    wrong = [
        _mistyped(name, like, int(way), int(spot * len(name)), share)
        for name, way, spot in zip(names.take(pa.array(places)).to_pylist(), how, where, strict=True)
    ]
    return _put(names, struck, pa.array(wrong, pa.string()))


def figures_alike() -> Mapping[str, str]:
    """Return character → one that people take it for."""
    return {pair[0]: pair[1] for pair in figures()["alike"].split()}


def _mistyped(name: str, like: Mapping[str, str], way: int, at: int, share: Mapping[str, int]) -> str:
    known = [place for place, letter in enumerate(name) if letter in like]
    if way < share["like"] and known:
        place = known[at % len(known)]
        return name[:place] + like[name[place]] + name[place + 1 :]
    if len(name) < 3 or way < share["like"] + share["dropped"]:
        return name[:at] + name[at + 1 :] if len(name) > 2 else name
    at = min(at, len(name) - 2)
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def old_phones(chance: np.random.Generator, phones: pa.Array, share: int) -> pa.Array:
    """Return `phones`, some replaced by a number of the same beginning that the customer had before."""
    struck = _struck(chance, len(phones), share) & np.asarray(pc.is_valid(phones))
    tails = fixed(digits(chance.integers(0, 10_000, int(struck.sum())), 4))
    kept = pc.utf8_slice_codeunits(phones.take(pa.array(np.flatnonzero(struck))), 0, stop=-4)
    return _put(phones, struck, pc.binary_join_element_wise(kept, tails, ""))


def masked(chance: np.random.Generator, numbers: pa.Array, share: int) -> pa.Array:
    """Return `numbers`, some with stars for all but the first six and the last four characters."""
    struck = _struck(chance, len(numbers), share) & np.asarray(pc.is_valid(numbers))
    taken = numbers.take(pa.array(np.flatnonzero(struck)))
    head = pc.utf8_slice_codeunits(taken, 0, stop=_LEFT)
    tail = pc.utf8_slice_codeunits(taken, -_RIGHT, stop=2**31 - 1)
    return _put(numbers, struck, pc.binary_join_element_wise(head, "********", tail, ""))


def missing(chance: np.random.Generator, texts: pa.Array, share: int) -> pa.Array:
    """Return `texts`, some left out."""
    return pc.if_else(pa.array(_struck(chance, len(texts), share)), None, texts)


@dataclass(frozen=True, kw_only=True)
class Broken:
    """Rows spoilt on purpose: `texts` as they now stand, and why each must be refused (null: it is sound)."""

    texts: dict[str, pa.Array]
    reasons: pa.Array


def broken(chance: np.random.Generator, layout: Layout, texts: Mapping[str, pa.Array], n: int) -> Broken:
    """Return the cells of a file of `n` rows with some rows spoilt: an amount, day or code that means nothing."""
    rows, may = figures()["rows"], _fallible(layout.columns)
    struck = _struck(chance, n, rows["broken"]) & (n >= rows["least_broken"])
    if n >= rows["least_broken"] and not struck.any():
        struck[chance.integers(0, n)] = True
    told, reasons = dict(texts), pa.nulls(n, pa.string())
    which = chance.integers(0, len(may), n)
    for at, column in enumerate(may):
        mine = pa.array(struck & (which == at))
        told[column.name] = pc.if_else(mine, figures()["spoilt"][_kind(column)], told[column.name])
        reasons = pc.if_else(mine, f"wrong_type:{column.name}", reasons)
    return Broken(texts=told, reasons=reasons)


def _fallible(columns: Sequence[Column]) -> list[Column]:
    return [each for each in columns if not each.refs and each.name not in TOKENS and _kind(each)]


def _kind(column: Column) -> str:
    """Return the word of `spoilt` for a column whose cells can mean nothing; "" when any text will do."""
    if column.values:
        return "listed"
    if column.unit == "fen":
        return "fen"
    return column.type if column.type in figures()["spoilt"] else ""


def _struck(chance: np.random.Generator, n: int, share: int) -> NDArray[np.bool_]:
    return np.asarray(chance.integers(0, 1000, n) < share)


def _put(texts: pa.Array, struck: NDArray[np.bool_], wrong: pa.Array) -> pa.Array:
    if not struck.any():
        return texts
    return pc.replace_with_mask(texts, pa.array(struck), wrong)

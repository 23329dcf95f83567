"""How a ring that knows what is watched makes its transfers look like everyone's, from evasion 1 on.

The reference is the background's own transfers, a sample of those laid when first asked (rings play after everyone
has lived). One row of it lends memo, channel and kind together, so that they also go together as the background's do.
"""

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import Why, row_of
from suyuan.world.frame.world import DAY, World
from suyuan.world.life.rhythm import Moments, is_off, moments, pick_days

SAMPLE = 200_000
LEAST = 500
"""Background transfers below which nothing can be blended with them."""
BINS = 60
PER_SIDES = 4 * BINS * 24
SORTS = (
    ("card", ("card", "passbook", "settlement", "wealth", "credit_card", "unknown")),
    ("corporate", ("corporate", "reserve", "clearing", "escrow")),
    ("wallet", ("wallet",)),
    ("merchant", ("merchant", "payment")),
)
"""Sorts of account, the kinds of each; cash is the one after them."""
PLAIN = 0
"""From a card to a card: what is taken where the background never moves money between such accounts."""
HOUR = 3_600
Texts: TypeAlias = Any
"""A `pa.DictionaryArray`."""


@dataclass(frozen=True, kw_only=True)
class Reference:
    """Background transfers, sorted by `keys` (sorts of both accounts, roundness, size, hour)."""

    keys: Ints
    edges: Ints
    amounts: Ints
    seconds: tuple[Ints, Ints]
    days: Ints
    memo: Texts
    channel: Texts
    kind: Texts


def reference(world: World) -> Reference | None:
    """Return the reference of `world`, made when first asked; null while too little has been transferred."""
    kept: dict[str, Reference] = vars(world).setdefault("_blend", {})
    if "reference" not in kept and world.tables.rows("transfer") >= LEAST:
        found = _made(world)
        if found is not None:
            kept["reference"] = found
    return kept.get("reference")


def _made(world: World) -> Reference | None:
    table = world.tables.table("transfer")
    plain = np.flatnonzero((world.column("transfer", "_ring") < 0) & _unnamed(table["_scenario"]))
    if len(plain) < LEAST:
        return None
    step = -(-len(plain) // SAMPLE)
    taken = table.take(plain[::step])
    at = taken["booked_at"].to_numpy().astype("datetime64[s]")
    amounts = taken["amount_fen"].to_numpy()
    ordered = np.sort(amounts, kind="stable")
    edges = ordered[np.arange(1, BINS) * (len(ordered) - 1) // BINS]
    sides = _sides(world, taken["src_account_id"].to_numpy(), taken["dst_account_id"].to_numpy())
    second, day = _clock(world, at)
    keys = _keys(sides, amounts, second, edges)
    order = np.argsort(keys, kind="stable")
    off = is_off(day)
    sorted_ = taken.take(order)
    return Reference(
        keys=keys[order],
        edges=edges,
        amounts=ordered,
        seconds=(second[~off], second[off]),
        days=day,
        memo=_texts(sorted_["memo"]),
        channel=_texts(sorted_["_channel"]),
        kind=_texts(sorted_["kind"]),
    )


def blended(
    world: World, why: Why, *, src: Ints, dst: Ints, at: Moments, amount_fen: Ints
) -> tuple[Texts, Texts, Texts] | None:
    """Return memo, channel and kind for transfers of a ring; null when they are not to be blended."""
    known = reference(world) if why.ring >= 0 and world.options.evasion else None
    if known is None:
        return None
    chance = world.chance("life", "blend", world.tables.rows("transfer"))
    sides = _sides(world, src, dst)
    sides = np.where(np.isin(sides, known.keys // PER_SIDES), sides, PLAIN)
    hour = _clock(world, at)[0]
    wanted = _keys(sides, amount_fen, hour, known.edges)
    low, high = (np.searchsorted(known.keys, wanted, side=side) for side in ("left", "right"))
    for wider in (24, 24 * BINS, PER_SIDES):  # any hour, then any size, then any roundness
        few = high - low < 3
        first = wanted - wanted % wider
        low = np.where(few, np.searchsorted(known.keys, first, side="left"), low)
        high = np.where(few, np.searchsorted(known.keys, first + wider, side="left"), high)
    row = np.minimum(chance.integers(low, np.maximum(high, low + 1)), len(known.keys) - 1)
    place = pa.array(row)
    return known.memo.take(place), known.channel.take(place), known.kind.take(place)


def blend_amounts(world: World, chance: np.random.Generator, amounts: Ints, *, width: int = 30) -> Ints:
    """Return for each amount one of the background within `width` percent of it: its digits, its crowd of neighbours.

    The amounts as they are at level 0, and where the background knows none so large or so small.
    """
    amounts = np.asarray(amounts, np.int64)
    known = reference(world) if world.options.evasion else None
    if known is None:
        return amounts
    low = np.searchsorted(known.amounts, amounts * 100 // (100 + width), side="left")
    high = np.searchsorted(known.amounts, amounts * (100 + width) // 100, side="right")
    drawn = known.amounts[np.minimum(chance.integers(low, np.maximum(high, low + 1)), len(known.amounts) - 1)]
    return np.where(high > low, drawn, amounts)


def blend_moments(world: World, chance: np.random.Generator, days: Ints) -> Moments:
    """Return a moment on each of `days`: when the background pays from evasion 1 on, a person's hours before."""
    days = np.asarray(days, np.int64)
    known = reference(world) if world.options.evasion else None
    if known is None or not all(len(each) for each in known.seconds):
        return moments(world, chance, days)
    draws = chance.integers(0, 1 << 40, len(days))
    work, off = (each[draws % len(each)] for each in known.seconds)
    return world.moment(days, np.where(is_off(days), off, work))


def blend_days(world: World, chance: np.random.Generator, n: int, lo: int, hi: int) -> Ints:
    """Return `n` days from `lo` to `hi` (not included): as busy as the background's from evasion 1 on."""
    known = reference(world) if world.options.evasion else None
    inside = known.days[(known.days >= lo) & (known.days < hi)] if known else np.zeros(0, np.int64)
    if len(inside) < LEAST:
        return pick_days(world, chance, n, lo, hi)
    return inside[chance.integers(0, len(inside), n)]


def _unnamed(scenario: pa.ChunkedArray) -> NDArray[np.bool_]:
    return np.asarray(pc.equal(scenario.cast(pa.string()), "").to_numpy())


def _texts(column: pa.ChunkedArray) -> Texts:
    found = column.combine_chunks()
    return found if isinstance(found, pa.DictionaryArray) else found.dictionary_encode()


def _clock(world: World, at: Moments) -> tuple[Ints, Ints]:
    """Return the second of the day and the day of the world."""
    since = (at - world.moment(0, 0)).astype(np.int64)
    return since % DAY, since // DAY


def _sides(world: World, src: Ints, dst: Ints) -> Ints:
    """Return what sorts of account money goes between: the two places among `SORTS` as one number."""
    kinds = world.tables.table("account")
    texts = pa.array([], pa.string()) if "kind" not in kinds.column_names else kinds["kind"].cast(pa.string())
    names = pa.array([name for _, names in SORTS for name in names])
    sort_of = np.array([place for place, (_, names) in enumerate(SORTS) for _ in names] + [0])
    sort = np.append(sort_of[pc.index_in(texts, value_set=names).fill_null(len(names)).to_numpy()], 0)
    return _sort(sort, src) * (len(SORTS) + 1) + _sort(sort, dst)


def _sort(sort: Ints, side: Ints) -> Ints:
    row = np.where(side < 0, 0, np.minimum(row_of(side), len(sort) - 1))
    return np.where(side < 0, len(SORTS), sort[row])


def _roundness(amounts: Ints) -> Ints:
    """Return 3 for hundreds of yuan, 2 for whole tens, 1 for whole yuan, 0 with fen."""
    return np.where(amounts % 10_000 == 0, 3, np.where(amounts % 1_000 == 0, 2, np.where(amounts % 100 == 0, 1, 0)))


def _keys(sides: Ints, amounts: Ints, seconds: Ints, edges: Ints) -> Ints:
    size = np.searchsorted(edges, amounts, side="right")
    return ((sides * 4 + _roundness(amounts)) * BINS + size) * 24 + seconds // HOUR

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
NEAR = 24
"""Background transfers of about the same amount, the one of about the same hour among which lends its words."""
SORTS = (
    ("card", ("card", "passbook", "wealth", "unknown")),
    ("corporate", ("corporate", "reserve", "clearing", "escrow")),
    ("wallet", ("wallet",)),
    ("merchant", ("merchant", "payment")),
    ("credit_card", ("credit_card",)),
    ("settlement", ("settlement",)),
)
"""Sorts of account, the kinds of each; cash is the one after them."""
SIDES = len(SORTS) + 1
PLAIN = 0
"""From a card to a card: what is taken where the background never moves money between such accounts."""
HOUR = 3_600
SIZE = 1 << 44
"""More than any amount: keys are a class of transfers times this, plus the amount."""
Texts: TypeAlias = Any
"""A `pa.DictionaryArray`."""


@dataclass(frozen=True, kw_only=True)
class Reference:
    """Background transfers, sorted by `keys` (sorts of both accounts, roundness, amount), one entry each."""

    keys: Ints
    hours: Ints
    clock: Ints
    """Second of the day, sorted by `clock_keys` (sorts of both accounts, whether people are off work)."""
    clock_keys: Ints
    amounts: Ints
    """Rising."""
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


def background(world: World, *, scenarios: bool) -> pa.Table:
    """Return the transfers of no ring, and of no look-alike without `scenarios`, thinned evenly to `SAMPLE` at most."""
    table = world.tables.table("transfer")
    plain = np.flatnonzero((world.column("transfer", "_ring") < 0) & (scenarios | _unnamed(table["_scenario"])))
    return table.take(pa.array(plain[:: max(1, -(-len(plain) // SAMPLE))]))


def _made(world: World) -> Reference | None:
    taken = background(world, scenarios=True)
    if taken.num_rows < LEAST:
        return None
    at = taken["booked_at"].to_numpy().astype("datetime64[s]")
    amounts = taken["amount_fen"].to_numpy()
    sides = account_sides(world, taken["src_account_id"].to_numpy(), taken["dst_account_id"].to_numpy())
    second, day = _clock(world, at)
    keys = _keys(sides, amounts)
    order = np.argsort(keys, kind="stable")
    off = is_off(day)
    clock_keys = sides * 2 + off
    in_clock = np.argsort(clock_keys, kind="stable")
    sorted_ = taken.take(order)
    return Reference(
        keys=keys[order],
        hours=second[order] // HOUR,
        clock=second[in_clock],
        clock_keys=clock_keys[in_clock],
        amounts=np.sort(amounts, kind="stable"),
        seconds=(second[~off], second[off]),
        days=day,
        memo=_texts(sorted_["memo"]),
        channel=_texts(sorted_["_channel"]),
        kind=_texts(sorted_["kind"]),
    )


def blended(
    world: World, why: Why, *, src: Ints, dst: Ints, at: Moments, amount_fen: Ints
) -> tuple[Texts, Texts, Texts] | None:
    """Return memo, channel and kind for transfers of a ring; null when they are not to be blended.

    All three are those of one background transfer between such accounts, as round, of about the same amount and hour.
    """
    known = reference(world) if why.ring >= 0 and world.options.evasion else None
    if known is None:
        return None
    chance = world.chance("life", "blend", world.tables.rows("transfer"))
    row = _alike(known, chance, account_sides(world, src, dst), amount_fen, _clock(world, at)[0] // HOUR)
    place = pa.array(row)
    return known.memo.take(place), known.channel.take(place), known.kind.take(place)


def _alike(known: Reference, chance: np.random.Generator, sides: Ints, amounts: Ints, hours: Ints) -> Ints:
    """Return for each transfer the place of one of its `NEAR` nearest by amount, that of the nearest hour."""
    classes = known.keys // SIZE
    wanted = sides * 4 + _roundness(amounts)
    low, high = (np.searchsorted(classes, wanted, side=side) for side in ("left", "right"))
    for first, last in ((sides * 4, sides * 4 + 3), (sides * 0 + PLAIN, sides * 0 + PLAIN + 3)):
        few = high - low < 3  # as round as that is rare: any roundness; between such accounts: as between cards
        low = np.where(few, np.searchsorted(classes, first, side="left"), low)
        high = np.where(few, np.searchsorted(classes, last, side="right"), high)
    high = np.maximum(high, np.minimum(low + 1, len(classes)))
    key = classes[np.minimum(low, len(classes) - 1)] * SIZE + amounts
    left, right = (np.searchsorted(known.keys, key, side=side) for side in ("left", "right"))
    room = np.maximum(right - left - NEAR, 0)
    start = np.where(room > 0, left + chance.integers(0, room + 1), (left + right - NEAR) // 2)
    start = np.clip(start, low, np.maximum(high - NEAR, low))
    window = np.minimum(start[:, None] + np.arange(NEAR), high[:, None] - 1)
    apart = np.abs(known.hours[window] - hours[:, None])
    apart = np.minimum(apart, 24 - apart) * 64 + chance.integers(0, 64, window.shape)
    return np.take_along_axis(window, np.argmin(apart, axis=1)[:, None], axis=1)[:, 0]


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


def blend_moments(
    world: World, chance: np.random.Generator, days: Ints, *, src: Ints | None = None, dst: Ints | None = None
) -> Moments:
    """Return a moment on each of `days`: when the background pays from evasion 1 on, a person's hours before.

    With `src` and `dst` (accounts, one a day each): when the background pays between such accounts.
    """
    days = np.asarray(days, np.int64)
    known = reference(world) if world.options.evasion else None
    if known is None or not all(len(each) for each in known.seconds):
        return moments(world, chance, days)
    draws, off = chance.integers(0, 1 << 40, len(days)), is_off(days)
    work, free = (each[draws % len(each)] for each in known.seconds)
    second = np.where(off, free, work)
    if src is not None and dst is not None:
        key = account_sides(world, src, dst) * 2 + off
        low, high = (np.searchsorted(known.clock_keys, key, side=side) for side in ("left", "right"))
        own = known.clock[np.minimum(low + draws % np.maximum(high - low, 1), len(known.clock) - 1)]
        second = np.where(high - low >= NEAR, own, second)
    return world.moment(days, second)


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


def account_sides(world: World, src: Ints, dst: Ints) -> Ints:
    """Return what sorts of account money goes between: the two places among `SORTS` as one number."""
    sort = account_sorts(world)
    return _sort(sort, src) * SIDES + _sort(sort, dst)


def account_sorts(world: World) -> Ints:
    """Return the place among `SORTS` of every account, and a card's after them; reckoned anew when accounts open."""
    kept: dict[int, Ints] = vars(world).setdefault("_account_sorts", {})
    rows = world.tables.rows("account")
    if rows not in kept:
        table = world.tables.table("account")
        told = table["kind"] if "kind" in table.column_names else pa.chunked_array([pa.array([], pa.string())])
        coded = told.cast(pa.string()).combine_chunks().dictionary_encode()
        sort_of = {name: place for place, (_, names) in enumerate(SORTS) for name in names}
        of_kind = np.array([sort_of.get(kind, PLAIN) for kind in coded.dictionary.to_pylist()] + [PLAIN], np.int64)
        kept.clear()
        kept[rows] = np.append(of_kind[coded.indices.fill_null(len(of_kind) - 1).to_numpy()], PLAIN)
    return kept[rows]


def _sort(sort: Ints, side: Ints) -> Ints:
    row = np.where(side < 0, 0, np.minimum(row_of(side), len(sort) - 1))
    return np.where(side < 0, len(SORTS), sort[row])


def _roundness(amounts: Ints) -> Ints:
    """Return 3 for hundreds of yuan, 2 for whole tens, 1 for whole yuan, 0 with fen."""
    return np.where(amounts % 10_000 == 0, 3, np.where(amounts % 1_000 == 0, 2, np.where(amounts % 100 == 0, 1, 0)))


def _keys(sides: Ints, amounts: Ints) -> Ints:
    return (sides * 4 + _roundness(amounts)) * SIZE + np.minimum(amounts, SIZE - 1)

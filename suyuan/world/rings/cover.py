"""How a ring that knows what is watched hides its transfers among everyone's, from evasion 1 on.

Everybody pays shops, gets wages from firms, fills wallets; money that only goes from card to card stands out. So a ring
moves a part of it over firms, wallets and merchants of its own, each leg in payments as large as the background's
between such accounts, and its people live: they eat, travel and shop like others.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from suyuan.world.frame.dice import Ints, weighted
from suyuan.world.frame.tables import Why, row_of
from suyuan.world.frame.world import DAY, World
from suyuan.world.life.blend import blend_moments
from suyuan.world.life.pay import pay
from suyuan.world.rings.cut import taken
from suyuan.world.rings.plan import figures

CARD, CORPORATE, WALLET, MERCHANT, CASH_SIDE = range(5)
SORTS: Mapping[str, int] = {"corporate": CORPORATE, "wallet": WALLET, "merchant": MERCHANT, "payment": MERCHANT}
"""Kinds of account by sort; all others are cards. Cash is a sort of its own."""
ROUTES: Mapping[str, tuple[int, ...]] = {
    "direct": (),
    "corporate": (CORPORATE,),
    "firms": (CORPORATE, CORPORATE),
    "wallet": (WALLET,),
    "merchant": (MERCHANT,),
    "settled": (MERCHANT, CORPORATE),
}
"""Sorts of the accounts between payer and payee."""
STRIDE = 8
SAMPLE = 200_000
LEAST = 30
"""Background transfers between two sorts below which nothing is known about their amounts."""
ENOUGH = 900
"""Background transfers below which there is nothing to hide among."""
HOUR = 3_600


@dataclass(frozen=True, kw_only=True)
class Crowd:
    """Transfers of the background: sorts of both sides, amount, second of the day, who was paid."""

    sides: Ints
    amount: Ints
    second: Ints
    dst: Ints
    usual: dict[int, Ints] = field(default_factory=dict)
    """Sorted amounts by sides, filled when first asked."""

    def amounts(self, side: int) -> Ints:
        """Return the amounts paid between accounts of two sorts, rising; all amounts when there are too few."""
        if side not in self.usual:
            found = self.amount[self.sides == side]
            self.usual[side] = np.sort(found if len(found) >= LEAST else self.amount, kind="stable")
        return self.usual[side]


def crowd(world: World) -> Crowd | None:
    """Return the background's transfers, or a sample of them; null at evasion 0 and while there are too few."""
    kept: dict[str, Crowd] = vars(world).setdefault("_cover", {})
    if "crowd" not in kept and world.options.evasion and world.tables.rows("transfer"):
        found = _crowd(world)
        if len(found.sides) >= ENOUGH:
            kept["crowd"] = found
    return kept.get("crowd")


def _crowd(world: World) -> Crowd:
    table = world.tables.table("transfer")
    unnamed = np.asarray(pc.equal(table["_scenario"].cast(pa.string()), "").to_numpy())
    plain = np.flatnonzero((world.column("transfer", "_ring") < 0) & unnamed)
    rows = table.select(["src_account_id", "dst_account_id", "amount_fen", "booked_at"])
    rows = rows.take(pa.array(plain[:: 1 + len(plain) // SAMPLE]))
    src, dst = rows["src_account_id"].to_numpy(), rows["dst_account_id"].to_numpy()
    return Crowd(
        sides=sorts(world, src) * STRIDE + sorts(world, dst),
        amount=rows["amount_fen"].to_numpy(),
        second=rows["booked_at"].to_numpy().astype("datetime64[s]").astype(np.int64) % DAY,
        dst=dst,
    )


def sorts(world: World, accounts: Ints) -> Ints:
    """Return the sort of each account (cash for nobody)."""
    kept: dict[int, Ints] = vars(world).setdefault("_sorts", {})
    rows = world.tables.rows("account")
    if rows not in kept:
        coded = world.tables.table("account")["kind"].cast(pa.string()).combine_chunks().dictionary_encode()
        of_kind = np.array([SORTS.get(kind, CARD) for kind in coded.dictionary.to_pylist()], np.int64)
        kept.clear()
        kept[rows] = of_kind[coded.indices.to_numpy()]
    known = kept[rows]
    return np.where(accounts < 0, CASH_SIDE, known[np.where(accounts < 0, 0, row_of(accounts))])


def spend(
    world: World, why: Why, *, chance: np.random.Generator, payers: Ints, days: Ints, hubs: Mapping[str, Ints]
) -> None:
    """Let each of `payers` (cards) pay on each of `days` what somebody of the background paid a shop or drew in cash.

    Where that somebody paid out of a wallet, so does a wallet of `hubs`.
    """
    known = crowd(world)
    if known is None or not len(payers):
        return
    src, dst = known.sides // STRIDE, known.sides % STRIDE
    wallets = hubs.get("wallet", np.zeros(0, np.int64))
    buys = (src == CARD) | ((src == WALLET) & bool(len(wallets)))
    shops = np.flatnonzero(buys & ((dst == MERCHANT) | (dst == CASH_SIDE)))
    drawn = shops[chance.integers(0, len(shops), len(payers))]
    own = payers.copy()
    if len(wallets):
        own = np.where(src[drawn] == WALLET, wallets[chance.integers(0, len(wallets), len(payers))], own)
    at = world.moment(np.clip(days, 0, world.options.days - 1), known.second[drawn])
    pay(world, why, src=own, dst=known.dst[drawn], at=at, amount_fen=known.amount[drawn], flow="spend")


def route(
    world: World,
    why: Why,
    *,
    chance: np.random.Generator,
    src: Ints,
    dst: Ints,
    fen: Ints,
    at: Any,
    hubs: Mapping[str, Ints],
    routes: Mapping[str, int],
    least: int,
    flow: str = "move",
) -> None:
    """Move `fen` from `src` to `dst` from `at` on, each sum by one of `routes` (name → weight), leg by leg.

    Args:
        world: Where; it must be known to `crowd`.
        why: Whose rows these are.
        chance: Draws routes, hubs, pieces and times.
        src: Accounts that pay.
        dst: Accounts that are paid.
        fen: Sums.
        at: When the first piece leaves.
        hubs: The ring's own accounts: `corporate`, `wallet`, `merchant`.
        routes: Of `ROUTES`, `direct` among them: the only one into cash and from firms.
        least: In a thousand: the smallest of the background's payments, so many, are left out.
        flow: Of the last leg.
    """
    names = list(routes)
    which = weighted(chance, list(routes.values()), len(fen))
    straight = (dst < 0) | (sorts(world, src) == CORPORATE)
    which = np.where(straight, names.index("direct"), which)
    paid: list[tuple[str, Ints, Ints, Ints, Any]] = []
    for place, name in enumerate(names):
        mine = np.flatnonzero(which == place)
        stops = [src[mine], *_stops(chance, hubs, ROUTES[name], len(mine)), dst[mine]]
        since = at[mine]
        for leg, (payer, payee) in enumerate(pairwise(stops)):
            told = flow if leg == len(stops) - 2 else "move"
            made = _leg(world, chance, payer, payee, fen=fen[mine], since=since, first=leg == 0, least=least)
            since = made[-1]
            paid.append((told, *made[:-1]))
    for told in sorted({each[0] for each in paid}):
        legs = [each[1:] for each in paid if each[0] == told]
        sums = [np.concatenate([leg[place] for leg in legs]) for place in range(4)]
        pay(world, why, src=sums[0], dst=sums[1], at=sums[3], amount_fen=sums[2], flow=told)


def _stops(chance: np.random.Generator, hubs: Mapping[str, Ints], sorts: tuple[int, ...], n: int) -> list[Ints]:
    """Return the ring's own accounts that each of `n` sums travels over, never the same one twice in a row."""
    stops, before = [], (-1, np.zeros(n, np.int64))
    for sort in sorts:
        own = hubs[{CORPORATE: "corporate", WALLET: "wallet", MERCHANT: "merchant"}[sort]]
        place = chance.integers(0, len(own), n)
        if before[0] == sort and len(own) > 1:
            place = (before[1] + 1 + chance.integers(0, len(own) - 1, n)) % len(own)
        before = (sort, place)
        stops.append(own[place])
    return stops


def _leg(
    world: World,
    chance: np.random.Generator,
    payer: Ints,
    payee: Ints,
    *,
    fen: Ints,
    since: Any,
    first: bool,
    least: int,
) -> tuple[Ints, Ints, Ints, Any, Any]:
    """Return payer, payee, fen and moment of the pieces of each sum, and when the last piece of each has arrived.

    The first leg begins within the hour of `since`, the later ones on one of the next two days.
    """
    known = crowd(world)
    if known is None:
        raise ValueError("no background to hide in")
    sides = sorts(world, payer) * STRIDE + sorts(world, payee)
    rows, pieces = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for side in np.unique(sides).tolist():
        mine = np.flatnonzero((sides == side) & (payer != payee))
        usual = _large_enough(known.amounts(side), least=least, fen=int(fen[mine].sum()))
        wanted = 3 + 3 * (fen[mine] // max(int(usual[len(usual) // 3]), 1))
        owner, piece = taken(fen[mine], wanted, partial(_some, chance, usual))
        rows.append(mine[owner])
        pieces.append(piece)
    row = np.concatenate(rows)
    later = chance.integers(0, 2, len(row)) + (not first)
    day = (since[row] - world.moment(0, 0)).astype(np.int64) // DAY + later
    soon = since[row] + chance.integers(60, HOUR, len(row)).astype("timedelta64[s]")
    days = np.clip(day, 0, world.options.days - 1)
    drawn = blend_moments(world, chance, days, src=payer[row], dst=payee[row])
    end = world.moment(world.options.days - 1, DAY - 1)
    when = np.minimum(np.where(later == 0, soon, np.maximum(drawn, since[row])), end)
    done = since.copy()
    np.maximum.at(done, row, when)
    return payer[row], payee[row], np.concatenate(pieces), when, done


def _large_enough(amounts: Ints, *, least: int, fen: int) -> Ints:
    """Return the rising `amounts` without the smallest: `least` in a thousand, more where `fen` is many pieces."""
    n = len(amounts)
    left = np.arange(n, 0, -1)
    sums = np.cumsum(amounts[::-1])[::-1]
    few = np.flatnonzero(fen // np.maximum(sums // left, 1) <= figures("plan")["most_pieces"])
    first = min(int(few[0]) if len(few) else n, n * 49 // 50)
    return amounts[max(first, n * least // 1000) :]


def _some(chance: np.random.Generator, values: Ints, n: int) -> Ints:
    return values[chance.integers(0, len(values), n)]

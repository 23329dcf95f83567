"""The ordinary business behind which rings hide, from evasion 1 on.

Shells that only take repayments, and cards that only pass money on, stand out row by row. So a ring that knows what is
watched lets its shells trade and its people live: they buy, sell, pay and are paid by everybody, above all where its
own transfers leave a gap in what accounts like theirs usually do.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from suyuan.world.frame.dice import Ints, weighted
from suyuan.world.frame.tables import NOBODY, Why, first_id, is_of, row_of
from suyuan.world.frame.world import DAY, World
from suyuan.world.life.blend import LEAST, SIDES, SORTS, account_sides, account_sorts, background
from suyuan.world.life.pay import pay
from suyuan.world.rings.plan import figures
from suyuan.world.truth.accounts import core

ROUNDS = 6
"""How often somebody is sought for a business that nobody was there for on its day."""
HOUR = 3_600


@dataclass(frozen=True, kw_only=True)
class _Fronts:
    """Accounts of rings, one entry each: their ids, rings and sorts, from when to when they do business, weights."""

    account: Ints
    ring: Ints
    sort: Ints
    since: Ints
    until: Ints
    weight: Ints


@dataclass(frozen=True, kw_only=True)
class _Deals:
    """Places in the sample of the background, who of a ring takes part (a place in the fronts), whether as payer."""

    row: Ints
    front: Ints
    pays: NDArray[np.bool_]


def do_business(world: World) -> None:
    """Let the rings do what accounts like theirs do, until their transfers are spread nearly as everybody's are.

    Each row is one of the background's on the same day, at about the same hour, in which an account of a ring stands
    in for one of its sort. Nothing at evasion 0.
    """
    if not world.options.evasion or not world.tables.rows("transfer"):
        return
    rings = world.column("transfer", "_ring")
    sample = background(world, scenarios=False)
    if sample.num_rows < LEAST or not (rings >= 0).any():
        return
    chance = world.chance("rings", "front")
    fronts = _fronts(world, np.bincount(rings[rings >= 0], minlength=len(world.truths.rings)))
    wanted = _wanted(world, chance, sample, np.flatnonzero(rings >= 0))
    deals = _deals(world, chance, sample, fronts, wanted)
    for ring, step, mine in _by_story(world, fronts, sample, deals):
        _lay(
            world,
            chance,
            Why(ring=ring, step=step),
            sample.take(pa.array(mine.row)),
            mine,
            own=fronts.account[mine.front],
        )


def _fronts(world: World, busy: Ints) -> _Fronts:
    """Return the accounts of rings that may do business; rings get as much of it as they have transfers (`busy`)."""
    ring, holder = world.column("account", "_ring"), world.column("account", "holder_id")
    members, theirs = core(world.truths)
    place = np.searchsorted(members, holder).clip(0, max(len(members) - 1, 0))
    ring = np.where((ring < 0) & np.isin(holder, members), theirs[place] if len(theirs) else ring, ring)
    row = np.flatnonzero((ring >= 0) & (world.column("account", "_held") != 0))
    ring, sort = ring[row], account_sorts(world)[:-1][row]
    group = ring * SIDES + sort
    many = np.bincount(group, minlength=int(group.max(initial=0)) + 1)
    opened = (world.column("account", "opened_on")[row].astype("datetime64[D]") - world.day(0)).astype(np.int64)
    begin, end = (np.array([_span(each.story)[k] for each in world.truths.rings], np.int64)[ring] for k in (0, 1))
    return _Fronts(
        account=first_id("account") + row,
        ring=ring,
        sort=sort,
        since=np.maximum(begin, opened + 1),
        until=end,
        weight=1 + busy[ring] * 1_000 // many[group],
    )


def _span(story: Mapping[str, int]) -> tuple[int, int]:
    return story["recruit"], max(story["wind_down"], story["recruit"] + 10)


def _cells(world: World, edges: Ints, *, src: Ints, dst: Ints, amount: Ints) -> Ints:
    return account_sides(world, src, dst) * (len(edges) + 1) + np.searchsorted(edges, amount, side="right")


def _wanted(world: World, chance: np.random.Generator, sample: pa.Table, own: Ints) -> Ints:
    """Return places in the sample to be copied: by sort of both sides and size, what rings lack beside everybody."""
    told = figures("plan")["front"]
    names = {"src": "src_account_id", "dst": "dst_account_id", "amount": "amount_fen"}
    usual = {key: sample[name].to_numpy() for key, name in names.items()}
    theirs = {key: world.column("transfer", name)[own] for key, name in names.items()}
    ordered = np.sort(usual["amount"], kind="stable")
    edges = ordered[np.arange(1, told["sizes"]) * (len(ordered) - 1) // told["sizes"]]
    cells, filled = (_cells(world, edges, **each) for each in (usual, theirs))
    n = SIDES * SIDES * told["sizes"]
    everyone, rings = np.bincount(cells, minlength=n), np.bincount(filled, minlength=n)
    target = everyone * len(own) * told["ratio"] // (1_000 * len(cells))
    lacks = np.where(everyone > 0, np.maximum(target - rings, 0), 0)
    order = np.argsort(cells, kind="stable")
    low = (np.cumsum(everyone) - everyone).repeat(lacks)
    return order[low + chance.integers(0, 1 << 40, len(low)) % everyone.repeat(lacks)]


def _deals(world: World, chance: np.random.Generator, sample: pa.Table, fronts: _Fronts, wanted: Ints) -> _Deals:
    """Return who of which ring does each of `wanted`: somebody of the sort of one of its sides, there on that day."""
    day = (sample["booked_at"].to_numpy().astype("datetime64[s]") - world.moment(0, 0)).astype(np.int64) // DAY
    both = [sample[name].to_numpy() for name in ("src_account_id", "dst_account_id")]
    sides = [account_sorts_of(world, each) for each in both]
    share = _paying()[sides[0] * SIDES + sides[1]]
    entangled = _entangled(world)
    honest = np.asarray(~np.isin(both[0], entangled) & ~np.isin(both[1], entangled), bool)
    found, open_ = [], wanted[honest[wanted]]
    for _ in range(ROUNDS):
        pays = chance.integers(0, 1_000, len(open_)) < share[open_]
        sort = np.where(pays, sides[0][open_], sides[1][open_])
        front = np.full(len(open_), NOBODY)
        for each in range(len(SORTS)):
            mine, those = np.flatnonzero(sort == each), np.flatnonzero(fronts.sort == each)
            if len(mine) and len(those):
                front[mine] = those[weighted(chance, fronts.weight[those], len(mine))]
        when = day[open_]
        fits = (front >= 0) & (when >= fronts.since[front]) & (when < fronts.until[front])
        found.append((open_[fits], front[fits], pays[fits]))
        open_ = open_[~fits]
    row, front, pays = (np.concatenate(each) for each in zip(*found, strict=True))
    return _Deals(row=row, front=front, pays=pays)


def _entangled(world: World) -> Ints:
    """Return the accounts of whoever has to do with a ring, as its member or (people) as its victim."""
    truths = world.truths
    hurt = [who[is_of(who, "person")] for _, who, *_ in truths.victims]
    holders = np.unique(np.concatenate([np.zeros(0, np.int64), *(who for _, who, *_ in truths.roles), *hurt]))
    theirs = (world.column("account", "_ring") >= 0) | np.isin(world.column("account", "holder_id"), holders)
    return first_id("account") + np.flatnonzero(theirs)


def _paying() -> Ints:
    """Return for each pair of sorts how often, in a thousand, it is the ring that pays."""
    told: Mapping[str, int] = figures("plan")["front"]["pays"]
    places = {name: place for place, (name, _) in enumerate(SORTS)}
    shares = np.full(SIDES * SIDES, told["else"])
    for pair, share in told.items():
        if pair != "else":
            src, dst = (places[name] for name in pair.split(" to "))
            shares[src * SIDES + dst] = share
    return shares


def account_sorts_of(world: World, accounts: Ints) -> Ints:
    """Return the place among `SORTS` of each account, the one after them for cash."""
    known = account_sorts(world)
    return np.where(accounts < 0, len(SORTS), known[np.where(accounts < 0, -1, row_of(accounts))])


def _by_story(world: World, fronts: _Fronts, sample: pa.Table, deals: _Deals) -> list[tuple[int, str, _Deals]]:
    """Return the deals by ring and step: while it prepares, and after it has begun to take money."""
    at = sample["booked_at"].to_numpy().astype("datetime64[s]")[deals.row]
    ring, laid = fronts.ring[deals.front], []
    for truth in world.truths.rings:
        begun = at >= world.moment(truth.story["launder"], 0)
        for step, those in (("prepare", ~begun), ("launder", begun)):
            mine = np.flatnonzero((ring == truth.index) & those)
            if len(mine):
                part = _Deals(row=deals.row[mine], front=deals.front[mine], pays=deals.pays[mine])
                laid.append((truth.index, step, part))
    return laid


def _lay(world: World, chance: np.random.Generator, why: Why, rows: pa.Table, deals: _Deals, *, own: Ints) -> None:
    src = np.where(deals.pays, own, rows["src_account_id"].to_numpy())
    dst = np.where(deals.pays, rows["dst_account_id"].to_numpy(), own)
    at = rows["booked_at"].to_numpy().astype("datetime64[s]").astype(np.int64)
    at = at // HOUR * HOUR + chance.integers(0, HOUR, len(at))
    pay(
        world,
        why,
        src=src,
        dst=dst,
        at=at.astype("datetime64[s]"),
        amount_fen=rows["amount_fen"].to_numpy(),
        memo=_text(rows, "memo"),
        channel=_text(rows, "_channel"),
        kind=_text(rows, "kind"),
        device=np.where(deals.pays, _devices(world, own), rows["_device"].to_numpy()),
        ip=np.where(deals.pays, NOBODY, rows["_ip"].to_numpy()),
        flow="spend",
        as_told=True,
    )


def _devices(world: World, accounts: Ints) -> Ints:
    """Return the device of who holds each account; none of a firm."""
    holder = world.of(accounts, "holder_id")
    person = is_of(holder, "person")
    return np.where(person, world.column("person", "_device")[np.where(person, row_of(holder), 0)], NOBODY)


def _text(rows: pa.Table, name: str) -> pa.Array:
    return rows[name].combine_chunks()

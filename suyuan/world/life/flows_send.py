"""How a flow of the background is drawn: its amounts, its digits, its words, its days."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa

from suyuan.world.frame.dice import Ints, around, weighted
from suyuan.world.frame.options import START
from suyuan.world.frame.tables import HONEST, NOBODY, row_of
from suyuan.world.frame.world import World
from suyuan.world.life.flows_orders import orders
from suyuan.world.life.flows_who import Who
from suyuan.world.life.flows_words import coded, figures
from suyuan.world.life.pay import CASH, pay
from suyuan.world.life.rhythm import seconds

UNITS = {"thousand": 100_000, "hundred": 10_000, "ten": 1_000, "yuan": 100, "jiao": 10, "fen": 1}


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Transfers of one flow before they are laid: `payer` is the row of the person whose device orders them, or -1."""

    src: Ints
    dst: Ints
    day: Ints
    amount_fen: Ints
    payer: Ints | None = None
    second: Ints | None = None


def flow(name: str) -> dict[str, Any]:
    """Return the figures of the flow `name`."""
    found: dict[str, Any] = figures()["flows"][name]
    return found


@cache
def memos() -> tuple[list[str], dict[str, list[int]]]:
    """Return the vocabulary of all memos and, for each flow, the places of its own (-1: none) in their order."""
    every = sorted({memo for each in figures()["flows"].values() for memo in each["memos"] if memo})
    place = {memo: at for at, memo in enumerate(every)} | {"": NOBODY}
    return every, {name: [place[memo] for memo in each["memos"]] for name, each in figures()["flows"].items()}


def rounded(chance: np.random.Generator, amounts: Ints, digits: dict[str, int]) -> Ints:
    """Return `amounts` (fen) rounded as `digits` weighs it; what is too small for that to whole yuan or its least."""
    unit = np.array([UNITS[each] for each in digits])[weighted(chance, list(digits.values()), len(amounts))]
    least = max(min(UNITS[each] for each in digits), 1)
    unit = np.where(amounts < unit, np.where(amounts < 100, least, max(least, 100)), unit)
    return np.asarray(np.maximum((amounts + unit // 2) // unit * unit, least))


def amounts_of(chance: np.random.Generator, name: str, n: int) -> Ints:
    """Return `n` amounts of the flow `name`: its lucky sums, or log-normal around its median."""
    told = flow(name)
    if "sums" in told:
        sums = np.array([round(float(yuan) * 100) for yuan in told["sums"]], np.int64)
        return np.asarray(sums[weighted(chance, list(told["sums"].values()), n)])
    drawn = around(chance, int(told["yuan"]) * 100, spread=told["spread"], n=n)
    return rounded(chance, drawn, told.get("digits", {"fen": 1}))


def count(name: str, those: int | np.integer[Any], months: int) -> int:
    """Return how many transfers a flow with a `rate` makes for `those` people or firms."""
    return round(float(flow(name)["rate"]) * int(those) * months)


def share(chance: np.random.Generator, name: str, rows: Ints) -> Ints:
    """Return those of `rows` who take part in the flow `name`."""
    return rows[chance.integers(0, 10_000, len(rows)) < round(float(flow(name)["share"]) * 100)]


def months(world: World) -> Ints:
    """Return the first day of each month of the world."""
    first = np.datetime64(START, "M") + np.arange(world.options.months)
    return (first.astype("datetime64[D]") - np.datetime64(START, "D")).astype(np.int64)


def send(world: World, known: Who, name: str, batch: Batch) -> tuple[Ints, Batch]:
    """Lay `batch` as transfers of the flow `name`; return their ids and what of the batch was laid.

    Nothing is paid from or to an account before it is opened or after it is closed, nor to itself, nor outside the
    days of the world, nor more than `thin_most` from an account that keeps next to nothing.
    """
    told = flow(name)
    chance = world.chance("life", "flow", name, world.tables.rows("transfer"))
    batch = _possible(world, known, batch)
    n = len(batch.day)
    second = seconds(chance, batch.day, kind=told["hours"]) if batch.second is None else batch.second
    vocabulary, own = memos()
    memo = np.array(own[name])[weighted(chance, list(told["memos"].values()), n)]
    channels: list[str] = figures()["channels"]
    channel = np.array([channels.index(each) for each in told["channels"]])
    payer = np.full(n, NOBODY) if batch.payer is None else batch.payer
    device, ip = (np.where(payer >= 0, each[payer], NOBODY) for each in (known.device, known.ip))
    at = world.moment(batch.day, second)
    order = None
    if "order" in told:
        sides = {"src": batch.src, "dst": batch.dst, "at": at, "amount_fen": batch.amount_fen}
        order = orders(world, kind=told["order"], merchant_of=known.merchant_of, device=device, ip=ip, **sides)
    ids = pay(
        world,
        HONEST,
        src=batch.src,
        dst=batch.dst,
        at=at,
        amount_fen=batch.amount_fen,
        memo=coded(memo, vocabulary),
        channel=coded(channel[weighted(chance, list(told["channels"].values()), n)], channels),
        kind=pa.DictionaryArray.from_arrays(_place(told["kind"], n), pa.array(figures()["kinds"])),
        device=device,
        ip=ip,
        order=order,
    )
    return ids, batch


def _place(kind: str, n: int) -> pa.Array:
    return pa.array(np.full(n, figures()["kinds"].index(kind), np.int32))


def _possible(world: World, known: Who, batch: Batch) -> Batch:
    day = batch.day
    fine = (day >= 0) & (day < world.options.days) & (batch.src != batch.dst) & (batch.amount_fen > 0)
    for side in (batch.src, batch.dst):
        row = np.where(side >= 0, row_of(side), 0)
        inside = (known.accounts.opened[row] <= day) & (day < known.accounts.closed[row])
        fine &= (side == CASH) | inside
    poor = (batch.src != CASH) & known.accounts.thin[np.where(batch.src >= 0, row_of(batch.src), 0)]
    fine &= ~poor | (batch.amount_fen <= int(figures()["thin_most"]) * 100)
    if bool(fine.all()):
        return batch
    return Batch(
        src=batch.src[fine],
        dst=batch.dst[fine],
        day=day[fine],
        amount_fen=batch.amount_fen[fine],
        payer=None if batch.payer is None else batch.payer[fine],
        second=None if batch.second is None else batch.second[fine],
    )

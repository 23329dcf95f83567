"""The one way a transfer is made."""

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import HONEST, NOBODY, Why
from suyuan.world.frame.world import World
from suyuan.world.life.blend import blended
from suyuan.world.life.flows_words import Words, coded, figures, places, told

CASH = NOBODY
"""The side of a transfer that is cash."""


def pay(
    world: World,
    why: Why = HONEST,
    *,
    src: Ints | int,
    dst: Ints | int,
    at: Any,
    amount_fen: Ints | int,
    memo: Words = None,
    channel: Words = None,
    kind: Words = None,
    device: Ints | int | None = None,
    ip: Ints | int | None = None,
    order: Ints | int | None = None,
    flow: str = "",
    as_told: bool = False,
) -> Ints:
    """Move money and return the ids of the transfers, one for each of `at`.

    Args:
        world: Where.
        why: Of which ring, at which step, or of which honest scenario. From evasion 1 on a ring's memo, channel and
            kind are those of a background transfer of about the same amount and hour, whatever is told here.
        src: Accounts the money leaves; `CASH` when it is paid in at a counter or machine.
        dst: Accounts it comes to; `CASH` when it is drawn.
        at: Moments (`datetime64[s]`).
        amount_fen: More than 0.
        memo: What the payer wrote; null when nothing.
        channel: One of `channels` in `data/flows.yml`; null is laid as `mobile` (for cash: `counter`).
        kind: One of `kinds` in `data/flows.yml`; null is laid as a plain transfer (cash drawn, cash paid in).
        device: Token of the device it was ordered from; kept only where the channel has one.
        ip: Token of the address it was ordered from; likewise.
        order: Row ids of the payment orders behind it.
        flow: What it is to its ring: `intake`, `payout`, `move`, `spend`; empty for the honest.
        as_told: Leave memo, channel and kind as told whatever the evasion.

    Raises:
        ValueError: An amount is not over 0, or both sides of a transfer are cash.
    """
    at = np.atleast_1d(np.asarray(at, "datetime64[s]"))
    n = len(at)
    src, dst, amount = (_spread(each, n) for each in (src, dst, amount_fen))
    _check(src, dst, amount)
    cash = (src == CASH) | (dst == CASH)
    laid = None if as_told else blended(world, why, src=src, dst=dst, at=at, amount_fen=amount)
    if laid is None:
        laid = (_memo(memo, n), _channel(channel, cash), _kind(kind, src, dst))
    online = places(laid[1], figures()["online"])
    sides: dict[str, Any] = {"src_account_id": src, "dst_account_id": dst, "booked_at": at, "time_precision": "second"}
    said: dict[str, Any] = {
        "amount_fen": amount,
        "currency": "CNY",
        "memo": laid[0],
        "_channel": laid[1],
        "kind": laid[2],
    }
    told_from: dict[str, Any] = {"_device": _where(online, device, n), "_ip": _where(online, ip, n)}
    behind: dict[str, Any] = {"_cash": cash, "_order": _spread(NOBODY if order is None else order, n), "_flow": flow}
    return world.add("transfer", why, **sides, **said, **told_from, **behind)


def _check(src: Ints, dst: Ints, amount: Ints) -> None:
    if len(amount) and int(amount.min()) <= 0:
        raise ValueError("an amount must be over 0")
    if bool(np.any((src == CASH) & (dst == CASH))):
        raise ValueError("cash cannot pay cash")


def _spread(value: Ints | int, n: int) -> Ints:
    return np.broadcast_to(np.asarray(value, np.int64), (n,))


def _where(online: NDArray[np.bool_], value: Ints | int | None, n: int) -> Ints:
    return np.where(online, _spread(NOBODY if value is None else value, n), NOBODY)


def _memo(memo: Words, n: int) -> pa.DictionaryArray:
    return told(memo, coded(np.full(n, -1), []), n)


def _channel(channel: Words, cash: NDArray[np.bool_]) -> pa.DictionaryArray:
    return told(channel, coded(cash.astype(np.int64), ["mobile", "counter"]), len(cash))


def _kind(kind: Words, src: Ints, dst: Ints) -> pa.DictionaryArray:
    plain = np.where(src == CASH, 2, np.where(dst == CASH, 1, 0))
    return told(kind, coded(plain, ["转账", "取现", "存现"]), len(src))

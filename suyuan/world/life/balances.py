"""What stands on every account: opening balances that no payment overdraws, and the balance after each transfer."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from suyuan.world.frame.dice import Ints, around
from suyuan.world.frame.tables import HONEST, first_id, is_of, row_of
from suyuan.world.frame.world import DAY, World
from suyuan.world.life.flows_words import figures
from suyuan.world.life.pay import CASH, pay

_SIDES = ("src_account_id", "dst_account_id")


@dataclass(frozen=True, kw_only=True)
class Running:
    """Balances in fen, in the order of the ids of transfers and accounts.

    After each transfer on the account it left and on the one it came to (0 where that side is cash); of each account
    before its first transfer and after its last.
    """

    src_after: Ints
    dst_after: Ints
    opening: Ints
    closing: Ints


@dataclass(frozen=True, kw_only=True)
class _Sides:
    """Both sides of every transfer, by account, moment, id; `change` sums within an account to what stands there."""

    account: Ints
    transfer: Ints
    is_dst: NDArray[np.bool_]
    stands: Ints
    starts: Ints


def close(world: World) -> None:
    """Reckon what every account opened with so that it is never overdrawn, and what stands on it in the end.

    An account that was opened while the world lives opens with nothing: what it lacks is paid in on that day, from
    another region or in cash. Lays `account.balance_fen` and the private `_opening_fen`; `running` tells the rest.
    """
    world.tables.settle()
    before = world.tables.rows("transfer")
    lacks = _lacks(_sides(world), world.tables.rows("account"))
    if _pay_in(world, lacks):
        moved = _moved(world, before)
        lacks[moved] = _lacks(_sides(world, only=moved), len(lacks))[moved]
    opening = lacks + _cushions(world)
    world.tables.put("account", "_opening_fen", opening)
    world.tables.put("account", "balance_fen", opening + _changes(world))
    world.tables.settle()


def running(world: World) -> Running:
    """Return the balances of a closed world: about 10 M sides in some seconds."""
    sides = _sides(world)
    opening = np.asarray(world.column("account", "_opening_fen"), np.int64)
    after = sides.stands + opening[sides.account]
    rows = world.tables.rows("transfer")
    src_after, dst_after = np.zeros(rows, np.int64), np.zeros(rows, np.int64)
    src_after[sides.transfer[~sides.is_dst]] = after[~sides.is_dst]
    dst_after[sides.transfer[sides.is_dst]] = after[sides.is_dst]
    closing = opening.copy()
    last = np.append(sides.starts[1:], len(after)) - 1 if len(after) else sides.starts
    closing[sides.account[last]] = after[last]
    return Running(src_after=src_after, dst_after=dst_after, opening=opening, closing=closing)


def _moved(world: World, first: int) -> NDArray[np.bool_]:
    """Return the accounts, by row, on which transfers from row `first` on move anything."""
    moved = np.zeros(world.tables.rows("account"), np.bool_)
    for name in _SIDES:
        account = world.column("transfer", name)[first:]
        moved[row_of(account[account != CASH])] = True
    return moved


def _touching(world: World, accounts: NDArray[np.bool_]) -> Ints:
    """Return the rows of the transfers on one side of which stands one of `accounts`."""
    found = np.zeros(world.tables.rows("transfer"), np.bool_)
    for name in _SIDES:
        account = world.column("transfer", name)
        found |= accounts[np.where(account == CASH, 0, row_of(account))] & (account != CASH)
    return np.flatnonzero(found)


def _sides(world: World, *, only: NDArray[np.bool_] | None = None) -> _Sides:
    """Return both sides of every transfer, or those on the accounts `only`, one entry an account."""
    at = world.column("transfer", "booked_at").astype("datetime64[s]").astype(np.int64)
    if only is None:
        in_time = np.argsort(at, kind="stable")
    else:
        in_time = _touching(world, only)
        in_time = in_time[np.argsort(at[in_time], kind="stable")]
    del at
    n = len(in_time)
    bits = max(2 * n, 1).bit_length()
    twice = np.arange(n, dtype=np.int64) * 2
    keys = []
    for side, name in enumerate(_SIDES):
        account = world.column("transfer", name)[in_time]
        own = account != CASH
        if only is not None:
            own[own] = only[row_of(account[own])]
        keys.append((row_of(account[own]) << bits) | (twice[own] + side))
    key = np.concatenate(keys)
    key.sort(kind="stable")
    account = key >> bits
    key &= (1 << bits) - 1
    is_dst = (key & 1).astype(bool)
    transfer = in_time[key >> 1]
    change = world.column("transfer", "amount_fen")[transfer]
    np.negative(change, out=change, where=~is_dst)
    np.cumsum(change, out=change)
    starts = np.flatnonzero(np.diff(account, prepend=-1))
    before = np.where(starts > 0, change[starts - 1], 0) if n else change
    change -= np.repeat(before, np.diff(np.append(starts, len(account))))
    return _Sides(account=account, transfer=transfer, is_dst=is_dst, stands=change, starts=starts)


def _lacks(sides: _Sides, accounts: int) -> Ints:
    """Return how much every account would be overdrawn at worst if it opened with nothing."""
    lacks = np.zeros(accounts, np.int64)
    if len(sides.starts):
        lacks[sides.account[sides.starts]] = np.maximum(-np.minimum.reduceat(sides.stands, sides.starts), 0)
    return lacks


def _changes(world: World) -> Ints:
    """Return what every account has received less what it has paid."""
    change = np.zeros(world.tables.rows("account"), np.int64)
    amount = world.column("transfer", "amount_fen")
    for name, add in (("src_account_id", np.subtract), ("dst_account_id", np.add)):
        account = world.column("transfer", name)
        add.at(change, row_of(account[account != CASH]), amount[account != CASH])
    return change


def _opened(world: World) -> Ints:
    found = world.tables.table("account")
    if "opened_on" not in found.column_names:
        return np.full(found.num_rows, -1)
    told = found["opened_on"].cast(pa.int32()).cast(pa.int64())
    return np.asarray(pc.subtract(told, int(world.day(0).astype(np.int64))).fill_null(-1).to_numpy(), np.int64)


def _pay_in(world: World, lacks: Ints) -> bool:
    """Pay what new accounts lack into them before anything else moves there; return whether any lacked something."""
    opened = _opened(world)
    rows = np.flatnonzero((opened >= 0) & (opened < world.options.days) & (lacks > 0))
    if not len(rows):
        return False
    told = figures()["closing"]
    chance = world.chance("life", "paid in")
    unit = 10_000
    amount = (lacks[rows] + unit - 1) // unit * unit
    src = np.full(len(rows), CASH)
    far = _outside(world)
    if len(far):
        src = np.where(amount >= int(told["cash_below"]) * 100, far[chance.integers(0, len(far), len(rows))], src)
    first = _first_moments(world)[rows]
    begins = (world.moment(opened[rows], 9 * 3_600) - world.moment(0, 0)).astype(np.int64)
    at = np.minimum(begins + chance.integers(0, 5 * 3_600, len(rows)), first - chance.integers(60, 900, len(rows)))
    at = world.moment(0, at)
    corporate = is_of(world.column("account", "holder_id")[rows], "company")
    for memo, those in (("投资款", corporate), ("开户存入", ~corporate)):
        if those.any():
            pay(
                world,
                HONEST,
                src=src[those],
                dst=first_id("account") + rows[those],
                at=at[those],
                amount_fen=amount[those],
                memo=memo,
                channel="counter",
            )
    return True


def _outside(world: World) -> Ints:
    """Return the accounts whose banks hand nothing over and which were there before the world."""
    held = world.column("account", "_held")
    if held.dtype != bool:
        return np.zeros(0, np.int64)
    return first_id("account") + np.flatnonzero(~held & (_opened(world) < 0))


def _first_moments(world: World) -> Ints:
    """Return the first second (of the world) at which anything moves on each account."""
    first = np.full(world.tables.rows("account"), world.options.days * DAY)
    at = (world.column("transfer", "booked_at").astype("datetime64[s]") - world.moment(0, 0)).astype(np.int64)
    for name in ("src_account_id", "dst_account_id"):
        account = world.column("transfer", name)
        np.minimum.at(first, row_of(account[account != CASH]), at[account != CASH])
    return first


def _cushions(world: World) -> Ints:
    """Return what accounts that were there before the world have beyond what they will need; a little where thin."""
    told = figures()["closing"]
    chance = world.chance("life", "cushions")
    n = world.tables.rows("account")
    thin = world.column("account", "_thin")
    thin = thin if thin.dtype == bool else np.zeros(n, bool)
    corporate = is_of(world.column("account", "holder_id"), "company")
    kinds = world.tables.table("account")["kind"].cast(pa.string())
    purse = pc.is_in(kinds, value_set=pa.array(["wallet", "merchant", "payment"])).to_numpy()
    usual = np.where(purse, told["purse"], np.where(corporate, told["company"], told["person"]))
    middle = np.where(thin, told["thin"], usual) * 100
    return np.where(_opened(world) < 0, around(chance, middle, spread=told["spread"]), 0)

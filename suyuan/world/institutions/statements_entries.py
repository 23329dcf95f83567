"""The entries of all accounts that somebody hands over, in the order in which they are written."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import row_of
from suyuan.world.frame.world import DAY, World
from suyuan.world.institutions.statements_faces import Faces
from suyuan.world.institutions.statements_fees import elsewhere, fees
from suyuan.world.institutions.statements_layouts import institutions
from suyuan.world.institutions.statements_numbers import Whole, mixed
from suyuan.world.life.balances import Running


@dataclass(frozen=True, kw_only=True)
class Entries:
    """Lines of statements: one value a line in every column.

    Attributes:
        account: Row of the own account; `other` of the other side (the place of nobody when it is cash).
        transfer: Row of the transfer.
        into: Whether the money came in.
        balance: What was left afterwards, in fen.
        day: Days since 1970; `second` of the day by the institution's own clock.
    """

    account: Whole
    other: Whole
    transfer: Whole
    into: np.ndarray[Any, np.dtype[np.bool_]]
    balance: Ints
    day: Whole
    second: Whole

    def __len__(self) -> int:
        return len(self.account)

    def at(self, places: Any) -> "Entries":
        """Return the lines at `places`: a slice, an array of places, or of truth values."""
        return replace(self, **{name: values[places] for name, values in vars(self).items()})


def laid(world: World, faces: Faces, told: Running) -> Entries:
    """Return the entries of accounts that institutions hand over, by institution, account and order of booking."""
    ends = [_places(world.column("transfer", name), faces) for name in ("src_account_id", "dst_account_id")]
    seconds = world.column("transfer", "booked_at").astype("datetime64[s]").astype(np.int64)
    transfer, into = _in_order(seconds, ends, faces)
    own, other = (np.where(into == flag, ends[1][transfer], ends[0][transfer]) for flag in (True, False))
    seconds = seconds[transfer]
    found = Entries(
        account=own,
        other=other,
        transfer=transfer,
        into=into,
        balance=np.where(into, told.dst_after[transfer], told.src_after[transfer]),
        day=(seconds // DAY).astype(np.int32),
        second=(seconds % DAY).astype(np.int32),
    )
    _pay_fees(found, faces, world.column("transfer", "amount_fen"))
    return replace(found, second=_by_own_clock(found, faces))


def _pay_fees(entries: Entries, faces: Faces, amount: Ints) -> None:
    """Take what payers paid for sending money off the balances, which begin with all of it: they end as they did."""
    owner = faces.institution[entries.account]
    for place, institution in enumerate(institutions().values()):
        if institution.ways.fee is None:
            continue
        part = slice(*np.searchsorted(owner, [place, place + 1]).tolist())
        own = entries.at(part)
        paid = fees(
            faces,
            institution.ways,
            account=own.account,
            other=own.other,
            into=own.into,
            amount=amount[own.transfer],
        )
        starts = np.flatnonzero(np.diff(own.account, prepend=-1))
        if len(starts):
            so_far = np.cumsum(paid)
            of_account = np.append(so_far[starts[1:] - 1], so_far[-1])
            entries.balance[part] += np.repeat(of_account, np.diff(np.append(starts, len(paid)))) - so_far


def _places(accounts: Ints, faces: Faces) -> Whole:
    """Return the rows of `accounts`, nobody's where the side is cash."""
    return np.where(accounts < 0, faces.nobody, row_of(accounts)).astype(np.int32)


def _in_order(seconds: Ints, ends: Sequence[Whole], faces: Faces) -> tuple[Whole, np.ndarray[Any, np.dtype[np.bool_]]]:
    """Return the transfers and sides of all held entries, by institution, account, moment and number."""
    n = len(seconds)
    bits = max(2 * n, 1).bit_length()
    in_time = np.argsort(seconds, kind="stable").astype(np.int32)
    twice = np.arange(n, dtype=np.int64) * 2
    keys = []
    for side, end in enumerate(ends):
        account = end[in_time]
        held = faces.institution[account] >= 0
        group = faces.institution[account] * (faces.nobody + 1) + faces.rank[account]
        keys.append(((group << bits) | (twice + side))[held])
    key = np.concatenate(keys)
    key.sort(kind="stable")
    key &= (1 << bits) - 1
    return in_time[key >> 1], (key & 1).astype(np.bool_)


def _by_own_clock(entries: Entries, faces: Faces) -> Whole:
    """Return the seconds at which the receiving institution books: a little later, never past its next line."""
    moment = entries.day.astype(np.int64) * DAY + entries.second
    gap = np.full(len(entries), DAY)
    gap[:-1] = np.where(entries.account[1:] == entries.account[:-1], np.diff(moment), DAY)
    clock = np.array([each.ways.clock for each in institutions().values()], np.int32)[
        faces.institution[entries.account]
    ]
    lag = (mixed(entries.transfer) >> np.uint64(40)).astype(np.int32) % clock
    away = elsewhere(faces, entries.account, entries.other)
    late = entries.into & away & (gap > clock) & (entries.second + lag < DAY)
    return (entries.second + np.where(late, lag, 0)).astype(np.int32)


def cut(entries: Entries, *, rows: int) -> Sequence[slice]:
    """Return where `entries` part into files of about `rows` lines, no account in two of them."""
    starts = np.flatnonzero(np.diff(entries.account, prepend=-1))
    edges = [0]
    for wanted in range(rows, len(entries), rows):
        place = np.searchsorted(starts, wanted, side="left")
        edge = int(starts[place]) if place < len(starts) else len(entries)
        if edge > edges[-1]:
            edges.append(edge)
    if edges[-1] < len(entries):
        edges.append(len(entries))
    return [slice(one, next_) for one, next_ in pairwise(edges)]

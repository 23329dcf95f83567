"""Money at accounts: what comes, what must be there, and the payments by which it goes on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from suyuan.world.frame.dice import Ints, around

Blend = Callable[[Ints], Ints]
_ACCOUNT = (1 << 44) - 1
_APART = 1 << 50
"""More than any account ever sees, in fen."""


@dataclass(frozen=True, kw_only=True)
class Sums:
    """One entry an account and day, or a payment."""

    account: Ints
    day: Ints
    amount: Ints

    def __len__(self) -> int:
        return len(self.account)

    def where(self, kept: Any) -> "Sums":
        """Return the entries that are `kept`."""
        return Sums(account=self.account[kept], day=self.day[kept], amount=self.amount[kept])

    def joined(self, other: "Sums") -> "Sums":
        """Return the entries of both."""
        return Sums(
            account=np.concatenate([self.account, other.account]),
            day=np.concatenate([self.day, other.day]),
            amount=np.concatenate([self.amount, other.amount]),
        )

    def a_day(self) -> "Sums":
        """Return one entry an account and day, by account and then by day."""
        keys = (self.account & _ACCOUNT) * (1 << 16) + self.day
        found, first, place = np.unique(keys, return_index=True, return_inverse=True)
        whole = np.zeros(len(found), np.int64)
        np.add.at(whole, place.reshape(-1), self.amount)
        return Sums(account=self.account[first], day=self.day[first], amount=whole)

    def by_day(self, days: int) -> Ints:
        """Return the sum of each of `days` days."""
        sums = np.zeros(days, np.int64)
        np.add.at(sums, self.day, self.amount)
        return sums


def leaving(chance: np.random.Generator, came: Sums, *, middle_fen: int, spread: float, blend: Blend) -> Sums:
    """Return payments of ordinary size by which what `came` to each account can leave it.

    Each is of an account and the first day on which so much has come beside what left before; what makes no whole
    payment stays.
    """
    each, place, upto = _running(came)
    amount, owner = _sizes(chance, each, middle_fen=middle_fen, spread=spread, blend=blend)
    sent = _sums_within(amount, owner)
    when = np.searchsorted(place * _APART + upto, owner * _APART + sent, side="left")
    kept = sent <= each[owner]
    rows = when[kept]
    return Sums(account=came.account[rows], day=came.day[rows], amount=amount[kept])


def covering(chance: np.random.Generator, need: Sums, *, middle_fen: int, spread: float, blend: Blend) -> Sums:
    """Return payments of ordinary size by which each account has what it needs when it does.

    Each is of an account and the day by whose beginning it must have come; the last one may bring a little more.
    """
    each, place, upto = _running(need)
    amount, owner = _sizes(chance, each, middle_fen=middle_fen, spread=spread, blend=blend)
    before = _sums_within(amount, owner) - amount
    when = np.searchsorted(place * _APART + upto, owner * _APART + before, side="right")
    kept = before < each[owner]
    rows = when[kept]
    return Sums(account=need.account[rows], day=need.day[rows], amount=amount[kept])


def _running(sums: Sums) -> tuple[Ints, Ints, Ints]:
    """Return each account's whole sum, each entry's account by place, and its running sum; entries are `a_day`."""
    fresh = np.concatenate([[True], sums.account[1:] != sums.account[:-1]]) if len(sums) else np.zeros(0, bool)
    place = np.cumsum(fresh) - 1
    upto = _sums_within(sums.amount, place)
    last = np.concatenate([np.flatnonzero(fresh)[1:] - 1, [len(sums) - 1]]) if len(sums) else np.zeros(0, np.int64)
    return upto[last], place, upto


def _sums_within(amount: Ints, owner: Ints) -> Ints:
    """Return the running sum of `amount` within each run of equal `owner`."""
    if not len(amount):
        return np.zeros(0, np.int64)
    running = np.cumsum(amount)
    first = np.flatnonzero(np.concatenate([[True], owner[1:] != owner[:-1]]))
    sizes = np.diff(np.concatenate([first, [len(owner)]]))
    return np.asarray(running - np.repeat(running[first] - amount[first], sizes))


def _sizes(
    chance: np.random.Generator, each: Ints, *, middle_fen: int, spread: float, blend: Blend
) -> tuple[Ints, Ints]:
    """Return payments around `middle_fen` that together are more than `each`, and the place of the sum each is of."""
    count = 4 + each * 3 // middle_fen
    owner = np.repeat(np.arange(len(each)), count)
    drawn = around(chance, middle_fen, spread=spread, n=len(owner))
    amount = np.maximum(blend(np.minimum(drawn, np.maximum(each * 2 // 5, 1)[owner]).clip(1)), 1)
    short = np.zeros(len(each), np.int64)
    np.add.at(short, owner, amount)
    last = np.cumsum(count) - 1
    amount[last] += np.maximum(each + 1 - short, 0)
    return amount, owner

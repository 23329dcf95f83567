"""Dated flows of many loans in arrays."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

import numpy as np
from numpy.typing import NDArray

Int64s = NDArray[np.int64]

_EPOCH = date(1970, 1, 1).toordinal()
_DAY_BITS = 24  # days fit in ±2^23: 22,966 years around 1970


@dataclass(frozen=True, kw_only=True)
class Flow:
    """Money that moved on a day: `fen` > 0 was received by the borrower, < 0 was paid by or for the borrower."""

    on: date
    fen: int


def day_number(day: date) -> int:
    """Return `day` as days since 1970-01-01, the form Arrow dates have."""
    return day.toordinal() - _EPOCH


@dataclass(frozen=True, kw_only=True)
class Schedules:
    """Flows of loans 0 … n−1: those of loan `i` stand at `offsets[i]` up to `offsets[i + 1]`, one a day, by day.

    `days` are days since 1970-01-01; `fen` are net sums of the day and may be 0.
    """

    offsets: Int64s
    days: Int64s
    fen: Int64s

    def __len__(self) -> int:
        """Return the number of loans."""
        return len(self.offsets) - 1

    @classmethod
    def of(cls, *, loans: int, loan: Int64s, day: Int64s, fen: Int64s) -> Self:
        """Return the schedules of `loans` loans from flows in any order; flows of one loan and day are summed.

        Args:
            loans: Their number; a loan may have no flow.
            loan: Loan of each flow, 0 … `loans` − 1.
            day: Days since 1970-01-01, within ±2^23.
            fen: Signed as in `Flow`.

        Cost: one sort of 64-bit keys.
        """
        key = (loan << _DAY_BITS) + (day + (1 << (_DAY_BITS - 1)))
        order = np.argsort(key, kind="stable")
        kept, net = key[order], fen[order]
        again = kept[1:] == kept[:-1]
        if again.any():
            first = np.flatnonzero(np.append(True, ~again))
            kept, net = kept[first], np.add.reduceat(net, first)
        offsets = np.searchsorted(kept >> _DAY_BITS, np.arange(loans + 1))
        days = (kept & ((1 << _DAY_BITS) - 1)) - (1 << (_DAY_BITS - 1))
        return cls(offsets=offsets.astype(np.int64), days=days, fen=net)

    @classmethod
    def of_one(cls, flows: Sequence[Flow]) -> Self:
        """Return the schedule of a single loan."""
        return cls.of(
            loans=1,
            loan=np.zeros(len(flows), dtype=np.int64),
            day=np.array([day_number(flow.on) for flow in flows], dtype=np.int64),
            fen=np.array([flow.fen for flow in flows], dtype=np.int64),
        )

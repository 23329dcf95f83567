"""What a loan costs a year, from what was received and paid, and when.

Two forms of one internal rate of return (`root.py` says how it is found and when there is none): the nominal yearly
rate, return per payment interval × intervals a year, which lenders must display (中国人民银行公告〔2021〕第3号), and
the effective one, (1 + i_day)^365 − 1.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from suyuan.money.compiled import run
from suyuan.money.root import Floats, all_rates
from suyuan.money.schedule import Flow, Int64s, Schedules

WhyNull = Literal[
    "nothing_received",
    "nothing_repaid",
    "paid_before_received",
    "several_sign_changes",
    "no_time",
    "beyond_numbers",
    "received_unknown",
    "day_unknown",
    "several_currencies",
]
"""Why a rate is null. The first six are found here, in the order of the codes of `root.py`; the rest by those who know
where flows come from."""

REASONS: tuple[WhyNull, ...] = get_args(WhyNull)
_DIGITS = 10


@dataclass(frozen=True, kw_only=True)
class Rates:
    """Yearly rates as shares (0.24 = 24 %), null with a reason. A rate below 0: less was repaid than received.

    With the reason `beyond_numbers` the nominal rate may still be told: the effective one is over 10^304 a year.
    """

    nominal_rate: float | None
    effective_rate: float | None
    why_null: WhyNull | None


@dataclass(frozen=True, kw_only=True)
class RatesTable:
    """The rates of many loans: NaN where null; `why` is 0 or 1 + the index in `REASONS`."""

    nominal: Floats
    effective: Floats
    why: NDArray[np.int8]


def head_cut(*, principal_fen: int | None, received_fen: int | None) -> float | None:
    """Return the share of the principal that was kept back, 1 − received/principal; null when either is unknown.

    Negative when more was received than booked.

    >>> head_cut(principal_fen=150000, received_fen=105000)
    0.3
    """
    if principal_fen is None or received_fen is None or principal_fen <= 0:
        return None
    return round((principal_fen - received_fen) / principal_fen, _DIGITS)


def rates(flows: Sequence[Flow], *, interval_days: int | None = None, term_days: int | None = None) -> Rates:
    """Return the yearly rates of one loan.

    Args:
        flows: In any order; those of one day are netted.
        interval_days: Days between payments by contract; null: see `table_rates`.
        term_days: Term of a loan repaid at once.

    >>> from datetime import date
    >>> week = [Flow(on=date(2018, 9, 1), fen=70000), Flow(on=date(2018, 9, 8), fen=-100000)]
    >>> rates(week, interval_days=7)
    Rates(nominal_rate=22.34693878, effective_rate=119407269.4, why_null=None)
    """
    table = table_rates(
        Schedules.of_one(flows), interval_days=np.array([interval_days or 0]), term_days=np.array([term_days or 0])
    )
    code = int(table.why[0])
    nominal, effective = float(table.nominal[0]), float(table.effective[0])
    return Rates(
        nominal_rate=None if math.isnan(nominal) else nominal,
        effective_rate=None if math.isnan(effective) else effective,
        why_null=REASONS[code - 1] if code else None,
    )


def table_rates(schedules: Schedules, *, interval_days: Int64s, term_days: Int64s) -> RatesTable:
    """Return the rates of every loan of `schedules`, rounded to ten significant digits.

    Args:
        schedules: Flows by loan.
        interval_days: Days between payments by contract, 0 where unknown. Then a loan repaid on one day takes its
            term, or the days it really ran; a loan repaid on several takes the (lower) median of the days between its
            payments. With several payments, 28–32 days are a month, and likewise 2, 3, 6 and 12 months.
        term_days: 0 where unknown.

    Deterministic. Cost: about five Newton steps a loan, each one exponential a flow.
    """
    count = len(schedules)
    nominal, effective = np.empty(count), np.empty(count)
    why = np.empty(count, dtype=np.int8)
    flows = (schedules.offsets, schedules.days, schedules.fen)
    run(all_rates, loans=count, reads=(*flows, interval_days, term_days), writes=(nominal, effective, why))
    return RatesTable(nominal=_rounded(nominal), effective=_rounded(effective), why=why)


def _rounded(values: Floats) -> Floats:
    """Return `values` to ten significant digits, so that a last bit of the machine does not show."""
    size = np.abs(values)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        exponent = np.where((size > 0) & np.isfinite(size), np.floor(np.log10(size)), 0.0)
        down = np.power(10.0, np.clip(exponent - _DIGITS + 1, 0, 300))
        up = np.power(10.0, np.clip(_DIGITS - 1 - exponent, 0, 300))
        told: Floats = np.rint(values * up / down) / up * down
    return told

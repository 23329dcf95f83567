"""What a loan costs a year: the internal rate of return of what was received and paid, and when.

With y = ln(1 + i_day) the flows balance where ln Σ received·e^(−y·day) = ln Σ paid·e^(−y·day). When all receipts come
before all payments (one change of sign) the left side minus the right grows strictly with y, so there is exactly one
root, for any amounts, and Newton's steps inside a shrinking bracket find it; logarithms keep 10^300 % a year and
−99.9 % alike in range. Every other pattern may have several roots or none, and is null with its reason.

Source: Descartes' rule of signs for the polynomial in e^(−y); the two yearly forms are those of 中国人民银行公告〔2021〕第3号
(nominal: return per payment interval × intervals a year) and the usual compound one.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from suyuan.money.compiled import fit, handed
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
"""Why a rate is null. The first six are found here; the rest by those who know where flows come from."""

REASONS: tuple[WhyNull, ...] = get_args(WhyNull)
FOUND, NOTHING_RECEIVED, NOTHING_REPAID, PAID_FIRST, SEVERAL, NO_TIME, BEYOND = range(7)
_DIGITS = 10

Floats = NDArray[np.float64]
Kernel = Callable[[Int64s, Int64s, int, int], tuple[float, int]]


@dataclass(frozen=True, kw_only=True)
class Rates:
    """Yearly rates as shares (0.24 = 24 %), null with a reason. A rate below 0: less was repaid than received."""

    nominal_rate: float | None
    effective_rate: float | None
    why_null: WhyNull | None


@dataclass(frozen=True, kw_only=True)
class RatesTable:
    """The rates of many loans: NaN where null; `why` is 0 or 1 + the index in `REASONS`.

    `effective` alone may be NaN with reason `beyond_numbers`: over 10^304 a year.
    """

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
    schedules = Schedules.of_one(flows)
    given = np.array([interval_days or 0]), np.array([term_days or 0])
    table = table_rates(schedules, interval_days=given[0], term_days=given[1])
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
            payments. With several payments, 28–31 days are a month, and likewise 2, 3, 6 and 12 months.
        term_days: 0 where unknown.

    Deterministic. Cost: about five Newton steps a loan, each one exponential a flow.
    """
    count = len(schedules)
    nominal, effective = np.empty(count), np.empty(count)
    why = np.empty(count, dtype=np.int8)
    kernel = fit(_all_rates, loans=count)
    kernel(
        fit(daily_log_rate, loans=count),
        fit(payment_interval, loans=count),
        handed(schedules.offsets, schedules.days, schedules.fen, loans=count),
        handed(interval_days, term_days, loans=count),
        (nominal, effective, why),
    )
    return RatesTable(nominal=_rounded(nominal), effective=_rounded(effective), why=why)


def _rounded(values: Floats) -> Floats:
    """Return `values` to ten significant digits, so that a last bit of the machine does not show."""
    size = np.abs(values)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        exponent = np.where((size > 0) & np.isfinite(size), np.floor(np.log10(size)), 0.0)
        scale = np.power(10.0, np.clip(_DIGITS - 1 - exponent, -300, 300))
        told = np.rint(values * scale) / scale
    rounded: Floats = np.where(np.isfinite(told), told, values)
    return rounded


def _all_rates(  # noqa: PLR0913, PLR0917, RUF100
    solve: Kernel,
    interval: Callable[[Int64s, Int64s, int, int, int, int], float],
    flows: tuple[Int64s, Int64s, Int64s],
    given: tuple[Int64s, Int64s],
    into: tuple[Floats, Floats, NDArray[np.int8]],
) -> None:
    offsets, days, fen = flows
    nominal, effective, why = into
    for loan in range(len(offsets) - 1):
        start, stop = offsets[loan], offsets[loan + 1]
        nominal[loan] = effective[loan] = math.nan
        rate, code = solve(days, fen, start, stop)
        why[loan] = code
        if code != 0:
            continue
        between = interval(days, fen, start, stop, given[0][loan], given[1][loan])
        if rate * between < 700.0:  # e^709 is the end of doubles
            nominal[loan] = math.expm1(rate * between) * 365.0 / between
        if rate * 365.0 < 700.0:
            effective[loan] = math.expm1(rate * 365.0)
        else:
            why[loan] = 6


def daily_log_rate(days: Int64s, fen: Int64s, start: int, stop: int) -> tuple[float, int]:
    """Return ln(1 + daily rate) of the flows `start` … `stop` − 1, and 0 or why there is none (see the codes above).

    Days ascend and differ. Compiled for tables, so it calls nothing of ours.
    """
    first = last = changes = 0
    last_in = first_out = 0
    received = paid = 0.0
    for k in range(start, stop):
        sign = 1 if fen[k] > 0 else -1 if fen[k] < 0 else 0
        if sign == 0:
            continue
        if first == 0:
            first = sign
        elif sign != last:
            changes += 1
        last = sign
        if sign > 0:
            received += fen[k]
            last_in = days[k]
        else:
            if paid == 0.0:
                first_out = days[k]
            paid -= fen[k]
    if changes == 0:
        return 0.0, 5 if first == 0 else 2 if first > 0 else 1
    if first < 0:
        return 0.0, 3 if changes == 1 else 4
    if changes > 1:
        return 0.0, 4
    error = math.log(received) - math.log(paid)
    if received == paid:
        return 0.0, 0
    bound = -error / (first_out - last_in)
    low, high = min(0.0, bound), max(0.0, bound)
    rate = 0.0
    for _ in range(200):
        top_in = top_out = -1e308
        for k in range(start, stop):
            if fen[k] > 0:
                top_in = max(top_in, -rate * (days[k] - last_in))
            elif fen[k] < 0:
                top_out = max(top_out, -rate * (days[k] - last_in))
        sum_in = sum_out = mean_in = mean_out = 0.0
        for k in range(start, stop):
            since = float(days[k] - last_in)
            if fen[k] > 0:
                part = fen[k] * math.exp(-rate * since - top_in)
                sum_in += part
                mean_in += part * since
            elif fen[k] < 0:
                part = -fen[k] * math.exp(-rate * since - top_out)
                sum_out += part
                mean_out += part * since
        error = math.log(sum_in) + top_in - math.log(sum_out) - top_out
        if error > 0.0:
            high = rate
        else:
            low = rate
        following = rate - error / (mean_out / sum_out - mean_in / sum_in)
        if not low <= following <= high:
            following = 0.5 * (low + high)
        if abs(following - rate) <= 1e-15 * abs(following):
            return following, 0
        rate = following
    return rate, 0


def payment_interval(days: Int64s, fen: Int64s, start: int, stop: int, given: int, term: int) -> float:
    """Return the days between payments of a loan that has a rate, as `table_rates` says."""
    gaps = np.zeros(stop - start, dtype=np.int64)
    count = 0
    before = days[start]
    for k in range(start, stop):
        if fen[k] > 0:
            before = days[k] if count == 0 else before
        elif fen[k] < 0:
            gaps[count] = days[k] - before
            before = days[k]
            count += 1
    if count == 1:
        return float(given if given > 0 else term if term > 0 else gaps[0])
    between = float(given if given > 0 else np.sort(gaps[:count])[(count - 1) // 2])
    month = 365.0 / 12.0
    for months in (1, 2, 3, 6, 12):
        if abs(between - months * month) <= 2.5:
            return months * month
    return between

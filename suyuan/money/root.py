"""The kernel that finds the rate of return of many loans.

With y = ln(1 + i_day) the flows balance where ln Σ received·e^(−y·day) = ln Σ paid·e^(−y·day). When all receipts come
before all payments (one change of sign) the left side minus the right grows strictly with y, so there is exactly one
root, for any amounts, and Newton's steps inside a shrinking bracket find it; logarithms keep 10^300 % a year and
−99.9 % alike in range. Every other pattern may have several roots or none and gets a code instead.

Source: Descartes' rule of signs for the polynomial in e^(−y).

Plain functions that numba can compile (`compiled.py`): they call nothing but each other and `math`.
"""

import math

import numpy as np
from numpy.typing import NDArray

from suyuan.money.schedule import Int64s

FOUND, NOTHING_RECEIVED, NOTHING_REPAID, PAID_FIRST, SEVERAL, NO_TIME, BEYOND = range(7)
"""What is known of a loan's rate: it was found, or why there is none."""

_END = 700.0  # e^709 is the end of doubles
_MONTH = 365.0 / 12.0

Floats = NDArray[np.float64]


def all_rates(
    first: int,
    last: int,
    reads: tuple[Int64s, Int64s, Int64s, Int64s, Int64s],
    writes: tuple[Floats, Floats, NDArray[np.int8]],
) -> None:
    """Find nominal and effective rate and the code of the loans `first` … `last` − 1.

    `reads`: offsets, days, fen (as in `Schedules`), contract interval and term in days (0: unknown). `writes`: nominal,
    effective (NaN where there is none), code.
    """
    offsets, days, fen, given, term = reads
    nominal, effective, why = writes
    for loan in range(first, last):
        start, stop = offsets[loan], offsets[loan + 1]
        nominal[loan] = math.nan
        effective[loan] = math.nan
        code, last_in, first_out, bound = pattern(days, fen, start, stop)
        if code == FOUND:
            rate = log_rate(days, fen, start, stop, last_in, first_out, bound)
            between = payment_interval(days, fen, start, stop, given[loan], term[loan])
            if rate * between < _END:
                nominal[loan] = math.expm1(rate * between) * 365.0 / between
            if rate * 365.0 < _END:
                effective[loan] = math.expm1(rate * 365.0)
            else:
                code = BEYOND
        why[loan] = code


def pattern(days: Int64s, fen: Int64s, start: int, stop: int) -> tuple[int, int, int, float]:
    """Return the code, the day of the last receipt, the day of the first payment, and ln(received / paid)."""
    first_sign = sign_before = changes = last_in = first_out = 0
    received = paid = 0.0
    for k in range(start, stop):
        if fen[k] == 0:
            continue
        sign = 1 if fen[k] > 0 else -1
        if first_sign == 0:
            first_sign = sign
        elif sign != sign_before:
            changes += 1
        sign_before = sign
        if sign > 0:
            received += fen[k]
            last_in = days[k]
        else:
            first_out = days[k] if paid == 0.0 else first_out
            paid -= fen[k]
    if changes == 0:
        return NO_TIME if first_sign == 0 else NOTHING_REPAID if first_sign > 0 else NOTHING_RECEIVED, 0, 0, 0.0
    if changes > 1 or first_sign < 0:
        return SEVERAL if changes > 1 else PAID_FIRST, 0, 0, 0.0
    return FOUND, last_in, first_out, 0.0 if received == paid else math.log(received / paid)


def log_rate(days: Int64s, fen: Int64s, start: int, stop: int, last_in: int, first_out: int, excess: float) -> float:  # noqa: PLR0917
    """Return ln(1 + daily rate) of flows whose receipts all come before their payments.

    At rate 0 the imbalance is `excess`, and it grows by at least `first_out` − `last_in` for each 1 of the rate: so the
    root lies between 0 and −excess / (first_out − last_in).
    """
    if excess == 0.0:
        return 0.0
    bound = -excess / (first_out - last_in)
    low, high = min(0.0, bound), max(0.0, bound)
    rate = 0.0
    for _ in range(200):
        error, slope = imbalance(days, fen, start, stop, last_in, rate)
        if error > 0.0:
            high = rate
        else:
            low = rate
        following = rate - error / slope
        if not low <= following <= high:
            following = 0.5 * (low + high)
        if abs(following - rate) <= 1e-9 * abs(following):  # the next step would move it by its square
            return following
        rate = following
    return rate


def imbalance(days: Int64s, fen: Int64s, start: int, stop: int, origin: int, rate: float) -> tuple[float, float]:  # noqa: PLR0917
    """Return ln(received / paid), both discounted at `rate`, and how fast that grows with the rate.

    Each side is scaled by its largest term's exponent (that of its first or last day), so nothing over- or underflows.
    """
    top_in = top_out = -math.inf
    for k in range(start, stop):
        power = -rate * (days[k] - origin)
        if fen[k] > 0:
            top_in = max(top_in, power)
        elif fen[k] < 0:
            top_out = max(top_out, power)
    sum_in = sum_out = mean_in = mean_out = 0.0
    for k in range(start, stop):
        since = days[k] - origin
        if fen[k] > 0:
            power = -rate * since - top_in
            part = fen[k] * (math.exp(power) if power != 0.0 else 1.0)
            sum_in += part
            mean_in += part * since
        elif fen[k] < 0:
            power = -rate * since - top_out
            part = -fen[k] * (math.exp(power) if power != 0.0 else 1.0)
            sum_out += part
            mean_out += part * since
    return math.log(sum_in / sum_out) + top_in - top_out, mean_out / sum_out - mean_in / sum_in


def payment_interval(days: Int64s, fen: Int64s, start: int, stop: int, given: int, term: int) -> float:  # noqa: PLR0917
    """Return the days between payments of a loan that has a rate, as `cost.table_rates` says."""
    gaps = np.empty(stop - start, dtype=np.int64)
    count = 0
    before = days[start]
    for k in range(start, stop):
        if fen[k] > 0:
            before = days[k]
        elif fen[k] < 0:
            gaps[count] = days[k] - before
            before = days[k]
            count += 1
    if count == 1:
        return float(given if given > 0 else term if term > 0 else gaps[0])
    between = float(given if given > 0 else np.sort(gaps[:count])[(count - 1) // 2])
    for months in (1, 2, 3, 6, 12):
        if abs(between - months * _MONTH) <= 2.5:
            return months * _MONTH
    return between

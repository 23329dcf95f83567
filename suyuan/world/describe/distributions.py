"""What the world looks like in numbers: degrees, amounts, gaps between transfers, hours, balances, loans."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from suyuan.world.frame.world import World

Numbers = NDArray[np.int64]
DAY = 86_400
EDGES_A_DECADE = 8


@dataclass(frozen=True, kw_only=True)
class Distribution:
    """One picture's worth of numbers: `series` is (who, x, y), who being `all`, `ring`, `out` or `in`.

    `form` says how it is drawn: `ccdf` (share of values ≥ x, both axes logarithmic), `log_bins` (share by logarithmic
    bins), `bars` (share by whole x). `unit` of x is a catalogue key. `tail` is the Hill exponent of the largest
    hundredth, None where it makes no sense.
    """

    name: str
    form: str
    unit: str
    series: tuple[tuple[str, tuple[float, ...], tuple[float, ...]], ...]
    tail: float | None = None


def distributions(world: World) -> list[Distribution]:
    """Return every distribution that the rows of `world` allow, in the order they are shown."""
    return [*_of_transfers(world), *_of_balances(world), *_of_loans(world), *_of_calls(world)]


def _of_transfers(world: World) -> Iterator[Distribution]:
    if not world.tables.rows("transfer"):
        return
    src, dst = world.column("transfer", "src_account_id"), world.column("transfer", "dst_account_id")
    amount, ring = world.column("transfer", "amount_fen"), world.column("transfer", "_ring") >= 0
    booked = world.column("transfer", "booked_at").astype("datetime64[s]").astype(np.int64)
    both = (src >= 0) & (dst >= 0)
    degrees = [("out", _partners(src[both], dst[both])), ("in", _partners(dst[both], src[both]))]
    yield _ccdf("degree", "describe.partners", degrees, tail_of=degrees[1][1])
    shown = [("all", amount[~ring] // 100), ("ring", amount[ring] // 100)]
    yield _ccdf("amount_tail", "describe.yuan", shown[:1], tail_of=shown[0][1])
    yield _log_bins("amount", "describe.yuan", shown)
    yield _log_bins("gap", "describe.seconds", [("all", _gaps(src[src >= 0], booked[src >= 0]))])
    yield _bars("hour", "describe.hour", [("all", booked[~ring] // 3600 % 24), ("ring", booked[ring] // 3600 % 24)])
    yield _bars("weekday", "describe.weekday", [("all", (booked // DAY + 3) % 7)])
    yield _bars("day", "describe.day", [("all", booked // DAY - int(booked.min()) // DAY)])


def _of_balances(world: World) -> Iterator[Distribution]:
    balances = world.column("account", "balance_fen")
    held = np.asarray(world.column("account", "_held") == 1)
    if (balances[held] > 0).any():
        yield _log_bins("balance", "describe.yuan", [("all", balances[held] // 100)])


def _of_loans(world: World) -> Iterator[Distribution]:
    if world.tables.rows("loan"):
        principal, ring = world.column("loan", "principal_fen") // 100, world.column("loan", "_ring") >= 0
        yield _log_bins("loan", "describe.yuan", [("all", principal[~ring]), ("ring", principal[ring])])


def _of_calls(world: World) -> Iterator[Distribution]:
    if world.tables.rows("call"):
        started = world.column("call", "started_at").astype("datetime64[s]").astype(np.int64)
        ring = world.column("call", "_ring") >= 0
        hours = [("all", started[~ring] // 3600 % 24), ("ring", started[ring] // 3600 % 24)]
        yield _bars("call_hour", "describe.hour", hours)


def _partners(own: Numbers, other: Numbers) -> Numbers:
    """Return how many different partners each account has."""
    order = np.lexsort((other, own))
    own, other = own[order], other[order]
    new = np.r_[True, (own[1:] != own[:-1]) | (other[1:] != other[:-1])]
    return np.unique(own[new], return_counts=True)[1].astype(np.int64)


def _gaps(own: Numbers, at: Numbers) -> Numbers:
    """Return the seconds between one account's payments and the next."""
    order = np.lexsort((at, own))
    own, at = own[order], at[order]
    return np.asarray((at[1:] - at[:-1])[own[1:] == own[:-1]])


def _ccdf(name: str, unit: str, series: list[tuple[str, Numbers]], *, tail_of: Numbers) -> Distribution:
    drawn = []
    for who, values in series:
        kept = np.sort(values[values > 0], kind="stable")
        at = np.unique(np.geomspace(1, max(2, int(kept[-1])), 60).astype(np.int64)) if len(kept) else np.zeros(0)
        share = 1 - np.searchsorted(kept, at, side="left") / max(1, len(kept))
        drawn.append((who, tuple(at.astype(float).tolist()), tuple(share.tolist())))
    return Distribution(name=name, form="ccdf", unit=unit, series=tuple(drawn), tail=hill(tail_of))


def _log_bins(name: str, unit: str, series: list[tuple[str, Numbers]]) -> Distribution:
    most = max((int(values.max(initial=1)) for _, values in series), default=1)
    edges = np.geomspace(1, max(10, most), 1 + EDGES_A_DECADE * len(str(most)))
    drawn = []
    for who, values in series:
        counts, _ = np.histogram(values, edges)
        share = counts / max(1, len(values))
        drawn.append((who, tuple(edges[:-1].tolist()), tuple(share.tolist())))
    return Distribution(name=name, form="log_bins", unit=unit, series=tuple(drawn))


def _bars(name: str, unit: str, series: list[tuple[str, Numbers]]) -> Distribution:
    most = max((int(values.max(initial=0)) for _, values in series), default=0)
    drawn = []
    for who, values in series:
        counts = np.bincount(values, minlength=most + 1)
        drawn.append((who, tuple(map(float, range(most + 1))), tuple((counts / max(1, len(values))).tolist())))
    return Distribution(name=name, form="bars", unit=unit, series=tuple(drawn))


def hill(values: Numbers) -> float | None:
    """Return the Hill estimate of the tail exponent from the largest hundredth of `values`; None under 20 of them.

    Source: B. M. Hill, "A simple general approach to inference about the tail of a distribution", 1975.
    """
    kept = np.sort(values[values > 0], kind="stable")[::-1]
    top = len(kept) // 100
    if top < 20 or kept[top] == kept[0]:
        return None
    return round(float(1 / np.mean(np.log(kept[:top] / kept[top]))), 2)

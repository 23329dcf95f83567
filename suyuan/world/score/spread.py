"""Scores over several worlds: mean and 95 % interval of every number, and counts taken together."""

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Any

from suyuan.world.score.number import share, wilson

PLACES = 6
LEFT_OUT = frozenset({"why", "by_ring", "interval", "world", "run", "truth"})

# fmt: off
T975 = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
    2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
)
# fmt: on
"""97.5 % points of Student's t for 1 to 30 degrees of freedom; beyond, that of 30, which is a little wide."""


Path = tuple[str, ...]


def t_interval(values: Sequence[float]) -> tuple[float, float] | None:
    """Return the 95 % interval of the mean of `values`, by Student's t; null of fewer than two.

    It is not cut at 0 and 1: an end beyond them says that the worlds are too few.

    Examples:
        >>> tuple(round(end, 3) for end in t_interval([0.8, 0.9, 1.0]))
        (0.652, 1.148)

    Source: Student, The probable error of a mean, Biometrika 6 (1908), doi:10.1093/biomet/6.1.1.
    """
    n = len(values)
    if n < 2:
        return None
    mean = sum(values) / n
    deviation = sqrt(sum((value - mean) ** 2 for value in values) / (n - 1))
    reach = T975[min(n - 1, len(T975)) - 1] * deviation / sqrt(n)
    return mean - reach, mean + reach


def spread(documents: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return one document of the keys of all `documents`, each number with its mean and interval.

    Every number becomes `{mean, low, high, worlds}`; `worlds` counts those in which it is no null, and the others play
    no part. A number that is null everywhere stays null, with the reasons in `why`. `pooled` takes counts of all worlds
    together, with Wilson's interval: rings by kind, hidden rings, look-alikes by kind.
    """
    numbers: dict[Path, list[float]] = {}
    for document in documents:
        for path, value in _numbers(document).items():
            numbers.setdefault(path, []).extend([] if value is None else [value])
    told: dict[str, Any] = {}
    for path, values in numbers.items():
        _put(told, path, _summed(values) if values else None)
    empty = {".".join(path) for path, values in numbers.items() if not values}
    why = {path: words for document in documents for path, words in document["why"].items() if path in empty}
    return {"worlds": len(documents), **told, "pooled": pooled(documents), "why": dict(sorted(why.items()))}


def pooled(documents: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the counts of all `documents` taken together, with their shares and Wilson's 95 % intervals."""
    rings = [document["rings"] for document in documents]
    alike = [document["lookalikes"] for document in documents]
    hidden = [document["hidden"] for document in documents]
    return {
        "rings": {
            **_share(rings, hit="found", of="planted"),
            "by_kind": _by_kind([one["by_kind"] for one in rings], hit="found", of="planted"),
        },
        "hidden": _share(hidden, hit="found", of="planted"),
        "lookalikes": {
            **_share(alike, hit="flagged", of="cases"),
            "by_kind": _by_kind([one["by_kind"] for one in alike], hit="flagged", of="cases"),
        },
    }


def _by_kind(parts: Sequence[Mapping[str, Mapping[str, Any]]], *, hit: str, of: str) -> dict[str, Any]:
    kinds = sorted({kind for part in parts for kind in part})
    return {kind: _share([part[kind] for part in parts if kind in part], hit=hit, of=of) for kind in kinds}


def _share(parts: Sequence[Mapping[str, Any]], *, hit: str, of: str) -> dict[str, Any]:
    hits, whole = sum(part[hit] for part in parts), sum(part[of] for part in parts)
    found, ends = share(hits, whole), wilson(hits, whole)
    return {
        of: whole,
        hit: hits,
        "share": None if found is None else round(found, PLACES),
        "interval": None if ends is None else [round(end, PLACES) for end in ends],
    }


def _summed(values: Sequence[float]) -> dict[str, Any]:
    ends = t_interval(values)
    return {
        "mean": round(sum(values) / len(values), PLACES),
        "low": None if ends is None else round(ends[0], PLACES),
        "high": None if ends is None else round(ends[1], PLACES),
        "worlds": len(values),
    }


def _numbers(document: Mapping[str, Any], *, under: Path = ()) -> dict[Path, float | None]:
    found: dict[Path, float | None] = {}
    for key, value in document.items():
        if key in LEFT_OUT:
            continue
        if isinstance(value, Mapping):
            found |= _numbers(value, under=(*under, key))
        elif isinstance(value, list):
            found |= {(*under, key, str(place)): part for place, part in enumerate(value)}
        elif value is None or isinstance(value, int | float):
            found[*under, key] = value
    return found


def _put(told: dict[str, Any], path: Path, value: dict[str, Any] | None) -> None:
    """Enter `value` at `path`; what is null in one world may be a list or a mapping in another, which then stands."""
    for part in path[:-1]:
        if not isinstance(told.get(part), dict):
            told[part] = {}
        told = told[part]
    if value is not None or path[-1] not in told:
        told[path[-1]] = value

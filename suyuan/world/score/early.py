"""How early each ring was seen: from a replay that looked at one day after the other."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from suyuan.engine.protocol import Engine
from suyuan.world.score.number import median, share

STEP_DAYS = 14
BEFORE = 0.3  # of the loss


@dataclass(frozen=True, kw_only=True)
class Look:
    """What was known at the end of a day: rings a raised lead was about, and rings that were found."""

    on: date
    about: frozenset[str]
    found: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Harm:
    """What a ring did and when. `loss_fen` by day, below 0 where victims got back; they sum to what is lost."""

    ring_id: str
    first_crime_on: date | None
    loss_fen: Mapping[date, int]


@dataclass(frozen=True, kw_only=True)
class Sight:
    """When a ring was first seen: in (`after_days`, `by_days`] from its first crime.

    Both are null when it was never seen, or committed none. `found_by_days`: when it was first found whole.
    `loss_share`: of its loss, what had happened by the end of the day on which it was first seen; 1 when never; null
    when nothing was lost in the end.
    """

    ring_id: str
    seen: bool
    after_days: int | None
    by_days: int | None
    found_by_days: int | None
    loss_share: float | None


@dataclass(frozen=True, kw_only=True)
class EarlyScores:
    """Medians and shares over rings. `median_days`: an interval, over rings that were seen."""

    looks: int
    step_days: int
    rings: int
    seen: int
    median_days: tuple[float, float] | None
    median_loss_share: float | None
    seen_before_30pct: float | None
    by_ring: tuple[Sight, ...]


def marks(first: date, last: date) -> list[date]:
    """Return the days to look at: every fortnight from the end of the first, up to the first day not before `last`."""
    count = max(1, -(-((last - first).days + 1) // STEP_DAYS))
    return [first + timedelta(days=STEP_DAYS * number - 1) for number in range(1, count + 1)]


def early_scores(*, rings: Sequence[Harm], looks: Sequence[Look]) -> EarlyScores:
    """Return how early `rings` were seen by `looks`, in the order of their days.

    A ring is seen when a raised lead is about it (half of the lead's core, or more, is the ring's), though half of the
    ring need not be in it yet.
    """
    sights = tuple(_sight(ring, looks) for ring in sorted(rings, key=lambda ring: ring.ring_id))
    dated = [one for one in sights if one.by_days is not None]
    losses = [one.loss_share for one in sights if one.loss_share is not None]
    after = median([one.after_days for one in dated if one.after_days is not None])
    by = median([one.by_days for one in dated if one.by_days is not None])
    return EarlyScores(
        looks=len(looks),
        step_days=STEP_DAYS,
        rings=len(sights),
        seen=sum(one.seen for one in sights),
        median_days=None if after is None or by is None else (after, by),
        median_loss_share=median(losses),
        seen_before_30pct=share(sum(loss < BEFORE for loss in losses), len(losses)),
        by_ring=sights,
    )


def _sight(ring: Harm, looks: Sequence[Look]) -> Sight:
    first = next((look.on for look in looks if ring.ring_id in look.about), None)
    whole = next((look.on for look in looks if ring.ring_id in look.found), None)
    lost = sum(ring.loss_fen.values())
    until = lost if first is None else sum(fen for day, fen in ring.loss_fen.items() if day <= first)
    by = _days(ring, first)
    return Sight(
        ring_id=ring.ring_id,
        seen=first is not None,
        after_days=None if by is None else by - STEP_DAYS,
        by_days=by,
        found_by_days=_days(ring, whole),
        loss_share=share(until, lost) if lost > 0 else None,
    )


def _days(ring: Harm, on: date | None) -> int | None:
    return None if on is None or ring.first_crime_on is None else (on - ring.first_crime_on).days


def harms(engine: Engine) -> list[Harm]:
    """Return what the rings of the truth did and when, in the order of their ids."""
    losses: dict[str, dict[date, int]] = defaultdict(dict)
    for row in engine.read("truth_loss", columns=["ring_id", "day", "loss_fen"]).to_pylist():
        known = losses[row["ring_id"]]
        known[row["day"]] = known.get(row["day"], 0) + row["loss_fen"]
    rows = engine.read("truth_rings", columns=["ring_id", "first_crime_at"]).to_pylist()
    found = [
        Harm(
            ring_id=row["ring_id"],
            first_crime_on=row["first_crime_at"].date() if row["first_crime_at"] else None,
            loss_fen=losses[row["ring_id"]],
        )
        for row in rows
    ]
    return sorted(found, key=lambda ring: ring.ring_id)


def span(engine: Engine) -> tuple[date, date] | None:
    """Return the first day of the first crime and the last day of the last row of any ring; null without a ring."""
    rows = engine.read("truth_rings", columns=["first_crime_at", "last_at"]).to_pylist()
    first = [row["first_crime_at"].date() for row in rows if row["first_crime_at"]]
    last = [row["last_at"].date() for row in rows if row["last_at"]]
    return (min(first), max(last)) if first and last else None

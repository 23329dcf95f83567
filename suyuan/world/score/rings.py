"""How many rings were found, by how many leads, and how many of the first leads are worth a look."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from suyuan.engine.protocol import Engine
from suyuan.engine.step import Step
from suyuan.world.score.number import share, wilson

FIRST = (10, 50)
"""The k of precision@k."""

_OVERLAP = """
with lead_size as (
  select lead_id, count(*) as size from score_lead_core group by lead_id
),
ring_size as (
  select ring_id, count(*) as size from score_core group by ring_id
)
select l.lead_id, r.ring_id, count(*) as shared, min(ls.size) as lead_size, min(rs.size) as ring_size
from score_lead_core as l
join score_core as r on r.who = l.who
join lead_size as ls on ls.lead_id = l.lead_id
join ring_size as rs on rs.ring_id = r.ring_id
group by l.lead_id, r.ring_id
"""


@dataclass(frozen=True, kw_only=True)
class Overlap:
    """How the core of a raised lead and the core of a ring overlap (`shared` > 0)."""

    lead_id: str
    ring_id: str
    shared: int
    lead_size: int
    ring_size: int

    @property
    def about(self) -> bool:
        """Half of the lead's core, or more, is the ring's."""
        return 2 * self.shared >= self.lead_size

    @property
    def finds(self) -> bool:
        """The lead is about the ring and holds half of its core, or more."""
        return self.about and 2 * self.shared >= self.ring_size

    @property
    def jaccard(self) -> float:
        """Shared core ÷ united core."""
        return self.shared / (self.lead_size + self.ring_size - self.shared)


@dataclass(frozen=True, kw_only=True)
class Planted:
    """A ring of the truth, as far as it is counted."""

    ring_id: str
    kind: str
    hidden: bool


@dataclass(frozen=True, kw_only=True)
class Kind:
    """Rings of one kind. `interval`: Wilson's 95 % interval of the recall."""

    planted: int
    found: int
    recall: float | None
    interval: tuple[float, float] | None


@dataclass(frozen=True, kw_only=True)
class RingScores:
    """What became of the rings.

    `precision`: raised leads that find a ring ÷ raised leads. `jaccard`, `leads_per_found_ring`: means over found
    rings. `seen`: rings that a raised lead is about, found or not; `core_held`: mean over all rings of the largest
    share of their core in such a lead. `best`: found ring → the lead that overlaps it most. `precision_at`: k →
    precision among the first k.
    """

    planted: int
    found: int
    recall: float | None
    seen: int
    core_held: float | None
    raised: int
    precision: float | None
    by_kind: Mapping[str, Kind]
    jaccard: float | None
    leads_per_found_ring: float | None
    hidden: int
    hidden_found: int
    hidden_recall: float | None
    precision_at: Mapping[int, float | None]
    best: Mapping[str, str]


def overlaps(engine: Engine) -> list[Overlap]:
    """Return every overlap of a raised lead's core with a ring's, in no order that means anything."""
    engine.run([Step(name="score_overlap", sql=_OVERLAP)])
    return [Overlap(**row) for row in engine.read("score_overlap").to_pylist()]


def planted(engine: Engine) -> list[Planted]:
    """Return the rings of the truth in the order of their ids."""
    rows: list[dict[str, Any]] = engine.read("truth_rings", columns=["ring_id", "kind", "hidden"]).to_pylist()
    return sorted((Planted(**row) for row in rows), key=lambda ring: ring.ring_id)


def ring_scores(*, rings: Sequence[Planted], raised: Sequence[str], overlaps: Sequence[Overlap]) -> RingScores:
    """Return what became of `rings`.

    Args:
        rings: All that were planted.
        raised: Raised leads, best first.
        overlaps: Of raised leads and rings.
    """
    place = {lead_id: number for number, lead_id in enumerate(raised)}
    finding = [one for one in overlaps if one.finds]
    best: dict[str, str] = {}
    near: dict[str, float] = {}
    for one in sorted(finding, key=lambda one: (-one.jaccard, place[one.lead_id])):
        best.setdefault(one.ring_id, one.lead_id)
        near.setdefault(one.ring_id, one.jaccard)
    about: dict[str, list[Overlap]] = defaultdict(list)
    for one in overlaps:
        if one.about:
            about[one.ring_id].append(one)
    held = [max((one.shared / one.ring_size for one in about[ring.ring_id]), default=0.0) for ring in rings]
    kinds = sorted({ring.kind for ring in rings})
    hidden = [ring for ring in rings if ring.hidden]
    hidden_found = sum(ring.ring_id in best for ring in hidden)
    return RingScores(
        planted=len(rings),
        found=len(best),
        recall=share(len(best), len(rings)),
        seen=sum(bool(about[ring.ring_id]) for ring in rings),
        core_held=share(sum(held), len(rings)),
        raised=len(raised),
        precision=share(len({one.lead_id for one in finding}), len(raised)),
        by_kind={kind: _kind([ring for ring in rings if ring.kind == kind], best) for kind in kinds},
        jaccard=share(sum(near[ring] for ring in sorted(near)), len(near)),
        leads_per_found_ring=share(sum(len(about[ring]) for ring in best), len(best)),
        hidden=len(hidden),
        hidden_found=hidden_found,
        hidden_recall=share(hidden_found, len(hidden)),
        precision_at={k: precision_at(k, raised=raised, overlaps=finding) for k in FIRST},
        best=best,
    )


def _kind(rings: Sequence[Planted], best: Mapping[str, str]) -> Kind:
    found = sum(ring.ring_id in best for ring in rings)
    return Kind(planted=len(rings), found=found, recall=share(found, len(rings)), interval=wilson(found, len(rings)))


def precision_at(k: int, *, raised: Sequence[str], overlaps: Sequence[Overlap]) -> float | None:
    """Return distinct rings found by the first n = min(k, raised) leads ÷ n; null when none is raised.

    A lead counts for one ring: of those that it finds and no earlier lead was counted for, the one it overlaps most. So
    a second lead on one ring is a miss.
    """
    first = raised[:k]
    finds: dict[str, list[Overlap]] = defaultdict(list)
    for one in overlaps:
        if one.finds:
            finds[one.lead_id].append(one)
    counted: set[str] = set()
    for lead_id in first:
        fresh = [one for one in finds[lead_id] if one.ring_id not in counted]
        if fresh:
            counted.add(min(fresh, key=lambda one: (-one.jaccard, one.ring_id)).ring_id)
    return share(len(counted), len(first))

"""How many honest look-alikes were taken for members of a ring."""

from collections.abc import Mapping
from dataclasses import dataclass

from suyuan.engine.protocol import Engine
from suyuan.engine.step import Step
from suyuan.world.score.number import share

_FLAGGED = """
with core as (
  select distinct who from score_lead_core
),
cases as (
  select a.kind, a.instance, bool_or(c.who is not null) as flagged
  from truth_lookalikes as a
  left join core as c on c.who = a.truth_id
  where a.role = 'main'
  group by a.kind, a.instance
)
select kind, count(*) as cases, sum(case when flagged then 1 else 0 end) as flagged
from cases
group by kind
"""


@dataclass(frozen=True, kw_only=True)
class Alike:
    """Cases of one kind, and how many of them were flagged."""

    cases: int
    flagged: int

    @property
    def share(self) -> float | None:
        """Flagged ÷ cases."""
        return share(self.flagged, self.cases)


@dataclass(frozen=True, kw_only=True)
class AlikeScores:
    """A case is flagged when one of those who make it a look-alike (`main`) is core of a raised lead."""

    cases: int
    flagged: int
    by_kind: Mapping[str, Alike]

    @property
    def share(self) -> float | None:
        """Flagged ÷ cases."""
        return share(self.flagged, self.cases)


def alike_scores(engine: Engine) -> AlikeScores:
    """Return how many look-alikes were flagged. Reads what `found_steps` wrote."""
    engine.run([Step(name="score_alike", sql=_FLAGGED)])
    rows = sorted(engine.read("score_alike").to_pylist(), key=lambda row: str(row["kind"]))
    by_kind = {row["kind"]: Alike(cases=row["cases"], flagged=row["flagged"]) for row in rows}
    return AlikeScores(
        cases=sum(one.cases for one in by_kind.values()),
        flagged=sum(one.flagged for one in by_kind.values()),
        by_kind=by_kind,
    )

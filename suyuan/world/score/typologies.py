"""How well each typology names the subjects that show it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from suyuan.engine.protocol import Engine
from suyuan.engine.step import Step
from suyuan.world.score.number import share

_FIRED = """
with strange as (
  select distinct kind, source || ':' || source_key as member_id, truth_id
  from score_record
  where kind not in ('person', 'company', 'account')
),
named as (
  select kind, member_id, truth_id from score_named
  union all
  select kind, member_id, min(truth_id) as truth_id from strange group by kind, member_id
)
select s.typology_id, coalesce(n.truth_id, '?' || s.subject_kind || ':' || s.subject_id) as who, max(s.score) as score
from found_signal as s
left join named as n on n.kind = s.subject_kind and n.member_id = s.subject_id
group by s.typology_id, who
"""

_INVOLVED = """
select truth_id as who from truth_members
union
select truth_id as who from truth_victims
union
select truth_id as who from truth_shows
union
select account_id as who from truth_holders
where holder_id in (select truth_id from truth_members union select truth_id from truth_victims)
"""


@dataclass(frozen=True, kw_only=True)
class TypologyScores:
    """One typology.

    `precision`: fired subjects that show it ÷ fired subjects; `recall`: the same ÷ subjects that show it; `ap`: average
    precision down the ranking by score. `involved`: fired subjects that belong to some ring, victims and accounts
    included, ÷ fired subjects. One that did not run (`ran`) or of which the truth names no subject has no scores.
    """

    ran: bool
    fired: int
    shown: int
    precision: float | None
    recall: float | None
    ap: float | None
    involved: float | None


def typology_scores(engine: Engine, *, ran: Collection[str]) -> Mapping[str, TypologyScores]:
    """Return the scores of every typology that ran or that the truth names, by id.

    Args:
        engine: Knows what `truth_steps` and `found_steps` wrote.
        ran: Typologies that ran, those that never fired included.

    Reads `found_signal` (`typology_id`, `subject_kind`, `subject_id`, `score`). Typologies of the truth and of the run
    are matched by the last part of their ids, so that a family may be named otherwise. Where the truth names no
    subject, scores are null.
    """
    engine.run([Step(name="score_fired", sql=_FIRED), Step(name="score_involved", sql=_INVOLVED)])
    fired: dict[str, dict[str, float]] = defaultdict(dict)
    for row in engine.read("score_fired").to_pylist():
        fired[row["typology_id"]][row["who"]] = row["score"]
    shown: dict[str, set[str]] = defaultdict(set)
    names: dict[str, str] = {}
    for row in engine.read("truth_shows", columns=["typology_id", "truth_id"]).to_pylist():
        last = _last(row["typology_id"])
        shown[last].add(row["truth_id"])
        names[last] = max(row["typology_id"], names.get(last, ""), key=lambda name: ("." in name, name))
    involved = frozenset(engine.read("score_involved")["who"].to_pylist())
    ids = {*ran, *fired}
    known = {_last(name) for name in ids}
    asked = {*ids, *(name for last, name in names.items() if last not in known)}
    return {
        name: _scored(fired.get(name, {}), shown=shown.get(_last(name), set()), involved=involved, ran=name in ids)
        for name in sorted(asked)
    }


def _last(typology_id: str) -> str:
    """Return the last part of an id: families are the model group's own business."""
    return typology_id.rsplit(".", 1)[-1]


def _scored(
    fired: Mapping[str, float], *, shown: AbstractSet[str], involved: AbstractSet[str], ran: bool
) -> TypologyScores:
    asked, hit = bool(shown) and ran, len(fired.keys() & shown)
    ranked = [(score, who in shown) for who, score in sorted(fired.items(), key=lambda one: (-one[1], one[0]))]
    return TypologyScores(
        ran=ran,
        fired=len(fired),
        shown=len(shown),
        precision=share(hit, len(fired)) if asked else None,
        recall=share(hit, len(shown)) if asked else None,
        ap=average_precision(ranked, good=len(shown)) if asked else None,
        involved=share(len(fired.keys() & involved), len(fired)),
    )


def average_precision(ranked: Sequence[tuple[float, bool]], *, good: int) -> float | None:
    """Return Σ (recall gained · precision) down `ranked`; equal scores count as one step. Null when nothing is good.

    Args:
        ranked: (score, whether it is good), highest score first.
        good: How many good ones there are, those that were not ranked included.

    Examples:
        >>> average_precision([(0.9, True), (0.8, False), (0.7, True)], good=2)
        0.8333333333333333
        >>> average_precision([(0.9, True), (0.9, False)], good=1)
        0.5
    """
    if not good:
        return None
    total, hits, counted = 0.0, 0, 0
    for place, (score, right) in enumerate(ranked, start=1):
        hits += right
        if place == len(ranked) or ranked[place][0] != score:
            total += (hits - counted) / good * hits / place
            counted = hits
    return total

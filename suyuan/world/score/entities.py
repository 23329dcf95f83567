"""How well records were brought together: pairs of records, and whole clusters, by kind."""

from collections.abc import Mapping
from dataclasses import dataclass

from suyuan.engine.protocol import Engine
from suyuan.engine.step import Keep, Step
from suyuan.world.score.number import f1, share

KINDS = ("person", "company", "account")

_ITEM = """
with votes as (
  select kind, source, source_key, entity_id, count(*) as told
  from found_entity
  group by kind, source, source_key, entity_id
),
one as (
  select *
  from votes
  qualify row_number() over (partition by kind, source, source_key order by told desc, entity_id) = 1
)
select r.kind, r.truth_id, coalesce(o.entity_id, '?' || r.source || ':' || r.source_key) as entity_id,
  o.entity_id is not null as known
from score_record as r
left join one as o on o.kind = r.kind and o.source = r.source and o.source_key = r.source_key
where r.kind in ('person', 'company', 'account')
"""

_CELL = """
select kind, truth_id, entity_id, count(*) as told from score_item group by kind, truth_id, entity_id
"""

_PAIRS = """
with both_sides as (
  select kind, sum(told * (told - 1) // 2) as pairs from score_cell group by kind
),
trues as (
  select kind, sum(told * (told - 1) // 2) as pairs, count(*) as clusters
  from (select kind, truth_id, sum(told) as told from score_cell group by kind, truth_id) as t
  group by kind
),
founds as (
  select kind, sum(told * (told - 1) // 2) as pairs, count(*) as clusters
  from (select kind, entity_id, sum(told) as told from score_cell group by kind, entity_id) as f
  group by kind
),
whole as (
  select c.kind, count(*) as clusters
  from score_cell as c
  join (select kind, truth_id from score_cell group by kind, truth_id having count(*) = 1) as t
    on t.kind = c.kind and t.truth_id = c.truth_id
  join (select kind, entity_id from score_cell group by kind, entity_id having count(*) = 1) as f
    on f.kind = c.kind and f.entity_id = c.entity_id
  group by c.kind
),
records as (
  select kind, count(*) as records, sum(case when known then 1 else 0 end) as known from score_item group by kind
)
select t.kind, b.pairs as both_pairs, t.pairs as true_pairs, f.pairs as found_pairs,
  coalesce(w.clusters, 0) as same_clusters, t.clusters as true_clusters, f.clusters as found_clusters,
  r.records, r.known
from trues as t
join both_sides as b on b.kind = t.kind
join founds as f on f.kind = t.kind
join records as r on r.kind = t.kind
left join whole as w on w.kind = t.kind
"""


@dataclass(frozen=True, kw_only=True)
class EntityScores:
    """One kind.

    `precision`, `recall` and `f1` are over pairs of records; `cluster_f1` over clusters that are the same in both.
    `records`: of the truth; `known`: of those the run knows. A record it does not know is a cluster of its own.
    """

    records: int
    known: int
    precision: float | None
    recall: float | None
    f1: float | None
    cluster_f1: float | None


def entity_scores(engine: Engine) -> Mapping[str, EntityScores]:
    """Return the scores by kind. Reads `found_entity` and `score_record`; cost: linear, no pairs are made.

    A record is one source's key. A key that bears several entities goes by the one told most often, then the smallest
    id; a key of several true ids is as many records.
    """
    engine.run(
        [
            Step(name="score_item", sql=_ITEM, keep=Keep.TABLE),
            Step(name="score_cell", sql=_CELL, keep=Keep.TABLE),
            Step(name="score_pairs", sql=_PAIRS),
        ]
    )
    rows = {row["kind"]: row for row in engine.read("score_pairs").to_pylist()}
    nothing = dict.fromkeys(_COUNTS, 0)
    return {kind: _scored(rows.get(kind, nothing)) for kind in KINDS}


_COUNTS = (
    *("both_pairs", "true_pairs", "found_pairs", "same_clusters", "true_clusters", "found_clusters"),
    *("records", "known"),
)


def _scored(row: Mapping[str, int]) -> EntityScores:
    return EntityScores(
        records=row["records"],
        known=row["known"],
        precision=share(row["both_pairs"], row["found_pairs"]),
        recall=share(row["both_pairs"], row["true_pairs"]),
        f1=f1(row["both_pairs"], row["found_pairs"], row["true_pairs"]),
        cluster_f1=f1(row["same_clusters"], row["found_clusters"], row["true_clusters"]),
    )

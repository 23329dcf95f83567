"""How well records were brought together: pairs of records, and whole clusters, by kind."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pyarrow as pa

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
select r.kind, r.source, r.source_key, r.truth_id,
  coalesce(o.entity_id, '?' || r.source || ':' || r.source_key) as entity_id, o.entity_id is not null as known
from score_record as r
left join one as o on o.kind = r.kind and o.source = r.source and o.source_key = r.source_key
where r.kind in ('person', 'company', 'account')
"""

_AMONG = """
  and exists (select 1 from score_among as a where a.source = r.source)
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
clusters as (
  select kind, entity_id, sum(told) as records, max(told) as main from score_cell group by kind, entity_id
),
pure as (
  select kind, sum(records) as joined, sum(main) as main, count(*) as clusters
  from clusters
  where records > 1
  group by kind
),
records as (
  select kind, count(*) as records, sum(case when known then 1 else 0 end) as known from score_item group by kind
)
select t.kind, b.pairs as both_pairs, t.pairs as true_pairs, f.pairs as found_pairs,
  coalesce(w.clusters, 0) as same_clusters, t.clusters as true_clusters, f.clusters as found_clusters,
  r.records, r.known, coalesce(p.joined, 0) as joined, coalesce(p.main, 0) as main, coalesce(p.clusters, 0) as clusters
from trues as t
join both_sides as b on b.kind = t.kind
join founds as f on f.kind = t.kind
join records as r on r.kind = t.kind
left join whole as w on w.kind = t.kind
left join pure as p on p.kind = t.kind
"""

_TWO_IDS = """
with told as (
  select i.kind, i.entity_id
  from score_item as i
  join truth_records as r on r.kind = i.kind and r.source = i.source and r.source_key = i.source_key
    and r.truth_id = i.truth_id
  where i.kind in ('person', 'company') and r.id_no is not null
  group by i.kind, i.entity_id
  having count(distinct r.id_no) > 1
)
select kind, count(*) as clusters from told group by kind
"""


@dataclass(frozen=True, kw_only=True)
class EntityScores:
    """One kind.

    `precision`, `recall` and `f1` are over pairs of records, each pair once, large clusters not damped; `cluster_f1`
    over clusters that are the same in both. `records`: of the truth; `known`: of those what was found knows; one it
    does not know is a cluster of its own. `clusters`: found ones of two records or more; `purity`: of their records
    those that are whom most of their cluster are. `two_ids`: clusters whose records tell two identity numbers or credit
    codes in full; null for accounts, which may bear several numbers, and where the truth tells no numbers.
    """

    records: int
    known: int
    clusters: int
    precision: float | None
    recall: float | None
    f1: float | None
    cluster_f1: float | None
    purity: float | None
    two_ids: int | None


def entity_scores(engine: Engine, *, among: Collection[str] | None = None) -> Mapping[str, EntityScores]:
    """Return the scores by kind. Reads `found_entity`, `truth_records` and `score_record`; linear, no pairs are made.

    A record is one source's key. A key that bears several entities goes by the one told most often, then the smallest
    id; a key of several true ids is as many records. With `among` records of those sources alone are counted.
    """
    if among is not None:
        engine.write("score_among", pa.table({"source": pa.array(sorted(among), pa.string())}))
    item = _ITEM if among is None else f"{_ITEM}{_AMONG}"
    engine.run(
        [
            Step(name="score_item", sql=item, keep=Keep.TABLE),
            Step(name="score_cell", sql=_CELL, keep=Keep.TABLE),
            Step(name="score_pairs", sql=_PAIRS),
        ]
    )
    rows = {row["kind"]: row for row in engine.read("score_pairs").to_pylist()}
    two_ids, nothing = _two_ids(engine), dict.fromkeys(_COUNTS, 0)
    return {kind: _scored(rows.get(kind, nothing), two_ids.get(kind)) for kind in KINDS}


def _two_ids(engine: Engine) -> Mapping[str, int]:
    """Return by kind in how many clusters two numbers stand; kinds that have none to compare are left out."""
    if "id_no" not in engine.columns("truth_records"):
        return {}
    engine.run([Step(name="score_two_ids", sql=_TWO_IDS)])
    found = {row["kind"]: row["clusters"] for row in engine.read("score_two_ids").to_pylist()}
    return {kind: found.get(kind, 0) for kind in ("person", "company")}


_COUNTS = (
    *("both_pairs", "true_pairs", "found_pairs", "same_clusters", "true_clusters", "found_clusters"),
    *("records", "known", "joined", "main", "clusters"),
)


def _scored(row: Mapping[str, int], two_ids: int | None) -> EntityScores:
    return EntityScores(
        records=row["records"],
        known=row["known"],
        clusters=row["clusters"],
        precision=share(row["both_pairs"], row["found_pairs"]),
        recall=share(row["both_pairs"], row["true_pairs"]),
        f1=f1(row["both_pairs"], row["found_pairs"], row["true_pairs"]),
        cluster_f1=f1(row["same_clusters"], row["found_clusters"], row["true_clusters"]),
        purity=share(row["main"], row["joined"]),
        two_ids=two_ids,
    )

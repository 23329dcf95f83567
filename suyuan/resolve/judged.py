"""Lays what people judged beside the records, and takes apart certain clusters in which somebody saw two."""

from collections.abc import Sequence

import pyarrow as pa

from suyuan.engine.protocol import Engine
from suyuan.engine.step import Keep, Step
from suyuan.resolve.judgement import Judgement

_SCHEMA = pa.schema([(name, pa.string()) for name in ("kind", "left_id", "right_id", "answer")])

_PLACED = """
with placed as (
  select kind, lake_id, min(cluster) as cluster
  from entity_keyed
  group by kind, lake_id
)
select j.kind, j.left_id, j.right_id, j.answer, l.cluster as left_cluster, r.cluster as right_cluster
from judged as j
join placed as l on l.kind = j.kind and l.lake_id = j.left_id
join placed as r on r.kind = j.kind and r.lake_id = j.right_id
"""

_SPLIT = """
select distinct kind, left_cluster as cluster
from judged_placed
where answer = 'different' and left_cluster = right_cluster
"""

_TIED = """
with held as (
  select distinct k.kind, k.cluster, k.lake_id
  from entity_keyed as k
  join judged_split as s on s.kind = k.kind and s.cluster = k.cluster
)
select distinct l.kind, 'lake:' || l.lake_id as left_cluster, 'lake:' || r.lake_id as right_cluster
from held as l
join held as r on r.kind = l.kind and r.cluster = l.cluster
where l.lake_id < r.lake_id
"""

_APART = """
select k.kind, k.table_name, k.row_id, k.source, k.lake_id, k.name, k.key_kind, k.key_value,
  case when s.cluster is null then k.cluster else 'lake:' || k.lake_id end as cluster
from entity_keyed as k
left join judged_split as s on s.kind = k.kind and s.cluster = k.cluster
"""


def lay_judged(engine: Engine, judgements: Sequence[Judgement]) -> None:
    """Write `judged_placed` and `judged_tie`, and take clusters apart that hold two ids judged different.

    `judged_placed`: `kind`, `left_id`, `right_id`, `answer`, `left_cluster`, `right_cluster`.
    A judgement about an id that is not among the records has no place and waits. Where two ids judged different share
    one cluster, `entity_keyed` is written anew: every id of that cluster is a cluster of its own, and `judged_tie`
    (`kind`, `left_cluster`, `right_cluster`) ties every two of them, for clustering to join whom nobody parted.
    """
    rows = [{"kind": one.kind, "left_id": one.left, "right_id": one.right, "answer": one.answer} for one in judgements]
    engine.write("judged", pa.Table.from_pylist(rows, schema=_SCHEMA))
    engine.run([Step(name="judged_placed", sql=_PLACED, keep=Keep.TABLE)])
    engine.run([Step(name="judged_split", sql=_SPLIT, keep=Keep.TABLE)])
    engine.run([Step(name="judged_tie", sql=_TIED, keep=Keep.TABLE)])
    if engine.read("judged_split", limit=1).num_rows:
        engine.run([Step(name="entity_keyed", sql=_APART, keep=Keep.TABLE)])
        engine.run([Step(name="judged_placed", sql=_PLACED, keep=Keep.TABLE)])

"""Entities out of clusters: one id each, the records they hold, and what name and key they go by."""

from suyuan.engine.step import AnyStep, Keep, Step

PREFIX = {"person": "p", "company": "c", "account": "a"}
"""Kind of entity → first letter of its ids."""

_ROOTED = """
select k.kind, k.table_name, k.row_id, k.source, k.lake_id, k.name, k.key_kind, k.key_value,
  coalesce(r.root, k.cluster) as cluster
from entity_keyed as k
left join entity_root as r on r.kind = k.kind and r.cluster = k.cluster
"""

_FIRSTS = """
select kind, cluster, row_id as first_row_id,
  case kind {prefixes} end || '-' || substr(md5(table_name || ' ' || row_id || ' ' || lake_id), 1, 16) as entity_id
from entity_rooted
qualify row_number() over (partition by kind, cluster order by row_id, table_name, lake_id) = 1
"""

_MEMBERS = """
select f.entity_id, k.kind, k.table_name, k.row_id as member_row_id, min(k.source) as source,
  substr(k.lake_id, length(min(k.source)) + 2) as source_key, k.lake_id
from entity_rooted as k
join entity_first as f on f.kind = k.kind and f.cluster = k.cluster
group by f.entity_id, k.kind, k.table_name, k.row_id, k.lake_id
"""

_ENTITIES = """
with named as (
  select kind, cluster, name
  from entity_rooted
  where name is not null
  qualify row_number() over (partition by kind, cluster order by row_id, table_name, name) = 1
),
counted as (
  select kind, cluster, count(*) as records, min(key_value) as key_value, min(key_kind) as key_kind
  from entity_rooted
  group by kind, cluster
)
select f.entity_id, f.kind, n.name, case when c.key_value is not null then c.key_kind end as key_kind, c.key_value,
  c.records
from entity_first as f
join counted as c on c.kind = f.kind and c.cluster = f.cluster
left join named as n on n.kind = f.kind and n.cluster = f.cluster
"""

_ENTITY_OF = """
select kind, lake_id, min(entity_id) as entity_id
from entity_member
group by kind, lake_id
"""


def plan() -> list[AnyStep]:
    """Return the steps that make entities of `entity_keyed` and `entity_root`.

    `entity_root` (`kind`, `cluster`, `root`) names the cluster that stands for each one that was joined to others.
    Writes `entity`, `entity_member` and `entity_of` (`kind`, `lake_id`, `entity_id`: one row an id). An entity's id is
    the letter of its kind and 16 hex of the digest of its first record, by `row_id`: table, row and id, for one row may
    name several entities. `key_value` is null for those without a certain key, and the least of several that a person
    judged one. Deterministic. Cost: linear.
    """
    prefixes = " ".join(f"when '{kind}' then '{letter}'" for kind, letter in PREFIX.items())
    return [
        Step(name="entity_rooted", sql=_ROOTED, keep=Keep.TABLE),
        Step(name="entity_first", sql=_FIRSTS.format(prefixes=prefixes), keep=Keep.TABLE),
        Step(name="entity_member", sql=_MEMBERS, keep=Keep.TABLE),
        Step(name="entity", sql=_ENTITIES, keep=Keep.TABLE),
        Step(name="entity_of", sql=_ENTITY_OF, keep=Keep.TABLE),
    ]

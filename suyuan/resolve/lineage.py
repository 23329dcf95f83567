"""Keeps entity ids from run to run: new files may bring records that sort before an entity's first one.

An id is the digest of one record. Whoever holds that record now keeps the id: after a merge the entity that had most
records lives and the others are redirected to it, after a split the part with the record keeps the id.
"""

from suyuan.engine.step import AnyStep, Keep, Step

_CLAIM = """
with before as (
  select entity_id, count(*) as records
  from previous_entity_member
  group by entity_id
),
own as (
  select entity_id,
    substr(entity_id, 1, 1) || '-' || substr(md5(table_name || ' ' || member_row_id), 1, 16) as own_id
  from entity_member
)
select distinct o.entity_id as new_id, b.entity_id as old_id, b.records
from own as o
join before as b on b.entity_id = o.own_id
"""

_KEPT = """
select new_id, old_id as kept_id
from entity_claim
qualify row_number() over (partition by new_id order by records desc, old_id) = 1
"""

_REDIRECT = """
select c.old_id, k.kept_id as entity_id
from entity_claim as c
join entity_kept as k on k.new_id = c.new_id
where c.old_id <> k.kept_id
"""

_MEMBER = """
select coalesce(k.kept_id, m.entity_id) as entity_id, m.kind, m.table_name, m.member_row_id, m.source, m.source_key,
  m.lake_id
from entity_member as m
left join entity_kept as k on k.new_id = m.entity_id
"""

_ENTITY = """
select coalesce(k.kept_id, e.entity_id) as entity_id, e.kind, e.name, e.key_kind, e.key_value, e.records
from entity as e
left join entity_kept as k on k.new_id = e.entity_id
"""

_ENTITY_OF = """
select o.kind, o.lake_id, coalesce(k.kept_id, o.entity_id) as entity_id
from entity_of as o
left join entity_kept as k on k.new_id = o.entity_id
"""


def plan() -> list[AnyStep]:
    """Return the steps that give entities the ids they had.

    Reads `previous_entity_member` (the table `entity_member` of an earlier run) and what `exact.plan` wrote. Replaces
    `entity`, `entity_member` and `entity_of`; writes `entity_redirect` (`old_id`, `entity_id`): ids that went into
    another entity. Deterministic. Cost: linear.
    """
    return [
        Step(name="entity_claim", sql=_CLAIM, keep=Keep.TABLE),
        Step(name="entity_kept", sql=_KEPT, keep=Keep.TABLE),
        Step(name="entity_redirect", sql=_REDIRECT, keep=Keep.TABLE),
        Step(name="entity_member", sql=_MEMBER, keep=Keep.TABLE),
        Step(name="entity", sql=_ENTITY, keep=Keep.TABLE),
        Step(name="entity_of", sql=_ENTITY_OF, keep=Keep.TABLE),
    ]

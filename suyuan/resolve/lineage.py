"""Keeps entity ids from resolution to resolution, whatever comes in, goes out or is joined.

An id is made of one record, its anchor, and belongs to whoever holds that record. Every id ever given keeps its anchor
(`entity_anchor`), so an id outlives the days on which its record is not in the lake. After a merge the older id lives
and the others are redirected to it; after a split the part with an id's anchor has that id, also one that had been
redirected. An anchor that left the lake is followed by the first record of its entity that is still there.
"""

from suyuan.engine.step import AnyStep, Keep, Step

_NOTHING_BEFORE = {
    "previous_entity_anchor": "entity_id, kind, table_name, member_row_id, lake_id",
    "previous_entity_member": "entity_id, kind, table_name, member_row_id, lake_id",
    "previous_entity_redirect": "old_id, entity_id",
}

_HELD = """
select a.entity_id as old_id, a.since_no, m.entity_id as new_id, m.table_name, m.member_row_id, m.lake_id
from previous_entity_anchor as a
join entity_member as m on m.kind = a.kind and m.lake_id = a.lake_id
qualify row_number() over (
  partition by a.entity_id
  order by case when m.table_name = a.table_name and m.member_row_id = a.member_row_id then 0 else 1 end,
    m.member_row_id, m.table_name, m.entity_id
) = 1
"""

_FOLLOWED = """
select p.entity_id as old_id, m.entity_id as new_id, m.table_name, m.member_row_id, m.lake_id
from previous_entity_member as p
join entity_member as m on m.kind = p.kind and m.lake_id = p.lake_id
where not exists (select 1 from anchor_held as h where h.old_id = p.entity_id)
qualify row_number() over (
  partition by p.entity_id
  order by p.member_row_id, p.table_name, p.lake_id,
    case when m.table_name = p.table_name and m.member_row_id = p.member_row_id then 0 else 1 end,
    m.member_row_id, m.table_name, m.entity_id
) = 1
"""

_CLAIM = """
with lived as (
  select entity_id, count(*) as records
  from previous_entity_member
  group by entity_id
),
claimed as (
  select old_id, since_no, new_id, table_name, member_row_id, lake_id
  from anchor_held
  union all
  select f.old_id, a.since_no, f.new_id, f.table_name, f.member_row_id, f.lake_id
  from anchor_followed as f
  join previous_entity_anchor as a on a.entity_id = f.old_id
)
select c.old_id, c.since_no, c.new_id, c.table_name, c.member_row_id, c.lake_id, coalesce(l.records, 0) as records
from claimed as c
left join lived as l on l.entity_id = c.old_id
"""

_NAMED = """
with kept as (
  select new_id, old_id, since_no
  from entity_claim
  qualify row_number() over (partition by new_id order by since_no, records desc, old_id) = 1
)
select e.entity_id as new_id, coalesce(k.since_no, :number) as since_no,
  case when k.old_id is not null then k.old_id
    when a.entity_id is not null then substr(e.entity_id, 1, 2) || substr(md5(e.entity_id || ' {number}'), 1, 16)
    else e.entity_id end as entity_id
from entity as e
left join kept as k on k.new_id = e.entity_id
left join previous_entity_anchor as a on a.entity_id = e.entity_id
"""

_REDIRECT = """
with gone_where as (
  select c.old_id, n.entity_id
  from entity_claim as c
  join entity_named as n on n.new_id = c.new_id
)
select old_id, entity_id
from gone_where
where old_id <> entity_id
union all
select r.old_id, g.entity_id
from previous_entity_redirect as r
join gone_where as g on g.old_id = r.entity_id
where not exists (select 1 from entity_claim as c where c.old_id = r.old_id)
"""

_ANCHOR = """
with fresh as (
  select n.entity_id, m.kind, m.table_name, m.member_row_id, m.lake_id, n.since_no
  from entity_member as m
  join entity_named as n on n.new_id = m.entity_id
  where not exists (select 1 from entity_claim as c where c.new_id = m.entity_id)
  qualify row_number() over (partition by n.entity_id order by m.member_row_id, m.table_name, m.lake_id) = 1
)
select a.entity_id, a.kind, coalesce(c.table_name, a.table_name) as table_name,
  coalesce(c.member_row_id, a.member_row_id) as member_row_id, coalesce(c.lake_id, a.lake_id) as lake_id, a.since_no
from previous_entity_anchor as a
left join entity_claim as c on c.old_id = a.entity_id
union all
select entity_id, kind, table_name, member_row_id, lake_id, since_no
from fresh
"""

_MEMBER = """
select n.entity_id, m.kind, m.table_name, m.member_row_id, m.source, m.source_key, m.lake_id
from entity_member as m
join entity_named as n on n.new_id = m.entity_id
"""

_ENTITY = """
select n.entity_id, e.kind, e.name, e.key_kind, e.key_value, n.since_no, e.records
from entity as e
join entity_named as n on n.new_id = e.entity_id
"""

_ENTITY_OF = """
select o.kind, o.lake_id, n.entity_id
from entity_of as o
join entity_named as n on n.new_id = o.entity_id
"""


def plan(*, number: int, follows: bool) -> list[AnyStep]:
    """Return the steps that give entities the ids they had, and say how old each is.

    Args:
        number: Of this resolution; `since_no` of the ids it makes.
        follows: Whether there is an earlier resolution, whose `entity_anchor`, `entity_member` and `entity_redirect`
            then stand as `previous_…`.

    Reads `entity`, `entity_member` and `entity_of` with an id made of each entity's first record, and replaces them,
    with `since_no` in `entity`. Writes `entity_anchor`: every id ever given, with its record; `entity_redirect`
    (`old_id`, `entity_id`): ids that went into another entity, each straight to the one that lives; `entity_named`
    (`new_id`, `entity_id`, `since_no`): what each id made here became.

    Of ids that meet in one entity the one with the least `since_no` lives, then the one that had most records, then the
    first in order. A record in another row than it was (a transfer tells an account first in another file) is found by
    its id in the lake. Deterministic. Cost: linear in records and in ids ever given.
    """
    before = [] if follows else [_empty(name, columns) for name, columns in _NOTHING_BEFORE.items()]
    named = _NAMED.format(number=number)
    return [
        *before,
        Step(name="anchor_held", sql=_HELD, keep=Keep.TABLE),
        Step(name="anchor_followed", sql=_FOLLOWED, keep=Keep.TABLE),
        Step(name="entity_claim", sql=_CLAIM, keep=Keep.TABLE),
        Step(name="entity_named", sql=named, keep=Keep.TABLE, params={"number": number}),
        Step(name="entity_redirect", sql=_REDIRECT, keep=Keep.TABLE),
        Step(name="entity_anchor", sql=_ANCHOR, keep=Keep.TABLE),
        Step(name="entity_member", sql=_MEMBER, keep=Keep.TABLE),
        Step(name="entity", sql=_ENTITY, keep=Keep.TABLE),
        Step(name="entity_of", sql=_ENTITY_OF, keep=Keep.TABLE),
    ]


def _empty(name: str, columns: str) -> Step:
    told = ", ".join(f"cast(null as text) as {column}" for column in columns.split(", "))
    return Step(name=name, sql=f"select {told}, cast(null as bigint) as since_no where 1 = 0", keep=Keep.TABLE)

"""What a tool found, brought to the ids of the truth: its leads, their members, the core of each raised lead.

A run hands over entities, another tool the records that it names; both end as the same two tables.
"""

from suyuan.engine.step import Keep, Step

NOT_CORE = ("victim", "straw_borrower", "borrower", "unrelated_service")
"""Roles, in the words of leads, of rings and of the truth, whose bearers are no core of a lead."""

UNSAID = "unknown"
"""A lead's word for the other side of a transfer of which no row says more; core only where a signal fired on it."""

_NAMED = """
with records as (
  select distinct kind, entity_id, source, source_key from found_entity
),
votes as (
  select e.kind, e.entity_id, r.truth_id, count(*) as told
  from records as e
  join score_record as r on r.kind = e.kind and r.source = e.source and r.source_key = e.source_key
  group by e.kind, e.entity_id, r.truth_id
),
ranked as (
  select *, rank() over (partition by kind, entity_id order by told desc) as place from votes
)
select kind, entity_id as member_id, min(truth_id) as truth_id, count(*) > 1 as tied
from ranked
where place = 1
group by kind, entity_id
"""

_CLAIM_RUN = """
select m.*, n.truth_id
from found_member as m
left join score_named as n on n.kind = m.kind and n.member_id = m.member_id
"""

_CLAIM_RECORDS = """
select m.lead_id, coalesce(r.kind, m.kind, 'person') as kind, m.member_id, m.role, m.signals, m.controller_rank,
  r.truth_id
from found_member as m
left join score_record as r on r.source = m.source and r.source_key = m.source_key
  and (m.kind is null or r.kind = m.kind)
"""

_LISTED = ", ".join(f"'{role}'" for role in NOT_CORE)

_MEMBER = f"""
select m.lead_id, coalesce(h.holder_id, m.truth_id, '?' || m.kind || ':' || m.member_id) as who, m.role,
  min(m.controller_rank) as controller_rank,
  bool_or(case when m.role in ({_LISTED}) then false
    when m.role = '{UNSAID}' then coalesce(m.signals, 0) > 0 else true end) as core
from score_claim as m
left join truth_holders as h on h.account_id = m.truth_id
where m.kind in ('person', 'company', 'account')
group by m.lead_id, who, m.role
"""

_RAISED = """
select m.lead_id, m.who
from score_member as m
join found_lead as l on l.lead_id = m.lead_id
where l.raised and m.core
group by m.lead_id, m.who
"""


def found_steps(*, entities: bool) -> list[Step]:
    """Return the steps that bring what was found to the ids of the truth.

    Args:
        entities: The members of `found_member` are entities of `found_entity`; else records, named by `source` and
            `source_key`.

    Reads `found_lead` (`lead_id`, `place`, `score`, `raised`, `amount_fen`), `found_member` (`lead_id`, `kind`,
    `member_id`, `role`, `signals`, `controller_rank`; for records also `source`, `source_key`, and `kind` may be null),
    `found_entity` (`kind`, `entity_id`, `source`, `source_key`: one row a record) and what `truth_steps` wrote.
    An entity is whom most of its records are; of several with equally many the smallest id (`tied`). Writes
    `score_named`, `score_member` (`lead_id`, `who`, `role`, `controller_rank`,
    `core`: people and firms; an account counts as its holder, a member whom no record names as a stranger) and
    `score_lead_core` (`lead_id`, `who`: of raised leads).
    """
    claim = _CLAIM_RUN if entities else _CLAIM_RECORDS
    steps = {
        "score_named": _NAMED,
        "score_claim": claim,
        "score_member": _MEMBER,
        "score_lead_core": _RAISED,
    }
    return [Step(name=name, sql=sql, keep=Keep.TABLE) for name, sql in steps.items()]

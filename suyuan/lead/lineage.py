"""Gives a group the id of the lead it continues, so that a ring that has grown keeps its name."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from suyuan.engine.step import AnyStep, Keep, Step

CORE = "(signals > 0 or role not in ('victim', 'unknown'))"
"""Members a ring is known by; victims and mere counterparties come and go."""

_OVERLAP = f"""
with before as (
  select p.lead_id, coalesce(r.entity_id, p.member_id) as member_id
  from previous_member as p
  left join entity_redirect as r on r.old_id = p.member_id
  where {CORE}
),
now as (
  select group_id, member_id from group_member where {CORE}
),
before_size as (
  select lead_id, count(distinct member_id) as size from before group by lead_id
),
now_size as (
  select group_id, count(distinct member_id) as size from now group by group_id
)
select n.group_id, b.lead_id, count(distinct n.member_id) as shared,
  min(bs.size) as before_size, min(ns.size) as now_size
from now as n
join before as b on b.member_id = n.member_id
join before_size as bs on bs.lead_id = b.lead_id
join now_size as ns on ns.group_id = n.group_id
group by n.group_id, b.lead_id
"""


@dataclass(frozen=True, kw_only=True)
class Overlap:
    """How many core members a group shares with a lead of the previous run."""

    group_id: str
    lead_id: str
    shared: int
    before_size: int
    now_size: int


@dataclass(frozen=True, kw_only=True)
class Named:
    """Group → lead id; and leads that were merged away → the lead they went into."""

    lead_of: Mapping[str, str]
    redirect: Mapping[str, str]


def overlap_steps() -> list[AnyStep]:
    """Return the step that compares groups with the leads of the previous run.

    Reads `group_member`, `previous_member` (`lead_id`, `member_id`, `role`, `signals`) and `entity_redirect`; writes
    `lead_overlap`, one row a group and earlier lead that share a core member.
    """
    return [Step(name="lead_overlap", sql=_OVERLAP, keep=Keep.TABLE)]


def name_groups(
    groups: Mapping[str, str], *, overlaps: Sequence[Overlap], since: Mapping[str, int], taken: frozenset[str]
) -> Named:
    """Return which lead each group is.

    Args:
        groups: Group → text that stands for it (its first subject); a new lead's id is a digest of that.
        overlaps: With the previous run.
        since: Earlier lead → number of the run that first named it.
        taken: Lead ids that a new lead may not bear.

    A group continues a lead when they share half the core members of the smaller. Where several leads grew into one
    group the oldest id lives; where one lead fell apart the part that shares most keeps it. Deterministic.
    """
    close = [one for one in overlaps if 2 * one.shared >= min(one.before_size, one.now_size)]
    order = sorted(close, key=lambda one: (since.get(one.lead_id, 0), -one.shared, one.lead_id, one.group_id))
    lead_of: dict[str, str] = {}
    for one in order:
        if one.group_id not in lead_of and one.lead_id not in lead_of.values():
            lead_of[one.group_id] = one.lead_id
    redirect = {one.lead_id: lead_of[one.group_id] for one in reversed(order) if one.lead_id not in lead_of.values()}
    used = set(taken) | set(lead_of.values())
    for group in sorted(set(groups) - set(lead_of)):
        lead_of[group] = _fresh(groups[group], used)
        used.add(lead_of[group])
    return Named(lead_of=lead_of, redirect=redirect)


def _fresh(stands_for: str, used: set[str]) -> str:
    """Return the first id made of `stands_for` that nobody bears."""
    turn = 0
    while True:
        text = stands_for if not turn else f"{stands_for}#{turn}"
        lead_id = f"lead-{hashlib.sha256(text.encode()).hexdigest()[:12]}"
        if lead_id not in used:
            return lead_id
        turn += 1

"""Sums up a group for drawing: who pays, lends to and holds whom, and how much on which day."""

from suyuan.engine.step import AnyStep, Keep, Step

MOST_EDGES = 40  # of one kind; a drawing with more shows nothing, the rest is counted on one edge of `REST`
REST = "*"

_LINK = """
select group_id, src_account_id as src_id, dst_account_id as dst_id, 'pays' as kind, currency, amount_fen,
  booked_at as told_at
from lead_move
union all
select g.group_id, l.lender_id, l.borrower_id, 'lends', l.currency, coalesce(l.received_fen, l.principal_fen),
  coalesce(l.paid_out_at, cast(l.signed_on as timestamp))
from lead_loan as g
join loan as l on l.row_id = g.row_id
where l.lender_id is not null and l.borrower_id is not null
union all
select g.group_id, l.lender_id, l.payer_account_id, 'pays_from', l.currency,
  coalesce(l.received_fen, l.principal_fen), coalesce(l.paid_out_at, cast(l.signed_on as timestamp))
from lead_loan as g
join loan as l on l.row_id = g.row_id
where l.lender_id is not null and l.payer_account_id is not null
union all
select g.group_id, l.borrower_id, r.payee_account_id, 'repays', r.currency, r.amount_fen, r.paid_at
from lead_loan as g
join loan as l on l.row_id = g.row_id
join repayment as r on r.loan_id = l.loan_id
where l.borrower_id is not null and r.payee_account_id is not null
union all
select m.group_id, a.holder_id, a.account_id, 'holds', 'XXX', cast(null as bigint), cast(null as timestamp)
from group_member as m
join account as a on a.account_id = m.member_id
join group_member as h on h.group_id = m.group_id and h.member_id = a.holder_id
union all
select m.group_id, t.from_id, t.to_id, 'tied', 'XXX', cast(null as bigint),
  cast(t.since_on as timestamp)
from group_member as m
join tie as t on t.from_id = m.member_id
join group_member as o on o.group_id = m.group_id and o.member_id = t.to_id
"""

_EDGE = f"""
with summed as (
  select group_id, src_id, dst_id, kind, currency, count(*) as told, cast(sum(amount_fen) as bigint) as amount_fen,
    min(told_at) as first_at, max(told_at) as last_at
  from lead_link
  group by group_id, src_id, dst_id, kind, currency
),
weighed as (
  select s.*,
    row_number() over (partition by s.group_id, s.kind order by
      case when a.role in ('victim', 'unknown') or b.role in ('victim', 'unknown') then 1 else 0 end,
      s.amount_fen desc nulls first, s.src_id, s.dst_id, s.kind, s.currency) as place
  from summed as s
  left join group_member as a on a.group_id = s.group_id and a.member_id = s.src_id
  left join group_member as b on b.group_id = s.group_id and b.member_id = s.dst_id
)
select group_id, src_id, dst_id, kind, currency, told, amount_fen, first_at, last_at
from weighed
where place <= {MOST_EDGES}
union all
select group_id, '{REST}' as src_id, '{REST}' as dst_id, kind, currency, cast(sum(told) as bigint) as told,
  cast(sum(amount_fen) as bigint) as amount_fen, min(first_at) as first_at, max(last_at) as last_at
from weighed
where place > {MOST_EDGES}
group by group_id, kind, currency
"""

_DAY = """
with moved as (
  select group_id, case when dst_subject then 'received' else 'paid' end as flow,
    currency, amount_fen, booked_at as told_at
  from lead_move
  where dst_subject or src_subject
  union all
  select group_id, case when kind = 'lends' then 'lent' else 'repaid' end as flow, currency, amount_fen, told_at
  from lead_link
  where kind in ('lends', 'repays')
)
select group_id, cast(told_at as date) as moved_on, flow, currency, count(*) as told,
  cast(sum(amount_fen) as bigint) as amount_fen
from moved
where told_at is not null
group by group_id, cast(told_at as date), flow, currency
"""

_NAMED = """
select l.lead_id, {columns}
from {table} as g
join lead_name as l on l.group_id = g.group_id
"""


def picture_steps() -> list[AnyStep]:
    """Return the steps that sum up every group for drawing.

    Reads `lead_move`, `lead_loan`, `group_member`, `lead_name` (`group_id`, `lead_id`), `loan`, `repayment`, `account`,
    `tie`. Writes `lead_edge` (one row an ordered pair, kind and currency: `told` rows and their sum; at most 40 a
    kind, ties among the ring before victims, largest first, the rest on an edge from `*` to `*`) and `lead_day` (one
    row a day, flow and currency: what the subjects' accounts `received` and `paid`, what was `lent` and `repaid`).
    """
    edges = "src_id, dst_id, kind, currency, told, amount_fen, first_at, last_at"
    days = "moved_on, flow, currency, told, amount_fen"
    return [
        Step(name="lead_link", sql=_LINK, keep=Keep.TABLE),
        Step(name="group_edge", sql=_EDGE, keep=Keep.TABLE),
        Step(name="group_day", sql=_DAY, keep=Keep.TABLE),
        Step(name="lead_edge", sql=_NAMED.format(columns=edges, table="group_edge"), keep=Keep.TABLE),
        Step(name="lead_day", sql=_NAMED.format(columns=days, table="group_day"), keep=Keep.TABLE),
    ]

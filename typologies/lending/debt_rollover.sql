with paid_out as (
  select loan_id, lender_id, borrower_id, app_id, currency, principal_fen, received_fen, term_days,
    settles_loan_id, paid_out_at,
    date_diff('day', date '1970-01-01', cast(paid_out_at as date)) as day_no
  from loan
  where borrower_id is not null
    and paid_out_at is not null
    and principal_fen > 0
    and term_days <= :max_term_days
),
paid as (
  select r.loan_id, r.currency, r.amount_fen, r.paid_at,
    date_diff('day', date '1970-01-01', cast(r.paid_at as date)) as day_no
  from repayment as r
  where r.time_precision <> 'day'
    and r.paid_at is not null
    and r.amount_fen > 0
),
paid_by as (
  select p.*, o.borrower_id, o.lender_id, o.principal_fen
  from paid as p
  join paid_out as o on o.loan_id = p.loan_id and o.currency = p.currency
),
paid_by_days as (
  -- a pay-out before midnight serves a repayment after it: each repayment stands in its own day and the day before
  select *, day_no as pay_out_day_no from paid_by
  union all
  select *, day_no - 1 as pay_out_day_no from paid_by
),
timed as (
  select n.loan_id as new_loan_id, r.loan_id as old_loan_id, sum(r.amount_fen) as repaid_fen,
    min(r.paid_at) as settled_at
  from paid_out as n
  join paid_by_days as r on r.borrower_id = n.borrower_id
    and r.currency = n.currency
    and r.pay_out_day_no = n.day_no
    and r.loan_id <> n.loan_id
    and r.lender_id <> n.lender_id
    and r.paid_at >= n.paid_out_at
    and epoch(r.paid_at) - epoch(n.paid_out_at) <= :within_hours * 3600
  group by n.loan_id, r.loan_id
),
told as (
  select n.loan_id as new_loan_id, o.loan_id as old_loan_id
  from paid_out as n
  join paid_out as o on o.loan_id = n.settles_loan_id
    and o.borrower_id = n.borrower_id
    and o.currency = n.currency
    and o.lender_id <> n.lender_id
),
steered as (
  -- sent from the old lender's app to the new one's shortly before the pay-out
  select distinct n.loan_id as new_loan_id
  from paid_out as n
  join referral as f on f.person_id = n.borrower_id and f.to_app_id = n.app_id
    and f.referred_at <= n.paid_out_at
    and epoch(n.paid_out_at) - epoch(f.referred_at) <= :within_hours * 3600
),
matched as (
  select t.new_loan_id, t.old_loan_id, t.repaid_fen, t.settled_at, false as told
  from timed as t
  join paid_out as n on n.loan_id = t.new_loan_id
  where t.repaid_fen >= :min_match * n.received_fen
    and t.repaid_fen <= :max_match * n.received_fen
  union all
  select new_loan_id, old_loan_id, null as repaid_fen, null as settled_at, true as told
  from told
),
links as (
  select new_loan_id, old_loan_id, max(repaid_fen) as repaid_fen, min(settled_at) as settled_at, bool_or(told) as told
  from matched
  group by new_loan_id, old_loan_id
),
news as (
  -- one new loan may settle several old ones, and two may be needed for one: each counts once on its side
  select n.borrower_id, n.currency, n.loan_id, n.lender_id, n.principal_fen, n.received_fen, n.paid_out_at,
    bool_or(l.repaid_fen is not null) as timed,
    bool_or(l.told) or bool_or(s.new_loan_id is not null) as arranged
  from links as l
  join paid_out as n on n.loan_id = l.new_loan_id
  left join steered as s on s.new_loan_id = n.loan_id
  group by n.borrower_id, n.currency, n.loan_id, n.lender_id, n.principal_fen, n.received_fen, n.paid_out_at
),
olds as (
  select o.borrower_id, o.currency, o.loan_id, o.lender_id, o.principal_fen, o.paid_out_at,
    max(l.repaid_fen) as repaid_fen, max(l.settled_at) as settled_at
  from links as l
  join paid_out as o on o.loan_id = l.old_loan_id
  group by o.borrower_id, o.currency, o.loan_id, o.lender_id, o.principal_fen, o.paid_out_at
),
lenders as (
  select borrower_id, currency, count(distinct lender_id) as lenders
  from (
    select borrower_id, currency, lender_id from news
    union all
    select borrower_id, currency, lender_id from olds
  ) as parties
  group by borrower_id, currency
),
new_sums as (
  select borrower_id, currency, count(*) as rollovers, sum(principal_fen) as booked_fen,
    sum(case when timed then received_fen else 0 end) as cash_fen,
    sum(case when arranged then 1 else 0 end) as arranged,
    min(paid_out_at) as first_evidence_at, max(paid_out_at) as last_out_at
  from news
  group by borrower_id, currency
),
old_sums as (
  select borrower_id, currency, sum(principal_fen) as settled_fen, sum(coalesce(repaid_fen, 0)) as repaid_fen,
    min(paid_out_at) as window_from_at, max(settled_at) as last_settled_at
  from olds
  group by borrower_id, currency
),
found as (
  select n.*, o.settled_fen, o.repaid_fen, o.window_from_at,
    greatest(n.last_out_at, coalesce(o.last_settled_at, n.last_out_at)) as window_to_at, l.lenders,
    case when n.cash_fen > 0 then greatest(0.0, 1 - o.repaid_fen / n.cash_fen) end as kept_share
  from new_sums as n
  join old_sums as o on o.borrower_id = n.borrower_id and o.currency = n.currency
  join lenders as l on l.borrower_id = n.borrower_id and l.currency = n.currency
  where n.rollovers >= :min_rollovers
    and l.lenders >= :min_lenders
    and n.booked_fen >= :min_growth * o.settled_fen
  qualify row_number() over (partition by n.borrower_id order by n.booked_fen desc, n.currency) = 1
),
evidence as (
  select f.borrower_id as subject_id, 'loan' as table_name, l.row_id, 'new_loan' as why, 1.0 as weight
  from found as f
  join news as n on n.borrower_id = f.borrower_id and n.currency = f.currency
  join loan as l on l.loan_id = n.loan_id
  union all
  select f.borrower_id as subject_id, 'loan' as table_name, l.row_id, 'settled_loan' as why, 0.5 as weight
  from found as f
  join olds as o on o.borrower_id = f.borrower_id and o.currency = f.currency
  join loan as l on l.loan_id = o.loan_id
  left join news as n on n.loan_id = o.loan_id
  where n.loan_id is null
)
select
  borrower_id as subject_id,
  0.4 * least(1.0, rollovers / 10) + 0.3 * least(1.0, booked_fen / settled_fen - 1)
    + 0.2 * (1 - coalesce(kept_share, 1.0)) + 0.1 * arranged / rollovers as score,
  cast(booked_fen as bigint) as amount_fen,
  window_from_at,
  window_to_at,
  first_evidence_at,
  currency,
  rollovers,
  lenders,
  booked_fen / settled_fen as growth,
  kept_share,
  arranged / rollovers as arranged_share
from found

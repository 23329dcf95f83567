with charged as (
  -- a fee taken within a day of the pay-out, by whomever, is head cut under another name
  select f.loan_id, sum(f.amount_fen) as upfront_fen
  from loan_fee as f
  join loan as l on l.loan_id = f.loan_id and l.currency = f.currency
  where not coalesce(f.withheld, false)
    and f.charged_at is not null
    and epoch(f.charged_at) - epoch(coalesce(l.paid_out_at, cast(l.signed_on as timestamp))) <= 86400
  group by f.loan_id
),
short as (
  select l.row_id, l.loan_id, l.lender_id, l.borrower_id, l.currency, l.principal_fen, l.term_days,
    greatest(0, l.received_fen - coalesce(c.upfront_fen, 0)) as in_hand_fen,
    l.received_fen, l.settles_loan_id, l.signatory_id, l.contract_kind, l.claimed_interest_fen,
    coalesce(l.paid_out_at, cast(l.signed_on as timestamp)) as lent_at
  from loan as l
  left join charged as c on c.loan_id = l.loan_id
  where l.term_days > 0
    and l.term_days <= :max_term_days
    and l.principal_fen > 0
    and l.received_fen is not null
    and l.lender_id is not null
    and l.borrower_id is not null
),
judged as (
  -- a contract that is not yet repaid is judged by what it asks for: simple interest, actual/365, on what was received
  select s.*, k.repaid_fen, k.over_fen, k.last_paid_on,
    (s.principal_fen - s.in_hand_fen) / s.principal_fen as head_cut,
    case when s.in_hand_fen > 0
      then greatest(coalesce(k.nominal_rate, 0.0), (s.principal_fen - s.in_hand_fen) / s.in_hand_fen * 365 / s.term_days)
    end as yearly_cost,
    coalesce(k.line_rate, :crime_rate) as line_rate
  from short as s
  left join loan_cost as k on k.loan_id = s.loan_id
),
marked as (
  select *,
    head_cut >= :min_head_cut and coalesce(yearly_cost >= :min_times_line * line_rate, true) as cut,
    coalesce(settles_loan_id is not null, false) as settles,
    coalesce(signatory_id <> lender_id, false) or coalesce(contract_kind <> 'loan', false) as disguised,
    coalesce(claimed_interest_fen >= principal_fen, false) or coalesce(repaid_fen >= 2 * received_fen, false) as inflated
  from judged
),
victims as (
  select lender_id, currency, borrower_id,
    sum(case when cut then 1 else 0 end) as cut_loans,
    case when sum(repaid_fen) > 0
      then greatest(0, sum(repaid_fen) - sum(case when repaid_fen is not null then received_fen else 0 end))
    end as gained_fen
  from marked
  group by lender_id, currency, borrower_id
),
gains as (
  select lender_id, currency, sum(case when cut_loans > 0 then 1 else 0 end) as borrowers, sum(gained_fen) as gained_fen
  from victims
  group by lender_id, currency
),
books as (
  select lender_id, currency, count(*) as short_loans,
    sum(case when cut then 1 else 0 end) as loans,
    round(avg(case when cut then head_cut end), 6) as head_cut,
    sum(case when cut then term_days end) / sum(case when cut then 1 else 0 end) as term_days,
    min(case when cut then yearly_cost end) as lowest_yearly_cost,
    sum(case when cut then principal_fen else 0 end) as booked_fen,
    sum(case when cut then in_hand_fen else 0 end) as in_hand_fen,
    sum(case when cut then over_fen end) as over_fen,
    sum(case when cut and settles then 1 else 0 end) as settling_loans,
    sum(case when cut and disguised then 1 else 0 end) as disguised_loans,
    sum(case when cut and inflated then 1 else 0 end) as inflated_loans,
    min(case when cut then lent_at end) as window_from_at,
    max(case when cut then greatest(lent_at, coalesce(cast(last_paid_on as timestamp), lent_at)) end) as window_to_at
  from marked
  group by lender_id, currency
  having sum(case when cut then 1 else 0 end) >= :min_loans
    and sum(case when cut then 1 else 0 end) >= :min_share * count(*)
),
found as (
  select b.*, g.borrowers, g.gained_fen
  from books as b
  join gains as g on g.lender_id = b.lender_id and g.currency = b.currency
  where g.borrowers >= :min_borrowers
  qualify row_number() over (partition by b.lender_id order by b.loans desc, b.currency) = 1
),
evidence as (
  select f.lender_id as subject_id, 'loan' as table_name, m.row_id, 'head_cut' as why, m.head_cut as weight
  from found as f
  join marked as m on m.lender_id = f.lender_id and m.currency = f.currency
  where m.cut
)
select
  lender_id as subject_id,
  0.4 * least(1.0, head_cut / 0.5) + 0.3 * loans / short_loans
    + 0.1 * least(1.0, 4 * settling_loans / loans) + 0.1 * least(1.0, 4 * disguised_loans / loans)
    + 0.1 * least(1.0, 4 * inflated_loans / loans) as score,
  cast(gained_fen as bigint) as amount_fen,
  window_from_at,
  window_to_at,
  window_from_at as first_evidence_at,
  currency,
  loans,
  borrowers,
  head_cut,
  loans / short_loans as cut_share,
  term_days as mean_term_days,
  lowest_yearly_cost,
  cast(booked_fen as bigint) as booked_fen,
  cast(in_hand_fen as bigint) as in_hand_fen,
  cast(over_fen as bigint) as over_fen,
  settling_loans / loans as settling_share,
  disguised_loans / loans as disguised_share,
  inflated_loans / loans as inflated_share
from found

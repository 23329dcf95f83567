with holders as (
  select account_id, min(holder_id) as holder_id
  from account
  where holder_id is not null
  group by account_id
),
known as (
  select subject_id as account_id, from_on, to_on
  from known_service
  union
  select h.account_id, k.from_on, k.to_on
  from known_service as k
  join holders as h on h.holder_id = k.subject_id
),
moves as (
  -- a sweep between two accounts of one holder passes nothing on
  select
    t.transfer_id, t.src_account_id, t.dst_account_id, t.currency, t.amount_fen, t.booked_at,
    cast(t.booked_at as date) as booked_on,
    cast(epoch(t.booked_at) as bigint) as booked_s,
    date_diff('day', date '1970-01-01', cast(t.booked_at as date)) as day_no
  from transfer as t
  left join holders as s on s.account_id = t.src_account_id
  left join holders as d on d.account_id = t.dst_account_id
  where t.time_precision <> 'day'
    and t.amount_fen > 0
    and t.src_account_id <> t.dst_account_id
    and (s.holder_id is null or d.holder_id is null or s.holder_id <> d.holder_id)
),
legs as (
  select transfer_id, dst_account_id as account_id, src_account_id as payer_id, currency,
    booked_at, booked_on, booked_s, day_no, amount_fen as in_fen, 0 as out_fen
  from moves
  union all
  select transfer_id, src_account_id as account_id, null as payer_id, currency,
    booked_at, booked_on, booked_s, day_no, 0 as in_fen, amount_fen as out_fen
  from moves
),
open_legs as (
  select l.*
  from legs as l
  where not exists (
    select 1 from known as k
    where k.account_id = l.account_id and l.booked_on >= k.from_on and l.booked_on <= k.to_on
  )
),
busy as (
  -- the long tail of quiet accounts leaves here, before anything is sorted
  select account_id, currency
  from open_legs
  group by account_id, currency
  having sum(in_fen) >= :min_amount_fen
    and sum(out_fen) >= :min_share * :min_amount_fen
    and count(payer_id) >= :min_credits
),
instants as (
  select l.account_id, l.currency, l.booked_s, l.day_no,
    extract(hour from l.booked_at) as booked_hour,
    sum(l.in_fen) as in_fen, sum(l.out_fen) as out_fen, count(l.payer_id) as credits
  from open_legs as l
  join busy as b on b.account_id = l.account_id and b.currency = l.currency
  group by l.account_id, l.currency, l.booked_s, l.day_no, extract(hour from l.booked_at)
),
running as (
  select *,
    sum(in_fen - out_fen) over (partition by account_id, currency order by booked_s) as level_fen
  from instants
),
lowest as (
  select *,
    min(level_fen) over (partition by account_id, currency order by booked_s
      range between current row and :within_hours * 3600 following) as low_fen,
    min(level_fen) over (partition by account_id, currency order by booked_s
      range between current row and :fast_hours * 3600 following) as fast_low_fen
  from running
),
covered as (
  -- newest money leaves first: of a credit stays what the level never falls below within the hours
  select *,
    in_fen - greatest(0, least(in_fen, low_fen - level_fen + in_fen - out_fen)) as passed_fen,
    in_fen - greatest(0, least(in_fen, fast_low_fen - level_fen + in_fen - out_fen)) as fast_fen
  from lowest
),
days as (
  select account_id, currency, day_no,
    sum(in_fen) as in_fen, sum(out_fen) as out_fen, sum(credits) as credits,
    sum(passed_fen) as passed_fen, sum(fast_fen) as fast_fen,
    sum(case when booked_hour >= 22 or booked_hour < 6 then out_fen else 0 end) as night_fen
  from covered
  group by account_id, currency, day_no
),
spans as (
  select account_id, currency, day_no,
    sum(in_fen) over span as in_fen, sum(out_fen) over span as out_fen, sum(credits) over span as credits,
    sum(passed_fen) over span as passed_fen, sum(fast_fen) over span as fast_fen,
    sum(night_fen) over span as night_fen
  from days
  window span as (partition by account_id, currency order by day_no
    range between :span_days - 1 preceding and current row)
),
best as (
  select *
  from spans
  where in_fen >= :min_amount_fen
    and credits >= :min_credits
    and passed_fen >= :min_share * in_fen
    and out_fen >= :min_share * in_fen
    and out_fen <= :max_share * in_fen
  qualify row_number() over (partition by account_id order by passed_fen desc, day_no, currency) = 1
),
inside as (
  select l.account_id, l.transfer_id, l.payer_id, l.booked_at, l.in_fen, l.out_fen, b.in_fen as span_in_fen
  from best as b
  join open_legs as l on l.account_id = b.account_id and l.currency = b.currency
    and l.day_no > b.day_no - :span_days and l.day_no <= b.day_no
),
crowds as (
  select account_id, count(distinct payer_id) as payers,
    min(booked_at) as window_from_at, max(booked_at) as window_to_at,
    min(case when out_fen > 0 then booked_at end) as first_evidence_at
  from inside
  group by account_id
  having count(distinct payer_id) >= :min_payers
),
evidence as (
  select i.account_id as subject_id, 'transfer' as table_name, i.transfer_id as row_id,
    case when i.in_fen > 0 then 'received' else 'passed_on' end as why,
    (i.in_fen + i.out_fen) / i.span_in_fen as weight
  from inside as i
  join crowds as c on c.account_id = i.account_id
)
select
  b.account_id as subject_id,
  0.4 * b.passed_fen / b.in_fen + 0.3 * b.fast_fen / b.in_fen
    + 0.15 * b.night_fen / b.out_fen + 0.15 * least(1.0, c.payers / 20) as score,
  cast(b.passed_fen as bigint) as amount_fen,
  c.window_from_at,
  c.window_to_at,
  c.first_evidence_at,
  b.currency,
  cast(b.in_fen as bigint) as received_fen,
  b.passed_fen / b.in_fen as passed_share,
  b.fast_fen / b.in_fen as fast_share,
  b.night_fen / b.out_fen as night_share,
  cast(b.credits as bigint) as credits,
  c.payers
from best as b
join crowds as c on c.account_id = b.account_id

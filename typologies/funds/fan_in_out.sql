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
  select t.transfer_id, t.src_account_id, t.dst_account_id, t.currency, t.amount_fen, t.booked_at,
    date_diff('day', date '1970-01-01', cast(t.booked_at as date)) as day_no
  from transfer as t
  left join holders as s on s.account_id = t.src_account_id
  left join holders as d on d.account_id = t.dst_account_id
  where t.booked_at is not null
    and t.amount_fen > 0
    and t.src_account_id <> t.dst_account_id
    and (s.holder_id is null or d.holder_id is null or s.holder_id <> d.holder_id)
),
legs as (
  select transfer_id, dst_account_id as account_id, src_account_id as other_id, 'in' as way,
    currency, amount_fen, booked_at, day_no
  from moves
  union all
  select transfer_id, src_account_id as account_id, dst_account_id as other_id, 'out' as way,
    currency, amount_fen, booked_at, day_no
  from moves
),
open_legs as (
  select l.*
  from legs as l
  where not exists (
    select 1 from known as k
    where k.account_id = l.account_id
      and cast(l.booked_at as date) >= k.from_on and cast(l.booked_at as date) <= k.to_on
  )
),
pair_days as (
  select account_id, way, currency, other_id, day_no,
    count(*) as times, min(amount_fen) as low_fen, max(amount_fen) as high_fen,
    sum(amount_fen) as day_fen, min(booked_at) as day_from_at, max(booked_at) as day_to_at
  from open_legs
  group by account_id, way, currency, other_id, day_no
),
pairs as (
  select account_id, way, currency, other_id,
    min(day_no) as first_day_no, count(*) as days, sum(times) as times, sum(day_fen) as pair_fen,
    min(day_from_at) as pair_from_at, max(day_to_at) as pair_to_at,
    sum(case when times >= :min_slices and high_fen <= :slice_band * low_fen then times else 0 end) as slices
  from pair_days
  group by account_id, way, currency, other_id
),
newcomers as (
  -- each party counts once, on its first day: regular customers, staff and merchants never make a burst twice
  select account_id, way, currency, first_day_no as day_no, count(*) as parties
  from pairs
  group by account_id, way, currency, first_day_no
),
bursts as (
  select account_id, way, currency, day_no
  from newcomers
  qualify sum(parties) over (partition by account_id, way, currency order by day_no
    range between :window_days - 1 preceding and current row) >= :min_parties
),
periods as (
  -- two bursts that share no day, one within the search of the other
  select account_id, way, currency, day_no as to_day_no,
    min(day_no) over (partition by account_id, way, currency order by day_no
      range between :search_days preceding and :window_days preceding) as from_burst_no
  from bursts
),
spans as (
  select account_id, way, currency,
    min(from_burst_no) - :window_days + 1 as from_day_no, max(to_day_no) as to_day_no
  from periods
  where from_burst_no is not null
  group by account_id, way, currency
),
inside as (
  -- the narrow side follows a gathering and goes before a spreading
  select s.account_id, s.way, s.currency, l.transfer_id, l.other_id, l.amount_fen, l.booked_at,
    l.way = s.way as wide
  from spans as s
  join open_legs as l on l.account_id = s.account_id and l.currency = s.currency
    and l.day_no >= s.from_day_no - case when s.way = 'out' and l.way = 'in' then :onward_days else 0 end
    and l.day_no <= s.to_day_no + case when s.way = 'in' and l.way = 'out' then :onward_days else 0 end
),
fans as (
  select account_id, way, currency,
    count(distinct case when wide then other_id end) as parties,
    count(distinct case when not wide then other_id end) as narrow_parties,
    sum(case when wide then amount_fen else 0 end) as wide_fen,
    sum(case when not wide then amount_fen else 0 end) as narrow_fen,
    sum(case when wide and amount_fen % 10000 = 0 then amount_fen else 0 end) as round_fen,
    min(booked_at) as window_from_at, max(booked_at) as window_to_at
  from inside
  group by account_id, way, currency
),
fanned as (
  select *, cast(null as double) as sliced_share, cast(null as bigint) as sliced_parties,
    narrow_fen / wide_fen as onward_share, round_fen / wide_fen as round_share,
    0.4 * least(1.0, narrow_fen / wide_fen) + 0.3 * round_fen / wide_fen + 0.3 * least(1.0, parties / 100) as score
  from fans
  where narrow_fen >= :min_onward_share * wide_fen
    and narrow_parties * :min_narrowing <= parties
    and round_fen >= :min_round_share * wide_fen
),
slicers as (
  select *, slices >= :min_slices and days <= :max_slicer_days as slicer
  from pairs
  where way = 'in'
),
sliced as (
  select account_id, currency,
    count(*) as parties,
    sum(case when slicer then 1 else 0 end) as sliced_parties,
    sum(case when slicer then slices else 0 end) / sum(times) as sliced_share,
    sum(case when slicer then pair_fen else 0 end) as sliced_fen,
    min(case when slicer then pair_from_at end) as window_from_at,
    max(case when slicer then pair_to_at end) as window_to_at
  from slicers
  group by account_id, currency
),
shapes as (
  select account_id, currency, case when way = 'in' then 'gathers' else 'spreads' end as shape,
    score, wide_fen as amount_fen, window_from_at, window_to_at, parties, narrow_parties,
    onward_share, round_share, sliced_parties, sliced_share
  from fanned
  union all
  select account_id, currency, 'sliced' as shape,
    0.5 * least(1.0, sliced_share) * least(1.0, sliced_parties / 10) as score,
    sliced_fen as amount_fen, window_from_at, window_to_at, parties, cast(null as bigint) as narrow_parties,
    cast(null as double) as onward_share, cast(null as double) as round_share, sliced_parties, sliced_share
  from sliced
  where sliced_parties >= :min_sliced_parties and sliced_share >= :min_sliced_share
),
found as (
  select *
  from shapes
  qualify row_number() over (partition by account_id order by score desc, shape, currency) = 1
),
evidence as (
  select f.account_id as subject_id, 'transfer' as table_name, l.transfer_id as row_id,
    case when l.way = 'in' then 'received' else 'passed_on' end as why,
    l.amount_fen / f.amount_fen as weight
  from found as f
  join open_legs as l on l.account_id = f.account_id and l.currency = f.currency
    and l.booked_at >= f.window_from_at and l.booked_at <= f.window_to_at
  left join slicers as s on s.account_id = l.account_id and s.currency = l.currency and s.other_id = l.other_id
  where f.shape <> 'sliced' or (l.way = 'in' and s.slicer)
)
select
  account_id as subject_id,
  score,
  cast(amount_fen as bigint) as amount_fen,
  window_from_at,
  window_to_at,
  window_from_at as first_evidence_at,
  shape,
  currency,
  parties,
  narrow_parties,
  onward_share,
  round_share,
  cast(sliced_parties as bigint) as sliced_parties,
  sliced_share
from found

"""Reads statement lines: whom each one names, and which lines of different files are one and the same event."""

from suyuan.engine.step import AnyStep, Keep, Step
from suyuan.resolve.keys import account_number, bare, capitals

_NUMBERS = """
select key_value, min(entity_id) as account_id
from entity
where kind = 'account' and key_kind = 'account_number'
group by key_value
"""

_LINES = """
with told as (
  select row_id, split_part(row_id, ':', 1) as file, source, loaded_at, account_id, effect, amount_fen, currency,
    booked_at, time_precision, cast(booked_at as date) as booked_on, coalesce(line_no, 0) as line_no, kind, memo,
    nullif(trim(coalesce(serial, order_no, bank_serial)), '') as serial,
    case when coalesce(cash, false) then '#cash' else nullif({bare_name}, '') end as other_name,
    coalesce(counterparty_name, merchant_name) as other_name_told, counterparty_account as other_number,
    nullif({bare_number}, '') as given, counterparty_bank as other_bank
  from entry
  where effect in ('in', 'out') and amount_fen > 0
),
keyed as (
  select t.*, {number} as other_key, case when regexp_matches(t.serial, '[1-9A-Za-z]') then t.serial end as sure_serial
  from told as t
)
select k.*, n.account_id as other_id
from keyed as k
left join account_number as n on n.key_value = k.other_key
"""

_EVENTS = """
with numbered as (
  -- the n-th equal line of one file is the n-th of another: one account returned twice
  select *, row_number() over (
    partition by account_id, effect, sure_serial, amount_fen, currency, booked_on, file order by line_no, row_id
  ) as copy_no
  from entry_line
  where sure_serial is not null
),
joined as (
  select *, first_value(row_id) over (
    partition by account_id, effect, sure_serial, amount_fen, currency, booked_on, copy_no
    order by row_id rows between unbounded preceding and unbounded following
  ) as event_id
  from numbered
)
select row_id, event_id from joined
union all
select row_id, row_id as event_id from entry_line where sure_serial is null
"""

_SIDES = """
with holders as (
  select account_id, min({bare_holder}) as own_name, min(holder_id) as own_holder_id
  from account
  group by account_id
)
select l.*, l.row_id as event_id, h.own_name, h.own_holder_id,
  case when l.other_key is not null then 'x-' || substr(md5('number ' || l.other_key), 1, 16)
    else 'x-' || substr(
      md5(l.account_id || ' named ' || coalesce(l.other_name, '') || ' ' || coalesce(l.given, '')), 1, 16
    )
  end as pseudo_id
from entry_line as l
join entry_event as e on e.row_id = l.row_id and e.event_id = l.row_id
left join holders as h on h.account_id = l.account_id
"""


def line_steps() -> list[AnyStep]:
    """Return the steps that read `entry`, `account` (entity ids) and `entity` into lines, events and sides.

    Writes `account_number` (`key_value` → `account_id`), `entry_line` (one row a line that moves money, with the
    account it names: `other_id` when known, `other_key` when its number is full), `entry_event` (`row_id` → `event_id`:
    lines of different files about one account, effect, serial, amount, currency and day are one event) and `entry_side`
    (one row an event, with `pseudo_id`, the account to stand for whom it names).
    """
    other = account_number(given="given", scope=capitals("coalesce(other_bank, source)"))
    lines = _LINES.format(
        number=other,
        bare_name=bare("coalesce(counterparty_name, merchant_name)"),
        bare_number=bare("counterparty_account"),
    )
    return [
        Step(name="account_number", sql=_NUMBERS, keep=Keep.TABLE),
        Step(name="entry_line", sql=lines, keep=Keep.TABLE),
        Step(name="entry_event", sql=_EVENTS, keep=Keep.TABLE),
        Step(name="entry_side", sql=_SIDES.format(bare_holder=bare("holder_name")), keep=Keep.TABLE),
    ]

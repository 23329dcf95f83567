"""One transfer out of what several statements and tables tell of it.

Every line that moves money (effect in or out, amount over zero) witnesses exactly one transfer. Two lines are one
transfer when their files differ and serial, amount, currency and day agree: on one account with one effect, because it
was returned twice; on two accounts with opposite effects, when neither names somebody else as the other side. A file
may hold the statements of many accounts: two of its lines are joined when a number confirms it. Lines without serial,
or with serials of their own, are joined when each names the other's full account number. What is then still alone is
weighed: booked later, with a fee, worded otherwise. So are transfers that a table tells: one that lines tell too is one
more witness of theirs. Whom a line names without being known becomes a pseudo-account: of a full number one for all, of
a name or a masked number one for each own account.
"""

from collections.abc import Mapping

from suyuan.domain.contract import contracts
from suyuan.domain.contract_arrow import sql_type
from suyuan.engine.step import AnyStep, Keep, Step
from suyuan.resolve.lines import line_steps
from suyuan.resolve.pairs import pair_steps
from suyuan.resolve.told_alike import side_steps, told_steps

_TOLD = """
select row_id, source, loaded_at, transfer_id, src_account_id, dst_account_id, booked_at, time_precision, amount_fen,
  currency, kind, memo
from transfer
"""

_TRANSFERS = """
with halves as (
  select s.*, coalesce(p.out_event_id, s.event_id) as main_event_id,
    case when s.other_id is null or s.other_id = s.account_id then s.pseudo_id else s.other_id end as beyond_id
  from entry_side as s
  left join entry_pair as p on p.event_id = s.event_id
),
mains as (
  -- with a fee the payer's line tells more: the amount is what arrived
  select m.row_id, m.source, m.loaded_at, 't-' || substr(md5(m.event_id), 1, 16) as transfer_id,
    case when m.effect = 'out' then m.account_id else m.beyond_id end as src_account_id,
    case when m.effect = 'in' then m.account_id else coalesce(i.account_id, m.beyond_id) end as dst_account_id,
    case when m.time_precision = 'day' and i.time_precision <> 'day' and m.booked_on = i.booked_on then i.booked_at
      else m.booked_at end as booked_at,
    case when m.time_precision = 'day' and i.time_precision <> 'day' and m.booked_on = i.booked_on
      then i.time_precision else m.time_precision end as time_precision,
    coalesce(i.amount_fen, m.amount_fen) as amount_fen, m.currency, coalesce(m.kind, i.kind) as kind,
    coalesce(m.memo, i.memo) as memo
  from halves as m
  left join halves as i on i.main_event_id = m.event_id and i.event_id <> m.event_id
  where m.main_event_id = m.event_id
)
select * from mains
"""

_TOLD_ONCE = """
select *
from transfer_told
qualify row_number() over (partition by transfer_id order by row_id) = 1
"""

_ALL = """
with better as (
  -- a table may know the account of whom lines only name
  select s.transfer_id, min(a.entity_id) as src_account_id, min(b.entity_id) as dst_account_id
  from transfer_same as s
  join transfer_once as o on o.transfer_id = s.told_id
  left join entity as a on a.entity_id = o.src_account_id and a.kind = 'account'
  left join entity as b on b.entity_id = o.dst_account_id and b.kind = 'account'
  group by s.transfer_id
),
lines as (
  select e.row_id, e.source, e.loaded_at, e.transfer_id,
    case when substr(e.src_account_id, 1, 2) = 'x-' and b.src_account_id <> e.dst_account_id then b.src_account_id
      else e.src_account_id end as src_account_id,
    case when substr(e.dst_account_id, 1, 2) = 'x-' and b.dst_account_id <> e.src_account_id then b.dst_account_id
      else e.dst_account_id end as dst_account_id,
    e.booked_at, e.time_precision, e.amount_fen, e.currency, e.kind, e.memo
  from transfer_entry as e
  left join better as b on b.transfer_id = e.transfer_id
)
select * from lines
union all
select o.* from transfer_once as o
where not exists (select 1 from transfer_same as s where s.told_id = o.transfer_id)
"""

_WITNESSES = """
select 't-' || substr(md5(coalesce(p.out_event_id, e.event_id)), 1, 16) as transfer_id, 'entry' as table_name,
  l.row_id as witness_row_id, case when l.effect = 'out' then 'src' else 'dst' end as side, l.effect, l.amount_fen,
  l.booked_at
from entry_line as l
join entry_event as e on e.row_id = l.row_id
left join entry_pair as p on p.event_id = e.event_id
"""

_TOLD_WITNESSES = """
select coalesce(s.transfer_id, o.transfer_id) as transfer_id, 'transfer' as table_name, o.row_id as witness_row_id,
  'both' as side, cast(null as text) as effect, o.amount_fen, o.booked_at
from transfer_told as o
left join transfer_same as s on s.told_id = o.transfer_id
"""

_PSEUDO = """
with named as (
  select s.*,
    case when strpos(s.other_name, '*') = 0 and s.other_name = s.own_name then s.own_holder_id end as holder_id
  from entry_side as s
  join transfer as t on t.transfer_id = 't-' || substr(md5(s.event_id), 1, 16)
  where s.pseudo_id = t.src_account_id or s.pseudo_id = t.dst_account_id
),
firsts as (
  select *
  from named
  qualify row_number() over (partition by pseudo_id order by row_id) = 1
),
counted as (
  select pseudo_id, count(*) as records
  from named
  group by pseudo_id
)
select f.row_id, f.source, f.loaded_at, f.pseudo_id as account_id, f.other_number as number, f.holder_id,
  f.other_name_told as holder_name, f.other_bank as bank, f.currency, f.other_key, c.records
from firsts as f
join counted as c on c.pseudo_id = f.pseudo_id
"""

_ENTITIES = """
select * from entity_known
union all
select account_id as entity_id, 'account' as kind, holder_name as name,
  case when other_key is not null then 'told_number' else 'told_name' end as key_kind, other_key as key_value,
  cast(null as bigint) as since_no, records
from pseudo_account
"""

_PSEUDO_COLUMNS = {
    "row_id",
    "source",
    "loaded_at",
    "account_id",
    "number",
    "holder_id",
    "holder_name",
    "bank",
    "currency",
}


def plan(tables: Mapping[str, Mapping[str, str]]) -> list[AnyStep]:
    """Return the steps that write `transfer` and `transfer_witness`.

    Args:
        tables: Table → column → house type of what is known. The views `entry`, `transfer` and `account` with entity
            ids, and `entity`, stand in any case, empty where nothing is known; without `entry` its steps are left out.

    Writes `transfer` (one row an event of `entry`, and what the lake told beyond them), `transfer_witness` (one row a
    line or told row), `entry_weighed` and `transfer_same` (what was paired by weight, with its score) and
    `pseudo_account`, and adds the pseudo-accounts to `account` and `entity`; one that bears the name of the holder of
    the account which names it has the same holder. The sum of the witnesses of one account on one side is the sum of
    its lines; the amount of a transfer is what arrived. Deterministic. Cost: sorts of the lines, no pairs beyond their
    number; then what `match` says of those that are still alone.
    """
    told = [
        Step(name="transfer_told", sql=_TOLD, keep=Keep.TABLE),
        Step(name="transfer_once", sql=_TOLD_ONCE, keep=Keep.TABLE),
    ]
    if "entry" not in tables:
        return [
            *told,
            Step(name="transfer_entry", sql="select * from transfer_once where 1 = 0", keep=Keep.TABLE),
            *told_steps(),
            Step(name="transfer_witness", sql=_TOLD_WITNESSES, keep=Keep.TABLE),
            Step(name="transfer", sql=_ALL, keep=Keep.TABLE),
        ]
    return [
        *line_steps(),
        *pair_steps(into="entry_sure"),
        *side_steps(paired="entry_sure", into="entry_pair"),
        *told,
        Step(name="transfer_entry", sql=_TRANSFERS, keep=Keep.TABLE),
        *told_steps(),
        Step(name="transfer_witness", sql=f"{_WITNESSES}union all{_TOLD_WITNESSES}", keep=Keep.TABLE),
        Step(name="transfer", sql=_ALL, keep=Keep.TABLE),
        Step(name="pseudo_account", sql=_PSEUDO, keep=Keep.TABLE),
        Step(name="account_known", sql="select * from account", keep=Keep.TABLE),
        Step(name="account", sql=_accounts(), keep=Keep.TABLE),
        Step(name="entity_known", sql="select * from entity", keep=Keep.TABLE),
        Step(name="entity", sql=_ENTITIES, keep=Keep.TABLE),
    ]


def _accounts() -> str:
    """Return the select of the known accounts and the pseudo-accounts."""
    columns, beside = contracts()["account"].columns, {"kind": "'unknown'"}
    shown = ", ".join(
        name if name in _PSEUDO_COLUMNS else f"cast({beside.get(name, 'null')} as {sql_type(column)}) as {name}"
        for name, column in columns.items()
    )
    return f"select {', '.join(columns)} from account_known\nunion all\nselect {shown} from pseudo_account"

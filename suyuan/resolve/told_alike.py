"""Pairs by weight what no sure round joins: the two sides of a transfer told otherwise, and transfers told twice.

Only what is still alone takes part. Rows are weighed by `suyuan.resolve.match`, which learns from these very rows how
late the other institution books, what fees it adds and how it words memos, and takes the best assignment; full numbers
that differ never meet. Where too few rows are there to learn from, or so many are
alike that nothing tells them apart, nothing is paired by weight.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pyarrow as pa

from suyuan.domain.errors import DataError
from suyuan.engine.step import AnyStep, ArrowStep, Keep, Step
from suyuan.resolve.match.match import match
from suyuan.resolve.match.side import TOLD

LEAST_SCORE: Final = 0.8
"""Pairs of a lower score stay apart: who paid whom is never a matter of two to one."""
LEAST_LEARNED: Final = 50
"""Sure pairs to learn from, below which nothing is paired by weight."""

_OTHER = "case when s.other_id is not null then n.number else coalesce(s.other_key, s.given) end"
_SIDE = """
with canon as (
  select account_id, min(key_value) as number
  from account_number
  group by account_id
),
known as (
  select distinct account_id from entry_line
),
alone as (
  select s.*
  from entry_side as s
  where not exists (select 1 from {paired} as p where p.event_id = s.event_id)
),
told as (
  select s.*, coalesce(c.number, s.account_id) as own_number, {other} as other_told
  from alone as s
  left join canon as c on c.account_id = s.account_id
  left join canon as n on n.account_id = s.other_id
  left join known as k on k.account_id = s.other_id
  where coalesce(s.other_name, '') <> '#cash' and (s.other_key is null or k.account_id is not null)
)
select event_id as key, booked_at, time_precision = 'day' as day_only, amount_fen, effect as flow, currency,
  coalesce(memo, kind) as memo, serial as reference, account_id as own,
  case when effect = 'out' then own_number else other_told end as src_number,
  case when effect = 'in' then own_number else other_told end as dst_number,
  case when effect = 'out' then own_name else other_name end as src_name,
  case when effect = 'in' then own_name else other_name end as dst_name
from told
"""

_EVENT = """
with accounts as (
  select distinct entity_id from entity where kind = 'account'
)
select e.transfer_id as key, e.booked_at, e.time_precision = 'day' as day_only, e.amount_fen,
  cast(null as text) as flow, e.currency, coalesce(e.memo, e.kind) as memo, cast(null as text) as reference,
  cast(null as text) as own, s.entity_id as src_number, d.entity_id as dst_number, cast(null as text) as src_name,
  cast(null as text) as dst_name, {source} as teller
from {table} as e
left join accounts as s on s.entity_id = e.src_account_id
left join accounts as d on d.entity_id = e.dst_account_id
"""

_PAIRED = """
select event_id, out_event_id from {paired}
union all
select out_event_id as event_id, out_event_id from entry_weighed
union all
select in_event_id as event_id, out_event_id from entry_weighed
"""

_SCORED = pa.schema([("out_event_id", pa.string()), ("in_event_id", pa.string()), ("score", pa.float64())])
_SAME = pa.schema([("told_id", pa.string()), ("transfer_id", pa.string()), ("score", pa.float64())])


def side_steps(*, paired: str, into: str) -> list[AnyStep]:
    """Return the steps that write `into`: the pairs of `paired` and those that weight adds.

    Reads `entry_side`, `entry_line`, `account_number` and `paired` (`event_id` → `out_event_id`). Writes beside it
    `entry_weighed`: `out_event_id`, `in_event_id`, `score` in [0, 1], one row a pair. Cost: see `match`; only sides in
    no pair, that may name an account with lines of its own, are weighed.
    """
    return [
        Step(name="entry_alone", sql=_SIDE.format(paired=paired, other=_OTHER), keep=Keep.TABLE),
        ArrowStep(name="entry_weighed", reads={"entry_alone": None}, run=_weigh_sides, any_order=True),
        Step(name=into, sql=_PAIRED.format(paired=paired), keep=Keep.TABLE),
    ]


def told_steps() -> list[AnyStep]:
    """Return the steps that write `transfer_same`: which told transfers are one with what lines (or others) tell.

    Reads `transfer_entry`, `transfer_once` (one row a transfer) and `entity`. `transfer_same`: `told_id`,
    `transfer_id`, `score`; a told transfer meets at most one other of each institution.
    """
    return [
        Step(name="event_lines", sql=_EVENT.format(table="transfer_entry", source="''"), keep=Keep.TABLE),
        Step(name="event_told", sql=_EVENT.format(table="transfer_once", source="e.source"), keep=Keep.TABLE),
        ArrowStep(
            name="transfer_same", reads={"event_lines": None, "event_told": None}, run=_weigh_told, any_order=True
        ),
    ]


def _weigh_sides(tables: Mapping[str, pa.Table]) -> pa.Table:
    """Return the pairs of a side that pays and a side that receives."""
    sides = tables["entry_alone"]
    flow = np.asarray(sides["flow"].to_numpy(zero_copy_only=False), dtype=object)
    outs, ins = (_told(sides.filter(pa.array(flow == word))) for word in ("out", "in"))
    left, right, score = _pairs(outs, ins)
    return pa.table([left, right, score], schema=_SCORED)


def _weigh_told(tables: Mapping[str, pa.Table]) -> pa.Table:
    """Return which told transfers are one with another, each institution's against all that came before it."""
    lines, told = tables["event_lines"], tables["event_told"]
    tellers = sorted(set(told["teller"].to_pylist()))
    pool, found = _told(lines), []
    for teller in tellers:
        mine = _told(told.filter(pa.array([one == teller for one in told["teller"].to_pylist()])))
        own, other, score = _pairs(mine, pool)
        found.append(pa.table([own, other, score], schema=_SAME))
        met = set(own.to_pylist())
        alone = mine.filter(pa.array([key not in met for key in mine["key"].to_pylist()], pa.bool_()))
        pool = pa.concat_tables([pool, alone])
    return pa.concat_tables(found) if found else _SAME.empty_table()


def _told(rows: pa.Table) -> pa.Table:
    return rows.select(TOLD.names).cast(TOLD)


def _pairs(left: pa.Table, right: pa.Table) -> tuple[pa.Array, pa.Array, pa.Array]:
    """Return the keys and scores of the pairs that are sure enough; none where too little could be learned."""
    none = pa.array([], pa.string()), pa.array([], pa.string()), pa.array([], pa.float64())
    if min(len(left), len(right)) < LEAST_LEARNED:
        return none
    try:
        matched = match(left, right, strict=True, least=LEAST_SCORE)
    except DataError as fault:
        if fault.key != "transfers.too_alike":
            raise
        return none  # what nothing tells apart stays apart
    if matched.learned < LEAST_LEARNED or not matched.checked:
        return none
    return (
        left["key"].take(pa.array(matched.left)).combine_chunks(),
        right["key"].take(pa.array(matched.right)).combine_chunks(),
        pa.array(matched.score),
    )

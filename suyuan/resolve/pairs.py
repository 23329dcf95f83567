"""Joins the two sides of one transfer: a line that pays out and a line of another statement that receives.

Rounds go from the surest to the least sure; what a round has joined no later round touches, and what none joins is
weighed (`told_alike.py`). Within equal keys the n-th
line that pays out meets the n-th that receives, so no round makes more pairs than lines. One file may hold the
statements of many accounts: where an account number confirms the pair, both lines may stand in one file.
"""

from dataclasses import dataclass

from suyuan.engine.step import AnyStep, Keep, Step

SURE_SERIAL = 6
"""Shorter serials may be the number of a line in its file: they need an account number beside them."""

_BASE = ("amount_fen", "currency", "booked_on")
_UNNAMED = "other_key is null"


@dataclass(frozen=True, kw_only=True)
class _Round:
    """Which sides meet in one round: the keys that agree, and who may take part."""

    keys: tuple[tuple[str, str], ...]  # (of the side that pays, of the side that receives)
    pays: str
    receives: str
    check: str = "true"


def _names_agree(told: str, own: str) -> str:
    """Return that the name `told` may mean the holder `own`: unknown, masked, cut off or equal."""
    return (
        f"({told} is null or {own} is null or strpos({told}, '*') > 0 or strpos({own}, '*') > 0"
        f" or substr({own}, 1, length({told})) = {told} or substr({told}, 1, length({own})) = {own})"
    )


_SERIAL = (("sure_serial", "sure_serial"),)
_ROUNDS = (
    _Round(  # each names the other
        keys=(*_SERIAL, ("account_id", "other_id"), ("other_id", "account_id")),
        pays="sure_serial is not null",
        receives="sure_serial is not null",
    ),
    _Round(  # the payer names the receiver, who names no number
        keys=(*_SERIAL, ("other_id", "account_id")), pays="sure_serial is not null", receives=f"{_UNNAMED}"
    ),
    _Round(  # the receiver names the payer, who names no number
        keys=(*_SERIAL, ("account_id", "other_id")), pays=f"{_UNNAMED}", receives="sure_serial is not null"
    ),
    _Round(  # neither names a number, and the names do not contradict
        keys=_SERIAL,
        pays=f"{_UNNAMED} and length(sure_serial) >= {SURE_SERIAL} and coalesce(other_name, '') <> '#cash'",
        receives=f"{_UNNAMED} and length(sure_serial) >= {SURE_SERIAL} and coalesce(other_name, '') <> '#cash'",
        check="o.file <> i.file"
        f" and {_names_agree('o.other_name', 'i.own_name')} and {_names_agree('i.other_name', 'o.own_name')}",
    ),
    _Round(  # each names the other, and one bank gives no serial or each its own
        keys=(("account_id", "other_id"), ("other_id", "account_id")), pays="true", receives="true"
    ),
)

_PAIR = """
with free as (
  select s.*
  from entry_side as s
  where not exists (select 1 from {before} as p where p.event_id = s.event_id)
),
outs as (
  select *, row_number() over (partition by {out_keys} order by booked_at, event_id) as rank_no
  from free
  where effect = 'out' and {pays}
),
ins as (
  select *, row_number() over (partition by {in_keys} order by booked_at, event_id) as rank_no
  from free
  where effect = 'in' and {receives}
)
select o.event_id as out_event_id, i.event_id as in_event_id
from outs as o
join ins as i on {join} and i.rank_no = o.rank_no
where o.account_id <> i.account_id and {check}
"""

_NONE = """
select event_id, event_id as out_event_id from entry_side where 1 = 0
"""

_PAIRED = """
select event_id, out_event_id from {before}
union all
select out_event_id as event_id, out_event_id from {pairs}
union all
select in_event_id as event_id, out_event_id from {pairs}
"""


def pair_steps(*, into: str) -> list[AnyStep]:
    """Return the steps that write `into`: `event_id` → `out_event_id`, two rows a pair, none for the unpaired.

    Reads `entry_side`. Deterministic. Cost: one sort of the unpaired sides a round.
    """
    steps: list[AnyStep] = [Step(name="entry_pair_0", sql=_NONE, keep=Keep.TABLE)]
    for number, meeting in enumerate(_ROUNDS, start=1):
        keys = (*((base, base) for base in _BASE), *meeting.keys)
        before, pairs = f"entry_pair_{number - 1}", f"entry_met_{number}"
        sql = _PAIR.format(
            before=before,
            out_keys=", ".join(out for out, _ in keys),
            in_keys=", ".join(into for _, into in keys),
            pays=meeting.pays,
            receives=meeting.receives,
            join=" and ".join(f"i.{into} = o.{out}" for out, into in keys),
            check=meeting.check,
        )
        steps.append(Step(name=pairs, sql=sql, keep=Keep.TABLE))
        last = number == len(_ROUNDS)
        name = into if last else f"entry_pair_{number}"
        steps.append(Step(name=name, sql=_PAIRED.format(before=before, pairs=pairs), keep=Keep.TABLE))
    return steps

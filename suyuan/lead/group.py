"""Joins signals into groups: what belongs to one ring because the same money, account or firm stands behind it.

Two signals are joined by a *key* that both hold:

- the same subject;
- an account and its holder;
- a company and the account that pays out its loans;
- one evidence row.

A victim joins nothing. A borrower of evidenced loans who repays one lender with another's money fires himself, and
his loans lie in both lenders' evidence; that alone does not make two lenders one ring. His signals are laid beside the
group they share most keys with. What a known service holds is never a key.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping

import igraph
import pyarrow as pa
import pyarrow.compute as pc

from suyuan.engine.step import AnyStep, ArrowStep, Keep, Step

_VICTIM = """
with evidenced as (
  select l.*
  from loan as l
  join (select distinct row_id from signal_evidence where table_name = 'loan') as e on e.row_id = l.row_id
),
people as (
  select borrower_id as subject_id from evidenced where borrower_id is not null
),
actors as (
  select lender_id as subject_id from evidenced
  union
  select signatory_id from evidenced
  union
  select intermediary_id from evidenced
  union
  select officer_id from evidenced
),
victims as (
  select distinct subject_id
  from people as p
  where not exists (select 1 from actors as a where a.subject_id = p.subject_id)
)
select subject_id from victims
union
select a.account_id from account as a join victims as v on v.subject_id = a.holder_id
union
select e.borrower_account_id
from evidenced as e
join victims as v on v.subject_id = e.borrower_id
where e.borrower_account_id is not null
"""

_KEY = """
with served as (
  select k.subject_id, s.signal_id
  from known_service as k
  join signal as s
    on (s.window_from_at is null or cast(s.window_from_at as date) <= k.to_on)
    and (s.window_to_at is null or cast(s.window_to_at as date) >= k.from_on)
),
holders as (
  select account_id, min(holder_id) as holder_id
  from account
  where holder_id is not null
  group by account_id
),
payers as (
  select distinct l.lender_id, l.payer_account_id
  from loan as l
  left join account as a on a.account_id = l.payer_account_id
  where l.payer_account_id is not null and coalesce(a.kind, 'unknown') not in ('reserve', 'clearing')
),
named as (
  select signal_id, subject_id as named_id from signal
  union
  select s.signal_id, h.holder_id
  from signal as s
  join holders as h on h.account_id = s.subject_id
  where s.subject_kind = 'account'
  union
  select s.signal_id, p.payer_account_id
  from signal as s
  join payers as p on p.lender_id = s.subject_id
),
keys as (
  select n.signal_id, 'id:' || n.named_id as held
  from named as n
  where not exists (
    select 1 from served as x where x.signal_id = n.signal_id and x.subject_id = n.named_id
  )
  union
  select signal_id, table_name || ':' || row_id as held from signal_evidence
),
shared as (
  select held from keys group by held having count(*) > 1
)
select k.signal_id, k.held, v.subject_id is not null as victim
from keys as k
join shared as s on s.held = k.held
join signal as g on g.signal_id = k.signal_id
left join lead_victim as v on v.subject_id = g.subject_id
"""


def group_steps() -> list[AnyStep]:
    """Return the steps that put every signal into one group.

    Reads `signal`, `signal_evidence`, `loan`, `account`, `known_service` (views with entity ids). Writes `lead_victim`
    (`subject_id`: borrowers of evidenced loans and their accounts, unless they also lend, sign, broker or approve),
    `lead_key` (`signal_id`, `held`, `victim`) and `lead_group` (`signal_id`, `group_id`; one row a signal; a group
    bears the smallest id of its signals). Deterministic.
    """
    return [
        Step(name="lead_victim", sql=_VICTIM, keep=Keep.TABLE),
        Step(name="lead_key", sql=_KEY, keep=Keep.TABLE),
        ArrowStep(
            name="lead_group",
            reads={"signal": ("signal_id", "subject_id"), "lead_key": None},
            run=_groups,
        ),
    ]


def _groups(tables: Mapping[str, pa.Table]) -> pa.Table:
    keys = tables["lead_key"]
    subject_of = dict(zip(*(tables["signal"][name].to_pylist() for name in ("signal_id", "subject_id")), strict=True))
    group_of = {signal: signal for signal in subject_of}
    group_of.update(components(keys.filter(pc.invert(keys["victim"]))))
    group_of.update(_beside(keys, group_of=group_of, subject_of=subject_of))
    signals = sorted(group_of)
    columns = {"signal_id": signals, "group_id": [group_of[signal] for signal in signals]}
    return pa.table(columns, schema=pa.schema([("signal_id", pa.string()), ("group_id", pa.string())]))


def components(keys: pa.Table) -> dict[str, str]:
    """Return signal → smallest signal id of its component, for signals joined by a shared `held`.

    Args:
        keys: `signal_id`, `held` (text).
    """
    signals = keys["signal_id"].combine_chunks().dictionary_encode()
    held = keys["held"].combine_chunks().dictionary_encode()
    names = signals.dictionary.to_pylist()
    offset = len(names)
    edges = list(zip(signals.indices.to_pylist(), pc.add(held.indices, offset).to_pylist(), strict=True))
    graph = igraph.Graph(n=offset + len(held.dictionary), edges=edges)
    membership = graph.connected_components().membership[:offset]
    smallest: dict[int, str] = {}
    for name, part in zip(names, membership, strict=True):
        smallest[part] = min(name, smallest.get(part, name))
    return {name: smallest[part] for name, part in zip(names, membership, strict=True)}


def _beside(keys: pa.Table, *, group_of: Mapping[str, str], subject_of: Mapping[str, str]) -> dict[str, str]:
    """Return the group of every victim's signal: the one it shares most keys with, else one for each victim."""
    rows = list(zip(*(keys[name].to_pylist() for name in ("signal_id", "held", "victim")), strict=True))
    groups_by_key: dict[str, set[str]] = defaultdict(set)
    for signal, held, victim in rows:
        if not victim:
            groups_by_key[held].add(group_of[signal])
    shared: dict[str, Counter[str]] = defaultdict(Counter)
    mine: dict[str, list[str]] = defaultdict(list)
    for signal, held, victim in rows:
        if victim:
            shared[subject_of[signal]].update(groups_by_key[held])
            mine[subject_of[signal]].append(signal)
    chosen: dict[str, str] = {}
    for subject, signals in mine.items():
        best = min(shared[subject].items(), key=lambda item: (-item[1], item[0]), default=(min(signals), 0))[0]
        chosen.update(dict.fromkeys(signals, best))
    return chosen

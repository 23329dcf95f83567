"""Orders the pairs of a resolution that a person could answer by what the answer would change."""

from collections.abc import Iterable, Mapping, Sequence

import pyarrow as pa

from suyuan.engine.protocol import Engine
from suyuan.engine.step import AnyStep, Keep, Step

SURE = 0.99  # a pair joined with this probability or more is not asked about: at most one in a hundred is wrong
CUT_CHANCE = 0.01  # checked numbers differ: hardly anybody bears two, and nobody's answer has shown another share yet

GROUP = pa.schema([("name", pa.string()), ("root", pa.string())])
ASKED = pa.schema([("one_root", pa.string()), ("other_root", pa.string())])
SETTLED = pa.schema([("kind", pa.string()), ("left_lake_id", pa.string()), ("right_lake_id", pa.string())])

_NOW = """
select e.entity_id, e.records, coalesce(g.root, e.entity_id) as root
from entity as e
left join judged_group as g on g.name = e.entity_id
"""

_BETWEEN = """
select p.kind, p.left_lake_id, p.right_lake_id, p.left_entity_id, p.right_entity_id, p.weight, p.probability,
  p.decision, p.why, p.levels, least(l.root, r.root) as one_root, greatest(l.root, r.root) as other_root,
  l.records + r.records as records, case when p.decision = 'cut' then least({cut}, p.probability) else p.probability end
    as chance
from entity_pair as p
join entity_now as l on l.entity_id = p.left_entity_id
join entity_now as r on r.entity_id = p.right_entity_id
left join judged_asked as j on j.one_root = least(l.root, r.root) and j.other_root = greatest(l.root, r.root)
where l.root <> r.root and j.one_root is null and p.probability is not null
qualify row_number() over (
  partition by least(l.root, r.root), greatest(l.root, r.root)
  order by p.weight desc, p.left_lake_id, p.right_lake_id
) = 1
"""

_WITHIN = """
select p.kind, p.left_lake_id, p.right_lake_id, p.left_entity_id, p.right_entity_id, p.weight, p.probability,
  p.decision, p.why, p.levels, n.root as one_root, n.root as other_root, n.records, 1 - p.probability as chance
from entity_pair as p
join entity_now as n on n.entity_id = p.left_entity_id
left join judged_settled as s
  on s.kind = p.kind and s.left_lake_id = p.left_lake_id and s.right_lake_id = p.right_lake_id
where p.left_entity_id = p.right_entity_id and p.decision = 'joined' and p.why is null
  and p.probability < {sure} and s.kind is null
qualify row_number() over (partition by p.left_entity_id order by p.weight, p.left_lake_id, p.right_lake_id) = 1
"""

_TOUCHED = """
select distinct n.root, m.lead_id, l.score
from lead_member as m
join lead as l on l.lead_id = m.lead_id
left join entity_redirect as d on d.old_id = m.member_id
join entity_now as n on n.entity_id = coalesce(d.entity_id, m.member_id)
where m.kind in ('person', 'company', 'account')
"""

_CHANGED = """
with side as (
  select one_root, other_root, one_root as root from question
  union all
  select one_root, other_root, other_root as root from question
),
touching as (
  select distinct s.one_root, s.other_root, t.lead_id, t.score
  from side as s
  join touched as t on t.root = s.root
)
select one_root, other_root, count(*) as leads, sum(cast(round(score * 1000000) as bigint)) as millionths
from touching
group by one_root, other_root
"""

_RANKED = """
select q.kind, q.left_lake_id, q.right_lake_id, q.left_entity_id, q.right_entity_id, q.weight, q.probability,
  q.decision, q.why, q.levels, q.one_root, q.other_root, q.chance, coalesce(c.leads, 0) as leads,
  coalesce(c.millionths, 0) / 1000000.0 as lead_score
from question as q
left join changed as c on c.one_root = q.one_root and c.other_root = q.other_root
order by round(coalesce(c.millionths, 0) * q.chance, 3) desc, least(q.chance, 1 - q.chance) desc, q.records desc,
  q.kind, q.left_lake_id, q.right_lake_id
limit {most}
"""


def plan(*, most: int) -> list[AnyStep]:
    """Return the steps that write `question_ranked`, the `most` best asked first, and `question`, all of them.

    Reads `entity`, `entity_pair`, `entity_redirect` of a resolution, `lead` (`lead_id`, `score`) and `lead_member`
    (`lead_id`, `kind`, `member_id`) of a run, and what was judged: `judged_group` (entity → the group that people made
    of it), `judged_asked` (groups that somebody answered on) and `judged_settled` (pairs within an entity whose answer
    is known).

    A question is the heaviest pair between two groups, or the weakest scored pair that holds an entity together.
    `chance` is the probability that the answer changes what stands: that of an undecided pair to be one, of a joined
    one not to be, `CUT_CHANCE` at most where a contradiction cut it. Questions come by `chance` times `lead_score`, the
    sum of the scores of the `leads` that have one of both as a member; then the most doubtful first, then the largest.
    Deterministic. Cost: linear in pairs and members. Run on DuckDB, where the person who is asked sits.
    """
    both = "select * from question_between\nunion all\nselect * from question_within"
    return [
        Step(name="entity_now", sql=_NOW, keep=Keep.TABLE),
        Step(name="question_between", sql=_BETWEEN.format(cut=CUT_CHANCE), keep=Keep.TABLE),
        Step(name="question_within", sql=_WITHIN.format(sure=SURE), keep=Keep.TABLE),
        Step(name="question", sql=both, keep=Keep.TABLE),
        Step(name="touched", sql=_TOUCHED, keep=Keep.TABLE),
        Step(name="changed", sql=_CHANGED, keep=Keep.TABLE),
        Step(name="question_ranked", sql=_RANKED.format(most=most), keep=Keep.TABLE),
    ]


def lay_judged(
    engine: Engine,
    *,
    groups: Mapping[str, str],
    asked: Iterable[tuple[str, str]],
    settled: Sequence[tuple[str, str, str]],
) -> None:
    """Write `judged_group`, `judged_asked` and `judged_settled` (kind, left and right id), see `plan`."""
    engine.write("judged_group", _rows(GROUP, groups.items()))
    engine.write("judged_asked", _rows(ASKED, asked))
    engine.write("judged_settled", _rows(SETTLED, settled))


def _rows(schema: pa.Schema, rows: Iterable[tuple[str, ...]]) -> pa.Table:
    columns = list(zip(*sorted(rows), strict=True)) or [()] * len(schema)
    return pa.table([pa.array(column, pa.string()) for column in columns], schema=schema)

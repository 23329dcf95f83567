"""Which pairs of profiles are compared at all: those that share a block, of two nodes, one of them keyless.

A value shared by very many (the telephone of a call centre, a placeholder) tells little and would make pairs without
end: a block of more than `HUB` pairs is left out and counted. Its members still meet in narrower blocks.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from suyuan.engine.native import forget
from suyuan.engine.protocol import Engine
from suyuan.engine.step import Keep, Step
from suyuan.resolve.model.shape import Block

HUB = 10_000
"""Most pairs one value of a block may make: a hundred keyless profiles of one telephone, and no call centre."""

AT_ONCE = 50_000
"""Most profiles whose blocks DuckDB reads in one query."""

_TOLD = """
  select '{block}' as block, profile_no, node_no, keyed, is_new, not keyed and {only} as asks, {key} as value
  from {profiles}"""

_VALUES = """
with told as ({told}
),
begun as (  -- grouping begins with the values of those that ask, or of the new ones: whoever are fewer
  select distinct block, value
  from told
  where {seed} and value is not null
)
select t.block, t.value, count(*) as profiles, count_if(t.asks) * count(*) as pairs
from told as t
semi join begun as b on b.block = t.block and b.value = t.value
group by t.block, t.value
having min(node_no) <> max(node_no) and count_if(asks) > 0 and count_if(is_new) > 0
"""

_COUNTED = """
select block, sum(case when pairs <= {hub} then pairs else 0 end) as pairs,
  count(*) filter (where pairs > {hub}) as hubs, sum(case when pairs > {hub} then profiles else 0 end) as crowd
from {values}
group by block
"""

_PAIRS = """
with told as ({told}
),
inside as (
  select t.block, t.profile_no, t.node_no, t.keyed, t.is_new, t.asks, t.value
  from told as t
  join {values} as v on v.value = t.value and v.block = t.block
  where v.pairs <= {hub}
)
select distinct least(a.profile_no, b.profile_no) as left_no, greatest(a.profile_no, b.profile_no) as right_no
from inside as a
join inside as b on b.value = a.value and b.block = a.block
where a.asks and a.node_no <> b.node_no and (a.is_new or b.is_new) and (not b.asks or a.profile_no < b.profile_no)
"""


@dataclass(frozen=True, kw_only=True)
class Blocked:
    """What `blocked` did.

    Attributes:
        blocks: Names of the blocks in use, in their order.
        left_out: Narrow block → (values, profiles) that were too common to be compared.
    """

    blocks: tuple[str, ...]
    left_out: dict[str, tuple[int, int]]


def blocked(
    engine: Engine,
    blocks: Sequence[Block],
    *,
    profiles: str,
    into: str,
    broad: int | None = None,
    hub: int = HUB,
    few_new: bool = False,
) -> Blocked:
    """Write the pairs of `blocks`, once each, as Splink calls them: `join_key_l` < `join_key_r`, `match_key`.

    Args:
        engine: Holds `profiles`: `profile_no`, `node_no`, `keyed`, `is_new` and what the blocks read.
        blocks: Their order decides which broad ones are used first.
        profiles: Name of the table.
        into: Written.
        broad: How many pairs broad blocks may make together; None uses them all.
        hub: How many pairs one value may make.
        few_new: Whether there are fewer new profiles than keyless ones; it only changes the cost.

    Deterministic. Cost: linear in profiles and pairs, and pairs a value are bounded by `hub`.
    """
    # One block at a time needs less memory, all at once fewer queries: the better for few profiles, and for Spark.
    at_once = engine.dialect == "spark" or _rows(engine, profiles) <= AT_ONCE
    groups = [list(blocks)] if at_once else [[block] for block in blocks]
    counted: dict[str, tuple[int, int, int]] = {}
    try:
        for at, group in enumerate(groups):
            engine.run([_values(group, profiles, into=f"model_values_{at}", seed="is_new" if few_new else "asks")])
            counted |= _counts(engine, f"model_values_{at}", hub)
        used = _used(blocks, counted, broad)
        parts = []
        for at, group in enumerate(groups):
            chosen = [block for block in group if block.name in used]
            if chosen:
                told = "\n  union all".join(_told(block, profiles) for block in chosen)
                sql = _PAIRS.format(told=told, values=f"model_values_{at}", hub=hub)
                engine.run([Step(name=f"model_part_{at}", sql=sql, keep=Keep.TABLE)])
                parts.append(f"  select left_no, right_no from model_part_{at}")
            forget(engine, [f"model_values_{at}"])
        union = "\n  union all\n".join(parts)
        sql = (
            f"select distinct left_no as join_key_l, right_no as join_key_r, '0' as match_key\nfrom (\n{union}\n) as p"
        )
        engine.run([Step(name=into, sql=sql, keep=Keep.TABLE)])
    finally:
        forget(engine, [f"model_{what}_{at}" for at in range(len(groups)) for what in ("values", "part")])
    narrow = {block.name for block in blocks if not block.broad}
    left_out = {name: (hubs, crowd) for name, (_, hubs, crowd) in counted.items() if hubs and name in narrow}
    return Blocked(blocks=tuple(block.name for block in blocks if block.name in used), left_out=left_out)


def _rows(engine: Engine, name: str) -> int:
    engine.run([Step(name="model_count", sql=f"select count(*) as many from {name}", keep=Keep.TABLE)])
    try:
        return int(engine.read("model_count")["many"][0].as_py())
    finally:
        forget(engine, ["model_count"])


def _told(block: Block, profiles: str) -> str:
    """Return the select of every profile's value in `block`; null where it has none."""
    only = "true" if block.only is None else f"coalesce({block.only}, false)"
    return "\n  union all".join(
        _TOLD.format(block=block.name, only=only, key=key, profiles=profiles) for key in block.keys
    )


def _values(blocks: Sequence[Block], profiles: str, *, into: str, seed: str) -> Step:
    """Return the step that writes the values that make pairs: `block`, `value`, `profiles`, `pairs` (at most)."""
    told = "\n  union all".join(_told(block, profiles) for block in blocks)
    return Step(name=into, sql=_VALUES.format(told=told, seed=seed), keep=Keep.TABLE)


def _counts(engine: Engine, values: str, hub: int) -> dict[str, tuple[int, int, int]]:
    """Return block → pairs, values left out, profiles that bear them."""
    engine.run([Step(name="model_count", sql=_COUNTED.format(values=values, hub=hub), keep=Keep.TABLE)])
    try:
        rows = engine.read("model_count").sort_by("block").to_pylist()
    finally:
        forget(engine, ["model_count"])
    return {row["block"]: (row["pairs"], row["hubs"], row["crowd"]) for row in rows}


def _used(blocks: Sequence[Block], counted: dict[str, tuple[int, int, int]], broad: int | None) -> set[str]:
    """Return the narrow blocks, and the broad ones while their pairs fit."""
    used = set()
    left = broad
    for block in blocks:
        if block.broad and left is not None:
            pairs = counted.get(block.name, (0, 0, 0))[0]
            if pairs > left:
                continue
            left -= pairs
        used.add(block.name)
    return used

"""Lays out what Splink reads: standard columns, those derived from them, and how common each value is."""

from suyuan.engine.protocol import Engine
from suyuan.engine.step import Keep, Step
from suyuan.resolve.model.rarity import written
from suyuan.resolve.model.shape import Shape
from suyuan.resolve.model.weights import Model

_INSIDE = """
where profile_no in (select join_key_l from {pairs} union select join_key_r from {pairs})"""

_COMMON = """
select p.{column}, coalesce(min(r.share), {tail}) as tf_{column}
from {profiles} as p
left join model_rarity_{column} as r on r.value = p.{column}
where p.{column} is not null
group by p.{column}
"""

# A Chinese name too rare to be listed is as common as its surname times its given name: a small lake saw too little.
_COMMON_NAME = """
select p.name, coalesce(min(n.share), min(case when p.name_shape is null then {tail}
    else greatest({least}, least({tail}, coalesce(f.share, {family}) * coalesce(g.share, {given}))) end)) as tf_name
from {profiles} as p
left join model_rarity_name as n on n.value = p.name
left join model_rarity_family as f on f.value = p.family
left join model_rarity_given as g on g.value = p.given
where p.name is not null
group by p.name
"""

# Only what stands out is listed: any other telephone is one person's.
_COMMON_PHONE = """
select value as phone, share as tf_phone
from model_rarity_phone
"""


def derived(shape: Shape, profiles: str, *, into: str) -> Step:
    """Return the step that gives `profiles` the derived columns of `shape`, in a view."""
    columns = ", ".join(f"{sql} as {name}" for name, sql in shape.derived.items())
    return Step(name=into, sql=f"select *, {columns} from {profiles}")


def featured(engine: Engine, shape: Shape, model: Model, *, profiles: str, pairs: str | None, into: str) -> list[str]:
    """Write `into`: the profiles of `pairs` (all without), and `model_tf_<column>` for every rarity of `model`.

    `model_tf_<column>`: the column, and `tf_<column>`, the share of the nodes that tell the value.
    Returns what was written, for the caller to forget.
    """
    columns = list(dict.fromkeys(["profile_no", *shape.columns, "key_text", *shape.derived]))
    inside = "" if pairs is None else _INSIDE.format(pairs=pairs)
    engine.run([Step(name=into, sql=f"select {', '.join(columns)}\nfrom {profiles}{inside}", keep=Keep.TABLE)])
    lists = written(engine, model.rarities)
    engine.run([_common(model, column, profiles=into) for column in model.rarities])
    return [into, *lists, *(f"model_tf_{column}" for column in model.rarities)]


def _common(model: Model, column: str, *, profiles: str) -> Step:
    tails = {name: shares.get("", 1e-4) for name, shares in model.rarities.items()}
    if column == "phone":
        sql = _COMMON_PHONE
    elif column == "name" and {"family", "given"} <= tails.keys():
        shares = {"family": tails["family"], "given": tails["given"]}
        sql = _COMMON_NAME.format(profiles=profiles, tail=tails["name"], least=1e-8, **shares)
    else:
        sql = _COMMON.format(profiles=profiles, column=column, tail=tails[column])
    return Step(name=f"model_tf_{column}", sql=sql, keep=Keep.TABLE)

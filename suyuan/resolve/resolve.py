"""Who is who: the records of many institutions become people, firms and accounts.

Certain keys join first. Then what records tell of people and firms is brought to standard form, compared in pairs, and
joined from the heaviest pair down, never across a contradiction; what people judged counts before anything else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from suyuan.engine.protocol import Engine
from suyuan.engine.step import Keep, Step
from suyuan.resolve import entities, lineage, records
from suyuan.resolve.joins import join
from suyuan.resolve.judged import lay_judged
from suyuan.resolve.judgement import Judgement
from suyuan.resolve.model.weights import Model
from suyuan.resolve.profiles import WEIGHED, lay_profiles
from suyuan.resolve.standing import WEIGHED_PAIR, WEIGHED_PROFILE, Standing, Weighed
from suyuan.resolve.weighed import kept_pairs, weigh

OUTGROWN = 10
"""A model is trained anew when there are this many times the profiles it was trained on."""


def resolve(
    engine: Engine,
    tables: Mapping[str, Mapping[str, str]],
    *,
    number: int,
    standing: Standing | None,
    judgements: Sequence[Judgement],
) -> Weighed:
    """Resolve the records of `tables` and write who they are.

    Args:
        engine: Knows the views of `tables`, with lake ids in their id columns.
        tables: Table → column → house type.
        number: Of this resolution, from 1.
        standing: The one whose ids live on and whose weights hold; None: there is none.
        judgements: What people judged.

    Writes `entity`, `entity_member`, `entity_of`, `entity_redirect`, `entity_anchor` and `entity_pair`.

    What was weighed before is not weighed again: only pairs with a new side are. Models are trained once and stay, so
    that new data moves nobody it does not concern. Deterministic.

    Raises:
        DataError: A step failed.
    """
    engine.run(records.plan(tables))
    lay_judged(engine, judgements)
    engine.write("standing_profile", standing.profiles if standing else WEIGHED_PROFILE.empty_table())
    engine.write("standing_pair", standing.pairs if standing else WEIGHED_PAIR.empty_table())
    weighed = [_weighed(engine, kind, tables, standing) for kind in WEIGHED if kind in tables]
    joined = [join(engine, one.kind, pairs=one.pairs, profiles=one.profiles, model=one.model) for one in weighed]
    alone = [kind for kind in records.KINDS if kind not in {one.kind for one in weighed}]
    joined += [join(engine, kind, pairs=None, profiles=None, model=None) for kind in alone]
    engine.write("entity_root", pa.concat_tables([one.roots for one in joined]))
    engine.write("entity_compared", pa.concat_tables([one.pairs for one in joined]))
    engine.run(entities.plan())
    for name, table in (standing.ids if standing else {}).items():
        engine.write(f"previous_{name}", table)
    engine.run(lineage.plan(number=number, follows=standing is not None))
    engine.run([Step(name="entity_pair", sql=_PAIR, keep=Keep.TABLE)])
    return Weighed(
        profiles=pa.concat_tables([WEIGHED_PROFILE.empty_table(), *(_digests(one) for one in weighed)]),
        pairs=pa.concat_tables([WEIGHED_PAIR.empty_table(), *(_kept(one) for one in weighed)]),
        models={one.kind: one.model for one in weighed},
        left_out={one.kind: one.left_out for one in weighed},
    )


@dataclass(frozen=True, kw_only=True)
class _Kind:
    """Profiles of one kind by number, the pairs of them that were weighed, and by what."""

    kind: str
    profiles: pa.Table
    pairs: pa.Table
    model: Model
    left_out: Mapping[str, tuple[int, int]]


def _weighed(engine: Engine, kind: str, tables: Mapping[str, Mapping[str, str]], standing: Standing | None) -> _Kind:
    lay_profiles(engine, kind, accounts="account" in tables)
    found = weigh(engine, kind, model=_fitting(engine, kind, standing))
    wanted = [*("profile_no", "node_no", "cluster", "lake_id", "key_text", "digest"), *_BORN.get(kind, ())]
    profiles = engine.read(f"profile_{kind}", columns=wanted).sort_by("profile_no").combine_chunks()
    return _Kind(kind=kind, profiles=profiles, pairs=found.table, model=found.model, left_out=found.left_out)


def _fitting(engine: Engine, kind: str, standing: Standing | None) -> Model | None:
    """Return the model that stands for `kind`; where it is outgrown, None, and every profile is new again."""
    model = standing.models.get(kind) if standing else None
    if model is None:
        return None
    engine.run([Step(name="profile_count", sql=f"select count(*) as profiles from profile_{kind}")])
    if int(engine.read("profile_count").to_pylist()[0]["profiles"]) <= OUTGROWN * model.evidence["profiles"]:
        return model
    anew = f"select * replace (true as is_new) from profile_{kind}"
    engine.run([Step(name=f"profile_{kind}", sql=anew, keep=Keep.TABLE)])
    return None


def _digests(one: _Kind) -> pa.Table:
    digests = pc.unique(one.profiles["digest"])
    kinds = pa.array([one.kind] * len(digests), pa.string())
    return pa.table([kinds, digests.take(pc.sort_indices(digests))], schema=WEIGHED_PROFILE)


def _kept(one: _Kind) -> pa.Table:
    return kept_pairs(one.kind, one.pairs, one.profiles["digest"])


_BORN = {"person": ("birth",)}


_PAIR = """
select c.kind, c.left_lake_id, c.right_lake_id, l.entity_id as left_entity_id, r.entity_id as right_entity_id,
  c.weight, c.probability, c.decision, c.why, c.levels
from entity_compared as c
join entity_of as l on l.kind = c.kind and l.lake_id = c.left_lake_id
join entity_of as r on r.kind = c.kind and r.lake_id = c.right_lake_id
"""

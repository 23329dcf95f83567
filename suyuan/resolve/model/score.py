"""Scores pairs of profiles: how many bits speak for one entity, and why."""

from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from suyuan.domain.errors import DataError
from suyuan.engine.native import forget
from suyuan.engine.protocol import Engine
from suyuan.engine.step import Keep, Step
from suyuan.resolve.model.blocking import Blocked, blocked
from suyuan.resolve.model.features import derived, featured
from suyuan.resolve.model.linker import Splink
from suyuan.resolve.model.shape import Shape
from suyuan.resolve.model.training import Counts, trained
from suyuan.resolve.model.weights import Model, shape_of

LEAST = 0.02
"""Least probability that is kept: below it no judgement of a neighbour could bring a pair together."""

BROAD = 400_000
"""Most pairs that broad blocks make together, or one for two profiles if that is more."""

_COUNTS = """
select count(*) as profiles, count_if(not keyed) as keyless, count_if(is_new) as fresh, count(distinct node_no) as nodes
from model_profile
"""


@dataclass(frozen=True, kw_only=True)
class Scored:
    """Pairs with their scores, and the model that gave them.

    Attributes:
        pairs: `left_no` < `right_no` (profile_no), `weight` (bits, 3 digits), `probability` (6 digits),
            `level_<comparison>` (int8; -1 not compared, 0 the worst level), by number.
        left_out: Block → (values, profiles) that were too common to be compared.
    """

    pairs: pa.Table
    model: Model
    left_out: dict[str, tuple[int, int]] = field(default_factory=dict)


def scored(engine: Engine, kind: str, *, profiles: str = "profile_person", model: Model | None = None) -> Scored:
    """Return every pair of profiles that may be one entity, of different nodes, not both keyed, one of them new.

    Args:
        engine: Holds `profiles`: `profile_no`, `node_no` (bigint), `keyed`, `is_new` (boolean), `key_text` (the valid
            key or null) and the standard columns of `kind`.
        kind: `person` or `company`.
        profiles: Name of the table.
        model: None trains one on the profiles; a model gives what it gave before.

    Deterministic. Cost: linear in profiles; pairs per value of a block are bounded.

    Raises:
        DataError: There is no such kind, the model is of another one, or the engine or Splink refuses.
    """
    shape = shape_of(kind)
    if model is not None and (model.kind != kind or not model.fits()):
        raise DataError("model.other_shape", kind=model.kind)
    engine.run([derived(shape, profiles, into="model_profile")])
    try:
        counts = _counted(engine)
        found = None
        if model is None:
            all_new = counts.fresh == counts.profiles
            model, found = _trained(engine, shape, counts, profiles="model_profile" if all_new else "model_all")
            found = found if all_new else None
        if found is None:
            used = [block for block in shape.blocks if block.name in model.blocks]
            few_new = counts.fresh < counts.keyless
            found = blocked(engine, used, profiles="model_profile", into="model_pair", few_new=few_new)
        return Scored(pairs=_told(engine, shape, model), model=model, left_out=found.left_out)
    finally:
        forget(engine, ["model_all", "model_pair", "model_profile"])


def _counted(engine: Engine) -> Counts:
    engine.run([Step(name="model_count", sql=_COUNTS, keep=Keep.TABLE)])
    told = engine.read("model_count").to_pylist()[0]
    forget(engine, ["model_count"])
    return Counts(**{name: int(value or 0) for name, value in told.items()})


def _trained(engine: Engine, shape: Shape, counts: Counts, *, profiles: str) -> tuple[Model, Blocked]:
    """Train on all profiles as if all were new."""
    if profiles == "model_all":
        engine.run([Step(name="model_all", sql="select * replace (true as is_new) from model_profile")])
    broad = max(BROAD, counts.profiles // 2)
    found = blocked(engine, shape.blocks, profiles=profiles, into="model_pair", broad=broad)
    model = trained(engine, shape, profiles=profiles, pairs="model_pair", blocks=found.blocks, counts=counts)
    return model, found


def _told(engine: Engine, shape: Shape, model: Model) -> pa.Table:
    written = featured(engine, shape, model, profiles="model_profile", pairs="model_pair", into="model_scored")
    try:
        return _tidied(shape, Splink(engine, shape, model, profiles="model_scored").scores("model_pair", least=LEAST))
    finally:
        forget(engine, written)


def _tidied(shape: Shape, told: pa.Table) -> pa.Table:
    columns = {
        "left_no": pc.cast(told["left_no"], pa.int64()),
        "right_no": pc.cast(told["right_no"], pa.int64()),
        "weight": pc.round(told["weight"], 3),
        "probability": pc.round(told["probability"], 6),
        **{f"level_{each.name}": pc.cast(told[f"level_{each.name}"], pa.int8()) for each in shape.comparisons},
    }
    return pa.table(columns).sort_by([("left_no", "ascending"), ("right_no", "ascending")])

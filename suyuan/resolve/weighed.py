"""Pairs of profiles with their weights: those scored now, and those that an earlier resolution scored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from suyuan.engine.protocol import Engine
from suyuan.engine.step import Keep, Step
from suyuan.resolve.model.score import scored
from suyuan.resolve.model.weights import Model
from suyuan.resolve.standing import WEIGHED_PAIR

if TYPE_CHECKING:
    from numpy.typing import NDArray

_CARRIED = """
select least(l.profile_no, r.profile_no) as left_no, greatest(l.profile_no, r.profile_no) as right_no,
  max(p.weight) as weight, max(p.probability) as probability, max(p.levels) as levels
from standing_pair as p
join profile_{kind} as l on l.digest = p.left_digest
join profile_{kind} as r on r.digest = p.right_digest
where p.kind = '{kind}' and l.node_no <> r.node_no and not l.is_new and not r.is_new
group by least(l.profile_no, r.profile_no), greatest(l.profile_no, r.profile_no)
"""

_PAIR_COLUMNS = ("left_no", "right_no", "weight", "probability", "levels")


@dataclass(frozen=True, kw_only=True)
class WeighedPairs:
    """Weighed pairs of profiles, what weighed them, and which blocks had values too common to compare by."""

    table: pa.Table
    model: Model
    left_out: Mapping[str, tuple[int, int]]


def weigh(engine: Engine, kind: str, *, model: Model | None) -> WeighedPairs:
    """Return the pairs of `profile_<kind>` that may be one.

    Pairs of which a side is new are scored; the others come from `standing_pair` (as `WEIGHED_PAIR`), which only holds
    what `model` weighed: give no `model` and it must be empty. Columns: `left_no`, `right_no`, `weight` in bits,
    `probability`, `levels`. `left_out`: block → values that too many profiles share, and those profiles.
    """
    found = scored(engine, kind, profiles=f"profile_{kind}", model=model)
    engine.run([Step(name="carried_pair", sql=_CARRIED.format(kind=kind), keep=Keep.TABLE)])
    carried = engine.read("carried_pair", columns=list(_PAIR_COLUMNS))
    fresh = found.pairs.append_column("levels", _levels(found.pairs)).select(list(_PAIR_COLUMNS))
    both = pa.concat_tables([fresh, carried.cast(fresh.schema)])
    table = both.take(pc.sort_indices(both, sort_keys=[("left_no", "ascending"), ("right_no", "ascending")]))
    return WeighedPairs(table=table, model=found.model, left_out=found.left_out)


def _levels(pairs: pa.Table) -> pa.Array:
    """Return what each comparison came to as one text, `name=5;birth=4`."""
    names = [name for name in pairs.column_names if name.startswith("level_")]
    codes = np.zeros(pairs.num_rows, np.int64)
    for name in names:  # a pair's levels are one of a few hundred patterns: each is written out once
        codes = codes * 64 + (pairs[name].to_numpy().astype(np.int64) + 1)
        _, codes = np.unique(codes, return_inverse=True)
    _, firsts, places = np.unique(codes, return_index=True, return_inverse=True)
    patterns = pairs.select(names).take(pa.array(firsts)).to_pylist()
    texts = [";".join(f"{name.removeprefix('level_')}={row[name]}" for name in names) for row in patterns]
    return pa.DictionaryArray.from_arrays(pa.array(places.astype(np.int32)), pa.array(texts, pa.string())).cast(
        pa.string()
    )


def kept_pairs(kind: str, pairs: pa.Table, digests: pa.ChunkedArray) -> pa.Table:
    """Return `pairs` as `WEIGHED_PAIR`: by what their sides say, each two contents once."""
    left, right = digests.take(pairs["left_no"]), digests.take(pairs["right_no"])
    swapped = pc.greater(left, right)
    table = pa.table(
        [
            pa.array([kind] * pairs.num_rows, pa.string()),
            pc.if_else(swapped, right, left),
            pc.if_else(swapped, left, right),
            *(pairs[name] for name in ("weight", "probability", "levels")),
        ],
        schema=WEIGHED_PAIR,
    )
    return first_of_each(table, ("left_digest", "right_digest"), order=("left_digest", "right_digest", "levels"))


def first_of_each(table: pa.Table, keys: Sequence[str], *, order: Sequence[str]) -> pa.Table:
    """Return the rows of `table` in `order` (the columns `keys` first), of equal keys only the first."""
    told = table.take(pc.sort_indices(table, sort_keys=[(name, "ascending") for name in order]))
    if told.num_rows < 2:
        return told
    is_first: NDArray[np.bool_] = np.zeros(told.num_rows, np.bool_)
    for name in keys:
        column = told[name].combine_chunks()
        is_first[1:] |= np.asarray(pc.not_equal(column[1:], column[:-1]))
    is_first[0] = True
    return told.filter(pa.array(is_first))

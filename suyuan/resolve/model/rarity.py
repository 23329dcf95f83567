"""How common a name, a city or a telephone is: agreeing on a rare value says more."""

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from suyuan.engine.native import forget
from suyuan.engine.protocol import Engine
from suyuan.engine.step import Keep, Step
from suyuan.resolve.model.shape import Shape
from suyuan.resolve.model.weights import rounded

MOST = 3000
"""Most values of one column a model keeps; the rest share one frequency."""

_COUNTED = """
select {column} as value, count(distinct node_no) as nodes
from {profiles}
where {column} is not null
group by {column}
"""


def rarities_of(engine: Engine, shape: Shape, profiles: str) -> dict[str, dict[str, float]]:
    """Return column → value → share of the nodes that tell the column, and under "" that of a value not listed.

    Empty for a column nobody tells.
    """
    found: dict[str, dict[str, float]] = {}
    try:
        for column, least in shape.rarities.items():
            sql = _COUNTED.format(column=column, profiles=profiles)
            engine.run([Step(name="model_counted", sql=sql, keep=Keep.TABLE)])
            told = engine.read("model_counted").sort_by([("nodes", "descending"), ("value", "ascending")])
            found[column] = _shares(told, least)
    finally:
        forget(engine, ["model_counted"])
    return found


def _shares(told: pa.Table, least: int) -> dict[str, float]:
    if not told.num_rows:
        return {}
    total = pc.sum(told["nodes"]).as_py()
    listed = told.filter(pc.greater_equal(told["nodes"], least)).slice(0, MOST)
    rest = told.num_rows - listed.num_rows
    left = total - (pc.sum(listed["nodes"]).as_py() or 0)
    shares = dict(
        zip(listed["value"].to_pylist(), pc.divide(pc.cast(listed["nodes"], "double"), total).to_pylist(), strict=True)
    )
    tail = left / rest / total if rest else 1 / total
    return {"": rounded(tail), **{value: rounded(share) for value, share in shares.items()}}


def written(engine: Engine, rarities: Mapping[str, Mapping[str, float]]) -> list[str]:
    """Write `model_rarity_<column>` (`value`, `share`) for every column that has any; return their names."""
    names = []
    for column, shares in rarities.items():
        values = [value for value in shares if value]
        table = pa.table(
            {
                "value": pa.array(values, pa.string()),
                "share": pa.array([shares[value] for value in values], pa.float64()),
            }
        )
        names.append(f"model_rarity_{column}")
        engine.write(names[-1], table)
    return names

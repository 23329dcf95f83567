"""What is written with an account or SIM about who holds it."""

from typing import Any

import numpy as np
import pyarrow as pa

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import is_of, named, row_of
from suyuan.world.frame.world import World

_PEOPLE = {"holder_name": "name", "holder_id_no": "id_number", "phone": "phone"}
_FIRMS = {"holder_name": "name", "holder_id_no": "credit_code", "phone": "phone"}


def texts(world: World, ids: Ints, name: str) -> pa.Array:
    """Return a text column at the rows `ids` of one table."""
    if not len(ids):
        return pa.array([], pa.string())
    return world.tables.taken(named(ids), name, row_of(ids))


def holder_columns(world: World, holders: Ints) -> dict[str, Any]:
    """Return `holder_id`, `holder_name`, `holder_id_no` and `phone` of `holders`, people or firms in any order."""
    people = is_of(holders, "person")
    laid: dict[str, Any] = {"holder_id": holders}
    order = np.concatenate([np.flatnonzero(people), np.flatnonzero(~people)])
    back = np.empty(len(holders), np.int64)
    back[order] = np.arange(len(holders))
    for name, of_person in _PEOPLE.items():
        parts = [texts(world, holders[people], of_person), texts(world, holders[~people], _FIRMS[name])]
        laid[name] = pa.concat_arrays(parts).take(pa.array(back))
    return laid

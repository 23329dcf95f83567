"""The phones of people and firms."""

import numpy as np
import pyarrow as pa

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import is_of, row_of
from suyuan.world.frame.world import World


def phones(world: World, who: Ints) -> pa.Array:
    """Return the phones of people and firms (mixed, `NOBODY` allowed) as texts."""
    parts, place = [pa.nulls(1, pa.string())], np.zeros(len(who), np.int64)
    for table in ("person", "company"):
        mine = np.flatnonzero(is_of(who, table))
        if len(mine):
            place[mine] = sum(len(part) for part in parts) + np.arange(len(mine))
            parts.append(world.tables.taken(table, "phone", row_of(who[mine])).cast(pa.string()))
    return pa.concat_arrays(parts).take(pa.array(place))

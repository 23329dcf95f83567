"""The phones of people and firms."""

import numpy as np
import pyarrow as pa

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import is_of, row_of
from suyuan.world.frame.world import World


def phones(world: World, who: Ints) -> pa.Array:
    """Return the phones of people and firms (mixed, `NOBODY` allowed) as texts."""
    found = np.full(len(who), None, dtype=object)
    for table in ("person", "company"):
        mine = is_of(who, table)
        if mine.any():
            found[mine] = world.column(table, "phone")[row_of(who[mine])]
    return pa.array(found, pa.string())

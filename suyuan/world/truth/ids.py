"""How the truth names a thing of the world: `<table>:<row>`, such as `person:12` or `account:77`."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import numbers, row_of, table_of

NOBODY_TOLD = "cash"
"""The name of what stands on the other side of cash."""


def kinds_told(ids: Ints) -> pa.Array:
    """Return the table each of `ids` is a row of; nobody (-1) is `cash`."""
    names = np.full(max(numbers().values()) + 2, NOBODY_TOLD, dtype=object)
    for name, number in numbers().items():
        names[number] = name
    return pa.array(names[np.where(ids < 0, -1, table_of(ids))], pa.string())


def told(ids: Any) -> pa.Array:
    """Return the texts by which the truth names `ids`; nobody (-1) is `cash`."""
    ids = np.asarray(ids, np.int64)
    rows = pa.array(row_of(ids)).cast(pa.string())
    named = pc.binary_join_element_wise(kinds_told(ids), rows, ":")
    return pc.if_else(pa.array(ids < 0), NOBODY_TOLD, named)

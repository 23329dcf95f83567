"""The world while it is made: its options, its chance, its tables, and what is true of its rings and look-alikes."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from suyuan.world.frame.dice import Ints, dice
from suyuan.world.frame.options import START, Options
from suyuan.world.frame.tables import HONEST, Tables, Why
from suyuan.world.frame.truths import Truths

DAY = 86_400


@dataclass(kw_only=True)
class World:
    """What every part of the simulation is handed."""

    options: Options
    tables: Tables = field(default_factory=Tables)
    truths: Truths = field(default_factory=Truths)

    def chance(self, *name: str | int) -> np.random.Generator:
        """Return the stream of chance that belongs to `name`."""
        return dice(self.options.seed, *name)

    def add(self, table: str, why: Why = HONEST, n: int | None = None, **columns: Any) -> Ints:
        """Add rows to a table and return their ids: see `Tables.add`."""
        return self.tables.add(table, why, n, **columns)

    def column(self, table: str, name: str) -> np.ndarray[Any, Any]:
        """Return one column of a table: see `Tables.column`."""
        return self.tables.column(table, name)

    def of(self, ids: Ints, name: str) -> np.ndarray[Any, Any]:
        """Return the column `name` at the rows `ids`, all of one table and none of them nobody."""
        return np.asarray(self.tables.of(np.asarray(ids, np.int64), name))

    def day(self, n: Any) -> np.ndarray[Any, Any]:
        """Return the `n`-th day of the world (0 is 2023-07-01) as `datetime64[D]`; negative days lie before it."""
        return np.asarray(np.datetime64(START, "D") + np.asarray(n, np.int64).astype("timedelta64[D]"))

    def moment(self, day: Any, second: Any) -> np.ndarray[Any, Any]:
        """Return `second` of the `n`-th day as `datetime64[s]`, China Standard Time."""
        return np.asarray(self.day(day).astype("datetime64[s]") + np.asarray(second, np.int64).astype("timedelta64[s]"))

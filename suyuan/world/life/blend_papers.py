"""When papers of the background are dated: a ring that knows what is watched dates its own likewise."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.world import DAY, World

LEAST = 30
"""Papers of the background on one day of the week below which nothing is known about them."""
WEEK = 7
Dates = dict[str, np.ndarray[Any, Any]]


def dated_alike(
    world: World, chance: np.random.Generator, table: str, *, anchor: str, names: tuple[str, ...], days: Ints
) -> Dates | None:
    """Return for papers whose `anchor` lies on `days` when they are dated: all of `names` those of one honest paper.

    The honest paper is one of `table` in the background with its `anchor` on the same day of the week; its dates are
    moved by whole weeks. Null at evasion 0 and where the background has too few.
    """
    if not world.options.evasion or not len(days):
        return None
    known = _known(world, table, (anchor, *names))
    started = known[anchor] // DAY
    order = np.argsort(started % WEEK, kind="stable")
    wanted, sorted_ = np.asarray(days, np.int64) % WEEK, (started % WEEK)[order]
    low, high = (np.searchsorted(sorted_, wanted, side=side) for side in ("left", "right"))
    if int((high - low).min()) < LEAST:
        return None
    row = order[chance.integers(low, high)]
    moved = (days - started[row]) * DAY
    return {name: world.moment(0, known[name][row] + moved) for name in (anchor, *names)}


def left_blank(world: World, chance: np.random.Generator, table: str, name: str, n: int) -> NDArray[np.bool_]:
    """Return which of `n` papers leave `name` (a moment) blank: as many as the background's from evasion 1 on."""
    kept: dict[tuple[str, str], tuple[int, int]] = vars(world).setdefault("_blank", {})
    if world.options.evasion and (table, name) not in kept:
        honest = world.column(table, name)[world.column(table, "_ring") < 0]
        kept[table, name] = (int(np.isnat(honest).sum()), max(len(honest), 1))
    blank, all_ = kept.get((table, name), (0, 1))
    return np.asarray(chance.integers(0, all_, n) < blank)


def words_alike(
    world: World, chance: np.random.Generator, table: str, told: Mapping[str, str], n: int
) -> dict[str, pa.Array]:
    """Return for `n` papers the columns of `told` (texts): as told, or from evasion 1 on as one honest paper each."""
    honest = np.zeros(0, np.int64)
    if world.options.evasion and world.tables.rows(table):
        honest = np.flatnonzero(world.column(table, "_ring") < 0)
    if len(honest) < LEAST:
        return {name: pa.array([text] * n, pa.string()) for name, text in told.items()}
    rows = world.tables.table(table).take(pa.array(honest[chance.integers(0, len(honest), n)]))
    return {name: rows[name].cast(pa.string()).combine_chunks() for name in told}


def _known(world: World, table: str, names: tuple[str, ...]) -> dict[str, Ints]:
    """Return the seconds of the world at which papers of no ring are dated that tell all of `names`."""
    kept: dict[tuple[str, ...], dict[str, Ints]] = vars(world).setdefault("_dated", {})
    key = (table, *names)
    if key not in kept:
        none = world.column(table, "_ring") < 0
        told = {name: world.column(table, name) for name in names} if none.any() else {}
        for each in told.values():
            none = none & ~np.isnat(each)
        origin = world.moment(0, 0)
        kept[key] = {
            name: (each[none].astype("datetime64[s]") - origin).astype(np.int64) for name, each in told.items()
        }
    return kept[key] or {name: np.zeros(0, np.int64) for name in names}

"""Handing out people: some are taken once only, others are a crowd that many may use."""

import numpy as np

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import first_id
from suyuan.world.frame.world import World
from suyuan.world.people.newcomers import newcomers

_FREE, _SEEN, _TAKEN = range(3)


def take(
    world: World, chance: np.random.Generator, n: int, *, thin: bool | None = None, ages: tuple[int, int] = (18, 70)
) -> Ints:
    """Return `n` people of `ages` (the last one included) who are handed out once only.

    `thin` asks for people without (True) or with (False) a credit history. Legal representatives of honest firms are
    never taken, those of a crowd only when nobody else is left; when too few are left, newcomers are added.
    """
    fits = _fitting(world, thin=thin, ages=ages) & ~world.column("person", "_rep").astype(bool)
    return _handed(world, chance, n, fits=fits, thin=thin, ages=ages, state=_TAKEN)


def crowd(
    world: World, chance: np.random.Generator, n: int, *, thin: bool | None = None, ages: tuple[int, int] = (18, 75)
) -> Ints:
    """Return `n` people of `ages`, each once, nobody who was taken before; another crowd may hold them too."""
    return _handed(world, chance, n, fits=_fitting(world, thin=thin, ages=ages), thin=thin, ages=ages, state=_SEEN)


def _fitting(world: World, *, thin: bool | None, ages: tuple[int, int]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    age = -world.column("person", "_born") * 4 // 1461
    fits = (age >= ages[0]) & (age <= ages[1]) & (world.column("person", "_taken") < _TAKEN)
    if thin is not None:
        fits &= world.column("person", "_thin").astype(bool) == thin
    return np.asarray(fits)


def _handed(
    world: World,
    chance: np.random.Generator,
    n: int,
    *,
    fits: np.ndarray[tuple[int], np.dtype[np.bool_]],
    thin: bool | None,
    ages: tuple[int, int],
    state: int,
) -> Ints:
    taken = world.column("person", "_taken").copy()
    rows = chance.permutation(np.flatnonzero(fits))
    if state == _TAKEN:
        rows = rows[np.argsort(taken[rows], kind="stable")]
    found = first_id("person") + rows[:n]
    taken[rows[:n]] = np.maximum(taken[rows[:n]], state)
    world.tables.put("person", "_taken", taken.astype(np.int8))
    if len(found) < n:
        more = newcomers(world, chance, n - len(found), thin=thin, ages=ages, taken=state)
        found = np.concatenate([found, more])
    return found

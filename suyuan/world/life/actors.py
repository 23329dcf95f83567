"""Who takes part: people drawn with a heavy tail, firms of a trade, the staff that serves a customer."""

from dataclasses import dataclass

import numpy as np

from suyuan.world.frame.dice import Ints, around, weighted
from suyuan.world.frame.tables import NOBODY, first_id, is_of, row_of
from suyuan.world.frame.world import World
from suyuan.world.people.cast import firms_of
from suyuan.world.people.firms import OPEN

YEAR = 365


@dataclass(frozen=True, kw_only=True)
class Pool:
    """Those who may take part in one part of life, with whole weights: a few do much, most little."""

    ids: Ints
    weights: Ints

    def draw(self, chance: np.random.Generator, n: int) -> Ints:
        """Return `n` of them by weight, the same one perhaps more than once."""
        return self.ids[weighted(chance, self.weights, n)]


def adults(
    world: World,
    chance: np.random.Generator,
    *,
    ages: tuple[int, int] = (20, 66),
    thin: bool = False,
    tail: float = 0.9,
) -> Pool:
    """Return people of `ages` who have an account; without `thin`, only those with a credit history."""
    born = world.column("person", "birth_on").astype("datetime64[D]")
    age = (world.day(0) - born).astype(np.int64) // YEAR
    fits = (age >= ages[0]) & (age < ages[1]) & _banked(world, "person")
    if not thin:
        fits &= ~world.column("person", "_thin").astype(bool)
    rows = np.flatnonzero(fits).astype(np.int64)
    return Pool(ids=first_id("person") + rows, weights=around(chance, 1000, spread=tail, n=len(rows)) + 1)


def firms(world: World, *trades: str) -> Ints:
    """Return the background's firms in any of `trades` that go on as long as the world, trade by trade."""
    return np.concatenate([firms_of(world, trade) for trade in trades])


def ordinary_firms(world: World, chance: np.random.Generator, *, least: int = 2, tail: float = 0.8) -> Pool:
    """Return firms older than a year at the start that employ at least `least`, have an account and go on."""
    fits = (world.column("company", "_founded") < -YEAR) & (world.column("company", "_size") >= least)
    fits &= (world.column("company", "_closed") == OPEN) & _banked(world, "company")
    rows = np.flatnonzero(fits).astype(np.int64)
    return Pool(ids=first_id("company") + rows, weights=around(chance, 1000, spread=tail, n=len(rows)) + 1)


def _banked(world: World, table: str) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return who had his main account before the world began."""
    account = world.column(table, "_main_account")
    opened = world.column("account", "_opened")[row_of(np.where(account == NOBODY, first_id("account"), account))]
    return np.asarray((account != NOBODY) & (opened < 0))


def fame(chance: np.random.Generator, ids: Ints, *, tail: float = 1.0) -> Pool:
    """Return `ids` as a pool in which a few are much larger than the rest."""
    return Pool(ids=ids, weights=around(chance, 1000, spread=tail, n=len(ids)) + 1)


def staff(world: World, chance: np.random.Generator, employers: Ints, *, desks: int = 12) -> Ints:
    """Return for each entry of `employers` one of his employees: of few `desks`, so that one officer serves many.

    Where nobody is employed, it is the legal representative, or `NOBODY`.
    """
    employer = world.column("person", "_employer")
    order = np.argsort(employer, kind="stable")
    sorted_employers = employer[order]
    first = np.searchsorted(sorted_employers, employers, side="left")
    count = np.minimum(np.searchsorted(sorted_employers, employers, side="right") - first, desks)
    pick = first + chance.integers(0, 1 << 30, len(employers)) % np.maximum(count, 1)
    chosen = first_id("person") + order[np.minimum(pick, len(order) - 1)].astype(np.int64)
    return np.where(count > 0, chosen, owners(world, employers))


def owners(world: World, companies: Ints) -> Ints:
    """Return the legal representatives of `companies`."""
    return np.asarray(world.column("company", "_legal_rep")[row_of(companies)], np.int64)


def accounts(world: World, who: Ints) -> Ints:
    """Return the main accounts of people and firms (mixed, `NOBODY` allowed)."""
    found = np.full(len(who), NOBODY, np.int64)
    for table in ("person", "company"):
        mine = is_of(who, table)
        if mine.any():
            found[mine] = world.column(table, "_main_account")[row_of(who[mine])]
    return found


def seen_from(world: World, who: Ints) -> tuple[Ints, Ints]:
    """Return the device and the address that people use; a firm's are those of its legal representative."""
    person = np.where(is_of(who, "company"), NOBODY, who)
    mine = is_of(who, "company")
    if mine.any():
        person[mine] = owners(world, who[mine])
    rows = row_of(np.maximum(person, 0))
    known = person != NOBODY
    device = np.where(known, world.column("person", "_device")[np.where(known, rows, 0)], NOBODY)
    return device, np.where(known, world.column("person", "_ip")[np.where(known, rows, 0)], NOBODY)

"""Who has which SIM: one for everyone who is old enough, a second for some, one for every larger firm."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import NOBODY, first_id
from suyuan.world.frame.world import World
from suyuan.world.people.devices import counted
from suyuan.world.people.facts import days_of, facts, hundredths
from suyuan.world.people.holders import holder_columns
from suyuan.world.people.sims import add_sims, numbers_of
from suyuan.world.people.town import Draft

_OWN_LINE = 3  # firms that employ more have a line of their own; the others use their legal representative's
_YEAR = 365
_OLDEST = -18 * _YEAR  # no SIM is older
_SECOND = -8 * _YEAR  # no second SIM is older


@dataclass(frozen=True, kw_only=True)
class Lines:
    """SIMs by row number, and the rows of them that people and firms have (-1: none).

    `device` is everyone's phone; `numbers` are the SIMs' numbers, allocated in the regions `codes`.
    """

    main: Ints
    second: Ints
    of_firm: Ints
    device: Ints
    holders: Ints
    codes: Ints
    opened: Ints
    numbers: pa.Array

    def number(self, rows: Ints) -> pa.Array:
        """Return the numbers of the SIMs at `rows`; null for -1."""
        return self.numbers.take(pa.array(rows, mask=rows < 0))


def places(n: int, rows: Ints) -> Ints:
    """Return for each of `n` rows its place among `rows`, -1 when it is not among them."""
    found = np.full(n, NOBODY, np.int64)
    found[rows] = np.arange(len(rows))
    return found


def after(start: int, found: Ints) -> Ints:
    """Return `found` moved on by `start`; -1 stays."""
    return np.where(found >= 0, start + found, NOBODY)


def draw_lines(world: World, town: Draft, native: Ints) -> Lines:
    """Return the town's SIMs; some who moved in keep the number of where they are from."""
    chance, known = world.chance("people", "lines"), facts()["sims"]
    n, old = len(town.code), town.home.age >= known["device_from_age"]
    has = np.flatnonzero(old)
    two = has[hundredths(chance, known["second"], len(has))]
    large = np.flatnonzero(town.size > _OWN_LINE)
    main = places(n, has)
    own = after(len(has) + len(two), places(len(town.trades), large))
    moved = hundredths(chance, known["keeps_number"], n) & (native // 100 != town.code // 100)
    codes = np.concatenate([np.where(moved, native, town.code)[has], town.code[two], town.firm_code[large]])
    device = counted(old)
    return Lines(
        main=main,
        second=after(len(has), places(n, two)),
        of_firm=np.where(own >= 0, own, main[town.rep]),
        device=device,
        holders=np.concatenate([first_id("person") + has, first_id("person") + two, first_id("company") + large]),
        codes=codes,
        opened=_opened(world, chance, age=town.home.age[has], second=len(two), founded=town.founded[large]),
        numbers=numbers_of(world, np.arange(len(codes), dtype=np.int64), codes),
    )


def _opened(world: World, chance: np.random.Generator, *, age: Ints, second: int, founded: Ints) -> Ints:
    """Return the days on which main lines, second lines and firms' lines were opened."""
    youth = facts()["sims"]["device_from_age"]
    since = [np.maximum((youth - age) * _YEAR, _OLDEST) - 60, np.full(second, _SECOND), np.maximum(founded, _OLDEST)]
    until = [np.full(len(age), -30), np.full(second, world.options.days), founded + 40]
    last = np.minimum(np.concatenate(until), world.options.days)
    return days_of(chance, np.minimum(np.concatenate(since), last - 1), last, len(last))


def write_sims(world: World, lines: Lines) -> None:
    """Add the SIMs of the draft; people and firms stand in their tables."""
    operators = first_id("company") + np.flatnonzero(world.column("company", "_trade") == "telecom")
    holder: dict[str, Any] = holder_columns(world, lines.holders)
    del holder["phone"]
    people = np.concatenate([lines.device, [NOBODY]])[_rows(lines.holders)]
    add_sims(
        world,
        world.chance("people", "sims"),
        holder=holder,
        codes=lines.codes,
        opened=lines.opened,
        device=people,
        operators=operators,
    )


def _rows(holders: Ints) -> Ints:
    """Return the rows of the people among `holders`, -1 for firms."""
    row = holders - first_id("person")
    return np.where((row >= 0) & (holders >= first_id("person")), row, NOBODY)

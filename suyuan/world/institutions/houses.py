"""The institutions of a world, which firms of it they are, and whose file a row of a table goes into."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.figures import figures as read
from suyuan.world.frame.tables import NOBODY, first_id, is_of, row_of, table_of
from suyuan.world.frame.world import World

_POLICE = "police"
NONE = -1
"""Place of the institution of rows that nobody hands over."""


@dataclass(frozen=True, kw_only=True)
class Institution:
    """One that hands files over. `own_numbers`: it has customer numbers of its own; `registers`: its files of those."""

    name: str
    kind: str
    own_numbers: bool
    registers: tuple[str, ...]
    trade: str | None = None
    told_name: str | None = None
    all_of_trade: bool = False


def figures() -> Mapping[str, Any]:
    """Return the file of institutions as it stands."""
    return read("institutions")


@cache
def institutions() -> Sequence[Institution]:
    """Return every institution in the order of the file: a place in it is how rows are sent to one."""
    kinds = figures()["kinds"]
    return tuple(
        Institution(
            name=name,
            kind=told["kind"],
            own_numbers=kinds[told["kind"]]["numbers"] == "own",
            registers=tuple(kinds[told["kind"]]["registers"]),
            trade=told.get("trade"),
            told_name=told.get("name"),
            all_of_trade=told.get("all", False),
        )
        for name, told in figures()["institutions"].items()
    )


def place(name: str) -> int:
    """Return the place of the institution `name` among all."""
    return next(at for at, each in enumerate(institutions()) if each.name == name)


def houses_of_firms(world: World) -> Ints:
    """Return by row of `company` the place of the institution that the firm is (`NONE`: none)."""
    trades, names = (world.column("company", name).astype(object) for name in ("_trade", "name"))
    found = np.full(len(trades), NONE, np.int64)
    for trade in sorted({each.trade for each in institutions() if each.trade}):
        rows = np.flatnonzero(trades == trade)
        ours = [(at, each) for at, each in enumerate(institutions()) if each.trade == trade]
        unnamed = [at for at, each in ours if not each.told_name and not each.all_of_trade]
        found[rows[: len(unnamed)]] = unnamed[: len(rows)]
        for at, each in ours:
            if each.told_name:
                found[rows[names[rows] == each.told_name]] = at
            elif each.all_of_trade:
                found[rows] = at
        if trade in figures()["beyond"]:
            found[rows[found[rows] == NONE]] = place(figures()["beyond"][trade])
    return found


def houses_of_accounts(world: World) -> Ints:
    """Return by row of `account` the place of the institution that keeps it (`NONE`: one that hands nothing over)."""
    banks = world.column("account", "bank").astype(object)
    found = np.full(len(banks), NONE, np.int64)
    for at, each in enumerate(institutions()):
        if each.told_name:
            found[banks == each.told_name] = at
    return found


@dataclass
class Routes:
    """Sends rows to institutions. `firms` and `accounts` are what their rows are or are kept by."""

    world: World
    firms: Ints
    accounts: Ints
    hidden: NDArray[np.bool_]

    @classmethod
    def of(cls, world: World) -> "Routes":
        """Return the routes of `world`."""
        hidden = np.array([ring.hidden for ring in world.truths.rings], np.bool_)
        return cls(world=world, firms=houses_of_firms(world), accounts=houses_of_accounts(world), hidden=hidden)

    def send(self, table: str) -> Ints:
        """Return by row of `table` the place of the institution that hands it over (`NONE`: nobody does)."""
        route = figures()["routes"][table]
        found = np.full(self.world.tables.rows(table), NONE, np.int64)
        for path in route.get("by", ()):
            found = np.where(found == NONE, self._lead(table, path.split(".")), found)
        found = self._at_kinds(table, route, found)
        if route["rest"] == "seized":
            return np.where(found == NONE, self._seized(table), found)
        return np.where(found == NONE, place(route["rest"]), found)

    def _at_kinds(self, table: str, route: Mapping[str, Any], found: Ints) -> Ints:
        told = dict(route.get("at_kinds", {}))
        column = told.pop("of", "kind")
        for name, kinds in told.items():
            found = np.where(np.isin(self.world.column(table, column).astype(str), kinds), place(name), found)
        return found

    def _seized(self, table: str) -> Ints:
        """Send what was found at a ring that somebody reported to the police."""
        rings = self.world.column(table, "_ring")
        reported = ~self.hidden[rings] & (rings >= 0) if len(self.hidden) else np.zeros(len(rings), np.bool_)
        return np.where(reported, place(_POLICE), NONE)

    def _lead(self, table: str, path: Sequence[str]) -> Ints:
        """Follow a column to a firm or a bank, by way of further columns."""
        ids = self._loans(table) if path[0] == "_loan" else _ids(self.world, table, path[0])
        for step in path[1:]:
            if step == "bank":
                return _at(self.accounts, ids, "account")
            known = table_of(np.maximum(ids, 0)) > 0  # a token that is no row leads nowhere
            further = np.full(len(ids), NOBODY, np.int64)
            if known.any():
                further[known] = self.world.of(ids[known], step)
            ids = further
        return _at(self.firms, ids, "company")

    def _loans(self, table: str) -> Ints:
        """Return by row of `table` (collateral) the first loan that names it."""
        named = _ids(self.world, "loan", f"{table}_id")
        loans = np.flatnonzero(named >= 0)[::-1]
        found = np.full(self.world.tables.rows(table), NOBODY, np.int64)
        if len(loans):
            found[row_of(named[loans])] = first_id("loan") + loans
        return found


def _ids(world: World, table: str, column: str) -> Ints:
    return np.asarray(world.column(table, column), np.int64)


def _at(places: Ints, ids: Ints, table: str) -> Ints:
    found = np.full(len(ids), NONE, np.int64)
    known = is_of(ids, table)
    found[known] = places[row_of(ids[known])]
    return found

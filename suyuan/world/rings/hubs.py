"""Accounts that a ring's money travels over when it hides among everyone's."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import Why
from suyuan.world.frame.world import World
from suyuan.world.people.cast import open_accounts

WITHIN = 16
"""Days within which accounts that are opened for one purpose are opened."""


def hubs(
    world: World,
    chance: np.random.Generator,
    at: Mapping[str, Any],
    wanted: Mapping[str, int],
    *,
    holders: Ints,
    firms: Ints,
    on: int,
    why: Why,
) -> dict[str, Ints]:
    """Open accounts by kind (`corporate`, `wallet`, `merchant` → how many) on day `on`; none where no route needs them.

    Wallets are in the names of `holders`, the others in those of `firms`, in turns. `at` is the figures of the level.
    """
    if not at["ways"]["routes"]:
        return {}
    opened = {}
    for kind, n in wanted.items():
        names = holders if kind == "wallet" else firms
        opened[kind] = spread(world, chance, names[np.arange(n) % len(names)], kind=kind, on=on, why=why)
    return opened


def spread(
    world: World,
    chance: np.random.Generator,
    holders: Ints,
    *,
    kind: str = "card",
    on: Any,
    why: Why,
    device: Any = None,
) -> Ints:
    """Open an account for each of `holders` soon after day `on`, spread over the institutions as everybody's are."""
    accounts = world.tables.table("account")
    mine = accounts.filter(pc.and_(pc.equal(accounts["kind"].cast(pa.string()), kind), accounts["_held"]))
    found = pc.value_counts(mine["bank"].cast(pa.string())).to_pylist()
    known = sorted((each["values"], each["counts"]) for each in found)
    n, total = len(holders), sum(count for _, count in known)
    edges = np.cumsum([count for _, count in known])
    places = np.searchsorted(edges, (2 * np.arange(n) + 1) * total // (2 * max(n, 1)), side="right")
    banks = chance.permutation(places)
    opened = np.zeros(n, np.int64)
    day = np.asarray(on, np.int64) + chance.integers(0, WITHIN, n)
    tool = None if device is None else np.broadcast_to(np.asarray(device, np.int64), n)
    for place in np.unique(banks).tolist():
        own = np.flatnonzero(banks == place)
        opened[own] = open_accounts(
            world,
            chance,
            holders[own],
            on=day[own],
            kind=kind,
            bank=known[place][0],
            device=None if tool is None else tool[own],
            why=why,
        )
    return opened

"""Opening accounts and SIMs, and finding devices and addresses, while a story is cast."""

from typing import Any

import numpy as np
import pyarrow as pa

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import HONEST, NOBODY, Why, first_id, is_of
from suyuan.world.frame.world import World
from suyuan.world.people.accounts import add_accounts, house_drawn, houses
from suyuan.world.people.devices import new_devices, new_ips
from suyuan.world.people.facts import facts, hundredths
from suyuan.world.people.holders import holder_columns, texts
from suyuan.world.people.names import called, firm_names, surnames
from suyuan.world.people.sims import add_sims


def each_of(value: Any, n: int) -> Ints:
    """Return `value`, told once or once each, as `n` whole numbers."""
    return np.broadcast_to(np.asarray(value, np.int64), (n,)).copy()


def open_accounts(
    world: World,
    chance: np.random.Generator,
    holders: Ints,
    *,
    on: Any,
    kind: str = "card",
    bank: str | None = None,
    thin: Any = False,
    device: Any = None,
    opened_by: Any = None,
    why: Why = HONEST,
) -> Ints:
    """Open one account of `kind` for each of `holders` (people or firms) on days `on`, and return their ids.

    `bank` is the name of one of the institutions that keep that kind (None: by their shares); `device` (a token, -1: at
    the counter) and `opened_by` (an agent's name) are told once or once each; without `device` many use their own.

    Raises:
        ValueError: No institution called `bank` keeps accounts of `kind`.
    """
    n = len(holders)
    names = [each["name"] for each in houses(kind)]
    return add_accounts(
        world,
        chance,
        kind=kind,
        house=house_drawn(chance, kind, n) if bank is None else np.full(n, names.index(bank), np.int64),
        opened=each_of(on, n),
        holder=holder_columns(world, holders),
        thin=thin,
        device=_own_devices(world, chance, holders, kind) if device is None else each_of(device, n),
        opened_by=opened_by,
        why=why,
    )


def _own_devices(world: World, chance: np.random.Generator, holders: Ints, kind: str) -> Ints:
    found, people = np.full(len(holders), NOBODY, np.int64), is_of(holders, "person")
    online = hundredths(chance, facts("banks")["opened"]["online"].get(kind, 0), len(holders)) & people
    found[online] = world.of(holders[online], "_device")
    return found


def issue_sims(
    world: World, chance: np.random.Generator, holders: Ints, *, on: Any, device: Any = None, why: Why = HONEST
) -> Ints:
    """Issue one SIM for each of `holders` (people or firms) on days `on`, and return their ids.

    `device` is the one it was first used in, told once or once each (-1: not known; None: people's own).
    """
    n, people = len(holders), is_of(holders, "person")
    codes = np.zeros(n, np.int64)
    for mask in (people, ~people):
        codes[mask] = [int(code) for code in texts(world, holders[mask], "region_code").to_pylist()]
    own = np.full(n, NOBODY, np.int64)
    own[people] = world.of(holders[people], "_device")
    holder = holder_columns(world, holders)
    del holder["phone"]
    operators = first_id("company") + np.flatnonzero(world.column("company", "_trade") == "telecom")
    return add_sims(
        world,
        chance,
        holder=holder,
        codes=codes,
        opened=each_of(on, n),
        device=own if device is None else each_of(device, n),
        operators=operators,
        why=why,
    )


def devices(world: World, chance: np.random.Generator, n: int) -> Ints:
    """Return `n` new devices."""
    del world
    return new_devices(chance, n)


def ips(world: World, chance: np.random.Generator, n: int) -> Ints:
    """Return `n` new addresses of the network."""
    del world
    return new_ips(chance, n)


def outside_accounts(
    world: World, chance: np.random.Generator, n: int, *, kind: str = "card", why: Why = HONEST
) -> Ints:
    """Return `n` accounts (card, corporate) at banks elsewhere, which hand nothing over; no table has a holder."""
    names: Any = called(chance, surnames(chance, n), hundredths(chance, 55, n))
    if kind == "corporate":
        names = firm_names(
            chance, np.full(n, "wholesale"), known=pa.array([], pa.string()), stem=None, places=pa.array([""] * n)
        )
    return add_accounts(
        world,
        chance,
        kind=kind,
        house=house_drawn(chance, kind, n, outside=True),
        opened=-chance.integers(30, 5000, n),
        holder={"holder_id": np.full(n, NOBODY, np.int64), "holder_name": names},
        outside=True,
        why=why,
    )


def institutions(world: World) -> dict[str, int]:
    """Return the firm behind every bank, wallet and payment firm of the town: name as accounts tell it → company id."""
    found = {}
    names = world.column("company", "name")
    for trade in ("banks", "wallets", "payment_firms"):
        for each in facts("banks")[trade]:
            row = next(k for k, name in enumerate(names) if name.startswith(each["name"]))
            found[each["name"]] = first_id("company") + row
    return found

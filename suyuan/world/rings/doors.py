"""How people of a ring ring each other up and log in, with everything a row of anybody's tells: SIM, cell, app."""

from typing import Any

import numpy as np

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import NOBODY, Why
from suyuan.world.frame.world import World
from suyuan.world.life import ring_up
from suyuan.world.life.rhythm import moments
from suyuan.world.life.software import app_of
from suyuan.world.people.cast import firms_of

KEEPERS = ("bank", "wallet_firm", "payment_firm")
HOMES_A_CELL = 37
"""Addresses of the network that share a cell, as in the calls of the background."""


def apps_of(world: World, accounts: Ints) -> Ints:
    """Return the app of whoever keeps each account, `NOBODY` where he has none."""
    firms = np.concatenate([firms_of(world, trade) for trade in KEEPERS])
    named = list(zip((str(name) for name in world.of(firms, "name")), app_of(world, firms).tolist(), strict=True))
    banks = [str(bank) for bank in world.of(accounts, "bank")]
    known = {bank: next((app for name, app in named if name.startswith(bank)), NOBODY) for bank in sorted(set(banks))}
    return np.array([known[bank] for bank in banks], np.int64)


def ring(world: World, why: Why, *, chance: np.random.Generator, caller: Ints, callee: Ints, days: Ints) -> None:
    """Let each of `caller` (people) ring up each of `callee` on one of `days`, from his own phone."""
    days = np.clip(days, 0, world.options.days - 1)
    ring_up.call(
        world,
        why,
        chance=chance,
        caller=caller,
        callee=callee,
        at=moments(world, chance, days, kind="call"),
        caller_sim=world.of(caller, "_main_sim"),
        caller_device=world.of(caller, "_device"),
        caller_cell=world.of(caller, "_ip") // HOMES_A_CELL,
    )


def enter(
    world: World, why: Why, *, chance: np.random.Generator, accounts: Ints, days: Ints, device: Any, ip: Any
) -> None:
    """Log in to each of `accounts` on one of `days` as its holder, from `device` and `ip` (tokens, one or one each)."""
    days = np.clip(days, 0, world.options.days - 1)
    ring_up.log_in(
        world,
        why,
        chance=chance,
        person=world.of(accounts, "holder_id"),
        account=accounts,
        app=apps_of(world, accounts),
        at=moments(world, chance, days, kind="login"),
        device=np.broadcast_to(np.asarray(device, np.int64), len(accounts)),
        ip=np.broadcast_to(np.asarray(ip, np.int64), len(accounts)),
    )

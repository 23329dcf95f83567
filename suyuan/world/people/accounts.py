"""Accounts of the made-up banks, wallets and payment firms."""

from typing import Any

import numpy as np
import pyarrow as pa

from suyuan.world.frame.dice import Ints, weighted
from suyuan.world.frame.tables import HONEST, Why
from suyuan.world.frame.world import World
from suyuan.world.people.facts import facts
from suyuan.world.people.letters import chosen, digit_text, joined
from suyuan.world.people.numbers import scattered, with_luhn
from suyuan.world.people.sims import next_rows

HOUSES = {"wallet": "wallets", "payment": "payment_firms", "merchant": "payment_firms"}
_BRANCHES = 14


def houses(kind: str, *, outside: bool = False) -> list[dict[str, Any]]:
    """Return the institutions that keep accounts of `kind`."""
    found: list[dict[str, Any]] = facts("banks")["outside" if outside else HOUSES.get(kind, "banks")]
    return found


def house_drawn(chance: np.random.Generator, kind: str, n: int, *, outside: bool = False) -> Ints:
    """Return `n` places in `houses(kind)`, by their shares."""
    return weighted(chance, [each["share"] for each in houses(kind, outside=outside)], n)


def add_accounts(
    world: World,
    chance: np.random.Generator,
    *,
    kind: str,
    house: Ints,
    opened: Ints,
    holder: dict[str, Any],
    thin: Any = False,
    device: Any = -1,
    opened_by: Any = None,
    outside: bool = False,
    why: Why = HONEST,
) -> Ints:
    """Add accounts of one `kind` at `houses(kind)[house]`, opened on days `opened`, and return their ids.

    `holder` tells the columns `holder_id`, `holder_name`, `holder_id_no` and `phone`.
    """
    known, n = houses(kind, outside=outside), len(house)
    names = [each["name"] for each in known]
    number = _numbers(world, kind=kind, house=house, known=known)
    branch = joined(chosen(names, house), chosen(_branch_names(), chance.integers(0, _BRANCHES, n)))
    if kind in HOUSES:
        branch = pa.nulls(n, pa.string())
    return world.add(
        "account",
        why,
        n,
        number=number,
        kind=kind,
        bank=pa.DictionaryArray.from_arrays(pa.array(house.astype(np.int32)), pa.array(names)),
        branch=branch,
        currency="CNY",
        opened_on=world.day(opened),
        opened_by=opened_by if opened_by is not None else pa.nulls(n, pa.string()),
        opened_device=device,
        status="正常",
        _held=np.array([each["held"] for each in known])[house],
        _thin=thin,
        _opened=opened,
        **holder,
    )


def _branch_names() -> list[str]:
    roads = facts("places")["roads"]
    return [f"{roads['first'][k * 3]}{roads['second'][k]}路支行" for k in range(_BRANCHES - 1)] + ["营业部"]


def _numbers(world: World, *, kind: str, house: Ints, known: list[dict[str, Any]]) -> pa.Array:
    """Return account numbers in the shape of their kind: cards end with a Luhn digit, the others do not."""
    rows = next_rows(world, "account", len(house))
    if kind in HOUSES:
        start = np.array([int(each["prefix"]) for each in known], np.int64)[house]
        return digit_text(start * 10**11 + scattered(world.options.seed, kind, rows, (10**5, 10**6)), 15)
    if kind == "credit_card":
        start = np.array([int(each["credit_bin"]) for each in known], np.int64)[house]
        return with_luhn(start * 10**9 + scattered(world.options.seed, kind, rows, (10**4, 10**5)), 15)
    serial = scattered(world.options.seed, "account", rows, (10**6, 10**6))
    if kind in {"card", "wealth"}:
        return with_luhn(np.array([int(each["bin"]) for each in known], np.int64)[house] * 10**12 + serial, 18)
    start = np.array([int(each["corporate"]) for each in known], np.int64)[house]
    return joined(digit_text(start, 4), digit_text(serial, 12))

"""SIM cards: numbers, holders, the days they were opened."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from suyuan.domain.ids.mobile import segments
from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import HONEST, Why, first_id
from suyuan.world.frame.world import World
from suyuan.world.people.facts import facts
from suyuan.world.people.letters import chosen, digit_text, joined
from suyuan.world.people.numbers import mobiles


def next_rows(world: World, table: str, n: int) -> Ints:
    """Return the row numbers that the next `n` rows of `table` will have."""
    first = world.tables.rows(table)
    return np.arange(first, first + n, dtype=np.int64)


def next_ids(world: World, table: str, n: int) -> Ints:
    """Return the ids that the next `n` rows of `table` will have."""
    return first_id(table) + next_rows(world, table, n)


def numbers_of(world: World, rows: Ints, codes: Ints) -> pa.Array:
    """Return the numbers of the SIMs of `rows`, allocated where region `codes` say."""
    return mobiles(seed=world.options.seed, rows=rows, codes=codes)


def add_sims(
    world: World,
    chance: np.random.Generator,
    *,
    holder: dict[str, Any],
    codes: Ints,
    opened: Ints,
    device: Any,
    operators: Ints,
    why: Why = HONEST,
) -> Ints:
    """Add SIMs opened on days `opened` of the world in the regions `codes`, and return their ids.

    `holder` tells the columns `holder_id`, `holder_name`, `holder_id_no`; `operators` are the firms of trade telecom.
    """
    n = len(opened)
    numbers = numbers_of(world, next_rows(world, "sim", n), codes)
    return world.add(
        "sim",
        why,
        n,
        number=numbers,
        imsi=next_ids(world, "sim", n),
        branch=_shops(chance, n),
        operator_id=operators[_carrier(numbers) % len(operators)],
        kind="physical",
        opened_on=world.day(opened),
        region_code=digit_text(codes, 6),
        device=device,
        status="open",
        _opened=opened,
        **holder,
    )


def _shops(chance: np.random.Generator, n: int) -> pa.Array:
    first = facts("places")["roads"]["first"]
    return joined(chosen(first, chance.integers(0, len(first), n)), "路营业厅")


def _carrier(numbers: pa.Array) -> Ints:
    """Return the place of each number's network among the carriers."""
    carriers = ("mobile", "unicom", "telecom", "broadnet")
    known = np.zeros(1000, np.int64)
    for start, (carrier, _) in segments().items():
        if len(start) == 3:
            known[int(start)] = carriers.index(carrier)
    return np.asarray(known[pc.utf8_slice_codeunits(numbers, 0, 3).cast(pa.int64()).to_numpy()], np.int64)

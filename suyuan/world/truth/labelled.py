"""The rows of the world that belong to rings: what the truth about their money and their time is reckoned from."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from suyuan.domain.contract import contracts
from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import numbers
from suyuan.world.frame.world import World


@dataclass(frozen=True, kw_only=True)
class Flows:
    """The transfers of all rings in the order of their time; those of one second stand in the order of their ids.

    Attributes:
        ring: Index of the ring.
        src: Account that pays; -1 is cash.
        dst: Account that is paid; -1 is cash.
        second: Time, seconds since 1970, China Standard Time.
        amount_fen: Above 0.
        intake: The money comes from a victim, lender or insurer into the ring.
        payout: The money goes from the ring to a victim, lender or insurer.
    """

    ring: Ints
    src: Ints
    dst: Ints
    second: Ints
    amount_fen: Ints
    intake: NDArray[np.bool_]
    payout: NDArray[np.bool_]


def flows(world: World) -> Flows:
    """Return the transfers of the rings of `world`."""
    found = labelled(world, "transfer")
    second = _whole(found, "booked_at")
    order = np.argsort(second, kind="stable")
    kinds = found["_flow"] if "_flow" in found.column_names else pa.nulls(found.num_rows, pa.string())
    return Flows(
        ring=_whole(found, "_ring")[order],
        src=_whole(found, "src_account_id")[order],
        dst=_whole(found, "dst_account_id")[order],
        second=second[order],
        amount_fen=_whole(found, "amount_fen")[order],
        intake=_is(kinds, "intake")[order],
        payout=_is(kinds, "payout")[order],
    )


def labelled(world: World, table: str) -> pa.Table:
    """Return the rows of `table` that belong to a ring, in the order of their ids."""
    found = world.tables.table(table)
    if not found.num_rows:
        return found
    return found.filter(pc.greater_equal(found["_ring"], 0))


def moments(world: World) -> tuple[Ints, NDArray[Any], Ints]:
    """Return ring, step and second of every row of a ring whose table tells when things happen; order means nothing."""
    rings, steps, seconds = [np.empty(0, np.int64)], [np.empty(0, object)], [np.empty(0, np.int64)]
    for name in numbers():
        event = contracts()[name].event_time
        found = labelled(world, name)
        if event is None or not found.num_rows or event not in found.column_names:
            continue
        found = found.filter(pc.is_valid(found[event]))
        rings.append(_whole(found, "_ring"))
        steps.append(found["_step"].cast(pa.string()).to_numpy())
        seconds.append(_whole(found, event))
    return np.concatenate(rings), np.concatenate(steps), np.concatenate(seconds)


def _whole(found: pa.Table, name: str) -> Ints:
    if name not in found.column_names or not found.num_rows:
        return np.full(found.num_rows, -1, np.int64)
    values = found[name]
    if pa.types.is_temporal(values.type):
        values = values.cast(pa.timestamp("s")).cast(pa.int64())
    return np.asarray(pc.fill_null(values, -1).to_numpy(), np.int64)


def _is(kinds: Any, kind: str) -> NDArray[np.bool_]:
    if not len(kinds) or pa.types.is_null(kinds.type):
        return np.zeros(len(kinds), np.bool_)
    found = pc.fill_null(pc.equal(kinds.cast(pa.string()), kind), False)
    return np.asarray(found.to_pylist(), np.bool_)

"""Where a ring's money rests, by lots.

Every `intake` of a ring lays a dirty lot on the account it reaches. What an account then pays within the ring's own
transfers is taken from the dirty lots it holds, oldest first; when none is left, from its own money, which is clean.
Lots of one ring differ in nothing but age, so an account needs only its sum. Cash is one pot a ring.
"""

from collections import defaultdict
from collections.abc import Iterable

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from suyuan.world.frame.dice import Ints
from suyuan.world.truth.ids import told
from suyuan.world.truth.labelled import Flows

REST = pa.schema([("ring_id", pa.string()), ("truth_id", pa.string()), ("rested_fen", pa.int64())])


def rested(
    *, src: Iterable[int], dst: Iterable[int], amount_fen: Iterable[int], intake: Iterable[int]
) -> dict[int, int]:
    """Return the fen that rest on each account after the payments of one ring, given in the order of their time.

    An intake takes nothing from its payer: its whole amount is new. The fen that rest sum to those of the intakes.
    Accounts on which nothing rests are left out; -1 is the cash in hand.
    """
    held: defaultdict[int, int] = defaultdict(int)
    for payer, payee, amount, new in zip(src, dst, amount_fen, intake, strict=True):
        if new:
            held[payee] += amount
            continue
        dirty = min(amount, held[payer])
        held[payer] -= dirty
        held[payee] += dirty
    return {account: fen for account, fen in sorted(held.items()) if fen}


def rest(flows: Flows, ring_ids: list[str]) -> pa.Table:
    """Return `truth/rest`: one row for each ring and account on which its money rests, `cash` for what was drawn."""
    found = [
        (ring_id, account, fen)
        for ring, ring_id in enumerate(ring_ids)
        for account, fen in _of_ring(flows, flows.ring == ring).items()
    ]
    return pa.table(
        [
            pa.array([ring_id for ring_id, _, _ in found], pa.string()),
            told(np.array([account for _, account, _ in found], np.int64)),
            pa.array([fen for _, _, fen in found], pa.int64()),
        ],
        schema=REST,
    )


def _of_ring(flows: Flows, mine: NDArray[np.bool_]) -> dict[int, int]:
    def column(values: Ints | NDArray[np.bool_]) -> list[int]:
        return list(values[mine].tolist())

    return rested(
        src=column(flows.src), dst=column(flows.dst), amount_fen=column(flows.amount_fen), intake=column(flows.intake)
    )

"""What a ring's victims have lost, day by day.

A victim's loss so far is what he has paid into the ring less what he got out of it, never under zero: for a bank the
principal less what was repaid, for a borrower of a routine loan what he paid over what he received.
"""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.world import DAY, World
from suyuan.world.truth.labelled import Flows

LOSS = pa.schema([("ring_id", pa.string()), ("day", pa.date32()), ("loss_fen", pa.int64())])


def loss(world: World, flows: Flows, ring_ids: list[str]) -> pa.Table:
    """Return `truth/loss`: by ring and day the fen by which its victims' losses grew (below 0 when they shrank).

    Days on which nothing moved are left out. The fen of a ring sum to what its victims have lost in the end.
    """
    with_victims = flows.intake | flows.payout
    account = np.where(flows.intake, flows.src, flows.dst)[with_victims]
    signed = np.where(flows.intake, flows.amount_fen, -flows.amount_fen)[with_victims]
    ring, day = flows.ring[with_victims], flows.second[with_victims] // DAY
    grown = growth(ring=ring, victim=_holders(world, account), fen=signed)
    days = pa.table({"ring": ring, "day": day, "fen": grown}).group_by(["ring", "day"]).aggregate([("fen", "sum")])
    days = days.filter(pc.not_equal(days["fen_sum"], 0)).sort_by([("ring", "ascending"), ("day", "ascending")])
    return pa.table(
        [
            pa.array([ring_ids[n] for n in days["ring"].to_pylist()], pa.string()),
            days["day"].cast(pa.int32()).cast(pa.date32()),
            days["fen_sum"],
        ],
        schema=LOSS,
    )


def growth(*, ring: Ints, victim: Ints, fen: Ints) -> Ints:
    """Return by how much each payment lets its victim's loss grow.

    Args:
        ring: Index of the ring, a payment.
        victim: Who pays (or is paid): a person, a firm, or an account whose holder nobody knows.
        fen: What he pays into the ring, below 0 when he is paid. Rows stand in the order of time.
    """
    order = np.lexsort((np.arange(len(ring)), victim, ring))
    ring, victim, fen = ring[order], victim[order], fen[order]
    first = np.ones(len(ring), np.bool_)
    first[1:] = (ring[1:] != ring[:-1]) | (victim[1:] != victim[:-1])
    paid = np.cumsum(fen)
    before = (paid - fen)[first][np.cumsum(first) - 1] if len(paid) else paid
    lost = np.maximum(paid - before, 0)
    grown = lost.copy()
    grown[1:] -= np.where(first[1:], 0, lost[:-1])
    back = np.empty_like(grown)
    back[order] = grown
    return back


def _holders(world: World, accounts: Ints) -> Ints:
    known = accounts >= 0
    holders = accounts.copy()
    found = world.of(accounts[known], "holder_id") if known.any() else accounts[known]
    holders[known] = np.where(found >= 0, found, accounts[known])
    return holders

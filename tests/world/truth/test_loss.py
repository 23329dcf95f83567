from collections import defaultdict
from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from suyuan.world.frame.options import Options
from suyuan.world.frame.tables import Why
from suyuan.world.frame.world import World
from suyuan.world.truth.labelled import flows
from suyuan.world.truth.loss import growth, loss

PAYMENTS = st.lists(st.tuples(st.integers(0, 2), st.integers(-1, 3), st.integers(-20, 20)), max_size=40)


@given(PAYMENTS)
def test_growth_is_what_each_payment_adds_to_its_victims_loss(payments: list[tuple[int, int, int]]) -> None:
    net: defaultdict[tuple[int, int], int] = defaultdict(int)
    expected = []
    for ring, victim, fen in payments:
        before = max(0, net[ring, victim])
        net[ring, victim] += fen
        expected.append(max(0, net[ring, victim]) - before)
    told = np.array(payments, np.int64).reshape(-1, 3)
    assert growth(ring=told[:, 0], victim=told[:, 1], fen=told[:, 2]).tolist() == expected


def test_a_banks_loss_is_the_principal_less_what_was_repaid() -> None:
    world = World(options=Options(seed=1))
    bank = world.add("company", name=["银行"])
    banks, ring = world.add("account", holder_id=np.repeat(bank, 2)), world.add("account", number=["1"])
    day = [world.moment([n], 0) for n in (3, 40)]
    pay = {"currency": "CNY", "_flow": "intake", "booked_at": day[0], "amount_fen": 1000}
    world.add("transfer", Why(ring=0, step="strike"), 1, src_account_id=banks[0], dst_account_id=ring, **pay)
    back = {**pay, "_flow": "payout", "booked_at": day[1], "amount_fen": 90}
    world.add("transfer", Why(ring=0, step="strike"), 1, src_account_id=ring, dst_account_id=banks[1], **back)
    table = loss(world, flows(world), ["greenhouse-0"]).to_pylist()
    assert table == [
        {"ring_id": "greenhouse-0", "day": date(2023, 7, 4), "loss_fen": 1000},
        {"ring_id": "greenhouse-0", "day": date(2023, 8, 10), "loss_fen": -90},
    ]


def test_a_world_without_rings_loses_nothing() -> None:
    world = World(options=Options(seed=1))
    assert loss(world, flows(world), []).num_rows == 0

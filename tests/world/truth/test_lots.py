from collections import defaultdict, deque

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from suyuan.world.truth.labelled import Flows
from suyuan.world.truth.lots import rest, rested

PAYMENTS = st.lists(
    st.tuples(st.integers(-1, 4), st.integers(-1, 4), st.integers(1, 12), st.booleans()), min_size=0, max_size=40
)


def by_marbles(payments: list[tuple[int, int, int, bool]]) -> dict[int, int]:
    """Move every dirty fen as a marble of its own, the oldest on an account first."""
    held: defaultdict[int, deque[int]] = defaultdict(deque)
    marbles = 0
    for src, dst, amount, intake in payments:
        if intake:
            held[dst].extend(range(marbles, marbles + amount))
            marbles += amount
        else:
            taken = [held[src].popleft() for _ in range(min(amount, len(held[src])))]
            held[dst].extend(taken)
    return {account: len(lots) for account, lots in held.items() if lots}


def told(payments: list[tuple[int, int, int, bool]]) -> dict[int, int]:
    src, dst, amount, intake = zip(*payments, strict=True) if payments else ((), (), (), ())
    return rested(src=src, dst=dst, amount_fen=amount, intake=intake)


@given(PAYMENTS)
def test_lots_rest_where_single_marbles_do(payments: list[tuple[int, int, int, bool]]) -> None:
    assert told(payments) == by_marbles(payments)


@given(PAYMENTS)
def test_what_rests_is_what_was_taken_in(payments: list[tuple[int, int, int, bool]]) -> None:
    assert sum(told(payments).values()) == sum(amount for _, _, amount, intake in payments if intake)


def test_an_account_pays_from_dirty_lots_before_its_own_money() -> None:
    assert told([(9, 1, 100, True), (1, 2, 150, False)]) == {2: 100}


def test_each_ring_has_lots_of_its_own() -> None:
    flows = Flows(
        ring=np.array([0, 1, 1]),
        src=np.array([9, 8, 5]),
        dst=np.array([5, 5, -1]),
        second=np.array([1, 2, 3]),
        amount_fen=np.array([70, 30, 50]),
        intake=np.array([True, True, False]),
        payout=np.array([False, False, False]),
    )
    table = rest(flows, ["a-0", "b-0"]).to_pydict()
    assert table["ring_id"] == ["a-0", "b-0"]
    assert table["rested_fen"] == [70, 30]
    assert table["truth_id"][1] == "cash"

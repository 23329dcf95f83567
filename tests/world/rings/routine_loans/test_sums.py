"""Payments by which money leaves accounts, and by which they are filled."""

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from suyuan.world.frame.dice import dice
from suyuan.world.rings.routine_loans.sums import Sums, covering, leaving

ENTRIES = st.lists(st.tuples(st.integers(1, 4), st.integers(0, 40), st.integers(1, 10**7)), min_size=1, max_size=40)


def sums_of(entries: Any) -> Any:
    account, day, amount = np.array(entries, np.int64).T
    return Sums(account=account, day=day, amount=amount).a_day()


def running(sums: Any, account: Any, day: Any) -> Any:
    mine = (sums.account == account) & (sums.day <= day)
    return int(sums.amount[mine].sum())


def parted(how: Any, sums: Any) -> Any:
    return how(dice(1, "x"), sums, middle_fen=50_000, spread=1.2, blend=lambda fen: fen)


@given(ENTRIES)
def test_never_more_has_left_an_account_than_had_come(entries: Any) -> None:
    came = sums_of(entries)
    gone = parted(leaving, came)
    for account in range(1, 5):
        for day in range(41):
            assert running(gone, account, day) <= running(came, account, day)


@given(ENTRIES)
def test_an_account_has_what_it_needs_by_the_day_it_needs_it(entries: Any) -> None:
    need = sums_of(entries)
    given_ = parted(covering, need)
    for account in range(1, 5):
        for day in range(41):
            assert running(given_, account, day) >= running(need, account, day)


def test_a_day_s_entries_of_an_account_are_one() -> None:
    found = sums_of([(1, 5, 10), (2, 5, 1), (1, 5, 30), (1, 4, 2)])
    assert list(zip(found.account, found.day, found.amount, strict=True)) == [(1, 4, 2), (1, 5, 40), (2, 5, 1)]
    assert found.by_day(6).tolist() == [0, 0, 0, 0, 2, 41]
    assert len(found.joined(found).where(found.joined(found).account == 2)) == 2

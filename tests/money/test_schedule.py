from datetime import date, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from suyuan.money.schedule import Flow, Schedules, day_number

DAY = date(2020, 1, 1)


def test_days_count_from_1970() -> None:
    assert (day_number(date(1970, 1, 1)), day_number(date(1969, 12, 31)), day_number(date(2020, 1, 1))) == (
        0,
        -1,
        18262,
    )


def test_flows_of_one_day_are_netted_and_days_ascend() -> None:
    flows = [Flow(on=DAY + timedelta(days=9), fen=-5), Flow(on=DAY, fen=100), Flow(on=DAY, fen=-30)]
    found = Schedules.of_one(flows)
    assert (found.offsets.tolist(), found.days.tolist(), found.fen.tolist()) == ([0, 2], [18262, 18271], [70, -5])


def test_a_loan_without_flows_stays_empty() -> None:
    none = np.zeros(0, dtype=np.int64)
    found = Schedules.of(loans=2, loan=none, day=none, fen=none)
    assert (len(found), found.offsets.tolist()) == (2, [0, 0, 0])
    assert len(Schedules.of_one([])) == 1


@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(-40_000, 40_000), st.integers(-(10**12), 10**12)), max_size=40)
)
def test_sums_by_loan_and_day_are_those_of_a_dictionary(rows: list[tuple[int, int, int]]) -> None:
    expected: dict[tuple[int, int], int] = {}
    for loan, day, fen in rows:
        expected[loan, day] = expected.get((loan, day), 0) + fen
    columns = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    found = Schedules.of(loans=5, loan=columns[0], day=columns[1], fen=columns[2])
    loans = np.repeat(np.arange(5), np.diff(found.offsets)).tolist()
    told = list(zip(zip(loans, found.days.tolist(), strict=True), found.fen.tolist(), strict=True))
    assert told == sorted(expected.items())

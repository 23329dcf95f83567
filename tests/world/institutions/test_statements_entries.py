import numpy as np

from suyuan.world.institutions.statements_entries import cut, laid, log_numbers, serials
from suyuan.world.institutions.statements_faces import Faces
from suyuan.world.life.balances import running
from tests.world.institutions.paid_world import paid_world

WORLD = paid_world(accounts=60, transfers=900)
FACES = Faces(WORLD)
ENTRIES = laid(WORLD, FACES, running(WORLD))
MOMENT = ENTRIES.day.astype(np.int64) * 86_400 + ENTRIES.second


def test_the_entries_of_an_account_stand_together_in_the_order_of_booking() -> None:
    same = ENTRIES.account[1:] == ENTRIES.account[:-1]
    assert int((~same).sum()) + 1 == len(np.unique(ENTRIES.account))
    assert (np.diff(MOMENT)[same] >= 0).all()
    assert (np.diff(FACES.institution[ENTRIES.account]) >= 0).all()


def test_a_balance_is_the_one_before_and_what_moved() -> None:
    amount = WORLD.column("transfer", "amount_fen")[ENTRIES.transfer]
    moved = np.where(ENTRIES.into, amount, -amount)
    same = ENTRIES.account[1:] == ENTRIES.account[:-1]
    assert (np.diff(ENTRIES.balance) == moved[1:])[same].all()


def test_the_other_side_of_cash_is_nobody() -> None:
    src, dst = (WORLD.column("transfer", name)[ENTRIES.transfer] for name in ("src_account_id", "dst_account_id"))
    cash = np.where(ENTRIES.into, src, dst) < 0
    assert cash.any()
    assert ((ENTRIES.other == FACES.nobody) == cash).all()


def test_a_clock_runs_behind_by_two_seconds_at_most_and_never_into_the_next_day() -> None:
    booked = WORLD.column("transfer", "booked_at").astype("datetime64[s]").astype(np.int64)[ENTRIES.transfer]
    late = MOMENT - booked
    assert set(np.unique(late)) == {0, 1, 2}
    assert (late[~ENTRIES.into] == 0).all()
    assert (booked // 86_400 == MOMENT // 86_400).all()


def test_serials_are_the_same_on_both_sides_and_log_numbers_are_not() -> None:
    assert len(np.unique(serials(np.arange(100_000)))) == 100_000
    one = ENTRIES.at(ENTRIES.transfer == ENTRIES.transfer[0])
    assert len(np.unique(serials(one.transfer))) == 1
    assert len(np.unique(log_numbers(ENTRIES))) > 0.99 * len(ENTRIES)


def test_no_account_stands_in_two_files() -> None:
    parts = cut(ENTRIES, rows=200)
    assert len(parts) > 3
    assert [part.stop for part in parts[:-1]] == [part.start for part in parts[1:]]
    assert (parts[0].start, parts[-1].stop) == (0, len(ENTRIES))
    seen = [set(ENTRIES.account[part].tolist()) for part in parts]
    assert sum(map(len, seen)) == len(set.union(*seen))


def test_nothing_is_cut_into_no_file() -> None:
    assert cut(ENTRIES.at(slice(0, 0)), rows=10) == []

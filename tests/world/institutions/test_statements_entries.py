import numpy as np

from suyuan.world.institutions.statements_entries import Entries, cut, laid
from suyuan.world.institutions.statements_faces import Faces
from suyuan.world.institutions.statements_fees import fees
from suyuan.world.institutions.statements_layouts import institutions
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


def _paid(entries: Entries) -> np.ndarray:
    amount = WORLD.column("transfer", "amount_fen")[entries.transfer]
    paid = np.zeros(len(entries), np.int64)
    for place, institution in enumerate(institutions().values()):
        own = FACES.institution[entries.account] == place
        sides = {name: getattr(entries, name)[own] for name in ("account", "other", "into")}
        paid[own] = fees(FACES, institution.ways, amount=amount[own], **sides)
    return paid


def test_a_balance_is_the_one_before_and_what_moved_with_the_fee_for_it() -> None:
    amount, paid = WORLD.column("transfer", "amount_fen")[ENTRIES.transfer], _paid(ENTRIES)
    assert (paid > 0).any()
    moved = np.where(ENTRIES.into, amount, -amount - paid)
    same = ENTRIES.account[1:] == ENTRIES.account[:-1]
    assert (np.diff(ENTRIES.balance) == moved[1:])[same].all()


def test_accounts_end_with_what_they_would_have_had_without_fees() -> None:
    told = running(WORLD)
    last = np.append(np.flatnonzero(np.diff(ENTRIES.account)), len(ENTRIES) - 1)
    ends = ENTRIES.at(last)
    assert (ends.balance == np.where(ends.into, told.dst_after[ends.transfer], told.src_after[ends.transfer])).all()


def test_the_other_side_of_cash_is_nobody() -> None:
    src, dst = (WORLD.column("transfer", name)[ENTRIES.transfer] for name in ("src_account_id", "dst_account_id"))
    cash = np.where(ENTRIES.into, src, dst) < 0
    assert cash.any()
    assert ((ENTRIES.other == FACES.nobody) == cash).all()


def test_a_clock_runs_behind_by_less_than_its_institution_says_and_never_into_the_next_day() -> None:
    booked = WORLD.column("transfer", "booked_at").astype("datetime64[s]").astype(np.int64)[ENTRIES.transfer]
    late, clocks = MOMENT - booked, [each.ways.clock for each in institutions().values()]
    clock = np.array(clocks)[FACES.institution[ENTRIES.account]]
    assert set(clocks) == {3, 90, 1200}
    assert all(late[clock == each].max() > each * 0.6 for each in set(clocks))
    assert ((late >= 0) & (late < clock)).all()
    assert (late[~ENTRIES.into] == 0).all()
    assert (booked // 86_400 == MOMENT // 86_400).all()


def test_no_account_stands_in_two_files() -> None:
    parts = cut(ENTRIES, rows=200)
    assert len(parts) > 3
    assert [part.stop for part in parts[:-1]] == [part.start for part in parts[1:]]
    assert (parts[0].start, parts[-1].stop) == (0, len(ENTRIES))
    seen = [set(ENTRIES.account[part].tolist()) for part in parts]
    assert sum(map(len, seen)) == len(set.union(*seen))


def test_nothing_is_cut_into_no_file() -> None:
    assert cut(ENTRIES.at(slice(0, 0)), rows=10) == []

from dataclasses import replace

import numpy as np

from suyuan.world.institutions.statements_entries import laid
from suyuan.world.institutions.statements_faces import Faces
from suyuan.world.institutions.statements_layouts import Layout, Posts, institutions
from suyuan.world.institutions.statements_ways import amounts_told, arrived, named, numbers_told, posted
from suyuan.world.life.balances import running
from tests.world.institutions.paid_world import paid_world

WORLD = paid_world(accounts=60, transfers=3000)
FACES = Faces(WORLD)
ENTRIES = laid(WORLD, FACES, running(WORLD))
AMOUNT = WORLD.column("transfer", "amount_fen")
USUAL, OWN = institutions()["陇原银行"].bulk, institutions()["丝路银行"].bulk


def _layout(**ways: object) -> Layout:
    return USUAL.model_copy(update={"own_ways": USUAL.ways.model_copy(update=ways)})


def test_an_institution_that_numbers_by_itself_bears_no_number_of_the_payment_system() -> None:
    shared, own = numbers_told(USUAL, ENTRIES), numbers_told(OWN, ENTRIES)
    assert not np.isin(own, shared).any()
    assert len(np.unique(own)) == len(np.unique(shared)) == len(np.unique(ENTRIES.transfer))


def test_what_a_payer_paid_stands_in_its_line_and_in_no_other() -> None:
    told = amounts_told(FACES, _layout(fee="firms"), ENTRIES, AMOUNT) - AMOUNT[ENTRIES.transfer]
    assert (told > 0).any()
    assert not told[ENTRIES.into].any()
    assert not (amounts_told(FACES, USUAL, ENTRIES, AMOUNT) - AMOUNT[ENTRIES.transfer]).any()


def test_some_of_what_comes_from_elsewhere_names_nobody() -> None:
    assert (named(FACES, USUAL, ENTRIES) == ENTRIES.other).all()
    found = named(FACES, _layout(unnamed=100), ENTRIES)
    struck = found != ENTRIES.other
    assert 0.05 < struck.sum() / arrived(FACES, ENTRIES).sum() < 0.15
    assert arrived(FACES, ENTRIES)[struck].all()
    assert (found[struck] == FACES.nobody).all()


def test_what_is_booked_after_the_hour_is_posted_on_the_next_day() -> None:
    second = np.full(len(ENTRIES), 17 * 3600 - 1, np.int32)
    second[0] += 1
    days = posted(Posts(hour=17, minute=0), replace(ENTRIES, second=second)) - ENTRIES.day
    assert (days[0], days[1:].max()) == (1, 0)


def test_on_working_days_alone_what_is_booked_at_a_weekend_is_posted_on_monday() -> None:
    week = np.datetime64("2024-07-01").astype(int) + np.arange(7)  # a Monday
    entries = replace(ENTRIES.at(slice(0, 7)), day=week.astype(np.int32), second=np.full(7, 9 * 3600, np.int32))
    posts = Posts(hour=17, minute=0, working_days=True)
    assert (posted(posts, entries) - week[0]).tolist() == [0, 1, 2, 3, 4, 7, 7]
    late = replace(entries, second=np.full(7, 18 * 3600, np.int32))
    assert (posted(posts, late) - week[0]).tolist() == [1, 2, 3, 4, 7, 7, 7]

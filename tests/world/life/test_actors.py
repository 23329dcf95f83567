"""Who takes part in everyday life."""

import numpy as np

from suyuan.world.frame.tables import first_id, is_of
from suyuan.world.life.actors import accounts, adults, fame, firms, ordinary_firms, owners, seen_from, staff
from tests.world.life.life_of import life_of

WORLD = life_of()


def test_adults_have_an_account_and_an_age() -> None:
    people = adults(WORLD, WORLD.chance("t"), ages=(30, 40))
    years = (WORLD.day(0) - WORLD.of(people.ids, "birth_on").astype("datetime64[D]")).astype(int) // 365
    assert years.min() >= 30
    assert years.max() <= 39
    assert not WORLD.of(people.ids, "_thin").any()


def test_a_few_do_much_and_most_do_little() -> None:
    people = adults(WORLD, WORLD.chance("t"))
    counts = np.sort(np.bincount(people.draw(WORLD.chance("u"), 20_000) - first_id("person")))[::-1]
    assert counts[: len(counts) // 10].sum() > 0.25 * counts.sum()


def test_firms_of_a_trade_are_of_that_trade() -> None:
    assert set(WORLD.of(firms(WORLD, "bank"), "_trade")) == {"bank"}
    assert len(firms(WORLD, "bank")) == 10


def test_ordinary_firms_are_open_and_a_year_old() -> None:
    pool = ordinary_firms(WORLD, WORLD.chance("t"))
    assert (WORLD.of(pool.ids, "founded_on").astype("datetime64[D]") <= WORLD.day(-365)).all()
    assert (WORLD.of(pool.ids, "status") == "存续").all()


def test_staff_works_where_it_serves() -> None:
    banks = np.repeat(firms(WORLD, "bank"), 30)
    served = staff(WORLD, WORLD.chance("t"), banks, desks=3)
    employed = WORLD.of(served, "_employer") == banks
    assert (employed | (served == owners(WORLD, banks))).all()


def test_accounts_of_people_and_firms_are_read_together() -> None:
    who = np.array([firms(WORLD, "bank")[0], -1, first_id("person")])
    found = accounts(WORLD, who)
    assert is_of(found[:1], "account").all()
    assert found[1] == -1


def test_a_firm_is_seen_from_where_its_head_sits() -> None:
    bank = firms(WORLD, "bank")[:1]
    head = owners(WORLD, bank)
    assert seen_from(WORLD, bank)[0].tolist() == seen_from(WORLD, head)[0].tolist()


def test_fame_keeps_everyone() -> None:
    assert fame(WORLD.chance("t"), np.arange(5)).weights.min() > 0

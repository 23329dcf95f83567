"""The loan book: published figures, and what settles what."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from suyuan.world.frame.dice import dice
from suyuan.world.rings.plan import figures
from suyuan.world.rings.routine_loans.book import penalties, write_book
from suyuan.world.rings.routine_loans.terms import Terms

FIRST, LAST, UNTIL = 75, 315, 372


def terms_of(kind: Any, evasion: Any = 0) -> Any:
    levels = figures(kind)["levels"]
    return Terms.of({**levels[0], **levels[evasion]})


def book_of(terms: Any, seed: Any = 1, victims: Any = 475) -> Any:
    return write_book(
        dice(seed, "book"),
        victims=victims,
        apps=59,
        terms=terms,
        first=FIRST,
        last=LAST,
        until=UNTIL,
        blend=lambda fen: fen,
    )


@pytest.fixture(scope="module")
def pooled() -> Any:
    return [book_of(terms_of("lanzhou"), seed) for seed in range(20)]


def test_the_published_figures_hold_over_seeds(pooled: Any) -> None:
    published = figures("lanzhou")["published"]
    loans = sum(len(book) for book in pooled)
    lent = sum(int(book.received.sum()) for book in pooled)
    unpaid = sum(int(book.principal[book.settled < 0].sum()) for book in pooled)
    assert loans / (20 * 475) == pytest.approx(published["loans_a_person"], rel=0.05)
    assert lent / loans == pytest.approx(published["received_fen_a_loan"], rel=0.08)
    assert unpaid / lent == pytest.approx(published["claimed_principal_share"], rel=0.15)


def test_a_thousand_pays_out_seven_or_five_hundred(pooled: Any) -> None:
    for book in pooled:
        assert set((book.received * 1000 // book.principal).tolist()) == {700, 500}
        assert (book.term == 7).all()


def test_a_new_note_settles_an_older_debt_of_the_same_victim_at_another_app(pooled: Any) -> None:
    for book in pooled:
        child = np.flatnonzero(book.parent >= 0)
        parent = book.parent[child]
        assert (parent < child).all()
        assert (book.victim[child] == book.victim[parent]).all()
        assert (book.app[child] != book.app[parent]).all()
        assert (book.settled[parent] == book.day[child]).all()


def test_notes_grow_as_they_are_rolled_over(pooled: Any) -> None:
    grown = [book.principal[book.parent >= 0] / book.principal[book.parent[book.parent >= 0]] for book in pooled]
    assert np.median(np.concatenate(grown)) >= 1.2


def test_nothing_is_lent_or_settled_outside_its_days(pooled: Any) -> None:
    for book in pooled:
        assert book.day.min() >= FIRST
        assert book.day.max() <= LAST
        assert book.settled.max() <= UNTIL


def test_fifteen_hundred_can_become_three_hundred_and_fifty_thousand_in_five_months() -> None:
    """The published victim: 1,500 borrowed, 1,050 received, 55 apps, 350,000 of debt."""
    terms, worst = terms_of("qitaihe"), 0
    for seed in range(6):
        book = book_of(terms, seed)
        left = book.settled < 0
        owed = book.principal + penalties(book.principal, np.maximum(UNTIL - book.due, 0), terms)
        debts = np.bincount(book.victim[left], weights=owed[left], minlength=475)
        worst = max(worst, int(debts.max()))
        assert np.bincount(book.victim).max() >= 40
    assert worst >= 35_000_000


def test_who_knows_the_thresholds_keeps_back_less_than_a_tenth_and_takes_the_rest_by_a_third_firm() -> None:
    book = book_of(terms_of("lanzhou", 1))
    assert (book.received * 10 > book.principal * 9).all()
    assert (book.term > 30).all()
    whole = (book.principal - book.received + book.side_fee).sum() / book.principal.sum()
    assert 0.3 < whole < 0.5
    child = np.flatnonzero(book.parent >= 0)
    assert (book.settled[book.parent[child]] - book.day[child] >= 2).all()


def test_penalties_on_penalties_make_fifty_times_the_note() -> None:
    terms = replace(terms_of("lanzhou"), penalty_compounds=True)
    assert penalties(np.array([300_000]), np.array([41]), terms)[0] > 14_000_000
    assert penalties(np.array([300_000]), np.array([2]), replace(terms, penalty_compounds=False))[0] == 60_000

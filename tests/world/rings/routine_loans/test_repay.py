"""What victims pay on a book."""

from typing import Any

import numpy as np
import pytest

from suyuan.world.frame.dice import dice
from suyuan.world.rings.plan import figures
from suyuan.world.rings.routine_loans.book import write_book
from suyuan.world.rings.routine_loans.repay import SIDE_FEE, payments
from suyuan.world.rings.routine_loans.terms import Terms


def both(evasion: Any, seed: Any = 1) -> Any:
    levels = figures("lanzhou")["levels"]
    terms = Terms.of({**levels[0], **levels[evasion]})
    chance = dice(seed, "book")
    book = write_book(chance, victims=475, apps=59, terms=terms, first=75, last=315, until=372, blend=lambda fen: fen)
    return book, payments(chance, book, terms, until=372, blend=lambda fen: fen)


def test_a_settled_loan_is_paid_in_full_and_no_other() -> None:
    book, paid = both(0)
    whole = np.isin(paid.kind, (0, 1))
    sums = np.zeros(len(book), np.int64)
    np.add.at(sums, paid.loan[whole], paid.amount[whole])
    assert np.array_equal(sums, np.where(book.settled >= 0, book.owed, 0))


def test_the_recovered_share_is_the_published_one() -> None:
    published = figures("lanzhou")["published"]["recovered_share"]
    books = [both(0, seed) for seed in range(10)]
    paid = sum(int(paid.amount.sum()) for _, paid in books)
    assert paid / sum(int(book.received.sum()) for book, _ in books) == pytest.approx(published, rel=0.1)


def test_a_third_firm_takes_each_side_fee_after_the_pay_out() -> None:
    book, paid = both(1)
    fees = paid.kind == SIDE_FEE
    assert paid.amount[fees].sum() == book.side_fee.sum()
    assert (paid.day[fees] > book.day[paid.loan[fees]]).all()


def test_payments_come_in_the_order_of_days_and_none_too_late() -> None:
    for evasion in (0, 1):
        _, paid = both(evasion)
        assert (np.diff(paid.day) >= 0).all()
        assert paid.day.max() <= 372
        assert paid.amount.min() > 0

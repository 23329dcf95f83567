from datetime import datetime, timedelta

import pytest

from suyuan.world.book import Account, Book
from suyuan.world.names import person

AT = datetime(2018, 9, 1, 9)  # noqa: DTZ001 - house times carry no zone
ANN = Account(number="1", bank="b", kind="card", holder=person(1), opening_fen=500)
BEN = Account(number="2", bank="b", kind="card", holder=person(2))


def test_what_leaves_one_account_arrives_on_another_and_balances_follow() -> None:
    book = Book()
    book.pay(BEN, ANN, at=AT + timedelta(days=1), fen=100, memo="")
    book.pay(ANN, BEN, at=AT, fen=300, memo="")
    assert [(line.effect, line.balance_fen) for line in book.statement(ANN)] == [("out", 200), ("in", 300)]
    assert [(line.effect, line.balance_fen) for line in book.statement(BEN)] == [("in", 300), ("out", 200)]
    assert [line.other for line in book.statement(BEN)] == [ANN, ANN]


def test_nobody_pays_what_he_has_not() -> None:
    book = Book()
    book.pay(ANN, BEN, at=AT, fen=501, memo="")
    with pytest.raises(ValueError, match="overdrawn"):
        book.statement(ANN)


def test_nothing_and_oneself_are_not_paid() -> None:
    for payer, payee, fen in ((ANN, BEN, 0), (ANN, ANN, 5)):
        with pytest.raises(ValueError, match="no payment"):
            Book().pay(payer, payee, at=AT, fen=fen, memo="")

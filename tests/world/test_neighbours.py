from collections import Counter
from random import Random

from suyuan.world import neighbours
from suyuan.world.book import Book
from suyuan.world.ledgers import Ledgers


def test_honest_neighbours_pay_what_they_owe_and_lend_within_the_cap() -> None:
    book, ledgers, random = Book(), Ledgers(), Random(3)
    found = [
        *neighbours.payroll_and_advance(book, ledgers),
        neighbours.small_loan_firm(book, ledgers, random=random),
        neighbours.market(book, ledgers, random=random),
        neighbours.refinancing(book, ledgers),
        *neighbours.shop_and_wedding(book, random=random),
        neighbours.traveller(book, random=random),
    ]
    assert len({each.name for each in found}) == 8
    for loan in ledgers.loans:
        assert loan.received_fen >= 0.99 * loan.principal_fen
        assert loan.yearly_rate <= 0.24
    for each in found:
        for account in each.accounts:
            book.statement(account)
    accounts = {
        number: account
        for each in book.payments
        for number, account in ((each.src.number, each.src), (each.dst.number, each.dst))
    }
    moved: Counter[str] = Counter()
    for payment in book.payments:
        moved[payment.src.number] -= payment.fen
        moved[payment.dst.number] += payment.fen
    assert sum(moved.values()) == 0
    assert {account.currency for account in accounts.values()} == {"CNY", "HKD"}

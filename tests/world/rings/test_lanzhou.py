from random import Random

from suyuan.world.book import Book
from suyuan.world.ledgers import Ledgers
from suyuan.world.rings.lanzhou import Ring, play


def played() -> tuple[Book, Ledgers, Ring]:
    book, ledgers = Book(), Ledgers()
    return book, ledgers, play(book, ledgers, random=Random(5))


def test_the_ring_lends_as_the_published_one_did() -> None:
    _, ledgers, ring = played()
    assert len(ring.victims) >= 25
    assert {loan.lender.name for loan in ledgers.loans} == {each.name for each, role in ring.roles if role == "lender"}
    for loan in ledgers.loans:
        assert 0.30 <= 1 - loan.received_fen / loan.principal_fen <= 0.50
        assert (loan.term_days, loan.penalty_daily_rate) == (7, 0.10)
    settled = [loan for loan in ledgers.loans if loan.settles]
    by_number = {loan.number: loan for loan in ledgers.loans}
    assert settled
    assert all(by_number[loan.settles].lender is not loan.lender for loan in settled)


def test_the_papers_agree_with_the_money() -> None:
    book, ledgers, ring = played()
    paid_out = sum(payment.fen for payment in book.payments if payment.memo == "服务费返还")
    assert paid_out == sum(loan.received_fen for loan in ledgers.loans) == ring.lent_fen
    repaid = sum(payment.fen for payment in book.payments if payment.memo == "还款")
    assert repaid == sum(each.fen for each in ledgers.repayments) == ring.repaid_fen
    assert sum(fee.fen for fee in ledgers.fees) == sum(loan.principal_fen - loan.received_fen for loan in ledgers.loans)


def test_the_merchant_keeps_nothing_and_the_money_ends_with_the_controller() -> None:
    book, _, ring = played()
    ends = {role: book.statement(account)[-1].balance_fen for account, role in ring.accounts if role != "funding"}
    assert ends["payment"] == 0
    assert ends["collection"] == 30_000
    assert ends["controller"] == 30_000_000 + ring.repaid_fen - ring.lent_fen
    for _, account in ring.victims:
        book.statement(account)

"""A tiny ring after the published one of 2018: two apps and two shells of one operator lend to the same victims.

A note of 1,000 pays out 500 to 700 for seven days; on the day it falls due the other app settles it by a bigger note.
Money goes out through a fourth-party merchant, comes back through it and to a nominee's card, and ends with the
controller.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random

from suyuan.world.book import Account, Book
from suyuan.world.ledgers import Fee, Ledgers, Loan, Repayment, Report, Steering, Tie
from suyuan.world.names import Party, card, company, person

FIRST_DAY = date(2018, 9, 1)
NOTES_FEN = (100_000, 150_000, 200_000, 300_000)  # 1,000 became thousands by settling note with note
CUTS = (30, 40, 50)  # percent; published: 30 to 50
TERM_DAYS = 7
PENALTY_DAILY = 0.10  # on the note, a day overdue
WAVES = ((0, 24), (9, 24))  # first day, victims


@dataclass(frozen=True, kw_only=True)
class Ring:
    """Who and which accounts belong to the ring, by role."""

    roles: tuple[tuple[Party, str], ...]
    accounts: tuple[tuple[Account, str], ...]
    victims: tuple[tuple[Party, Account], ...]
    lent_fen: int
    repaid_fen: int


@dataclass(frozen=True, kw_only=True)
class _Cast:
    controller: Party
    operator: Party
    lenders: tuple[Party, Party]
    signatories: tuple[Party, Party]
    nominee: Party
    merchant: Party
    purse: Account  # the controller's
    lending: tuple[Account, Account]
    through: Account  # the merchant's
    gather: Account  # the nominee's


def _cast() -> _Cast:
    controller, nominee = person(0), person(1)
    lenders = (company(1, stem="甲商贸"), company(2, stem="乙信息咨询"))
    merchant = company(3, stem="四方支付")

    def account(n: int, holder: Party, kind: str, opening_fen: int = 0) -> Account:
        bank, prefix = ("示例农商银行", "621700") if n < 20 else ("示例城商银行", "622202")
        return Account(number=card(n, prefix=prefix), bank=bank, kind=kind, holder=holder, opening_fen=opening_fen)

    return _Cast(
        controller=controller,
        operator=company(0, stem="速融科技"),
        lenders=lenders,
        signatories=(company(4, stem="丙二手回收"), company(5, stem="丁租赁")),
        nominee=nominee,
        merchant=merchant,
        purse=account(20, controller, "card", 30_000_000),
        lending=(account(21, lenders[0], "corporate"), account(22, lenders[1], "corporate")),
        through=account(10, merchant, "merchant"),
        gather=account(11, nominee, "card", 30_000),
    )


def play(book: Book, ledgers: Ledgers, *, random: Random) -> Ring:
    """Write the ring's payments into `book` and its papers into `ledgers`; return who was in it."""
    cast = _cast()
    victims: list[tuple[Party, Account, int]] = []
    for offset, count in WAVES:
        for _ in range(count):
            n = len(victims)
            victim = person(20 + n, region=("620102", "410102", "341602")[n % 3])
            bank, prefix = (("中国工商银行", "622200"), ("中国银行", "621660"), ("中国建设银行", "621700"))[n % 3]
            own = Account(
                number=card(1000 + n, prefix=prefix), bank=bank, kind="card", holder=victim, opening_fen=1_200_000
            )
            victims.append((victim, own, offset + n % 4))
    needs: dict[tuple[date, int], int] = {}
    for n, (victim, own, offset) in enumerate(victims):
        _borrow(
            book, ledgers, cast, victim, own, n=n, start=FIRST_DAY + timedelta(days=offset), needs=needs, random=random
        )
    _fund(book, cast, needs)
    _hand_up(book, cast)
    _papers(ledgers, cast)
    first = next(loan for loan in ledgers.loans if loan.status == "逾期")
    ledgers.reports.append(
        Report(
            victim=first.borrower,
            loan=first,
            account=cast.gather,
            at=datetime.combine(first.due_on + timedelta(days=20), time(15, 0)),
            fen=300_000,
        )
    )
    return _told(ledgers, cast, victims=tuple((victim, own) for victim, own, _ in victims))


def _borrow(
    book: Book,
    ledgers: Ledgers,
    cast: _Cast,
    victim: Party,
    own: Account,
    *,
    n: int,
    start: date,
    needs: dict[tuple[date, int], int],
    random: Random,
) -> None:
    """Lend to one victim again and again; each note but the last is settled by the next."""
    before: Loan | None = None
    for step in range(4 if n % 4 else 3):
        loan = _note(cast, victim, own, n=n, step=step, day=start + timedelta(days=TERM_DAYS * step), random=random)
        if before and n % 2:
            loan = replace(loan, settles=before.number)
        key = (loan.at.date(), (n + step) % 2)
        needs[key] = needs.get(key, 0) + loan.received_fen
        book.pay(cast.through, own, at=loan.at, fen=loan.received_fen, memo="服务费返还")
        if before:
            sent = loan.at - timedelta(minutes=random.randint(3, 20))
            ledgers.steerings.append(Steering(who=victim, from_app=before.app, to_app=loan.app, at=sent))
            _repay(book, ledgers, cast, before, at=loan.at + timedelta(minutes=random.randint(20, 110)), step=step - 1)
        cut = loan.principal_fen - loan.received_fen
        ledgers.fees.append(
            Fee(loan=loan, name="服务费", taker=cast.operator, fen=cut, at=loan.at, withheld=True, shown=False)
        )
        ledgers.loans.append(loan)
        before = loan
    if before:
        _end(book, ledgers, cast, before, n=n)


def _note(cast: _Cast, victim: Party, own: Account, *, n: int, step: int, day: date, random: Random) -> Loan:
    """Return the note of one step: the two lenders take turns, and each lets another shell sign."""
    lender = (n + step) % 2
    note = NOTES_FEN[step]
    return Loan(
        number=f"JK{n:03}{step}",
        lender=cast.lenders[lender],
        lender_kind="民间",
        signatory=cast.signatories[lender],
        payer=cast.through,
        app=("app-1", "app-2")[lender],
        borrower=victim,
        borrower_account=own,
        contract="回租",
        principal_fen=note,
        received_fen=note * (100 - random.choice(CUTS)) // 100,
        term_days=TERM_DAYS,
        yearly_rate=0.24,
        penalty_daily_rate=PENALTY_DAILY,
        at=datetime.combine(day, time(9, 40)) + timedelta(seconds=random.randrange(2400)),
        due_on=day + timedelta(days=TERM_DAYS),
    )


def _repay(
    book: Book, ledgers: Ledgers, cast: _Cast, loan: Loan, *, at: datetime, step: int, extra_fen: int = 0
) -> None:
    """Pay the note back: the first and third to the nominee's card, the others through the merchant."""
    payee = cast.gather if step % 2 == 0 else cast.through
    fen = loan.principal_fen + extra_fen
    book.pay(loan.borrower_account, payee, at=at, fen=fen, memo="还款")
    ledgers.repayments.append(Repayment(loan=loan, payee=payee, at=at, fen=fen, kind="罚息" if extra_fen else "本金"))


def _end(book: Book, ledgers: Ledgers, cast: _Cast, loan: Loan, *, n: int) -> None:
    """Let the last note end: a third never pay, the rest pay late with the penalty of two days."""
    if n % 3 == 0:
        ledgers.loans[ledgers.loans.index(loan)] = replace(
            loan,
            status="逾期",
            claimed_principal_fen=loan.principal_fen,
            claimed_interest_fen=round(loan.principal_fen * PENALTY_DAILY * 30),
        )
        return
    at = datetime.combine(loan.due_on + timedelta(days=2), time(11, 0)) + timedelta(seconds=n)
    penalty = round(loan.principal_fen * PENALTY_DAILY * 2)
    _repay(book, ledgers, cast, loan, at=at, step=int(loan.number[-1]), extra_fen=penalty)


def _fund(book: Book, cast: _Cast, needs: dict[tuple[date, int], int]) -> None:
    """Bring each day's pay-outs from the controller over the lender to the merchant, to the fen."""
    for (day, lender), fen in sorted(needs.items()):
        book.pay(
            cast.purse, cast.lending[lender], at=datetime.combine(day, time(8, 30, lender)), fen=fen, memo="往来款"
        )
        book.pay(
            cast.lending[lender], cast.through, at=datetime.combine(day, time(9, 30, lender)), fen=fen, memo="货款"
        )


def _hand_up(book: Book, cast: _Cast) -> None:
    """Settle what the merchant received to the nominee by night, and the nominee's card to the controller next day."""
    through: dict[date, int] = {}
    for payment in book.payments:
        if payment.dst is cast.through and payment.src.holder.kind == "person":
            through[payment.at.date()] = through.get(payment.at.date(), 0) + payment.fen
    for day, fen in sorted(through.items()):
        book.pay(cast.through, cast.gather, at=datetime.combine(day, time(22, 30)), fen=fen, memo="结算款")
    gathered: dict[date, int] = {}
    for payment in book.payments:
        if payment.dst is cast.gather:
            gathered[payment.at.date()] = gathered.get(payment.at.date(), 0) + payment.fen
    for day, fen in sorted(gathered.items()):
        at = datetime.combine(day + timedelta(days=1), time(7, 10))
        book.pay(cast.gather, cast.purse, at=at, fen=fen, memo="转账")


def _papers(ledgers: Ledgers, cast: _Cast) -> None:
    """Write the firms, their heads, who really owns them, and the apps."""
    heads = [person(2 + n) for n in range(6)]
    firms = [cast.operator, *cast.lenders, cast.merchant, *cast.signatories]
    for firm, head in zip(firms, heads, strict=True):
        ledgers.firms.append((firm, head, date(2018, 3, 12), 0))
        ledgers.ties.append(Tie(who=head, to=firm, kind="法定代表人", share="", since=date(2018, 3, 12)))
    for firm in (cast.operator, *cast.lenders, *cast.signatories):
        ledgers.ties.append(Tie(who=cast.controller, to=firm, kind="实际控制人", share="0.9", since=date(2018, 3, 12)))
    ledgers.ties.append(Tie(who=cast.nominee, to=cast.operator, kind="财务人员", share="", since=date(2018, 4, 1)))
    ledgers.people += [cast.controller, cast.nominee, *heads]
    ledgers.apps += [
        ("app-1", "示例急用钱", cast.operator, date(2018, 5, 20)),
        ("app-2", "示例闪到账", cast.operator, date(2018, 6, 2)),
    ]


def _told(ledgers: Ledgers, cast: _Cast, *, victims: tuple[tuple[Party, Account], ...]) -> Ring:
    ledgers.people += [victim for victim, _ in victims]
    loans = [loan for loan in ledgers.loans if loan.lender in cast.lenders]
    repaid = sum(each.fen for each in ledgers.repayments if each.loan.lender in cast.lenders)
    return Ring(
        roles=(
            (cast.controller, "controller"),
            (cast.operator, "operator"),
            (cast.lenders[0], "lender"),
            (cast.lenders[1], "lender"),
            (cast.signatories[0], "signatory"),
            (cast.signatories[1], "signatory"),
            (cast.merchant, "payment"),
            (cast.nominee, "nominee"),
        ),
        accounts=(
            (cast.purse, "controller"),
            (cast.lending[0], "funding"),
            (cast.lending[1], "funding"),
            (cast.through, "payment"),
            (cast.gather, "collection"),
        ),
        victims=victims,
        lent_fen=sum(loan.received_fen for loan in loans),
        repaid_fen=repaid,
    )

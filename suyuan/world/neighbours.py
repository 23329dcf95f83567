"""The honest neighbours of a ring: each does one thing that looks like a crime and is none."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from suyuan.world.book import Account, Book
from suyuan.world.ledgers import Fee, Ledgers, Loan, Repayment, Service, Tie
from suyuan.world.names import Party, card, company, person

FIRST_DAY = date(2018, 9, 1)
DAYS = 45


@dataclass(frozen=True, kw_only=True)
class LookAlike:
    """One honest neighbour and what he is taken for."""

    name: str
    parties: tuple[Party, ...]
    accounts: tuple[Account, ...]


def _account(n: int, holder: Party, kind: str = "card", *, opening_fen: int = 0, prefix: str = "621226") -> Account:
    return Account(
        number=card(n, prefix=prefix), bank="示例邻里银行", kind=kind, holder=holder, opening_fen=opening_fen
    )


def _at(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime.combine(FIRST_DAY + timedelta(days=day), time(hour, minute, second))


def _worker(n: int) -> tuple[Party, Account]:
    party = person(100 + n)
    return party, _account(2000 + n, party, opening_fen=600_000)


def payroll_and_advance(book: Book, ledgers: Ledgers) -> list[LookAlike]:
    """An employer pays forty people twice through one account, and lends some of them a part of it before pay day."""
    employer = company(10, stem="机械制造")
    main = _account(3000, employer, "corporate", opening_fen=100_000_000)
    wages = _account(3001, employer, "corporate", opening_fen=0)
    workers = [_worker(n) for n in range(40)]
    for pay_day in (9, 39):
        book.pay(main, wages, at=_at(pay_day, 8, 30), fen=40 * 600_000, memo="工资款")
        for n, (_, own) in enumerate(workers):
            book.pay(wages, own, at=_at(pay_day, 9, n), fen=600_000, memo="工资")
    for n, (worker, own) in enumerate(workers[:24]):
        at = _at(20 + n % 3, 10, n)
        loan = Loan(
            number=f"YZ{n:03}", lender=employer, lender_kind="民间", signatory=employer, payer=main, app="",
            borrower=worker, borrower_account=own, contract="借款", principal_fen=200_000, received_fen=200_000,
            term_days=20, yearly_rate=0.0, penalty_daily_rate=0.0, at=at, due_on=at.date() + timedelta(days=20),
        )  # fmt: skip
        ledgers.loans.append(loan)
        book.pay(main, own, at=at, fen=200_000, memo="预支工资")
        repaid = _at(39, 18, n)
        book.pay(own, main, at=repaid, fen=200_000, memo="归还预支")
        ledgers.repayments.append(Repayment(loan=loan, payee=main, at=repaid, fen=200_000, kind="本金"))
    ledgers.people += [worker for worker, _ in workers]
    _firm(ledgers, employer, head=person(160), since=date(2009, 5, 4), staff=186)
    return [
        LookAlike(name="payroll account", parties=(), accounts=(wages,)),
        LookAlike(name="employer's payday advance", parties=(employer,), accounts=(main,)),
    ]


def small_loan_firm(book: Book, ledgers: Ledgers, *, random: Random) -> LookAlike:
    """A licensed firm lends for thirty days at 24 % a year, its fee shown and inside the cap."""
    firm = company(11, stem="城关小额贷款")
    own = _account(3010, firm, "corporate", opening_fen=50_000_000)
    for n in range(30):
        borrower = person(200 + n)
        theirs = _account(2200 + n, borrower, opening_fen=100_000)
        at = _at(n, 11, n)
        principal = random.choice((500_000, 800_000, 1_000_000))
        fee, interest = principal // 200, round(principal * 0.17 * 30 / 365)
        loan = Loan(
            number=f"XD{n:03}", lender=firm, lender_kind="小额贷款公司", signatory=firm, payer=own, app="",
            borrower=borrower, borrower_account=theirs, contract="借款", principal_fen=principal,
            received_fen=principal - fee, term_days=30, yearly_rate=0.17, penalty_daily_rate=0.0005, at=at,
            due_on=at.date() + timedelta(days=30), status="结清",
        )  # fmt: skip
        ledgers.loans.append(loan)
        ledgers.fees.append(Fee(loan=loan, name="服务费", taker=firm, fen=fee, at=at, withheld=True, shown=True))
        ledgers.people.append(borrower)
        book.pay(own, theirs, at=at, fen=principal - fee, memo="放款")
        back = datetime.combine(loan.due_on, time(16, n))
        if theirs.opening_fen < fee + interest:
            raise ValueError(f"{borrower.name} cannot pay")
        book.pay(theirs, own, at=back, fen=principal + interest, memo="还本付息")
        ledgers.repayments.append(Repayment(loan=loan, payee=own, at=back, fen=principal + interest, kind="本息"))
    _firm(ledgers, firm, head=person(161), since=date(2012, 11, 8), staff=23)
    return LookAlike(name="licensed small-loan firm at the cap", parties=(firm,), accounts=(own,))


def market(book: Book, ledgers: Ledgers, *, random: Random) -> LookAlike:
    """A market takes what sixty customers pay and settles it with eight stalls the same evening."""
    operator = company(12, stem="农贸市场")
    own = _account(3020, operator, "settlement")
    stalls = [_account(3100 + n, person(240 + n)) for n in range(8)]
    for day in range(DAYS):
        taken = 0
        for n in range(20):
            shopper = person(250 + random.randrange(60))
            fen = random.randrange(60, 500) * 100
            taken += fen
            account = _account(3200 + int(shopper.phone[-4:]), shopper, opening_fen=5_000_000)
            book.pay(account, own, at=_at(day, 9 + n // 4, n, day), fen=fen, memo="货款")
        for n, stall in enumerate(stalls):
            share = taken // 8 if n else taken - taken // 8 * 7
            book.pay(own, stall, at=_at(day, 19, n), fen=share, memo="摊位结算")
    ledgers.services.append(
        Service(
            account=own,
            kind="结算",
            owner="示例监管员",
            reason="市场结算专户，已备案",
            since=date(2018, 1, 1),
            until=date(2018, 12, 31),
        )
    )
    _firm(ledgers, operator, head=person(162), since=date(2006, 3, 1), staff=41)
    return LookAlike(name="market settlement account", parties=(operator,), accounts=(own,))


def refinancing(book: Book, ledgers: Ledgers) -> LookAlike:
    """A careful borrower pays off three dear loans with one cheap bank loan."""
    borrower = person(180)
    own = _account(2180, borrower, opening_fen=500_000)
    bank = company(13, stem="惠民银行")
    till = _account(3030, bank, "clearing", opening_fen=100_000_000)
    small = company(11, stem="城关小额贷款")
    teller = _account(3010, small, "corporate", opening_fen=50_000_000)
    olds = []
    for n in range(3):
        at = _at(2 * n, 14, n)
        old = Loan(
            number=f"ZH{n:03}", lender=small, lender_kind="小额贷款公司", signatory=small, payer=teller, app="",
            borrower=borrower, borrower_account=own, contract="借款", principal_fen=500_000, received_fen=500_000,
            term_days=30, yearly_rate=0.24, penalty_daily_rate=0.0005, at=at, due_on=at.date() + timedelta(days=30),
        )  # fmt: skip
        book.pay(teller, own, at=at, fen=500_000, memo="放款")
        olds.append(old)
    at = _at(24, 10)
    new = Loan(
        number="ZH100", lender=bank, lender_kind="银行", signatory=bank, payer=till, app="", borrower=borrower,
        borrower_account=own, contract="借款", principal_fen=1_500_000, received_fen=1_500_000, term_days=365,
        yearly_rate=0.06, penalty_daily_rate=0.0, at=at, due_on=at.date() + timedelta(days=365), status="未结清",
    )  # fmt: skip
    book.pay(till, own, at=at, fen=1_500_000, memo="放款")
    for n, old in enumerate(olds):
        book.pay(own, teller, at=at + timedelta(hours=1, minutes=n), fen=508_000, memo="提前结清")
        ledgers.repayments.append(
            Repayment(loan=old, payee=teller, at=at + timedelta(hours=1, minutes=n), fen=508_000, kind="本息")
        )
    ledgers.loans += [*olds, new]
    ledgers.people.append(borrower)
    _firm(ledgers, bank, head=person(163), since=date(2001, 7, 2), staff=912)
    return LookAlike(name="refinancing to a cheaper bank loan", parties=(borrower,), accounts=(own,))


def shop_and_wedding(book: Book, *, random: Random) -> list[LookAlike]:
    """A noodle shop sweeps its wallet to the owner's card every night; a couple receives red packets once."""
    owner, bride = person(181), person(182)
    wallet = Account(number="wxid_shilimian0181", bank="微信支付", kind="wallet", holder=owner)
    own = _account(2181, owner)
    guests = [
        Account(
            number=f"wxid_shili{n:04}",
            bank="微信支付",
            kind="wallet",
            holder=person(190 + n % 150),
            opening_fen=3_000_000,
        )
        for n in range(90)
    ]
    for day in range(DAYS):
        taken = 0
        for n in range(12):
            fen = random.choice((1200, 1500, 1800, 2200, 3600))
            taken += fen
            book.pay(random.choice(guests), wallet, at=_at(day, 11 + n % 8, n, day), fen=fen, memo="收款码收款")
        book.pay(wallet, own, at=_at(day, 21, 30), fen=taken, memo="零钱提现")
    purse = Account(number="shili182@example.com", bank="支付宝", kind="wallet", holder=bride, opening_fen=80_000)
    for n, guest in enumerate(guests[:32]):
        giver = Account(
            number=f"shili{n:03}@example.com", bank="支付宝", kind="wallet", holder=guest.holder, opening_fen=500_000
        )
        book.pay(giver, purse, at=_at(14, 17, n), fen=random.choice((60_000, 80_000, 100_000)), memo="新婚快乐")
    hotel = _account(3040, company(14, stem="大酒店"), "corporate")
    book.pay(purse, hotel, at=_at(16, 10), fen=1_200_000, memo="婚宴")
    return [
        LookAlike(name="shop that sweeps its takings", parties=(owner,), accounts=(wallet, own)),
        LookAlike(name="wedding red packets", parties=(bride,), accounts=(purse,)),
    ]


def traveller(book: Book, *, random: Random) -> LookAlike:
    """Somebody with an account in Hong Kong: wages in, rent and shopping out, in another currency."""
    party = person(183, region="440304")
    own = Account(
        number="808-123456-833", bank="HSBC", kind="card", holder=party, opening_fen=1_000_000, currency="HKD"
    )
    firm = Account(
        number="808-000001-001",
        bank="HSBC",
        kind="corporate",
        holder=company(15, stem="贸易"),
        opening_fen=9_000_000,
        currency="HKD",
    )
    shop = Account(
        number="808-000002-001", bank="HSBC", kind="corporate", holder=company(16, stem="超市"), currency="HKD"
    )
    for month in (0, 30):
        book.pay(firm, own, at=_at(month, 9), fen=1_250_000, memo="salary payment")
    for n in range(12):
        book.pay(own, shop, at=_at(2 + 3 * n, 18, n), fen=random.randrange(2_000, 60_000), memo="pos purchase")
    return LookAlike(name="wage earner with a foreign account", parties=(party,), accounts=(own,))


def _firm(ledgers: Ledgers, firm: Party, *, head: Party, since: date, staff: int) -> None:
    ledgers.firms.append((firm, head, since, staff))
    ledgers.people.append(head)
    ledgers.ties.append(Tie(who=head, to=firm, kind="法定代表人", share="", since=since))

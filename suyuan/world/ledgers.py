"""What lenders and registries keep beside the money: loans, repayments, people, firms, ties, apps."""

from dataclasses import dataclass, field
from datetime import date, datetime

from suyuan.world.book import Account
from suyuan.world.names import Party


@dataclass(frozen=True, kw_only=True)
class Loan:
    """One loan as its lender books it."""

    number: str
    lender: Party
    lender_kind: str  # word of the platform: 民间 or 小额贷款公司 or 银行
    signatory: Party
    payer: Account
    app: str
    borrower: Party
    borrower_account: Account
    contract: str  # what it calls itself
    principal_fen: int
    received_fen: int
    term_days: int
    yearly_rate: float
    penalty_daily_rate: float
    at: datetime
    due_on: date
    settles: str = ""
    status: str = "结清"
    claimed_principal_fen: int = 0
    claimed_interest_fen: int = 0


@dataclass(frozen=True, kw_only=True)
class Fee:
    """One fee taken for one loan."""

    loan: Loan
    name: str
    taker: Party
    fen: int
    at: datetime
    withheld: bool
    shown: bool


@dataclass(frozen=True, kw_only=True)
class Repayment:
    """One repayment, as the lender books it."""

    loan: Loan
    payee: Account
    at: datetime
    fen: int
    kind: str


@dataclass(frozen=True, kw_only=True)
class Tie:
    """What one party is to another since a day."""

    who: Party
    to: Party
    kind: str
    share: str
    since: date


@dataclass(frozen=True, kw_only=True)
class Steering:
    """One person sent from one app to another."""

    who: Party
    from_app: str
    to_app: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Service:
    """An account that is known to serve everybody, until a day."""

    account: Account
    kind: str
    owner: str
    reason: str
    since: date
    until: date


@dataclass(frozen=True, kw_only=True)
class Report:
    """One report to the police about an account."""

    victim: Party
    loan: Loan
    account: Account
    at: datetime
    fen: int


@dataclass(kw_only=True)
class Ledgers:
    """All of it."""

    loans: list[Loan] = field(default_factory=list)
    fees: list[Fee] = field(default_factory=list)
    repayments: list[Repayment] = field(default_factory=list)
    people: list[Party] = field(default_factory=list)
    firms: list[tuple[Party, Party, date, int]] = field(
        default_factory=list
    )  # firm, legal head, founded, insured staff
    ties: list[Tie] = field(default_factory=list)
    steerings: list[Steering] = field(default_factory=list)
    services: list[Service] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    apps: list[tuple[str, str, Party, date]] = field(default_factory=list)  # id, name, operator, listed

"""The book of a small world: accounts, and payments between them. What leaves one account arrives on another."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from suyuan.world.names import Party

Effect = Literal["in", "out"]


@dataclass(frozen=True, kw_only=True)
class Account:
    """One account; `opening_fen` is what lay on it before the first payment."""

    number: str
    bank: str
    kind: str
    holder: Party
    opening_fen: int = 0
    currency: str = "CNY"


@dataclass(frozen=True, kw_only=True)
class Payment:
    """One payment of `fen` 1/100 of the accounts' currency, over zero."""

    serial: str
    src: Account
    dst: Account
    at: datetime
    fen: int
    memo: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of an account's statement, in the order of the account; `balance_fen` stands after it."""

    payment: Payment
    effect: Effect
    balance_fen: int

    @property
    def other(self) -> Account:
        """The account on the other side."""
        return self.payment.dst if self.effect == "out" else self.payment.src


@dataclass(kw_only=True)
class Book:
    """Every payment of the world."""

    payments: list[Payment] = field(default_factory=list)

    def pay(self, src: Account, dst: Account, *, at: datetime, fen: int, memo: str) -> Payment:
        """Record a payment of `fen`.

        Raises:
            ValueError: The sum is not over zero, the accounts are one, or their currencies differ.
        """
        if fen <= 0 or src.number == dst.number or src.currency != dst.currency:
            raise ValueError(f"no payment: {fen} from {src.number} to {dst.number}")
        payment = Payment(serial=f"{at:%Y%m%d}{len(self.payments) + 1:08}", src=src, dst=dst, at=at, fen=fen, memo=memo)
        self.payments.append(payment)
        return payment

    def statement(self, account: Account) -> list[Line]:
        """Return the lines of `account`, oldest first.

        Raises:
            ValueError: The balance would fall below zero.
        """
        balance, lines = account.opening_fen, []
        for payment in sorted(self.payments, key=lambda each: (each.at, each.serial)):
            if account.number not in (payment.src.number, payment.dst.number):
                continue
            effect: Effect = "out" if payment.src.number == account.number else "in"
            balance += payment.fen if effect == "in" else -payment.fen
            if balance < 0:
                raise ValueError(f"{account.holder.name} {account.number} is overdrawn on {payment.at}")
            lines.append(Line(payment=payment, effect=effect, balance_fen=balance))
        return lines

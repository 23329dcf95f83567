"""Reads amounts and payments as people type them on a command line."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from suyuan.domain.errors import UsageError

_AMOUNT = re.compile(r"([+-]?)[¥￥]?(\d{1,12}|\d{1,3}(?:,\d{3}){1,3})(?:\.(\d{1,2}))?元?", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Payment:
    """A payment: `fen` > 0, on a day or so many days after the pay-out; neither: on the last day of the term."""

    fen: int
    on: date | None = None
    after_days: int | None = None


def fen_of(text: str, *, what: str) -> int:
    """Return the amount `text` (yuan, at most two decimals) in fen.

    Raises:
        UsageError: It is no such amount; `what` names the option.

    >>> fen_of("1,000.50", what="--repay")
    100050
    """
    found = _AMOUNT.fullmatch(text.strip())
    if not found:
        raise UsageError("loan.bad_amount", what=what, given=text)
    sign, whole, part = found.groups()
    fen = int(whole.replace(",", "")) * 100 + int((part or "").ljust(2, "0"))
    return -fen if sign == "-" else fen


def positive_fen(text: str, *, what: str) -> int:
    """Return the amount `text` in fen.

    Raises:
        UsageError: It is no amount, or not above 0.
    """
    fen = fen_of(text, what=what)
    if fen <= 0:
        raise UsageError("loan.not_positive", what=what, given=text)
    return fen


def day_of(text: str, *, what: str) -> date:
    """Return the day `text` (2018-09-01).

    Raises:
        UsageError: It is no day; `what` names the option.
    """
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise UsageError("loan.bad_day", what=what, given=text) from None


def payment_of(text: str) -> Payment:
    """Return the payment `AMOUNT`, `AMOUNT@DAYS` or `AMOUNT@2018-09-08`.

    Raises:
        UsageError: It is no such payment.

    >>> payment_of("350.5@14")
    Payment(fen=35050, on=None, after_days=14)
    """
    amount, at, when = text.partition("@")
    fen = positive_fen(amount, what="--repay")
    if not at:
        return Payment(fen=fen)
    if re.fullmatch(r"\d{1,5}", when.strip()):
        return Payment(fen=fen, after_days=int(when))
    return Payment(fen=fen, on=day_of(when, what="--repay"))


def flow_of(text: str) -> tuple[date, int]:
    """Return day and fen of `2018-09-01:700` (received by the borrower) or `2018-09-08:-1000` (paid).

    Raises:
        UsageError: It is no such flow.
    """
    day, _, amount = text.partition(":")
    return day_of(day, what="--flow"), fen_of(amount, what="--flow")


def dated(payment: Payment, *, paid_out_on: date, term_days: int | None) -> tuple[date, int]:
    """Return the day and the fen of `payment`.

    Raises:
        UsageError: It has no day and the loan no term.
    """
    if payment.on is not None:
        return payment.on, payment.fen
    days = payment.after_days if payment.after_days is not None else term_days
    if days is None:
        raise UsageError("loan.no_day", given=f"{payment.fen // 100}.{payment.fen % 100:02d}")
    return paid_out_on + timedelta(days=days), payment.fen

"""What payers pay their institution for sending money elsewhere."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from suyuan.world.frame.dice import Ints
from suyuan.world.institutions.statements_faces import Faces
from suyuan.world.institutions.statements_layouts import Fee, Ways, figures
from suyuan.world.institutions.statements_numbers import Whole


def elsewhere(faces: Faces, account: Whole, other: Whole) -> NDArray[np.bool_]:
    """Return which lines have their other side at another institution; cash is nowhere."""
    return np.asarray((faces.institution[other] != faces.institution[account]) & (other != faces.nobody))


def fees(faces: Faces, ways: Ways, *, account: Whole, other: Whole, into: NDArray[np.bool_], amount: Ints) -> Ints:
    """Return the fee of every line of an institution of such `ways`, in fen: 0 where none is paid.

    Args:
        faces: Of the accounts.
        ways: Of the institution.
        account: Row of the own account.
        other: Row of the other side's; the place of nobody for cash.
        into: Whether the money came in.
        amount: What moved, in fen.
    """
    found = np.zeros(len(amount), np.int64)
    if ways.fee is None:
        return found
    fee = figures().fees[ways.fee]
    pays = ~into & elsewhere(faces, account, other)
    pays &= faces.of_firms[account] if fee.whose == "firms" else faces.holder[account] == faces.holder[other]
    places = np.flatnonzero(pays)
    found[places] = price(fee, amount[places])
    return found


def price(fee: Fee, amount: Any) -> Ints:
    """Return what is paid for sending `amount`, in fen.

    Examples:
        >>> told = Fee(whose="firms", steps=((100, 5), (1000, 10)), in_a_million=10_000, least=12, most=50)
        >>> price(told, np.array([100, 101, 1001, 4000, 9000])).tolist()
        [5, 10, 12, 40, 50]
    """
    amount = np.asarray(amount, np.int64)
    beyond = np.clip(amount * fee.in_a_million // 1_000_000, fee.least, fee.most)
    tops, paid = np.array([*fee.steps], np.int64).reshape(-1, 2).T
    step = np.searchsorted(tops, amount, side="left")
    return np.asarray(np.append(paid, 0)[step] + np.where(step == len(tops), beyond, 0))

"""Merchant numbers and the payment firm's orders; texts that are drawn by their weights."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from suyuan.world.frame.dice import Ints, weighted
from suyuan.world.frame.tables import Why, words
from suyuan.world.frame.world import World
from suyuan.world.rings.plan import figures

Moments = np.ndarray[Any, Any]


@dataclass(frozen=True, kw_only=True)
class Merchants:
    """The rows of a ring's merchant numbers: ids by account id."""

    account: Ints
    merchant: Ints

    def of(self, accounts: Ints) -> Ints:
        """Return the merchant number of each account; -1 where it has none."""
        place = np.searchsorted(self.account, accounts).clip(0, len(self.account) - 1)
        return np.where(self.account[place] == accounts, self.merchant[place], -1)


def texts(chance: np.random.Generator, name: str, n: int) -> pa.DictionaryArray:
    """Return `n` texts drawn from `texts: memos: <name>` of the shared figures."""
    return drawn(chance, figures("routine_loans")["texts"]["memos"][name], n)


def drawn(chance: np.random.Generator, shares: dict[str, int], n: int) -> pa.DictionaryArray:
    """Return `n` texts drawn by their weights."""
    return words(weighted(chance, list(shares.values()), n), list(shares))


def orders(
    world: World,
    why: Why,
    chance: np.random.Generator,
    *,
    kind: str,
    merchant: Ints,
    sides: tuple[Ints, Ints, Ints, Ints],
    amount_fen: Ints,
    at: Moments,
    app: Ints,
    loan: Ints,
) -> Ints:
    """Write the payment firm's orders where a merchant number is used; return their ids, -1 elsewhere.

    `sides` are the payers, their accounts, the payees, theirs.
    """
    here = np.flatnonzero(merchant >= 0)
    n = len(here)
    made = world.add(
        "payment_order",
        why,
        order_no=numbered(chance, "P", n),
        merchant_order_no=numbered(chance, "M", n),
        payment_firm_id=world.of(merchant[here], "payment_firm_id"),
        merchant_id=merchant[here],
        kind=kind,
        payer_id=sides[0][here],
        payer_account_id=sides[1][here],
        payee_id=sides[2][here],
        payee_account_id=sides[3][here],
        goods=drawn(chance, figures("routine_loans")["texts"]["goods"], n),
        currency="CNY",
        amount_fen=amount_fen[here],
        fee_fen=np.maximum(1, amount_fen[here] * 38 // 10_000),
        ordered_at=at[here] - np.timedelta64(3, "s"),
        paid_at=at[here],
        status="paid",
        app_id=app[here],
        loan_id=loan[here],
    )
    found = np.full(len(merchant), -1, np.int64)
    found[here] = made
    return found


def numbered(chance: np.random.Generator, letter: str, n: int) -> pa.Array:
    """Return `n` serial numbers of 14 digits after a letter."""
    return pa.array([f"{letter}{number}" for number in chance.integers(10**13, 10**14, n).tolist()], pa.string())

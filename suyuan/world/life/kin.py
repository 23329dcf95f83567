"""Loans between relatives and friends: mostly without interest, paid back in one to three parts, some never."""

from typing import Any

import numpy as np

from suyuan.world.frame.dice import Ints, parts
from suyuan.world.frame.tables import words
from suyuan.world.frame.world import World
from suyuan.world.life.actors import accounts, adults
from suyuan.world.life.credit import rounded
from suyuan.world.life.figures import choose, figures, permille, spread, volume
from suyuan.world.life.pay import pay
from suyuan.world.life.rhythm import moments, pick_days


def live_kin(world: World) -> None:
    """Add private loans that began within the world, and what came back of them."""
    chance, n = world.chance("life", "kin"), volume("credit", "kin", world.options.scale)
    told, days = figures("credit")["kin"], world.options.days
    people = adults(world, chance, ages=(18, 75), thin=True)
    lender, borrower = people.draw(chance, n), people.draw(chance, n)
    apart = lender != borrower
    lender, borrower, n = lender[apart], borrower[apart], int(apart.sum())
    principal = rounded(spread(chance, told["principal"][0], told["principal"][1], n), told["round_fen"])
    start = pick_days(world, chance, n, 0, days)
    months = np.array(list(told["months"]))[choose(chance, told["months"], n)]
    rate = np.array(told["rate_bp"])[chance.integers(0, len(told["rate_bp"]), n)]
    at = moments(world, chance, start)
    due = start + months * 30
    repaid = ~permille(chance, told["default"], n)
    last = np.where(repaid, due + chance.integers(-20, 25, n), 1 << 20)
    loans = _loans(world, sides=(borrower, lender), principal=principal, rate=rate, at=at, span=(start, due, last))
    memo = words(chance.integers(0, len(told["memos"]), n), told["memos"])
    pay(world, src=accounts(world, lender), dst=accounts(world, borrower), at=at, amount_fen=principal, memo=memo)
    interest = principal * rate * (due - start) // 3_650_000
    _back(world, chance, loans=loans, sides=(borrower, lender), owed=principal + interest, span=(start, last))


def _loans(
    world: World, *, sides: tuple[Ints, Ints], principal: Ints, rate: Ints, at: Any, span: tuple[Ints, Ints, Ints]
) -> Ints:
    (borrower, lender), (start, due, last), days = sides, span, world.options.days
    return world.add(
        "loan",
        lender_id=lender,
        lender_kind="private",
        signatory_id=lender,
        payer_account_id=accounts(world, lender),
        borrower_id=borrower,
        borrower_account_id=accounts(world, borrower),
        product_kind="亲友借款",
        contract_kind="loan",
        currency="CNY",
        principal_fen=principal,
        received_fen=principal,
        term_days=due - start,
        interval_days=due - start,
        repay_method="on_demand",
        quoted_yearly_rate=rate / 10_000,
        signed_on=world.day(start),
        paid_out_at=at,
        due_on=world.day(due),
        repay_channel_open=True,
        applied_online=False,
        status=words(np.where(last < days, 1, 0), ["open", "closed"]),
        closed_on=np.where(last < days, world.day(np.minimum(last, days)), np.datetime64("NaT")),
    )


def _back(
    world: World, chance: np.random.Generator, *,
    loans: Ints, sides: tuple[Ints, Ints], owed: Ints, span: tuple[Ints, Ints],
) -> None:  # fmt: skip
    """Add what came back: parts that sum to what was owed, the last on the last day."""
    told, days = figures("credit")["kin"], world.options.days
    start, last = span
    borrower, lender = sides
    times = np.array(list(told["parts"]))[choose(chance, told["parts"], len(loans))]
    cut = parts(chance, np.maximum(owed // 10_000, 1), into=3) * 10_000
    cut[:, 2] += owed - cut.sum(axis=1)
    merged = [np.where(times == 1, owed, np.where(times == 2, cut[:, 0] + cut[:, 1], cut[:, 0]))]
    merged += [np.where(times == 1, 0, np.where(times == 2, cut[:, 2], cut[:, 1])), np.where(times == 3, cut[:, 2], 0)]
    for number, amount in enumerate(merged, start=1):
        day = np.where(number == times, last, start + (last - start) * number // np.maximum(times, 1))
        kept = np.flatnonzero((amount > 0) & (last < 1 << 19) & (day < days) & (day > start))
        at = moments(world, chance, day[kept])
        payer, payee = accounts(world, borrower[kept]), accounts(world, lender[kept])
        world.add(
            "repayment", loan_id=loans[kept], payer_id=borrower[kept], payer_account_id=payer, payee_account_id=payee,
            paid_at=at, time_precision="second", amount_fen=amount[kept], currency="CNY", kind="principal",
            channel="转账",
        )  # fmt: skip
        memo = words(chance.integers(0, len(told["back"]), len(kept)), told["back"])
        pay(world, src=payer, dst=payee, at=at, amount_fen=amount[kept], memo=memo)

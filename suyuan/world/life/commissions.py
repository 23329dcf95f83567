"""What selling insurance pays: agents' contracts, commissions by policy year, and what is clawed back."""

from typing import Any

import numpy as np

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import NOBODY
from suyuan.world.frame.world import World
from suyuan.world.life.actors import accounts, firms
from suyuan.world.life.figures import figures
from suyuan.world.life.insurance import LONG, YEAR, Sold
from suyuan.world.life.marks import serials
from suyuan.world.life.pay import pay
from suyuan.world.life.rhythm import moments, workday
from suyuan.world.life.ring_up import phones

PAY_DAY = 15
"""Commissions of a month are paid on the next month's fifteenth, or the working day after it."""


def live_commissions(world: World, sold: list[Sold]) -> None:
    """Add the contracts of everyone who sold one of the policies `sold`, and all commissions of them."""
    contracts, agents, payers = _contracts(world, sold)
    rows = [row for each in sold for row in _of_kind(world, each)]
    policy, agent, amount, day, year, kind = (np.concatenate([row[place] for row in rows]) for place in range(6))
    place = np.searchsorted(agents, agent)
    payday = pay_days(world, day)
    paid = np.flatnonzero(payday < world.options.days)
    for name in range(3):
        mine = paid[kind[paid] == name]
        world.add(
            "commission",
            policy_id=policy[mine],
            agent_id=agent[mine],
            payer_id=payers[place[mine]],
            agent_contract_id=contracts[place[mine]],
            kind=("first_year", "renewal", "clawback")[name],
            policy_year=year[mine],
            base_fen=world.of(policy[mine], "premium_fen"),
            rate=np.abs(amount[mine]) / world.of(policy[mine], "premium_fen"),
            currency="CNY",
            amount_fen=amount[mine],
            paid_on=world.day(payday[mine]),
            account_id=accounts(world, agent[mine]),
            clawback_until_on=world.of(policy[mine], "clawback_until_on"),
        )
    _paid_out(world, agents=agents, payers=payers, place=place[paid], amount=amount[paid], payday=payday[paid])


def pay_days(world: World, day: Ints) -> Ints:
    """Return the day on which what was earned on `day` is paid; what lies after the world is paid after it."""
    month = world.day(np.minimum(day, world.options.days + 31)).astype("datetime64[M]") + np.timedelta64(1, "M")
    paid = (month.astype("datetime64[D]") - world.day(0)).astype(np.int64) + PAY_DAY - 1
    return workday(world, paid)


def _contracts(world: World, sold: list[Sold]) -> tuple[Ints, Ints, Ints]:
    """Add one contract for each agent; return contracts, agents (rising) and who pays each."""
    agents = np.unique(np.concatenate([each.agent for each in sold]))
    n, chance = len(agents), world.chance("life", "agent_contracts")
    employer = world.of(agents, "_employer")
    houses = np.concatenate([firms(world, "insurance_agency"), firms(world, "insurer")])
    payers = np.where(np.isin(employer, houses), employer, houses[np.arange(n) % len(houses)])
    leaders = agents[np.arange(n) // 12 * 12]
    contracts = world.add(
        "agent_contract",
        agent_id=agents,
        principal_id=payers,
        kind="insurance_agent",
        team=serials("团队", np.arange(n) // 12 + 1, width=3),
        leader_id=np.where(leaders == agents, NOBODY, leaders),
        certificate_no=serials("6200", 20_000_000 + np.arange(n) * 31, width=10),
        phone=phones(world, agents),
        account_id=accounts(world, agents),
        currency="CNY",
        signed_on=world.day(-chance.integers(60, 2400, n)),
        device=world.of(agents, "_device"),
    )
    return contracts, agents, payers


def _of_kind(world: World, sold: Sold) -> list[tuple[Ints, ...]]:
    """Return rows (policy, agent, fen, day earned, policy year, kind) of first-year, renewal and clawed-back ones."""
    told = figures("insurance")
    first = np.maximum(world.of(sold.ids, "commission_fen"), 1)
    rows = [_row(sold, first, sold.start, year=1, kind=0, kept=sold.start >= 0)]
    years = told["rates"]["renewal"] if sold.kind in LONG else []
    for year, share in enumerate(years, start=1):
        day = sold.start + year * YEAR
        kept = (day >= 0) & (day < sold.over)
        rows.append(_row(sold, np.maximum(first * share // 1000, 1), day, year=year + 1, kind=1, kept=kept))
    early = (sold.over < sold.start + told["clawback_days"]) & (sold.start >= 0)
    held = np.maximum(sold.over - sold.start, 0)
    back = first * (told["clawback_days"] - held) // told["clawback_days"]
    rows.append(_row(sold, -back, sold.over, year=1, kind=2, kept=early & (back > 0)))
    return rows


def _row(sold: Sold, amount: Ints, day: Ints, *, year: int, kind: int, kept: Any) -> tuple[Ints, ...]:
    n = int(kept.sum())
    return sold.ids[kept], sold.agent[kept], amount[kept], day[kept], np.full(n, year), np.full(n, kind)


def _paid_out(world: World, *, agents: Ints, payers: Ints, place: Ints, amount: Ints, payday: Ints) -> None:
    """Pay each agent once a month what he earned less what was clawed back; nothing when that is not more than 0."""
    days = world.options.days
    keys, where = np.unique(place * days + payday, return_inverse=True)
    sums = np.zeros(len(keys), np.int64)
    np.add.at(sums, where, amount)
    kept = sums > 0
    who, day = keys[kept] // days, keys[kept] % days
    at = moments(world, world.chance("life", "commission_pay"), day, kind="firm")
    pay(world, src=accounts(world, payers[who]), dst=accounts(world, agents[who]), at=at, amount_fen=sums[kept],
        memo="佣金", channel="batch", kind="代发")  # fmt: skip

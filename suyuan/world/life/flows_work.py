"""Money that work brings and firms pay: salaries, social security, taxes, benefits, trade along a supply network."""

from dataclasses import dataclass

import numpy as np

from suyuan.world.frame.dice import Ints, around, weighted
from suyuan.world.frame.world import World
from suyuan.world.life.flows_send import Batch, amounts_of, count, flow, months, rounded, send, share
from suyuan.world.life.flows_who import Who
from suyuan.world.life.rhythm import pick_days, seconds, spring_festivals, workday

PAY_DAYS = np.array([5, 8, 10, 15, 15, 20, 25, 28])


@dataclass(frozen=True, kw_only=True)
class Payroll:
    """Who is paid by whom through an account: rows of people, of their firms; `total` is fen a month, by firm row."""

    staff: Ints
    firm: Ints
    total: Ints
    firms: Ints


def work(world: World, known: Who) -> None:
    """Lay what work brings and firms pay."""
    payroll = _payroll(world, known)
    _salaries(world, known, payroll)
    _bonuses(world, known, payroll)
    _revenue(world, known, payroll)
    _social_security(world, known, payroll)
    _taxes(world, known)
    _benefits(world, known)
    _trade(world, known)
    _owners(world, known)
    _wages(world, known)


def _payroll(world: World, known: Who) -> Payroll:
    """Return the payroll of every so-manieth firm by size, so that small worlds have large employers on it too."""
    chance = world.chance("life", "payroll")
    employs = np.bincount(known.employer[known.employer >= 0], minlength=len(known.till))
    by_size = np.argsort(-np.where(known.till >= 0, employs, -1), kind="stable")
    steps = chance.integers(0, 100) + int(flow("salary")["share"]) * np.arange(len(by_size) + 1)
    pays = np.zeros(len(known.till) + 1, bool)  # the last one stands for no employer
    pays[by_size[np.diff(steps // 100) > 0]] = True
    pays[:-1] &= known.till >= 0
    staff = np.flatnonzero(pays[known.employer] & (known.employer >= 0) & (known.main >= 0) & (known.income > 0))
    total = np.zeros(len(known.till), np.int64)
    np.add.at(total, known.employer[staff], known.income[staff])
    return Payroll(staff=staff, firm=known.employer[staff], total=total, firms=np.flatnonzero(total > 0))


def _pay_days(world: World, known: Who, chance: np.random.Generator) -> Ints:
    """Return the day on which each firm pays in each month, (firms, months): before Spring Festival, not in it."""
    day = months(world)[None, :] + PAY_DAYS[chance.integers(0, len(PAY_DAYS), len(known.till))][:, None] - 1
    for first in spring_festivals():
        near = (day >= first - 3) & (day <= first + 13)
        day = np.where(near, first - 4 - chance.integers(0, 4, len(day))[:, None], day)
    return workday(world, day)


def _salaries(world: World, known: Who, payroll: Payroll) -> None:
    chance = world.chance("life", "salaries")
    many = world.options.months
    day = _pay_days(world, known, chance)
    firm, month = np.repeat(payroll.firm, many), np.tile(np.arange(many), len(payroll.staff))
    begins = seconds(chance, day.reshape(-1), kind="firm").reshape(day.shape)
    fixed = np.repeat(chance.integers(0, 100, len(payroll.staff)) < 45, many)
    wobble = np.where(fixed, 1_000, chance.integers(930, 1_080, len(firm)))
    base = np.repeat(known.income[payroll.staff] // 100 * 100, many) * wobble // 1_000
    batch = Batch(
        src=known.till[firm],
        dst=np.repeat(known.main[payroll.staff], many),
        day=day[firm, month],
        amount_fen=base,
        second=begins[firm, month] + np.repeat(np.arange(len(payroll.staff)) % 97, many),
    )
    send(world, known, "salary", batch)


def _bonuses(world: World, known: Who, payroll: Payroll) -> None:
    chance = world.chance("life", "bonuses")
    for first in spring_festivals():
        if not 20 <= first <= world.options.days:
            continue
        staff = share(chance, "bonus", payroll.staff)
        firm = known.employer[staff]
        day = workday(world, first - 6 - firm % 9)
        amount = rounded(chance, around(chance, known.income[staff], spread=0.6), flow("bonus")["digits"])
        send(world, known, "bonus", Batch(src=known.till[firm], dst=known.main[staff], day=day, amount_fen=amount))


def _revenue(world: World, known: Who, payroll: Payroll) -> None:
    """Lay what customers in other regions pay the firms that pay salaries: about what these cost."""
    chance = world.chance("life", "revenue")
    firms = share(chance, "revenue", payroll.firms)
    starts = months(world)
    firm, start = np.repeat(firms, len(starts)), np.tile(starts, len(firms))
    customers = chance.integers(0, len(known.away), (len(known.till), 2))
    src = known.away[customers[firm, chance.integers(0, 2, len(firm))]]
    amount = around(chance, payroll.total[firm], spread=0.35)
    batch = Batch(
        src=src,
        dst=known.till[firm],
        day=pick_days(world, chance, len(firm), start, start + 28, kind="firm"),
        amount_fen=rounded(chance, amount, flow("revenue")["digits"]),
    )
    send(world, known, "revenue", batch)


def _social_security(world: World, known: Who, payroll: Payroll) -> None:
    chance = world.chance("life", "social")
    offices = known.of_trades("government")
    firms = share(chance, "social", payroll.firms)
    starts = months(world)
    firm, start = np.repeat(firms, len(starts)), np.tile(starts, len(firms))
    batch = Batch(
        src=known.till[firm],
        dst=known.till[offices[firm % len(offices)]],
        day=workday(world, start + 9 + firm % 6),
        amount_fen=rounded(
            chance, around(chance, payroll.total[firm] * 22 // 100, spread=0.05), flow("social")["digits"]
        ),
    )
    send(world, known, "social", batch)


def _taxes(world: World, known: Who) -> None:
    """Lay quarterly taxes, heavier for firms of more employees."""
    chance = world.chance("life", "tax")
    offices = known.of_trades("government")
    firms = share(chance, "tax", np.flatnonzero(known.till >= 0))
    starts = months(world)[::3]
    firm, start = np.repeat(firms, len(starts)), np.tile(starts, len(firms))
    told = flow("tax")
    middle = int(told["yuan"]) * 100 * np.minimum(known.size[firm], 60) // 4
    batch = Batch(
        src=known.till[firm],
        dst=known.till[offices[firm % len(offices)]],
        day=workday(world, start + chance.integers(4, 15, len(firm))),
        amount_fen=rounded(chance, around(chance, middle, spread=told["spread"]), told["digits"]),
    )
    send(world, known, "tax", batch)


def _benefits(world: World, known: Who) -> None:
    """Lay pensions and allowances: the same sum in every month."""
    chance = world.chance("life", "benefits")
    offices = known.of_trades("government")
    old = share(chance, "benefit", np.flatnonzero((known.age >= 60) & (known.main >= 0)))
    starts = months(world)
    person, start = np.repeat(old, len(starts)), np.tile(starts, len(old))
    office = offices[chance.integers(0, len(offices), len(old))]
    batch = Batch(
        src=np.repeat(known.till[office], len(starts)),
        dst=known.main[person],
        day=workday(world, start + 11 + np.repeat(office, len(starts)) % 7),
        amount_fen=np.repeat(amounts_of(chance, "benefit", len(old)), len(starts)),
        second=8 * 3_600 + chance.integers(0, 7_200, len(person)),
    )
    send(world, known, "benefit", batch)


def _trade(world: World, known: Who) -> None:
    """Lay payments along a supply network in which degrees, sums and how often two firms deal are heavy-tailed."""
    chance = world.chance("life", "trade")
    firms = np.flatnonzero(known.till >= 0)
    told = flow("trade")
    edges = len(firms) * int(told["suppliers"])
    buyer = firms[weighted(chance, known.size[firms] + 2, edges)]
    seller = firms[weighted(chance, known.popular[firms], edges)]
    often = around(chance, 1_000, spread=1.0, n=edges)
    usual = around(chance, int(told["yuan"]) * 100, spread=told["spread"] - 0.15, n=edges)
    deal = weighted(chance, often, count("trade", len(firms), world.options.months))
    amount = around(chance, usual[deal], spread=0.55)
    batch = Batch(
        src=known.till[buyer[deal]],
        dst=known.till[seller[deal]],
        day=pick_days(world, chance, len(deal), 0, world.options.days, kind="firm"),
        amount_fen=rounded(chance, amount, told["digits"]),
    )
    send(world, known, "trade", batch)


def _owners(world: World, known: Who) -> None:
    """Lay what owners draw from their firms and put into them."""
    chance = world.chance("life", "owners")
    firms = np.flatnonzero((known.till >= 0) & (known.owner >= 0))
    firms = firms[known.main[known.owner[firms]] >= 0]
    n = count("owner", len(firms), world.options.months)
    if not len(firms):
        return
    firm = firms[weighted(chance, known.popular[firms], n)]
    till, purse = known.till[firm], known.main[known.owner[firm]]
    draws = chance.integers(0, 100, n) < 60
    batch = Batch(
        src=np.where(draws, till, purse),
        dst=np.where(draws, purse, till),
        day=pick_days(world, chance, n, 0, world.options.days, kind="firm"),
        amount_fen=amounts_of(chance, "owner", n),
        payer=known.owner[firm],
    )
    send(world, known, "owner", batch)


def _wages(world: World, known: Who) -> None:
    """Lay what firms pay people outside their payroll: day wages, commissions, expenses."""
    chance = world.chance("life", "wages")
    firms = np.flatnonzero(known.till >= 0)
    n = count("wages", len(firms), world.options.months)
    firm = firms[weighted(chance, known.size[firms] + 2, n)]
    pool = chance.integers(0, 1 << 40, (len(known.till), 12))
    people = np.flatnonzero(known.busy > 0)
    person = people[pool[firm, chance.integers(0, 12, n)] % len(people)]
    batch = Batch(
        src=known.till[firm],
        dst=known.main[person],
        day=pick_days(world, chance, n, 0, world.options.days, kind="firm"),
        amount_fen=amounts_of(chance, "wages", n),
    )
    send(world, known, "wages", batch)

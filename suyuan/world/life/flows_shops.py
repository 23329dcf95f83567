"""Money that people spend: shops and their settlement, refunds, utilities, phones, schools, hospitals."""

from collections.abc import Callable

import numpy as np

from suyuan.world.frame.dice import Ints, around, weighted
from suyuan.world.frame.world import World
from suyuan.world.life.flows_send import Batch, amounts_of, count, flow, rounded, send, share
from suyuan.world.life.flows_who import Who
from suyuan.world.life.flows_words import figures
from suyuan.world.life.rhythm import pick_days, seconds

SHOPS = ("retail", "restaurant", "beauty", "hotel", "market", "wholesale", "media", "tech", "car_dealer", "logistics")
BUSIEST, BUSY = 20, 250
"""Shops a thousand that are settled every day, and every week; the rest every month."""
BY_PAYMENT_FIRM = 3
"""How much more a shop sells when it takes payments through a payment firm."""
TERMS = (70, 240, 430)
"""Days of the world about which tuition is paid."""


def spend(world: World, known: Who) -> None:
    """Lay what people spend."""
    _shops(world, known)
    _bills(world, known, "utility", "utility", "property")
    _bills(world, known, "phone", "telecom")
    _bills(world, known, "medical", "hospital", "clinic")
    _tuition(world, known)
    _payouts(world, known)


def payers(known: Who, chance: np.random.Generator, n: int) -> Ints:
    """Return `n` rows of people with an account, the busy ones more often."""
    return weighted(chance, known.busy, n)


def purse(known: Who, chance: np.random.Generator, people: Ints, *, wallets: int = 0, seconds_: int = 10) -> Ints:
    """Return an account of each of `people`: the wallet of `wallets` in a hundred who have one, else a card."""
    draws = chance.integers(0, 100, len(people))
    card = np.where((draws < seconds_) & (known.second[people] >= 0), known.second[people], known.main[people])
    pick = chance.integers(0, 100, len(people)) < wallets
    return np.where(pick & (known.wallet[people] >= 0), known.wallet[people], card)


def _shops(world: World, known: Who) -> None:
    chance = world.chance("life", "shops")
    told = flow("shop")
    n = count("shop", np.count_nonzero(known.busy), world.options.months)
    shops = known.of_trades(*SHOPS)
    weight = np.where(known.merchant[shops] >= 0, known.popular[shops] * BY_PAYMENT_FIRM, known.popular[shops])
    shop = shops[weighted(chance, weight, n)]
    person = payers(known, chance, n)
    dear = around(chance, int(told["yuan"]) * 100, spread=0.5, n=len(known.till))
    amount = rounded(chance, around(chance, dear[shop], spread=told["spread"] - 0.12), told["digits"])
    day = pick_days(world, chance, n, 0, world.options.days)
    batch = Batch(
        src=purse(known, chance, person, wallets=35),
        dst=np.where(known.merchant[shop] >= 0, known.merchant[shop], known.till[shop]),
        day=day,
        amount_fen=amount,
        payer=person,
        second=seconds(chance, day),
    )
    _, laid = send(world, known, "shop", batch)
    _back(world, known, laid)
    _settle(world, known, laid)


def _back(world: World, known: Who, laid: Batch) -> None:
    """Lay refunds within a week, in full or in part, and reversals within minutes."""
    chance = world.chance("life", "refunds")
    rows = share(chance, "refund", np.arange(len(laid.day)))
    part = np.where(chance.integers(0, 100, len(rows)) < 82, 100, chance.integers(10, 100, len(rows)))
    amount = laid.amount_fen[rows] * part // 100
    day = laid.day[rows] + chance.integers(1, 8, len(rows))
    send(world, known, "refund", Batch(src=laid.dst[rows], dst=laid.src[rows], day=day, amount_fen=amount))
    rows = share(chance, "reversal", np.arange(len(laid.day)))
    second = np.zeros(0, np.int64) if laid.second is None else laid.second[rows]
    batch = Batch(
        src=laid.dst[rows],
        dst=laid.src[rows],
        day=laid.day[rows],
        amount_fen=laid.amount_fen[rows],
        second=np.minimum(second + chance.integers(5, 600, len(rows)), 86_399),
    )
    send(world, known, "reversal", batch)


def _settle(world: World, known: Who, laid: Batch) -> None:
    """Lay what payment firms hand on to shops: a day's, a week's or a month's sales the day after, less their fee."""
    chance = world.chance("life", "settle")
    shop, last, _, total = _by_period(known, laid, _how_often)
    batch = Batch(
        src=known.merchant[shop],
        dst=known.till[shop],
        day=last + 1,
        amount_fen=total - total * int(figures()["merchants"]["fee"]) // 10_000,
        second=chance.integers(6 * 3_600, 11 * 3_600, len(shop)),
    )
    send(world, known, "settle", batch)


def _how_often(sales: Ints) -> Ints:
    """Return every how many days a shop of so many sales is settled."""
    place = np.empty(len(sales), np.int64)
    place[np.argsort(-sales, kind="stable")] = np.arange(len(sales))
    sellers = max(int(np.count_nonzero(sales)), 1)
    return np.where(place * 1_000 < BUSIEST * sellers, 1, np.where(place * 1_000 < BUSY * sellers, 7, 30))


def _by_period(known: Who, laid: Batch, days_of: Callable[[Ints], Ints]) -> tuple[Ints, Ints, Ints, Ints]:
    """Return firm, last day, first day and sum of what went over merchant accounts, by firm and period of `days_of`."""
    firm = np.maximum(_holders(known.merchant, laid.dst), _holders(known.merchant, laid.src))
    firm, day, amount = firm[firm >= 0], laid.day[firm >= 0], laid.amount_fen[firm >= 0]
    days = days_of(np.bincount(firm, minlength=len(known.till)))[firm]
    last = day // days * days + days - 1
    order = np.argsort(firm * 2_048 + last, kind="stable")
    start = np.flatnonzero(np.diff((firm * 2_048 + last)[order], prepend=-1))
    total = np.add.reduceat(amount[order], start) if len(start) else amount
    found = order[start]
    return firm[found], last[found], last[found] - days[found] + 1, total


def _holders(accounts: Ints, wanted: Ints) -> Ints:
    """Return the row of `accounts` (-1: none) that each of `wanted` is; -1 when it is none of them."""
    order = np.argsort(accounts, kind="stable")
    at = np.minimum(np.searchsorted(accounts[order], wanted), len(accounts) - 1)
    return np.where((accounts[order][at] == wanted) & (wanted >= 0), order[at], -1)


def _bills(world: World, known: Who, name: str, *trades: str) -> None:
    """Lay bills that people pay to firms of `trades`, each to a firm of their own."""
    chance = world.chance("life", "bills", name)
    firms = known.of_trades(*trades)
    own = chance.integers(0, 1 << 40, len(known.main))
    n = count(name, np.count_nonzero(known.busy), world.options.months)
    person = payers(known, chance, n)
    firm = firms[own[person] % len(firms)]
    batch = Batch(
        src=purse(known, chance, person, wallets=25),
        dst=np.where((known.merchant[firm] >= 0) & (own[person] % 3 > 0), known.merchant[firm], known.till[firm]),
        day=pick_days(world, chance, n, 0, world.options.days),
        amount_fen=amounts_of(chance, name, n),
        payer=person,
    )
    _, laid = send(world, known, name, batch)
    _settle(world, known, laid)


def _tuition(world: World, known: Who) -> None:
    """Lay tuition at the beginning of each term, by parents of an age to have children at school."""
    chance = world.chance("life", "tuition")
    schools = known.of_trades("school")
    parents = share(chance, "tuition", np.flatnonzero((known.age >= 28) & (known.age < 55) & (known.main >= 0)))
    for term in TERMS:
        firm = schools[parents % len(schools)]
        batch = Batch(
            src=purse(known, chance, parents),
            dst=known.till[firm],
            day=pick_days(world, chance, len(parents), term - 25, term),
            amount_fen=amounts_of(chance, "tuition", len(parents)),
            payer=parents,
        )
        send(world, known, "tuition", batch)


def _payouts(world: World, known: Who) -> None:
    """Lay what payment firms pay people for platforms: earnings drawn, fares, commissions, money back."""
    chance = world.chance("life", "payouts")
    firms = known.of_trades("tech", "media", "logistics", "retail")
    firms = firms[known.merchant[firms] >= 0]
    houses = known.of_trades("payment_firm", "wallet_firm")
    n = count("payout", np.count_nonzero(known.busy), world.options.months)
    person = payers(known, chance, n)
    src = known.till[houses[weighted(chance, known.popular[houses], n)]]
    if len(firms):
        by = chance.integers(0, 100, n) < 75
        src = np.where(by, known.merchant[known.some(chance, firms, n)], src)
    batch = Batch(
        src=src,
        dst=purse(known, chance, person),
        day=pick_days(world, chance, n, 0, world.options.days),
        amount_fen=amounts_of(chance, "payout", n),
    )
    _, laid = send(world, known, "payout", batch)
    _fund(world, known, laid)


def _fund(world: World, known: Who, laid: Batch) -> None:
    """Lay what platforms pay into their merchant accounts in advance for three days' payouts."""
    firm, _, first, total = _by_period(known, laid, lambda sales: np.full(len(sales), 3))
    batch = Batch(
        src=known.till[firm],
        dst=known.merchant[firm],
        day=np.maximum(first, 0),
        amount_fen=total,
        second=world.chance("life", "fund").integers(0, 6 * 3_600, len(firm)),
    )
    send(world, known, "fund", batch)

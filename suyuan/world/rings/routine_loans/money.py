"""The ring's own money: capital in, hand-overs up the layers, wages and bills, profit to where it ends."""

import numpy as np

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.world import World
from suyuan.world.life.blend import blend_amounts
from suyuan.world.people.cast import firms_of, outside_accounts
from suyuan.world.rings.plan import figures
from suyuan.world.rings.routine_loans.carry import Way, hand_on, parted, provided, send
from suyuan.world.rings.routine_loans.crew import Crew, set_up
from suyuan.world.rings.routine_loans.lend import Lent
from suyuan.world.rings.routine_loans.pools import published, scattered
from suyuan.world.rings.routine_loans.split import pieces
from suyuan.world.rings.routine_loans.sums import Sums
from suyuan.world.rings.routine_loans.treasury import Treasury, plan

CASH = -1
MONTH = 30
DRAW_EVERY = 7
DRAW_FEN, PURSE_FEN = 200_000, 100_000
"""Median payments of those who hide among others: to and from mules."""


def carry(world: World, crew: Crew, lent: Lent, *, rent: Sums | None = None) -> None:
    """Write every transfer inside and out of the ring that is not with a victim.

    `rent` is what the ring pays for its platform: payee account, day, amount.
    """
    chance = world.chance(*crew.name, "carry")
    arrived, funded = (scattered if world.options.evasion else published)(world, crew, chance, lent)
    bills = _bills(world, crew, chance, lent)
    if rent is not None:
        bills = [*bills, (rent, Way(to=rent.account, hours=(13, 17), memo="costs", step="prepare"))]
    leaving = funded.by_day(world.options.days)
    for bill, _ in bills:
        leaving += bill.by_day(world.options.days)
    lag = 1 if world.options.evasion else 0
    arriving = np.roll(arrived.by_day(world.options.days), lag)
    arriving[:lag] = 0
    _settle(world, crew, chance, plan=plan(arriving=arriving, leaving=leaving, every=DRAW_EVERY), bills=bills)


def _treasury(crew: Crew, n: int) -> Ints:
    return np.full(n, crew.accounts["treasury"][0], np.int64)


def _bills(world: World, crew: Crew, chance: np.random.Generator, lent: Lent) -> list[tuple[Sums, Way]]:
    """Return what the treasury gives its operator each month, from a share of what comes back beyond what was lent."""
    told = figures("routine_loans")["money"]
    profit = max(int(lent.paid.amount.sum() - lent.book.received.sum()), 0)
    last = min(crew.days["end"], world.options.days) - 6
    months = np.arange(crew.days["strike"] + 20, last, MONTH)
    if not len(months):
        return []
    budget = np.full(len(months), profit * told["own_wages"] // 1000 // len(months), np.int64)
    amount = blend_amounts(world, chance, np.maximum(budget, 10_000))
    bill = Sums(account=np.full(len(months), crew.accounts["operator"][0]), day=months, amount=amount)
    _pay_own(world, crew, chance, bill)
    return [(bill, Way(to=bill.account, hours=(13, 16), step="strike"))]


def _pay_own(world: World, crew: Crew, chance: np.random.Generator, bill: Sums) -> None:
    """Let the operator pay people and firms out of each month's `bill`; collection firms pay their collectors."""
    people = crew.people
    own = {part: people[part] for part in ("programmers", "operators", "promoters")} | {
        "insider": crew.services.insider,
        "agent": crew.services.agent,
    }
    for part, who in own.items():
        if len(who):
            _spread(world, crew, chance, bill, part=part, to=world.of(who, "_main_account"), memo="wages")
    for part, trade in (("rent", "property"), ("cloud", "cloud")):
        firm = firms_of(world, trade)
        to = world.of(firm[chance.integers(0, len(firm), 1)], "_main_account")
        _spread(world, crew, chance, bill, part=part, to=to, memo="costs", flow="spend")
    promotion = world.of(crew.services.promotion, "_main_account")
    _spread(world, crew, chance, bill, part="advertising", to=promotion, memo="costs")
    handed = _spread(world, crew, chance, bill, part="collectors", to=crew.accounts["collection"], memo="costs")
    collectors = world.of(people["collectors"], "_main_account")
    hand_on(world, crew, chance, handed, Way(to=collectors, hours=(9, 18), wait=2, memo="wages", keep=(100, 300)))


def _spread(
    world: World,
    crew: Crew,
    chance: np.random.Generator,
    bill: Sums,
    *,
    part: str,
    to: Ints,
    memo: str,
    flow: str = "move",
) -> Sums:
    """Pay a part's share of the monthly bills to the accounts `to` in turn, each once there is enough for it."""
    told = figures("routine_loans")["money"]
    shares = told["costs"]
    upto = np.cumsum(bill.amount * shares[part] // sum(shares.values()))
    exact = pieces(chance, np.maximum(upto[-1:], 1), around_fen=told["bill_fen"], spread=0.6)[1]
    usual = blend_amounts(world, chance, exact) if world.options.evasion else np.maximum(exact // 100 * 100, 1)
    amount = np.minimum(usual, exact) if usual.sum() > exact.sum() else usual
    month = np.searchsorted(upto, np.cumsum(amount), side="left").clip(0, len(bill) - 1)
    day = np.minimum(bill.day[month] + 1 + chance.integers(0, 3, len(amount)), world.options.days - 1)
    gone = Sums(account=to[np.arange(len(amount)) % len(to)], day=day, amount=amount)
    src = np.full(len(gone), crew.accounts["operator"][0], np.int64)
    way = Way(to=to, hours=(9, 18), memo=memo, flow=flow, step="strike")
    return send(world, crew, chance, src=src, gone=gone, way=way)


def _settle(
    world: World, crew: Crew, chance: np.random.Generator, *, plan: Treasury, bills: list[tuple[Sums, Way]]
) -> None:
    """Write what the treasury does beside paying out: capital in, bills, profit up to the purses and on."""
    for bill, way in bills:
        send(world, crew, chance, src=_treasury(crew, len(bill)), gone=bill, way=way)
    _inject(world, crew, chance, plan)
    days = np.flatnonzero(plan.drawn > 0)
    if not len(days):
        return
    ready = Sums(account=_treasury(crew, len(days)), day=days, amount=plan.drawn[days])
    left = parted(world, chance, ready, middle_fen=DRAW_FEN)
    mules = crew.accounts["mules"][chance.integers(0, len(crew.accounts["mules"]), len(left))]
    drawn = Sums(account=mules, day=left.day, amount=left.amount)
    way = Way(to=mules, hours=(16, 18), step="launder")
    send(world, crew, chance, src=_treasury(crew, len(drawn)), gone=drawn, way=way)
    kept = hand_on(world, crew, chance, drawn, Way(to=crew.accounts["purses"], hours=(19, 23), middle_fen=PURSE_FEN))
    _end(world, crew, chance, kept)


def _inject(world: World, crew: Crew, chance: np.random.Generator, plan: Treasury) -> None:
    """Bring the ring's own capital from the controllers' purses, a day or more before it is needed."""
    days = np.flatnonzero(plan.injected > 0)
    need = Sums(account=_treasury(crew, len(days)), day=days, amount=plan.injected[days])
    sent = provided(world, chance, need, middle_fen=DRAW_FEN) if len(days) else need
    gone = Sums(account=sent.account, day=np.maximum(sent.day - 1, 0), amount=sent.amount)
    purses = crew.accounts["purses"]
    src = purses[chance.integers(0, len(purses), len(gone))]
    begun = gone.day >= crew.days["strike"]
    for step, mine in (("prepare", ~begun), ("strike", begun)):
        way = Way(to=gone.account, hours=(9, 12), memo="capital", step=step)
        send(world, crew, chance, src=src[mine], gone=gone.where(mine), way=way)


def _end(world: World, crew: Crew, chance: np.random.Generator, came: Sums) -> None:
    """Let a part of what reached the purses each month become cash, homes and money abroad; the rest stays."""
    told, setting = figures("routine_loans")["money"], set_up(world)
    month = Sums(account=came.account, day=came.day // MONTH * MONTH + MONTH, amount=came.amount).a_day()
    homes = world.of(firms_of(world, "property"), "_main_account")
    ends = {
        "cash": (np.array([CASH]), setting["cash_fen"]),
        "property": (homes[chance.integers(0, len(homes), 2)], told["loot_fen"]),
        "abroad": (outside_accounts(world, chance, 2), told["loot_fen"]),
    }
    for end, (to, most) in ends.items():
        share = month.amount * told["ends"][end] // 100
        worth = share > 10_000
        due = Sums(account=month.account, day=month.day, amount=share).where(worth)
        left = parted(world, chance, due, middle_fen=most // 10) if world.options.evasion else due
        day = left.day + chance.integers(0, MONTH - 4, len(left))
        dst = to[chance.integers(0, len(to), len(left))]
        gone = Sums(account=dst, day=day, amount=np.minimum(left.amount, most))
        inside = _once_a_day(left.account, gone) & (day < world.options.days)
        way = Way(to=to, hours=(9, 17), memo="ends", flow="spend", step="launder")
        send(world, crew, chance, src=left.account[inside], gone=gone.where(inside), way=way)


def _once_a_day(src: Ints, gone: Sums) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return which payments are the first of their account on their day; all where nothing is drawn in cash."""
    if not len(gone) or int(gone.account[0]) != CASH:
        return np.ones(len(gone), bool)
    first = np.unique(gone.day * (1 << 44) + (src & ((1 << 44) - 1)), return_index=True)[1]
    kept = np.zeros(len(gone), bool)
    kept[first] = True
    return kept

"""The ring's own money: capital in, hand-overs up the layers, wages and bills, profit to where it ends."""

import numpy as np

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.world import World
from suyuan.world.life.blend import blend_amounts
from suyuan.world.people.cast import firms_of, outside_accounts
from suyuan.world.rings.plan import figures
from suyuan.world.rings.routine_loans.carry import Sums, Way, cut, hand_on, send
from suyuan.world.rings.routine_loans.crew import Crew, set_up
from suyuan.world.rings.routine_loans.lend import Lent
from suyuan.world.rings.routine_loans.treasury import Treasury, plan

CASH = -1
MONTH = 30
DRAW_EVERY = 7


def carry(world: World, crew: Crew, lent: Lent, *, rent: Sums | None = None) -> None:
    """Write every transfer inside and out of the ring that is not with a victim.

    `rent` is what the ring pays for its platform: payee account, day, amount.
    """
    chance = world.chance(*crew.name, "carry")
    pooled = _pooled(world, crew, chance, _intake(world, lent))
    funded = _fund(world, crew, chance, lent)
    bills = _bills(world, crew, chance, lent)
    if rent is not None:
        bills = [*bills, (rent, Way(to=rent.account, hours=(13, 17), memo="costs", step="prepare"))]
    leaving = funded.by_day(world.options.days)
    for bill, _ in bills:
        leaving += bill.by_day(world.options.days)
    lag = 1 if world.options.evasion else 0
    arriving = np.roll(pooled.by_day(world.options.days), lag)
    arriving[:lag] = 0
    _settle(world, crew, chance, plan=plan(arriving=arriving, leaving=leaving, every=DRAW_EVERY), bills=bills)


def _intake(world: World, lent: Lent) -> Sums:
    day = (lent.paid_at.astype("datetime64[D]") - world.day(0)).astype(np.int64)
    return Sums(account=lent.payee, day=day, amount=lent.paid.amount)


def _pooled(world: World, crew: Crew, chance: np.random.Generator, came: Sums) -> Sums:
    """Hand what victims paid from merchant numbers to carriers' cards, and from those to the treasury."""
    direct = np.isin(came.account, crew.accounts["carriers"])
    settled = hand_on(world, crew, chance, came.where(~direct), Way(to=crew.accounts["carriers"], hours=(0, 5), wait=1))
    cards = came.where(direct)
    both = Sums(
        account=np.concatenate([settled.account, cards.account]),
        day=np.concatenate([settled.day, cards.day + 1]),
        amount=np.concatenate([settled.amount, cards.amount]),
    )
    return hand_on(world, crew, chance, both, Way(to=crew.accounts["treasury"], hours=(8, 12)))


def _fund(world: World, crew: Crew, chance: np.random.Generator, lent: Lent) -> Sums:
    """Bring each day's pay-outs to the paying merchant numbers the evening before, or some days before."""
    need = Sums(account=lent.payer, day=lent.book.day, amount=lent.book.received).a_day()
    amount, owner = cut(world, chance, need.amount)
    sums = np.zeros(len(need), np.int64)
    np.add.at(sums, owner, amount)
    short = np.flatnonzero(sums < need.amount)
    rest = (need.amount - sums)[short]
    rest = np.maximum(rest, blend_amounts(world, chance, rest * 13 // 10)) if world.options.evasion else rest
    owner, amount = np.concatenate([owner, short]), np.concatenate([amount, rest])
    hold = set_up(world)["hold_days"][1]
    day = need.day[owner] - 1 - chance.integers(0, hold + 1, len(owner))
    sent = Sums(account=need.account[owner], day=np.maximum(day, 0), amount=amount)
    way = Way(to=crew.accounts["payers"], hours=(20, 24), memo="fund", step="strike")
    return send(world, crew, chance, src=_treasury(crew, len(sent)), gone=sent, way=way)


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
    """Pay a part's share of each month's `bill` to the accounts `to` in nearly equal sums."""
    shares = figures("routine_loans")["money"]["costs"]
    month = np.repeat(np.arange(len(bill)), len(to))
    each = bill.amount[month] * shares[part] // sum(shares.values()) // len(to)
    each = each * chance.integers(800, 1001, len(month)) // 1000
    usual = blend_amounts(world, chance, each) if world.options.evasion else each // 100 * 100
    amount = np.where(usual > each, each, usual)
    worth = amount > 100
    day = bill.day[month] + 1 + chance.integers(0, 3, len(month))
    gone = Sums(account=np.tile(to, len(bill)), day=day, amount=amount).where(worth)
    src = np.full(len(gone), crew.accounts["operator"][0], np.int64)
    return send(
        world, crew, chance, src=src, gone=gone, way=Way(to=to, hours=(9, 18), memo=memo, flow=flow, step="strike")
    )


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
    amount, owner = cut(world, chance, plan.drawn[days])
    mules = crew.accounts["mules"][chance.integers(0, len(crew.accounts["mules"]), len(amount))]
    drawn = Sums(account=mules, day=days[owner], amount=amount)
    way = Way(to=mules, hours=(16, 18), step="launder")
    send(world, crew, chance, src=_treasury(crew, len(drawn)), gone=drawn, way=way)
    kept = hand_on(world, crew, chance, drawn, Way(to=crew.accounts["purses"], hours=(19, 23)))
    _end(world, crew, chance, kept)


def _inject(world: World, crew: Crew, chance: np.random.Generator, plan: Treasury) -> None:
    """Bring the ring's own capital from the controllers' purses, a day or more before it is needed."""
    days = np.flatnonzero(plan.injected > 0)
    total = plan.injected[days]
    amount, owner = cut(world, chance, total)
    sums = np.zeros(len(days), np.int64)
    np.add.at(sums, owner, amount)
    short = np.flatnonzero(sums < total)
    owner, amount = np.concatenate([owner, short]), np.concatenate([amount, (total - sums)[short]])
    day = np.maximum(days[owner] - 1, 0)
    gone = Sums(account=_treasury(crew, len(amount)), day=day, amount=amount)
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
        left, totals = month.where(worth), share[worth]
        amount, owner = cut(world, chance, totals, most_fen=most)
        day = left.day[owner] + chance.integers(0, MONTH - 4, len(owner))
        dst = to[chance.integers(0, len(to), len(owner))]
        gone = Sums(account=dst, day=day, amount=np.minimum(amount, most))
        inside = _once_a_day(left.account[owner], gone) & (day < world.options.days)
        way = Way(to=to, hours=(9, 17), memo="ends", flow="spend", step="launder")
        send(world, crew, chance, src=left.account[owner][inside], gone=gone.where(inside), way=way)


def _once_a_day(src: Ints, gone: Sums) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return which payments are the first of their account on their day; all where nothing is drawn in cash."""
    if not len(gone) or int(gone.account[0]) != CASH:
        return np.ones(len(gone), bool)
    first = np.unique(gone.day * (1 << 44) + (src & ((1 << 44) - 1)), return_index=True)[1]
    kept = np.zeros(len(gone), bool)
    kept[first] = True
    return kept

"""Lending that looks like routine loans or stacked debt and is neither."""

import numpy as np
from numpy.typing import NDArray

from suyuan.world.alike.notes import Notes, write
from suyuan.world.alike.scenario import Scenario, Scene, between, figures, instances, sizes, told, why
from suyuan.world.frame.dice import Ints, around
from suyuan.world.frame.tables import words
from suyuan.world.frame.world import World
from suyuan.world.life.actors import accounts
from suyuan.world.life.book import METHODS, Conduct, Terms
from suyuan.world.life.credit import rates, rounded
from suyuan.world.life.figures import choose
from suyuan.world.life.lend import Deal, lend
from suyuan.world.life.rhythm import moments, pick_days
from suyuan.world.people.cast import crowd, firms_of, found

CAP = "licensed small-loan firm at the cap"
ADVANCE = "payday advance by an employer"
REVOLVER = "card revolver"
REFINANCING = "refinancing to a cheaper bank loan"
Times = NDArray[np.datetime64]


def cast_cap(world: World) -> Scene:
    """Found licensed small-loan firms and find their borrowers."""
    chance, n = world.chance("alike", CAP), instances(world)
    of = sizes(chance, n, figures("lending")[CAP]["borrowers"])
    firms = found(
        world, chance, n, trade="small_loan", on=-chance.integers(500, 3_500, n), size=chance.integers(6, 25, n)
    )
    told(world, CAP, firms)
    return Scene(main=firms, crowd=crowd(world, chance, len(of), thin=False), of=of, more={})


def play_cap(world: World, scene: Scene) -> None:
    """Lend for one to six months at just under 24 % a year, no fee, all disclosed, with a licence."""
    told_of, chance, n = figures("lending")[CAP], world.chance("alike", CAP, "play"), len(scene.of)
    months = np.array([int(each) for each in told_of["months"]])[choose(chance, told_of["months"], n)]
    start = pick_days(world, chance, n, np.zeros(n, np.int64), np.full(n, world.options.days - 5), kind="firm")
    principal = rounded(around(chance, told_of["yuan"]["middle"] * 100, spread=told_of["yuan"]["spread"], n=n), 10_000)
    terms = Terms(
        principal=np.maximum(principal, 100_000),
        monthly_ppm=rates(chance, told_of["rate_bp"][0], told_of["rate_bp"][1], n),
        months=months,
        method=np.full(n, METHODS.index("bullet")),
        start=start,
    )
    columns = {
        "lender_kind": "small_loan",
        "product_kind": "small_loan_short",
        "purpose": "个人消费",
        "applied_online": False,
    }
    deal = Deal(
        lender=scene.main[scene.of], borrower=scene.crowd, payee_account=accounts(world, scene.crowd), extra=columns
    )
    lend(world, why(CAP), chance=chance, terms=terms, deal=deal, conduct=Conduct(**told_of["conduct"]), memo="小额贷款")
    world.add(
        "licence",
        why(CAP),
        holder_id=scene.main,
        kind="small_loan",
        number=[f"示金小贷（{n:04}）号" for n in range(1, scene.many + 1)],
        issuer="示例省地方金融管理局",
        granted_on=world.day(-chance.integers(200, 480, scene.many)),
        status="valid",
    )


def cast_advance(world: World) -> Scene:
    """Find employers with workers of their own."""
    chance, n = world.chance("alike", ADVANCE), instances(world)
    of = sizes(chance, n, figures("lending")[ADVANCE]["workers"])
    firms = found(
        world, chance, n, trade="factory", on=-chance.integers(500, 4_000, n), size=np.bincount(of, minlength=n)
    )
    told(world, ADVANCE, firms)
    return Scene(main=firms, crowd=crowd(world, chance, len(of), ages=(18, 60)), of=of, more={})


def play_advance(world: World, scene: Scene) -> None:
    """Advance part of a wage for a few weeks, without interest, kept back from the wage."""
    told_of, chance = figures("lending")[ADVANCE], world.chance("alike", ADVANCE, "play")
    who = np.repeat(np.arange(len(scene.of)), np.bincount(sizes(chance, len(scene.of), told_of["advances"])))
    n, share = len(who), told_of["share_of_wage"]
    wage = np.maximum(world.of(scene.crowd, "_income_fen"), 250_000)[who]
    days = chance.integers(told_of["days"][0], told_of["days"][1] + 1, n)
    start = pick_days(world, chance, n, np.zeros(n, np.int64), np.full(n, world.options.days), kind="firm")
    principal = rounded(wage // 100 * around(chance, share["middle"], spread=share["spread"], n=n), 10_000)
    notes = Notes(
        lender=scene.main[scene.of[who]],
        borrower=scene.crowd[who],
        principal=principal,
        interest=np.zeros(n, np.int64),
        paid_out_at=moments(world, chance, start, kind="firm"),
        due_on=world.day(start + days),
        repaid_at=moments(world, chance, start + days, kind="firm"),
        columns={"lender_kind": "private", "product_kind": "wage_advance", "purpose": "预支工资"},
    )
    write(world, why(ADVANCE), notes, memo="预支工资")


def cast_revolver(world: World) -> Scene:
    """Find people who live on their credit card, and the banks that issued it."""
    chance, n = world.chance("alike", REVOLVER), instances(world)
    people = crowd(world, chance, n, thin=False, ages=(24, 55))
    told(world, REVOLVER, people)
    return Scene(main=people, crowd=people, of=np.arange(n), more={"bank": chance.choice(firms_of(world, "bank"), n)})


def play_revolver(world: World, scene: Scene) -> None:
    """Pay each month's bill and use the card again within hours: the debt turns and does not grow."""
    told_of, chance = figures("lending")[REVOLVER], world.chance("alike", REVOLVER, "play")
    months = between(chance, told_of["months"], scene.many)
    who = np.repeat(np.arange(scene.many), months)
    turn = np.arange(len(who)) - np.repeat(np.cumsum(months) - months, months)
    first = chance.integers(0, max(1, world.options.days - 30 * 6), scene.many)
    day = first[who] + 30 * turn
    kept = day + 30 < world.options.days
    who, day = who[kept], day[kept]
    sums = between(chance, told_of["sums"], scene.many)[who] * 100
    drawn_at = moments(world, chance, day, kind="person")
    again = between(chance, told_of["minutes"], len(who)) * 60
    notes = Notes(
        lender=scene.more["bank"][who],
        borrower=scene.main[who],
        principal=sums,
        interest=sums * told_of["monthly_ppm"] // 1_000_000,
        paid_out_at=drawn_at,
        due_on=world.day(day + 30),
        repaid_at=_before_next(who, drawn_at, again, world.moment(day + 30, 40_000)),
        columns={"lender_kind": "bank", "product_kind": "credit_card", "purpose": "信用卡透支"},
    )
    write(world, why(REVOLVER), notes, memo="信用卡")


def _before_next(who: Ints, drawn_at: Times, again: Ints, last: Times) -> Times:
    """Return when each debt is paid: shortly before the same person's next draw, or at the told time."""
    paid = last.copy()
    same = who[1:] == who[:-1]
    paid[:-1][same] = drawn_at[1:][same] - again[1:][same].astype("timedelta64[s]")
    return paid


def cast_refinancing(world: World) -> Scene:
    """Find people with several dear loans, and the bank that takes them over."""
    chance, n = world.chance("alike", REFINANCING), instances(world)
    people = crowd(world, chance, n, thin=False, ages=(25, 55))
    told(world, REFINANCING, people)
    of = sizes(chance, n, figures("lending")[REFINANCING]["old_loans"])
    lenders = np.concatenate([firms_of(world, "consumer_finance"), firms_of(world, "small_loan")])
    more = {"lender": chance.choice(lenders, len(of)), "bank": chance.choice(firms_of(world, "bank"), n)}
    return Scene(main=people, crowd=people[of], of=of, more=more)


def play_refinancing(world: World, scene: Scene) -> None:
    """Settle the dear loans within hours of one cheaper bank loan of the same sum."""
    told_of, chance, n = figures("lending")[REFINANCING], world.chance("alike", REFINANCING, "play"), len(scene.of)
    day = chance.integers(120, max(121, world.options.days - 60), scene.many)
    begun = day[scene.of] - chance.integers(40, 300, n)
    at = moments(world, chance, day, kind="firm")
    hours = chance.integers(told_of["hours"][0] * 3_600, told_of["hours"][1] * 3_600, n)
    principal = rounded(
        around(chance, told_of["old_yuan"]["middle"] * 100, spread=told_of["old_yuan"]["spread"], n=n), 10_000
    )
    interest = principal * rates(chance, told_of["old_bp"][0], told_of["old_bp"][1], n) // 1_000_000
    kinds = np.isin(scene.more["lender"], firms_of(world, "small_loan")).astype(np.int64)
    old = Notes(
        lender=scene.more["lender"],
        borrower=scene.crowd,
        principal=principal,
        interest=interest,
        paid_out_at=moments(world, chance, begun, kind="firm"),
        due_on=world.day(begun + 365),
        repaid_at=at[scene.of] + hours.astype("timedelta64[s]"),
        columns={
            "lender_kind": words(kinds, ["consumer_finance", "small_loan"]),
            "product_kind": "consumer",
            "purpose": "个人消费",
        },
    )
    write(world, why(REFINANCING), old, memo="消费贷款")
    taken = np.zeros(scene.many, np.int64)
    np.add.at(taken, scene.of, principal + interest)
    _cheaper(world, chance, scene, principal=rounded(taken, 100_000) + 100_000, start=day, at=at)


def _cheaper(
    world: World, chance: np.random.Generator, scene: Scene, *, principal: Ints, start: Ints, at: Times
) -> None:
    """Add the bank loan that settles the others, paid out at `at`."""
    low, high = figures("lending")[REFINANCING]["new_bp"]
    terms = Terms(
        principal=principal,
        monthly_ppm=rates(chance, low, high, scene.many),
        months=np.full(scene.many, 24),
        method=np.zeros(scene.many, np.int64),
        start=start,
    )
    columns = {"lender_kind": "bank", "product_kind": "consumer", "purpose": "归还其他借款", "paid_out_at": at}
    deal = Deal(
        lender=scene.more["bank"], borrower=scene.main, payee_account=accounts(world, scene.main), extra=columns
    )
    conduct = Conduct(default=0, early=0, prepaid=0, slow=20, late_days=2)
    lend(world, why(REFINANCING), chance=chance, terms=terms, deal=deal, conduct=conduct, memo="消费贷款")


SCENARIOS = (
    Scenario(kind=CAP, like="routine_loan", cast=cast_cap, play=play_cap),
    Scenario(kind=ADVANCE, like="routine_loan", cast=cast_advance, play=play_advance),
    Scenario(kind=REVOLVER, like="debt_rollover", cast=cast_revolver, play=play_revolver),
    Scenario(kind=REFINANCING, like="debt_rollover", cast=cast_refinancing, play=play_refinancing),
)

"""Debts handled honestly: an outage complained of, a package really bought, a bank's plan, a law firm's retainers."""

import numpy as np

from suyuan.world.alike.notes import Notes, write
from suyuan.world.alike.scenario import Scenario, Scene, between, figures, instances, sizes, told, why
from suyuan.world.frame.dice import Ints, around
from suyuan.world.frame.tables import first_id
from suyuan.world.frame.world import World
from suyuan.world.life.actors import accounts
from suyuan.world.life.credit import rounded
from suyuan.world.life.marks import serials
from suyuan.world.life.pay import pay
from suyuan.world.life.rhythm import moments, pick_days
from suyuan.world.life.ring_up import phones
from suyuan.world.people.cast import crowd, firms_of, found, open_accounts

OUTAGE = "consumers hit by one real outage"
MANAGER = "asset manager that really bought the package"
PLAN = "a bank's own instalment plan"
RETAINERS = "a law firm's retainers on a client account"


def cast_outage(world: World) -> Scene:
    """Find people whom one failure of a bank hit on one day."""
    chance, n = world.chance("alike", OUTAGE), instances(world)
    of = sizes(chance, n, figures("relief")[OUTAGE]["people"])
    people = crowd(world, chance, len(of))
    told(world, OUTAGE, people, of)
    return Scene(main=people[np.searchsorted(of, np.arange(n))], crowd=people, of=of,
                 more={"bank": chance.choice(firms_of(world, "bank"), n)})  # fmt: skip


def play_outage(world: World, scene: Scene) -> None:
    """Complain within two days, in nearly the same words, each for himself; the bank makes it good."""
    told_of, chance, n = figures("relief")[OUTAGE], world.chance("alike", OUTAGE, "play"), len(scene.of)
    day = chance.integers(20, max(21, world.options.days - 40), scene.many)
    received = moments(world, chance, day[scene.of] + chance.integers(0, 3, n))
    facts = np.array(told_of["facts"], dtype=object)[scene.of % len(told_of["facts"])]
    settled = received + chance.integers(3 * 86_400, 20 * 86_400, n).astype("timedelta64[s]")
    world.add(
        "complaint", why(OUTAGE), received_at=received, receiving_body="示例省金融消费者投诉中心", channel="热线",
        complainant_id=scene.crowd, complainant_phone=phones(world, scene.crowd),
        against_id=scene.more["bank"][scene.of],
        claim_kind="service", demand="恢复入账并致歉", facts_told=facts, currency="CNY", settled_at=settled,
        settled_fen=np.zeros(n, np.int64), outcome="upheld",
    )  # fmt: skip


def _behind(world: World, kind: str, chance: np.random.Generator, scene: Scene, *, day: Ints) -> tuple[Ints, Ints]:
    """Add a bank loan for each debtor that has been overdue since before `day`; return loans and principals."""
    yuan, n = figures("relief")[kind]["yuan"], len(scene.of)
    principal = rounded(around(chance, yuan["middle"] * 100, spread=yuan["spread"], n=n), 100_000)
    notes = Notes(
        lender=scene.more["bank"][scene.of],
        borrower=scene.crowd,
        principal=principal,
        interest=np.zeros(n, np.int64),
        paid_out_at=moments(world, chance, day - chance.integers(500, 900, n), kind="firm"),
        due_on=world.day(day - chance.integers(150, 330, n)),
        repaid_at=np.full(n, np.datetime64("NaT"), "datetime64[s]"),
        columns={"lender_kind": "bank", "product_kind": "consumer", "purpose": "个人消费", "status": "written_off"},
    )
    return write(world, why(kind), notes, memo="消费贷款"), principal


def cast_manager(world: World) -> Scene:
    """Found local asset managers and find the debtors of the packages they buy."""
    chance, n = world.chance("alike", MANAGER), instances(world)
    of = sizes(chance, n, figures("relief")[MANAGER]["debtors"])
    firms = found(
        world, chance, n, trade="consulting", on=-chance.integers(1_200, 3_500, n), size=chance.integers(15, 60, n)
    )
    told(world, MANAGER, firms)
    more = {"bank": chance.choice(firms_of(world, "bank"), n)}
    return Scene(main=firms, crowd=crowd(world, chance, len(of), thin=False, ages=(24, 60)), of=of, more=more)


def play_manager(world: World, scene: Scene) -> None:
    """Pay the bank for the package, then settle with debtors at some forty percent of what they owe."""
    told_of, chance, label, n = (
        figures("relief")[MANAGER],
        world.chance("alike", MANAGER, "play"),
        why(MANAGER),
        len(scene.of),
    )
    day = chance.integers(30, max(31, world.options.days - 150), scene.many)
    loans, principal = _behind(world, MANAGER, chance, scene, day=day[scene.of])
    total = np.zeros(scene.many, np.int64)
    np.add.at(total, scene.of, principal)
    price = total * told_of["price_share"] // 100
    package = serials("ZR", 800_000 + np.arange(scene.many), width=6)
    world.add(
        "licence", label, holder_id=scene.main, kind="local_amc", issuer="示例省地方金融管理局",
        number=serials("示金资管", 100 + np.arange(scene.many), width=4),
        granted_on=world.day(-chance.integers(400, 1_000, scene.many)), status="valid",
    )  # fmt: skip
    world.add(
        "npl_transfer", label, package_no=package.take(scene.of), registry="示例信贷资产登记中心",
        seller_id=scene.more["bank"][scene.of], buyer_id=scene.main[scene.of], debtor_id=scene.crowd, loan_id=loans,
        loans=1, currency="CNY", principal_fen=principal, interest_fen=principal // 8,
        price_fen=principal * told_of["price_share"] // 100, signed_on=world.day(day[scene.of]),
        registered_on=world.day(day[scene.of] + 5),
    )  # fmt: skip
    pay(world, label, src=accounts(world, scene.main), dst=accounts(world, scene.more["bank"]),
        at=moments(world, chance, day + 2, kind="firm"), amount_fen=price, memo="债权转让款",
        channel="counter")  # fmt: skip
    later = day[scene.of] + chance.integers(20, 140, n)
    settled = (chance.integers(0, 100, n) < 70) & (later < world.options.days)
    share = between(chance, told_of["settled_share"], n)
    pay(world, label, src=accounts(world, scene.crowd)[settled], dst=accounts(world, scene.main)[scene.of][settled],
        at=moments(world, chance, later)[settled], amount_fen=(principal * share // 100)[settled], memo="结清欠款",
        channel="mobile")  # fmt: skip


def cast_plan(world: World) -> Scene:
    """Found village banks and find card debtors who agree on a plan with them."""
    chance, n = world.chance("alike", PLAN), instances(world)
    of = sizes(chance, n, figures("relief")[PLAN]["debtors"])
    banks = found(world, chance, n, trade="bank", on=-chance.integers(2_000, 6_000, n), size=chance.integers(30, 90, n))
    told(world, PLAN, banks)
    return Scene(
        main=banks, crowd=crowd(world, chance, len(of), thin=False, ages=(24, 60)), of=of, more={"bank": banks}
    )


def play_plan(world: World, scene: Scene) -> None:
    """Pay an overdue card debt back to the bank itself, month by month, without interest."""
    told_of, chance = figures("relief")[PLAN], world.chance("alike", PLAN, "play")
    day = pick_days(world, chance, len(scene.of), np.full(len(scene.of), 20), np.full(len(scene.of), 200), kind="firm")
    _, principal = _behind(world, PLAN, chance, scene, day=day)
    for month in range(told_of["months"]):
        due = day + 30 * month
        now = due < world.options.days
        if not now.any():
            break
        pay(world, why(PLAN), src=accounts(world, scene.crowd)[now], dst=accounts(world, scene.main)[scene.of][now],
            at=moments(world, chance, due)[now], amount_fen=(principal // told_of["months"] + 1)[now],
            memo="个性化分期还款", channel="batch")  # fmt: skip


def cast_retainers(world: World) -> Scene:
    """Found law firms with an account for their clients' money."""
    chance, n = world.chance("alike", RETAINERS), instances(world)
    of = sizes(chance, n, figures("relief")[RETAINERS]["clients"])
    firms = found(
        world, chance, n, trade="law_firm", on=-chance.integers(1_200, 6_000, n), size=chance.integers(6, 40, n)
    )
    account = open_accounts(world, chance, firms, on=-chance.integers(300, 900, n), kind="corporate")
    told(world, RETAINERS, firms)
    return Scene(main=firms, crowd=crowd(world, chance, len(of), ages=(24, 72)), of=of, more={"account": account})


def play_retainers(world: World, scene: Scene) -> None:
    """Take retainers from many clients; part pays the court, part the firm, the rest goes back at the end."""
    told_of, chance, label, n = (
        figures("relief")[RETAINERS],
        world.chance("alike", RETAINERS, "play"),
        why(RETAINERS),
        len(scene.of),
    )
    day = pick_days(world, chance, n, np.zeros(n, np.int64), np.full(n, max(2, world.options.days - 150)), kind="firm")
    amount = rounded(around(chance, told_of["yuan"]["middle"] * 100, spread=told_of["yuan"]["spread"], n=n), 50_000)
    client, held = accounts(world, scene.crowd), scene.more["account"][scene.of]
    court = accounts(
        world, chance.choice(first_id("company") + np.flatnonzero(world.column("company", "_trade") == "government"), n)
    )
    pay(world, label, src=client, dst=held, at=moments(world, chance, day), amount_fen=amount, memo="律师费预付款",
        channel="mobile")  # fmt: skip
    fee = amount * chance.integers(15, 30, n) // 100 + 100
    pay(world, label, src=held, dst=court, at=moments(world, chance, day + chance.integers(4, 15, n), kind="firm"),
        amount_fen=fee, memo="诉讼费", channel="web")  # fmt: skip
    earned = amount * chance.integers(50, 65, n) // 100
    last = day + chance.integers(60, 140, n)
    pay(world, label, src=held, dst=accounts(world, scene.main)[scene.of], at=moments(world, chance, last, kind="firm"),
        amount_fen=earned, memo="律师费结转", channel="web")  # fmt: skip
    rest = amount - fee - earned
    back = rest > 0
    pay(world, label, src=held[back], dst=client[back], at=moments(world, chance, last + 1, kind="firm")[back],
        amount_fen=rest[back], memo="余款退还", channel="web")  # fmt: skip


SCENARIOS = (
    Scenario(kind=OUTAGE, like="complaint_mill", cast=cast_outage, play=play_outage),
    Scenario(kind=MANAGER, like="debt_relief_fund", cast=cast_manager, play=play_manager),
    Scenario(kind=PLAN, like="debt_relief_fund", cast=cast_plan, play=play_plan),
    Scenario(kind=RETAINERS, like="debt_relief_fund", cast=cast_retainers, play=play_retainers),
)

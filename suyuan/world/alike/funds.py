"""Accounts through which much money runs, and honestly: payroll, a market's settlement, an aggregator of payments."""

import numpy as np

from suyuan.world.alike.scenario import Scenario, Scene, between, figures, instances, sizes, told, why
from suyuan.world.frame.dice import Ints, around
from suyuan.world.frame.world import World
from suyuan.world.life.actors import accounts
from suyuan.world.life.pay import pay
from suyuan.world.life.rhythm import moments, pick_days, workday
from suyuan.world.people.cast import crowd, firms_of, found, open_accounts

PAYROLL = "payroll account"
MARKET = "market settlement account"
AGGREGATOR = "registered aggregator"


def cast_payroll(world: World) -> Scene:
    """Found firms that pay their workers through an account of its own."""
    chance, n = world.chance("alike", PAYROLL), instances(world)
    of = sizes(chance, n, figures("funds")[PAYROLL]["workers"])
    firms = found(
        world, chance, n, trade="factory", on=-chance.integers(500, 4_000, n), size=np.bincount(of, minlength=n)
    )
    account = open_accounts(world, chance, firms, on=-chance.integers(200, 400, n), kind="corporate", thin=True)
    told(world, PAYROLL, firms)
    return Scene(main=firms, crowd=crowd(world, chance, len(of), ages=(18, 60)), of=of, more={"account": account})


def play_payroll(world: World, scene: Scene) -> None:
    """Fill the account once a month and pay all of it out to the workers within hours."""
    told_of, chance = figures("funds")[PAYROLL], world.chance("alike", PAYROLL, "play")
    wages = np.maximum(world.of(scene.crowd, "_income_fen"), 200_000)
    pay_day = chance.integers(4, 26, scene.many)
    own, workers = accounts(world, scene.main), accounts(world, scene.crowd)
    for month in range(world.options.months):
        day = workday(world, pay_day + 30 * month)
        kept = day < world.options.days
        filled = moments(world, chance, day, kind="firm")
        total = np.zeros(scene.many, np.int64)
        np.add.at(total, scene.of, wages)
        pay(world, why(PAYROLL), src=own[kept], dst=scene.more["account"][kept], at=filled[kept],
            amount_fen=total[kept], memo="工资专户划转", channel="web")  # fmt: skip
        after = between(chance, told_of["pay_minutes"], len(workers)) * 60
        seen = kept[scene.of]
        pay(world, why(PAYROLL), src=scene.more["account"][scene.of][seen], dst=workers[seen],
            at=(filled[scene.of] + after.astype("timedelta64[s]"))[seen], amount_fen=wages[seen],
            memo="工资", channel="batch", kind="代发")  # fmt: skip


def cast_market(world: World) -> Scene:
    """Found markets whose stalls are paid through one settlement account."""
    chance, n = world.chance("alike", MARKET), instances(world)
    of = sizes(chance, n, figures("funds")[MARKET]["stalls"])
    markets = found(
        world, chance, n, trade="market", on=-chance.integers(800, 5_000, n), size=chance.integers(6, 30, n)
    )
    account = open_accounts(world, chance, markets, on=-chance.integers(200, 400, n), kind="settlement", thin=True)
    told(world, MARKET, markets)
    stalls = crowd(world, chance, len(of), ages=(25, 65))
    return Scene(main=markets, crowd=stalls, of=of, more={"account": account})


def play_market(world: World, scene: Scene) -> None:
    """Take what buyers pay during a day and pass it on to the stalls the next morning, less nothing."""
    told_of, chance = figures("funds")[MARKET], world.chance("alike", MARKET, "play")
    times = sizes(chance, len(scene.of), told_of["days"])
    n, buyers = len(times), crowd(world, chance, max(30, 12 * scene.many))
    day = pick_days(world, chance, n, np.zeros(n, np.int64), np.full(n, world.options.days - 1))
    takings = np.maximum(
        around(chance, told_of["takings"]["middle"] * 100, spread=told_of["takings"]["spread"], n=n), 500
    )
    account = scene.more["account"][scene.of[times]]
    pay(world, why(MARKET), src=accounts(world, chance.choice(buyers, n)), dst=account,
        at=moments(world, chance, day), amount_fen=takings, memo="货款", channel="quick", kind="消费")  # fmt: skip
    morning = world.moment(day + 1, 7 * 3_600 + chance.integers(0, 7_200, n))
    pay(world, why(MARKET), src=account, dst=accounts(world, scene.crowd)[times], at=morning, amount_fen=takings,
        memo="摊位结算", channel="batch", kind="结算")  # fmt: skip


def cast_aggregator(world: World) -> Scene:
    """Found licensed aggregators and the shops they bring to a payment firm."""
    chance, n = world.chance("alike", AGGREGATOR), instances(world)
    of = sizes(chance, n, figures("funds")[AGGREGATOR]["merchants"])
    firms = found(world, chance, n, trade="tech", on=-chance.integers(500, 2_500, n), size=chance.integers(8, 40, n))
    shops = found(world, chance, len(of), trade="retail", on=-chance.integers(100, 2_000, len(of)))
    told(world, AGGREGATOR, firms)
    return Scene(main=firms, crowd=shops, of=of, more={"payment": chance.choice(firms_of(world, "payment_firm"), n)})


def play_aggregator(world: World, scene: Scene) -> None:
    """Route orders of many shops: the money goes from the buyer to the shop and never through the aggregator."""
    told_of, chance = figures("funds")[AGGREGATOR], world.chance("alike", AGGREGATOR, "play")
    label = why(AGGREGATOR)
    world.add(
        "licence", label, holder_id=scene.main, kind="aggregation", issuer="中国人民银行示例省分行",
        number=[f"聚合备案{n:06}" for n in range(1, scene.many + 1)],
        granted_on=world.day(-chance.integers(100, 450, scene.many)), status="valid",
    )  # fmt: skip
    settled_to, payment = accounts(world, scene.crowd), scene.more["payment"][scene.of]
    merchants = world.add(
        "merchant", label, number=_numbers(chance, len(scene.of), 15), payment_firm_id=payment, holder_id=scene.crowd,
        name=world.of(scene.crowd, "name"), trade_code="5411", trade_told="便利店", settlement_account_id=settled_to,
        settlement_cycle="T1", opened_on=world.day(-chance.integers(1, 60, len(scene.of))),
        introduced_by_id=scene.main[scene.of], status="open",
    )  # fmt: skip
    times = sizes(chance, len(scene.of), told_of["orders"])
    n, buyers = len(times), crowd(world, chance, max(30, 12 * scene.many))
    buyer = accounts(world, chance.choice(buyers, n))
    day = pick_days(world, chance, n, np.zeros(n, np.int64), np.full(n, world.options.days))
    amount = np.maximum(around(chance, told_of["yuan"]["middle"] * 100, spread=told_of["yuan"]["spread"], n=n), 300)
    at = moments(world, chance, day)
    orders = world.add(
        "payment_order", label, order_no=_numbers(chance, n, 20), payment_firm_id=payment[times],
        merchant_id=merchants[times], kind="collect", payer_account_id=buyer, payee_id=scene.crowd[times],
        payee_account_id=settled_to[times], goods="日用百货", currency="CNY", amount_fen=amount,
        fee_fen=amount * told_of["fee_per_mille"] // 1_000, ordered_at=at - np.timedelta64(20, "s"), paid_at=at,
        status="paid",
    )  # fmt: skip
    pay(world, label, src=buyer, dst=settled_to[times], at=at, amount_fen=amount, memo="扫码付款", channel="quick",
        kind="消费", order=orders)  # fmt: skip
    commission = np.zeros(scene.many, np.int64)
    np.add.at(commission, scene.of[times], amount // 1_000 + 1)
    last = world.moment(
        np.full(scene.many, world.options.days - 1), 10 * 3_600 + chance.integers(0, 20_000, scene.many)
    )
    pay(world, label, src=accounts(world, scene.more["payment"]), dst=accounts(world, scene.main), at=last,
        amount_fen=commission, memo="分润", channel="batch")  # fmt: skip


def _numbers(chance: np.random.Generator, n: int, width: int) -> list[str]:
    """Return `n` different numbers of `width` digits."""
    step = 10 ** (width - 9)
    first: Ints = chance.integers(10**8, 9 * 10**8, 1)
    return [str((int(first[0]) + place) * step + 7 * place % step) for place in range(n)]


SCENARIOS = (
    Scenario(kind=PAYROLL, like="pass_through", cast=cast_payroll, play=play_payroll),
    Scenario(kind=MARKET, like="pass_through", cast=cast_market, play=play_market),
    Scenario(kind=AGGREGATOR, like="pass_through", cast=cast_aggregator, play=play_aggregator),
)

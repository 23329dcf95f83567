"""Honest loans to firms that look packaged or never repaid: interest first, renewed, a bad season, a buy-out."""

from typing import Any

import numpy as np

from suyuan.world.alike.scenario import Scenario, Scene, between, figures, instances, sizes, told, why
from suyuan.world.frame.dice import Ints, around
from suyuan.world.frame.world import World
from suyuan.world.life.actors import accounts, staff
from suyuan.world.life.book import METHODS, Conduct, Terms
from suyuan.world.life.credit import rates, rounded
from suyuan.world.life.lend import Deal, Lent, lend
from suyuan.world.life.pay import pay
from suyuan.world.life.rhythm import moments, workday
from suyuan.world.people.cast import crowd, firms_of, found

INTEREST_FIRST = "interest-first loans before maturity"
RENEWAL = "lawful renewal without repayment"
SEASON = "firms hit by one bad season"
BUY_OUT = "buy-out followed by an expansion loan"
FAITHFUL = Conduct(default=0, early=0, prepaid=0, slow=60, late_days=2)


def _cast(world: World, kind: str, *, trade: str, of: Ints | None = None) -> Scene:
    """Found firms, one an instance or as many as `of` says, and find the banks they know."""
    chance, n = world.chance("alike", kind), instances(world)
    belongs = np.arange(n) if of is None else of
    firms = found(
        world, chance, len(belongs), trade=trade, on=-chance.integers(800, 4_000, len(belongs)),
        size=chance.integers(6, 60, len(belongs)),
    )  # fmt: skip
    told(world, kind, firms, belongs)
    bank = chance.choice(firms_of(world, "bank"), len(belongs))
    return Scene(main=firms[np.searchsorted(belongs, np.arange(n))], crowd=firms, of=belongs, more={"bank": bank})


def _loan(
    world: World, kind: str, chance: np.random.Generator, scene: Scene, *, start: Ints, method: str,
    principal: Ints | None = None, extra: dict[str, Any] | None = None, **more: Any,
) -> tuple[Lent, Terms]:  # fmt: skip
    told_of, n = figures("firmloans")[kind], len(scene.crowd)
    yuan, (low, high) = told_of["yuan"], told_of["rate_bp"]
    drawn = rounded(around(chance, yuan["middle"] * 100, spread=yuan["spread"], n=n), 1_000_000)
    terms = Terms(
        principal=drawn if principal is None else principal,
        monthly_ppm=rates(chance, low, high, n),
        months=np.full(n, told_of["months"]),
        method=np.full(n, METHODS.index(method)),
        start=start,
    )
    columns = {
        "lender_kind": "bank",
        "product_kind": "小微企业贷款",
        "purpose": "经营周转",
        "officer_id": staff(world, world.chance("alike", kind, "officers"), scene.more["bank"]),
        "applied_online": True,
        **(extra or {}),
    }
    deal = Deal(
        lender=scene.more["bank"], borrower=scene.crowd, payee_account=accounts(world, scene.crowd), extra=columns
    )
    written = lend(world, why(kind), chance=chance, terms=terms, deal=deal, conduct=FAITHFUL, memo="企业贷款", **more)
    return written, terms


def cast_interest_first(world: World) -> Scene:
    """Found firms that borrow for a year and pay interest until its end."""
    return _cast(world, INTEREST_FIRST, trade="factory")


def play_interest_first(world: World, scene: Scene) -> None:
    """Pay interest every month of loans that fall due after the world's last day."""
    chance = world.chance("alike", INTEREST_FIRST, "play")
    start = world.options.days - chance.integers(60, min(330, world.options.days), scene.many)
    _loan(world, INTEREST_FIRST, chance, scene, start=start, method="interest_first")


def cast_renewal(world: World) -> Scene:
    """Found firms whose bank renews their loan without repayment."""
    return _cast(world, RENEWAL, trade="wholesale")


def play_renewal(world: World, scene: Scene) -> None:
    """Renew a loan at its end on paper; interest goes on being paid and the new loan is repaid like any other."""
    chance = world.chance("alike", RENEWAL, "play")
    months = figures("firmloans")[RENEWAL]["months"]
    start = chance.integers(0, max(1, world.options.days - 31 * months), scene.many)
    old, terms = _loan(
        world, RENEWAL, chance, scene, start=start, method="interest_first", renewed=np.ones(scene.many, bool)
    )
    over = np.flatnonzero(old.ended < world.options.days)
    again = Scene(
        main=scene.main[over], crowd=scene.crowd[over], of=np.arange(len(over)), more={"bank": scene.more["bank"][over]}
    )
    extra = {"renewal_of_loan_id": old.loans[over], "settles_loan_id": old.loans[over], "purpose": "无还本续贷"}
    _loan(world, RENEWAL, chance, again, start=old.ended[over], method="equal_instalment",
          principal=terms.principal[over], extra=extra, pay_out=False)  # fmt: skip


def cast_season(world: World) -> Scene:
    """Found firms of one trade that one season ruins together."""
    chance, n = world.chance("alike", SEASON, "firms"), instances(world)
    return _cast(world, SEASON, trade="farm", of=sizes(chance, n, figures("firmloans")[SEASON]["firms"]))


def play_season(world: World, scene: Scene) -> None:
    """Stop paying within the same weeks, after months of honest instalments."""
    chance = world.chance("alike", SEASON, "play")
    hit = chance.integers(
        world.options.days // 3, max(world.options.days // 3 + 1, world.options.days - 60), scene.many
    )
    start = hit[scene.of] - chance.integers(90, 300, len(scene.of))
    halt = hit[scene.of] + chance.integers(0, 30, len(scene.of))
    _loan(world, SEASON, chance, scene, start=start, method="equal_instalment", halt=halt)


def cast_buy_out(world: World) -> Scene:
    """Found firms that change hands, and find their buyers."""
    scene = _cast(world, BUY_OUT, trade="factory")
    chance = world.chance("alike", BUY_OUT, "people")
    return Scene(main=scene.main, crowd=scene.crowd, of=scene.of,
                 more={**scene.more, "buyer": crowd(world, chance, scene.many, ages=(28, 62))})  # fmt: skip


def play_buy_out(world: World, scene: Scene) -> None:
    """Sell a firm to a new owner who borrows weeks later to expand, and repays."""
    told_of, chance, label = figures("firmloans")[BUY_OUT], world.chance("alike", BUY_OUT, "play"), why(BUY_OUT)
    day = chance.integers(10, max(11, world.options.days - 200), scene.many)
    former, buyer = world.of(scene.main, "_legal_rep"), scene.more["buyer"]
    world.add(
        "company_event", label, company_id=scene.main, kind="legal_representative", happened_on=world.day(day),
        before_id=former, after_id=buyer, before_text=world.of(former, "name"), after_text=world.of(buyer, "name"),
    )  # fmt: skip
    world.add("tie", label, from_id=buyer, to_id=scene.main, kind="legal_representative", since_on=world.day(day))
    price = rounded(around(chance, 60_000_000, spread=0.6, n=scene.many), 1_000_000)
    paid_on = workday(world, day)
    at = moments(world, chance, paid_on, kind="firm")
    pay(world, label, src=accounts(world, buyer), dst=accounts(world, former), at=at,
        amount_fen=price, memo="股权转让款", channel="counter")  # fmt: skip
    start = day + between(chance, told_of["after"], scene.many)
    _loan(world, BUY_OUT, chance, scene, start=start, method="equal_instalment", extra={"purpose": "扩大生产"})


SCENARIOS = (
    Scenario(kind=INTEREST_FIRST, like="interest_only", cast=cast_interest_first, play=play_interest_first),
    Scenario(kind=RENEWAL, like="interest_only", cast=cast_renewal, play=play_renewal),
    Scenario(kind=SEASON, like="interest_only", cast=cast_season, play=play_season),
    Scenario(kind=BUY_OUT, like="packaged_firms", cast=cast_buy_out, play=play_buy_out),
)

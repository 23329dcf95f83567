"""Cars and homes bought honestly by many at one place: a big dealer, a family, a district whose prices rise."""

import numpy as np

from suyuan.world.alike.scenario import Scenario, Scene, between, figures, instances, sizes, told, why
from suyuan.world.frame.dice import Ints, around
from suyuan.world.frame.tables import NOBODY
from suyuan.world.frame.world import World
from suyuan.world.life.actors import accounts, staff
from suyuan.world.life.book import METHODS, Conduct, Terms
from suyuan.world.life.cars import vins
from suyuan.world.life.credit import rates, rounded
from suyuan.world.life.lend import Deal, lend
from suyuan.world.life.marks import serials
from suyuan.world.life.pay import pay
from suyuan.world.life.rhythm import moments, pick_days
from suyuan.world.people.cast import crowd, firms_of, found

DEALER = "a big honest dealer"
FAMILY = "family helping to buy one home"
DISTRICT = "rising district"
GOOD = Conduct(default=12, early=300, prepaid=60, slow=60, late_days=3)


def cast_dealer(world: World) -> Scene:
    """Found big car dealers and find their buyers."""
    chance, n = world.chance("alike", DEALER), instances(world)
    of = sizes(chance, n, figures("firmloans")[DEALER]["buyers"])
    dealers = found(
        world, chance, n, trade="car_dealer", on=-chance.integers(1_200, 6_000, n), size=chance.integers(30, 90, n)
    )
    told(world, DEALER, dealers)
    more = {"bank": chance.choice(firms_of(world, "bank"), n)}
    return Scene(main=dealers, crowd=crowd(world, chance, len(of), ages=(22, 60)), of=of, more=more)


def play_dealer(world: World, scene: Scene) -> None:
    """Sell many cars at their price on one bank's loans; the buyers pay down themselves, drive and repay."""
    told_of, chance, label, n = (
        figures("firmloans")[DEALER],
        world.chance("alike", DEALER, "play"),
        why(DEALER),
        len(scene.of),
    )
    price = rounded(around(chance, told_of["price"]["middle"] * 100, spread=told_of["price"]["spread"], n=n), 100_000)
    down = rounded(price * between(chance, told_of["down"], n) // 1_000, 100_000)
    start = pick_days(world, chance, n, np.full(n, -120), np.full(n, world.options.days - 10), kind="firm")
    dealer, bank = scene.main[scene.of], scene.more["bank"][scene.of]
    extra = {"lender_kind": "bank", "product_kind": "汽车消费贷款", "purpose": "购车", "applied_online": False,
             "entrusted_payee_id": dealer, "intermediary_id": dealer,
             "officer_id": staff(world, chance, bank)}  # fmt: skip
    loans = _lend(world, DEALER, chance, principal=price - down, start=start, months=told_of["months"], bank=bank,
                  borrower=scene.crowd, payee=dealer, extra=extra)  # fmt: skip
    own = accounts(world, scene.crowd)
    world.add(
        "vehicle", label, vin=vins(chance, n), plate_region_code=world.of(scene.crowd, "region_code"), used=False,
        owner_id=scene.crowd, dealer_id=dealer, bought_on=world.day(start - 1), currency="CNY", price_fen=price,
        market_fen=rounded(price * chance.integers(960, 1_031, n) // 1_000, 10_000), down_payment_fen=down,
        down_payment_payer_id=scene.crowd, down_payment_account_id=own, loan_id=loans, licensed_driver=True,
        pledged_on=world.day(start), pledged_to_id=bank,
    )  # fmt: skip
    now = start >= 1
    pay(world, label, src=own[now], dst=accounts(world, dealer)[now], at=moments(world, chance, start[now] - 1),
        amount_fen=down[now], memo="购车首付", channel="mobile")  # fmt: skip


def _lend(
    world: World, kind: str, chance: np.random.Generator, *, principal: Ints, start: Ints, months: int, bank: Ints,
    borrower: Ints, payee: Ints, extra: dict[str, object],
) -> Ints:  # fmt: skip
    low, high = figures("firmloans")[kind]["rate_bp"]
    n = len(principal)
    terms = Terms(principal=principal, monthly_ppm=rates(chance, low, high, n), months=np.full(n, months),
                  method=np.full(n, METHODS.index("equal_instalment")), start=start)  # fmt: skip
    deal = Deal(lender=bank, borrower=borrower, payee_account=accounts(world, payee), extra=extra)
    return lend(world, why(kind), chance=chance, terms=terms, deal=deal, conduct=GOOD, memo="贷款").loans


def cast_family(world: World) -> Scene:
    """Find buyers of a home, and the kin who help them."""
    chance, n = world.chance("alike", FAMILY), instances(world)
    of = sizes(chance, n, figures("firmloans")[FAMILY]["kin"])
    buyers, sellers = crowd(world, chance, n, ages=(24, 45)), crowd(world, chance, n, ages=(30, 70))
    told(world, FAMILY, buyers)
    more = {"bank": chance.choice(firms_of(world, "bank"), n), "seller": sellers}
    return Scene(main=buyers, crowd=crowd(world, chance, len(of), ages=(28, 72)), of=of, more=more)


def play_family(world: World, scene: Scene) -> None:
    """Kin send the down payment within days and help with instalments; one home, one loan, repaid."""
    told_of, chance, label, n = (
        figures("firmloans")[FAMILY],
        world.chance("alike", FAMILY, "play"),
        why(FAMILY),
        scene.many,
    )
    price = rounded(around(chance, told_of["price"]["middle"] * 100, spread=told_of["price"]["spread"], n=n), 1_000_000)
    down = rounded(price * between(chance, told_of["down"], n) // 1_000, 100_000)
    start = chance.integers(60, max(61, world.options.days - 150), n)
    buyer, bank = accounts(world, scene.main), scene.more["bank"]
    world.add("tie", label, from_id=scene.crowd, to_id=scene.main[scene.of], kind="kin",
              since_on=world.day(-chance.integers(4_000, 12_000, len(scene.of))))  # fmt: skip
    share = down[scene.of] // np.bincount(scene.of, minlength=n)[scene.of]
    sent = start[scene.of] - chance.integers(21, 30, len(scene.of))
    pay(world, label, src=accounts(world, scene.crowd), dst=buyer[scene.of], at=moments(world, chance, sent),
        amount_fen=share, memo="买房借给弟弟", channel="mobile")  # fmt: skip
    homes = _home(
        world, FAMILY, chance, price=price, appraised=price, start=start, owner=scene.main, seller=scene.more["seller"]
    )
    pay(world, label, src=buyer, dst=accounts(world, scene.more["seller"]), at=moments(world, chance, start - 18),
        amount_fen=down, memo="购房首付款", channel="mobile")  # fmt: skip
    extra = {"lender_kind": "bank", "product_kind": "个人住房贷款", "purpose": "购买住房", "collateral_id": homes,
             "applied_online": False, "entrusted_payee_id": scene.more["seller"],
             "officer_id": staff(world, chance, bank)}  # fmt: skip
    _lend(world, FAMILY, chance, principal=price - down, start=start, months=240, bank=bank, borrower=scene.main,
          payee=scene.more["seller"], extra=extra)  # fmt: skip
    for month in range(1, 6):
        day = start[scene.of] + 30 * month - 3
        now = day < world.options.days
        pay(world, label, src=accounts(world, scene.crowd)[now], dst=buyer[scene.of][now],
            at=moments(world, chance, day[now]), amount_fen=share[now] // 60 + 10_000, memo="帮还房贷",
            channel="mobile")  # fmt: skip


def cast_district(world: World) -> Scene:
    """Found appraisers at work where prices rise, and find buyers and sellers."""
    chance, n = world.chance("alike", DISTRICT), instances(world)
    of = sizes(chance, n, figures("firmloans")[DISTRICT]["deals"])
    houses = found(
        world, chance, n, trade="appraiser", on=-chance.integers(1_200, 6_000, n), size=chance.integers(5, 20, n)
    )
    told(world, DISTRICT, houses)
    more = {"bank": chance.choice(firms_of(world, "bank"), n), "seller": crowd(world, chance, len(of), ages=(30, 75))}
    return Scene(main=houses, crowd=crowd(world, chance, len(of), ages=(24, 60)), of=of, more=more)


def play_district(world: World, scene: Scene) -> None:
    """Appraise homes over last year's prices because they really sell for more; the loans are repaid."""
    told_of, chance, n = figures("firmloans")[DISTRICT], world.chance("alike", DISTRICT, "play"), len(scene.of)
    start = pick_days(world, chance, n, np.full(n, 30), np.full(n, world.options.days - 10), kind="firm")
    before = around(chance, told_of["price"]["middle"] * 100, spread=told_of["price"]["spread"], n=n)
    price = rounded(before + before // 1_000_000 * told_of["rise_a_day"] * start, 1_000_000)
    bank = scene.more["bank"][scene.of]
    appraised = price * chance.integers(1_000, 1_061, n) // 1_000
    homes = _home(world, DISTRICT, chance, price=price, appraised=appraised, start=start,
                  owner=scene.crowd, seller=scene.more["seller"], appraiser=scene.main[scene.of])  # fmt: skip
    extra = {"lender_kind": "bank", "product_kind": "个人住房贷款", "purpose": "购买住房", "collateral_id": homes,
             "applied_online": False, "entrusted_payee_id": scene.more["seller"],
             "officer_id": staff(world, chance, bank)}  # fmt: skip
    _lend(world, DISTRICT, chance, principal=price * 7 // 10, start=start, months=240, bank=bank, borrower=scene.crowd,
          payee=scene.more["seller"], extra=extra)  # fmt: skip


def _home(
    world: World, kind: str, chance: np.random.Generator, *, price: Ints, appraised: Ints, start: Ints, owner: Ints,
    seller: Ints, appraiser: Ints | None = None,
) -> Ints:  # fmt: skip
    """Add homes with their deals, filed and taxed at their price."""
    n, label = len(price), why(kind)
    number = serials("甘(2024)不动产权第", 3_000_000 + chance.integers(0, 6_000_000, n), width=7)
    address, region = world.of(owner, "address"), world.of(owner, "region_code")
    house = np.full(n, NOBODY) if appraiser is None else appraiser
    homes = world.add(
        "collateral", label, kind="home", owner_id=owner, certificate_no=number, certificate_issuer="不动产登记中心",
        registered=True, address=address, region_code=region, currency="CNY", price_fen=price, market_fen=price,
        filed_fen=price, taxed_fen=price, appraised_fen=appraised, appraising_firm_id=house,
        appraised_on=world.day(start - 14), seller_id=seller, acquired_on=world.day(start - 3),
        pledged_on=world.day(start - 1),
    )  # fmt: skip
    world.add(
        "property_deal", label, certificate_no=number, address=address, region_code=region,
        area_m2=chance.integers(600, 1_400, n) / 10, seller_id=seller, buyer_id=owner, signed_on=world.day(start - 25),
        registered_on=world.day(start - 3), currency="CNY", filed_fen=price, taxed_fen=price, appraised_fen=appraised,
        market_fen=price, collateral_id=homes,
    )  # fmt: skip
    return homes


SCENARIOS = (
    Scenario(kind=DEALER, like="straw_car_buyers", cast=cast_dealer, play=play_dealer),
    Scenario(kind=FAMILY, like="borrowed_names", cast=cast_family, play=play_family),
    Scenario(kind=DISTRICT, like="over_appraisal", cast=cast_district, play=play_district),
)

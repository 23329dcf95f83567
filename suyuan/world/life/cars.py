"""Cars bought on credit: the dealer, the price, the loan; some borrowers honestly fail early, some sell on."""

from typing import Any

import numpy as np

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import NOBODY, words
from suyuan.world.frame.world import World
from suyuan.world.life.actors import accounts, adults, fame, firms, staff
from suyuan.world.life.book import METHODS, NEVER, Conduct, Terms
from suyuan.world.life.credit import begin_days, rates, rounded
from suyuan.world.life.figures import choose, figures, permille, spread, volume
from suyuan.world.life.lend import Deal, Lent, lend
from suyuan.world.life.marks import texts
from suyuan.world.life.pay import pay
from suyuan.world.life.rhythm import moments

_VIN = np.array(list("ABCDEFGHJKLMNPRSTUVWXYZ0123456789"))


def live_cars(world: World) -> None:
    """Add cars bought from dealers with a loan of a bank, and the register of vehicles."""
    chance, n = world.chance("life", "cars"), volume("credit", "car", world.options.scale)
    told = figures("credit")["car"]
    buyer = adults(world, chance, ages=(22, 60)).draw(chance, n)
    dealer = fame(chance, firms(world, "car_dealer"), tail=1.2).draw(chance, n)
    price = rounded(spread(chance, told["price"][0], told["price"][1], n), 100_000)
    down = rounded(price * chance.integers(told["down"][0], told["down"][1] + 1, n) // 1000, 100_000)
    months = np.array(list(told["months"]))[choose(chance, told["months"], n)]
    terms = Terms(
        principal=price - down,
        monthly_ppm=rates(chance, told["rate_bp"][0], told["rate_bp"][1], n),
        months=months,
        method=np.full(n, METHODS.index("equal_instalment")),
        start=begin_days(world, chance, months),
    )
    lent = _loans(world, chance, terms, sides=(buyer, dealer))
    _vehicles(world, chance, price=price, down=down, terms=terms, sides=(buyer, dealer), lent=lent)


def vins(chance: np.random.Generator, n: int) -> Any:
    """Return `n` made-up vehicle identification numbers of 17 characters; their first three belong to no maker."""
    picked = _VIN[chance.integers(0, len(_VIN), (n, 14))]
    return texts(np.char.add("LZX", np.ascontiguousarray(picked).view("U14").ravel()))


def _loans(world: World, chance: np.random.Generator, terms: Terms, *, sides: tuple[Ints, Ints]) -> Lent:
    buyer, dealer = sides
    lender = fame(world.chance("life", "lenders", "car"), firms(world, "bank", "consumer_finance"))
    who = lender.draw(chance, len(buyer))
    extra = {
        "lender_kind": words((world.of(who, "_trade") == "bank").astype(np.int64), ["consumer_finance", "bank"]),
        "product_kind": "汽车消费贷款",
        "purpose": "购车",
        "applied_online": False,
        "officer_id": staff(world, chance, who),
        "entrusted_payee_id": dealer,
        "intermediary_id": np.where(permille(chance, 300, len(buyer)), dealer, NOBODY),
        "penalty_daily_rate": figures("credit")["penalty_ppm"] / 1_000_000,
    }
    deal = Deal(lender=who, borrower=buyer, payee_account=accounts(world, dealer), extra=extra)
    conduct = Conduct(**figures("credit")["car"]["conduct"])
    return lend(world, chance=chance, terms=terms, deal=deal, conduct=conduct, memo="车贷",
                penalty_ppm=figures("credit")["penalty_ppm"])  # fmt: skip


def _vehicles(
    world: World, chance: np.random.Generator, *,
    price: Ints, down: Ints, terms: Terms, sides: tuple[Ints, Ints], lent: Lent,
) -> None:  # fmt: skip
    """Add the register of vehicles; some cars are sold on with the lender's leave once the loan is over or settled."""
    told, n, days = figures("credit")["car"], len(price), world.options.days
    buyer, dealer = sides
    own, start = accounts(world, buyer), terms.start
    sold_at = np.where(lent.ended == NEVER, start + 200, lent.ended + 20)
    sold = permille(chance, told["sold_on"], n) & (sold_at >= 0) & (sold_at < days)
    nextone = adults(world, chance, ages=(22, 60)).draw(chance, n)
    plate = np.char.add("甘A", np.char.zfill(chance.integers(0, 100_000, n).astype("U5"), 5))
    world.add(
        "vehicle",
        vin=vins(chance, n),
        plate_no=texts(plate),
        plate_region_code=world.of(buyer, "region_code"),
        model=words(chance.integers(0, len(told["models"]), n), told["models"]),
        used=permille(chance, told["used"], n),
        owner_id=buyer,
        dealer_id=dealer,
        bought_on=world.day(start - 1),
        currency="CNY",
        price_fen=price,
        market_fen=rounded(price * spread(chance, told["market"][0], told["market"][1], n) // 1000, 10_000),
        down_payment_fen=down,
        down_payment_payer_id=buyer,
        down_payment_account_id=own,
        loan_id=lent.loans,
        licensed_driver=permille(chance, 960, n),
        pledged_on=world.day(start),
        pledged_to_id=world.of(lent.loans, "lender_id"),
        transferred_on=np.where(sold, world.day(np.minimum(sold_at, days)), np.datetime64("NaT")),
        transferred_to_id=np.where(sold, nextone, NOBODY),
    )
    now = start >= 1
    pay(world, src=own[now], dst=accounts(world, dealer)[now], at=moments(world, chance, start[now] - 1),
        amount_fen=down[now], memo="购车首付", channel="mobile")  # fmt: skip

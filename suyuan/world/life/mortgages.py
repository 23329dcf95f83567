"""Homes that change hands: the deal, the certificate, the appraisal, the mortgage."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import NOBODY
from suyuan.world.frame.world import World
from suyuan.world.life.actors import accounts, adults, fame, firms, staff
from suyuan.world.life.book import METHODS, Conduct, Terms
from suyuan.world.life.credit import begin_days, rates, rounded
from suyuan.world.life.figures import choose, figures, permille, spread, volume
from suyuan.world.life.lend import Deal, lend
from suyuan.world.life.marks import serials
from suyuan.world.life.pay import pay
from suyuan.world.life.rhythm import moments


def live_mortgages(world: World) -> None:
    """Add homes bought with a mortgage: new ones from developers, the others from their owners."""
    chance, n = world.chance("life", "mortgages"), volume("credit", "mortgage", world.options.scale)
    told = figures("credit")["mortgage"]
    people = adults(world, chance, ages=(24, 58))
    buyer, seller = people.draw(chance, n), people.draw(chance, n)
    builders = fame(chance, firms(world, "property")[: told["developers"]])
    new = permille(chance, told["new_homes"], n) | (buyer == seller)
    seller = np.where(new, builders.draw(chance, n), seller)
    price = rounded(spread(chance, told["price"][0], told["price"][1], n), 1_000_000)
    down = rounded(price * chance.integers(told["down"][0], told["down"][1] + 1, n) // 1000, 100_000)
    terms = _terms(world, chance, told, price - down)
    homes = _homes(world, chance, buyer=buyer, seller=seller, price=price, start=terms.start)
    loans = _mortgages(world, chance, told, terms=terms, sides=(buyer, seller), homes=homes)
    _deals(world, chance, sides=(buyer, seller), down=down, start=terms.start, links=(homes, loans))


def _terms(world: World, chance: np.random.Generator, told: Mapping[str, Any], principal: Ints) -> Terms:
    n = len(principal)
    months = np.array(list(told["months"]))[choose(chance, told["months"], n)]
    return Terms(
        principal=principal,
        monthly_ppm=rates(chance, told["rate_bp"][0], told["rate_bp"][1], n),
        months=months,
        method=np.full(n, METHODS.index("equal_instalment")),
        start=begin_days(world, chance, months),
    )


def _homes(world: World, chance: np.random.Generator, *, buyer: Ints, seller: Ints, price: Ints, start: Ints) -> Ints:
    """Add the homes as collateral, appraised near what they are worth."""
    told, n = figures("credit")["mortgage"], len(buyer)
    appraised = price * spread(chance, *_pair(told["appraised"]), n) // 1000
    houses = fame(chance, firms(world, "appraiser")).draw(chance, n)
    filed = price * chance.integers(told["filed"][0], told["filed"][1] + 1, n) // 1000
    return world.add(
        "collateral",
        kind="home",
        owner_id=buyer,
        certificate_no=serials("甘(2023)不动产权第", 1000 + np.arange(n) * 17, width=7),
        certificate_issuer="不动产登记中心",
        registered=True,
        address=world.of(buyer, "address"),
        region_code=world.of(buyer, "region_code"),
        currency="CNY",
        price_fen=price,
        market_fen=rounded(price * chance.integers(970, 1031, n) // 1000, 10_000),
        filed_fen=filed,
        taxed_fen=filed,
        appraised_fen=rounded(appraised, 100_000),
        appraiser_id=staff(world, chance, houses, desks=4),
        appraising_firm_id=houses,
        appraised_on=world.day(start - chance.integers(10, 30, n)),
        seller_id=seller,
        acquired_on=world.day(start - 3),
        pledged_on=world.day(start - 1),
    )


def _pair(told: list[Any]) -> tuple[Any, Any]:
    return told[0], told[1]


def _mortgages(
    world: World, chance: np.random.Generator, told: Mapping[str, Any], *,
    terms: Terms, sides: tuple[Ints, Ints], homes: Ints,
) -> Ints:  # fmt: skip
    buyer, seller = sides
    lender = fame(world.chance("life", "lenders", "bank"), firms(world, "bank")).draw(chance, len(buyer))
    extra = {
        "lender_kind": "bank",
        "product_kind": "个人住房贷款",
        "purpose": "购买住房",
        "applied_online": False,
        "officer_id": staff(world, chance, lender),
        "collateral_id": homes,
        "entrusted_payee_id": seller,
        "penalty_daily_rate": figures("credit")["penalty_ppm"] / 1_000_000,
    }
    deal = Deal(lender=lender, borrower=buyer, payee_account=accounts(world, seller), extra=extra)
    return lend(world, chance=chance, terms=terms, deal=deal, conduct=Conduct(**told["conduct"]), memo="房贷",
                penalty_ppm=figures("credit")["penalty_ppm"]).loans  # fmt: skip


def _deals(
    world: World, chance: np.random.Generator, *,
    sides: tuple[Ints, Ints], down: Ints, start: Ints, links: tuple[Ints, Ints],
) -> None:  # fmt: skip
    """Add the deals and what the buyers paid down, a few weeks before the bank paid the rest."""
    (buyer, seller), (homes, loans), n = sides, links, len(down)
    same = ("certificate_no", "address", "region_code", "filed_fen", "taxed_fen", "appraised_fen", "market_fen")
    told: dict[str, Any] = {name: world.of(homes, name) for name in same}
    second_hand = np.isin(seller, firms(world, "property"), invert=True)
    brokers = fame(chance, firms(world, "property")).draw(chance, n)
    signed = start - chance.integers(12, 45, n)
    own = accounts(world, buyer)
    world.add(
        "property_deal",
        area_m2=chance.integers(480, 1650, n) / 10,
        seller_id=seller,
        buyer_id=buyer,
        intermediary_id=np.where(second_hand & (chance.integers(0, 10, n) < 7), brokers, NOBODY),
        signed_on=world.day(signed),
        registered_on=world.day(start - 3),
        currency="CNY",
        down_payment_fen=down,
        down_payment_account_id=own,
        collateral_id=homes,
        loan_id=loans,
        **told,
    )
    now = signed >= 0
    pay(world, src=own[now], dst=accounts(world, seller)[now], at=moments(world, chance, signed[now]),
        amount_fen=down[now], memo="购房首付款", channel="mobile")  # fmt: skip

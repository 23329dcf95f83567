"""The technology firm that rents a lending platform to rings: its contracts, what it earns, who gets it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import Why, words
from suyuan.world.frame.truths import RingTruth
from suyuan.world.frame.world import World
from suyuan.world.life.blend import blend_moments
from suyuan.world.life.pay import pay
from suyuan.world.life.rhythm import moments
from suyuan.world.people.cast import firms_of
from suyuan.world.rings.plan import figures
from suyuan.world.rings.routine_loans.carry import parted
from suyuan.world.rings.routine_loans.crew import Crew, Services
from suyuan.world.rings.routine_loans.sums import Sums

SHARES = {"programmers": 34, "sellers": 14, "data": 14, "payment": 8, "promotion": 10, "insider": 2, "cloud": 8}
"""Of a rent, in hundredths: assumption. What is left is the controllers'."""
SHARE_FEN = 250_000
"""Median payment of a vendor that hides among others."""
NOTICES = 2
"""Notices a vendor receives that name a tenant's app; none when nobody complained."""


@dataclass(frozen=True, kw_only=True)
class Vendor:
    """A technology firm with its people; ids are those of the tables."""

    ring: RingTruth
    days: Mapping[str, int]
    services: Services
    bosses: Ints
    """The first one is behind everything; the firm stands in another name."""
    programmers: Ints
    sellers: Ints


def live_off(world: World, vendor: Vendor, tenants: Sequence[Crew], *, tiers: Ints, rents: Sequence[Sums]) -> None:
    """Write the vendor's contracts, what it passes on of the rents, what it was told, and its truth."""
    chance = world.chance("rings", "routine_loans", vendor.ring.ring_id, "vendor")
    _contracts(world, vendor, tenants, chance, tiers)
    _pass_on(world, vendor, chance, rents)
    if not vendor.ring.hidden:
        _notices(world, vendor, tenants, chance)
    _truth(world, vendor)


def _contracts(world: World, vendor: Vendor, tenants: Sequence[Crew], chance: np.random.Generator, tiers: Ints) -> None:
    """Let each tenant sign for a year; promotion, collection, payment and data come with the platform."""
    names = {tier: f"V{place}" for place, tier in enumerate(sorted(figures("qitaihe")["tiers"]), start=1)}
    n = len(tenants)
    day = world.day(np.array([crew.days["prepare"] for crew in tenants]) + chance.integers(0, 2, n))
    technology = vendor.services.technology[np.zeros(n, np.int64)]
    world.add(
        "service_contract",
        Why(ring=vendor.ring.index, step="strike"),
        provider_id=technology,
        client_id=np.concatenate([crew.operator for crew in tenants]),
        kind="technology",
        product="信贷系统租用",
        tier=[names[int(tier)] for tier in tiers.tolist()],
        billing="yearly" if world.options.evasion == 0 else "monthly",
        currency="CNY",
        price_fen=tiers if world.options.evasion == 0 else tiers // 12,
        market_price_fen=np.full(n, 3_000_000),
        signed_on=day,
        from_on=day,
        to_on=day + np.timedelta64(364, "D"),
        account_id=world.of(technology, "_main_account"),
    )


def _pass_on(world: World, vendor: Vendor, chance: np.random.Generator, rents: Sequence[Sums]) -> None:
    """Pay wages, data, payment, promotion and the insider out of each rent; the rest goes to the controllers."""
    day = np.concatenate([rent.day for rent in rents])
    amount = np.concatenate([rent.amount for rent in rents])
    served, cloud = vendor.services, firms_of(world, "cloud")
    own = world.of(served.technology, "_main_account")
    to = {
        "programmers": vendor.programmers,
        "sellers": vendor.sellers,
        "data": served.data,
        "payment": served.payment,
        "promotion": served.promotion,
        "insider": served.insider,
        "cloud": cloud[chance.integers(0, len(cloud), 1)],
        "bosses": vendor.bosses,
    }
    shares = {**SHARES, "bosses": 100 - sum(SHARES.values())}
    for part, who in to.items():
        due = Sums(account=np.repeat(own, len(day)), day=day, amount=amount * shares[part] // 100).a_day()
        gone = parted(world, chance, due.where(due.amount > 0), middle_fen=SHARE_FEN)
        when = gone.day + 1 + chance.integers(0, 20, len(gone))
        inside = when < world.options.days
        account = world.of(who, "_main_account")[np.arange(len(gone)) % len(who)]
        _send(
            world, vendor, chance, dst=account[inside], day=when[inside], fen=gone.amount[inside], spend=part == "cloud"
        )


def _send(
    world: World, vendor: Vendor, chance: np.random.Generator, *, dst: Ints, day: Ints, fen: Ints, spend: bool
) -> None:
    if not len(dst):
        return
    own = np.full(len(dst), world.of(vendor.services.technology, "_main_account")[0])
    if world.options.evasion:
        at = blend_moments(world, chance, day, src=own, dst=dst)
    else:
        at = moments(world, chance, day, kind="firm")
    late = day >= vendor.days["wind_down"]
    for step, mine in (("strike", ~late), ("wind_down", late)):
        if mine.any():
            pay(
                world,
                Why(ring=vendor.ring.index, step=step),
                src=own[mine],
                dst=dst[mine],
                at=at[mine],
                amount_fen=fen[mine],
                memo=words(chance.integers(0, 3, int(mine.sum())), ["劳务费", "服务费", "工资"]),
                channel="web",
                flow="spend" if spend else "move",
            )


def _notices(world: World, vendor: Vendor, tenants: Sequence[Crew], chance: np.random.Generator) -> None:
    """Let the vendor be told that its system lends at a cut, and go on: this is what it knew."""
    n = NOTICES
    first = max(crew.days["strike"] for crew in tenants) + 20
    day = np.minimum(first + np.sort(chance.integers(0, 60, n), kind="stable"), world.options.days - 1)
    at = moments(world, chance, day, kind="firm")
    world.add(
        "notice",
        Why(ring=vendor.ring.index, step="strike"),
        kind="warning",
        sent_by="互联网金融协会",
        receiver_id=vendor.services.technology[np.zeros(n, np.int64)],
        about_id=np.array([tenants[k % len(tenants)].operator[0] for k in range(n)]),
        sent_at=at,
        received_at=at,
        body="贵司提供系统的借款软件涉嫌收取高额费用 请核查",
        reaction="continued",
    )


def _truth(world: World, vendor: Vendor) -> None:
    truths, ring, since, served = world.truths, vendor.ring, vendor.days["recruit"], vendor.services
    for role, who in {
        "technology": np.concatenate([served.technology, vendor.programmers]),
        "controller": vendor.bosses,
        "promotion": np.concatenate([served.promotion, vendor.sellers]),
        "fourth_party_payment": served.payment,
        "data": served.data,
        "filing_agent": served.agent,
        "insider": served.insider,
    }.items():
        truths.role(ring, who, role, since=since)
    for rank, who in enumerate(vendor.bosses.tolist(), start=1):
        truths.controller(ring, who, rank=rank)
    truths.shows(ring, "platform_rental", served.technology)
    truths.shows(ring, "data_misuse", served.data)

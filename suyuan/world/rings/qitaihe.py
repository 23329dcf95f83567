"""The app-rental platform of Qitaihe: a vendor with its code base, payment and data, and tenants that are rings.

The vendor rents the platform by the year at four prices; its tenants lend under the same code, through merchant
numbers that its payment firm opens, with scores that its data firms sell. Each tenant is a ring of its own that names
the vendor as its parent.
"""

from dataclasses import dataclass

import numpy as np

from suyuan.world.frame.dice import Ints, around, weighted
from suyuan.world.frame.truths import RingTruth
from suyuan.world.frame.world import World
from suyuan.world.life.blend import blend_amounts
from suyuan.world.people.cast import take
from suyuan.world.rings.plan import figures, hidden, size, story
from suyuan.world.rings.routine_loans.crew import Crew, Services, gather, services
from suyuan.world.rings.routine_loans.ring import perform
from suyuan.world.rings.routine_loans.sums import Sums
from suyuan.world.rings.routine_loans.vendor import Vendor, live_off

KIND, TENANT = "qitaihe", "qitaihe_tenant"
LAG = 25
"""Days at most between one tenant's beginning and the next one's."""


@dataclass(frozen=True, kw_only=True)
class Cast:
    """A vendor and its tenants."""

    vendor: Vendor
    tenants: tuple[Crew, ...]
    tiers: Ints
    """A year's rent of each tenant, in fen."""


def cast(world: World, *, number: int) -> Cast:
    """Take the people, found the firms and open the accounts of the `number`-th vendor (from 1) and its tenants."""
    told, chance = figures(KIND), world.chance("rings", KIND, number)
    days = story(world, KIND, number, told["story"])
    steps = {step: day for step, day in days.items() if step != "end"}
    secret = hidden(world, KIND, number)
    ring = world.truths.ring(kind=KIND, number=number, hidden=secret, story=steps)
    served = services(world, ring, on=days["recruit"], data_firms=told["data_firms"], wanted=2)
    low, high = told["tenants"]
    count = int(chance.integers(low, high + 1))
    tiers = np.array(list(told["tiers"]), np.int64)[weighted(chance, list(told["tiers"].values()), count)]
    middle = size(world, KIND, number, told["victims"], told["least_victims"])
    victims = np.maximum(around(chance, np.full(count, middle), spread=0.35), told["least_victims"])
    vendor = Vendor(
        ring=ring,
        days=days,
        services=served,
        bosses=take(world, chance, 2, ages=(28, 55)),
        programmers=take(world, chance, int(min(12, 3 + victims.sum() // 60)), ages=(21, 40)),
        sellers=take(world, chance, 2, ages=(21, 45)),
    )
    tenants = tuple(
        _tenant(world, ring, number=number * 100 + n, victims=int(victims[n]), served=served, hidden_too=secret)
        for n in range(count)
    )
    return Cast(vendor=vendor, tenants=tenants, tiers=tiers)


def _tenant(world: World, parent: RingTruth, *, number: int, victims: int, served: Services, hidden_too: bool) -> Crew:
    """Cast one ring that rents the platform; it begins some days after its vendor and ends with it."""
    told = figures(KIND)
    days = story(world, KIND, number // 100, told["story"])
    room = max(1, min(LAG, (days["prepare"] - days["recruit"])))
    late = int(world.chance("rings", KIND, number, "late").integers(0, room))
    days = {
        step: day + (late if step in ("recruit", "prepare", "strike", "launder") else 0) for step, day in days.items()
    }
    steps = {step: day for step, day in days.items() if step != "end"}
    ring = world.truths.ring(kind=TENANT, number=number, hidden=hidden_too, parent=parent.ring_id, story=steps)
    return gather(world, ring, number=number, victims=victims, days=days, served=served)


def play(world: World, cast: Cast) -> None:
    """Write everything the vendor and its tenants do, and what is true of them."""
    told = figures(KIND)
    rents = [rent(world, crew, int(tier), cast.vendor) for crew, tier in zip(cast.tenants, cast.tiers, strict=True)]
    for crew, each in zip(cast.tenants, rents, strict=True):
        perform(world, crew, told=told, rent=each, shared=True)
    live_off(world, cast.vendor, cast.tenants, tiers=cast.tiers, rents=rents)


def rent(world: World, crew: Crew, tier: int, vendor: Vendor) -> Sums:
    """Return what a tenant pays for its platform: the year's price at once as published, else month by month."""
    to = world.of(vendor.services.technology, "_main_account")
    start = crew.days["prepare"] + 2
    if world.options.evasion == 0:
        return Sums(account=to, day=np.array([start]), amount=np.array([tier]))
    chance = world.chance(*crew.name, "rent")
    last = min(crew.days["wind_down"], world.options.days - 1)
    day = np.arange(start, last, 9)
    amount = blend_amounts(world, chance, around(chance, np.full(len(day), tier // max(len(day), 1)), spread=0.3))
    return Sums(account=np.repeat(to, len(day)), day=day, amount=amount)

"""One ring of routine loans, played: from the loan book to the truth."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from suyuan.world.frame.world import World
from suyuan.world.life.blend import blend_amounts
from suyuan.world.rings.plan import level
from suyuan.world.rings.routine_loans.apps import build_apps, open_merchants
from suyuan.world.rings.routine_loans.book import write_book
from suyuan.world.rings.routine_loans.collect import collect
from suyuan.world.rings.routine_loans.crew import Crew
from suyuan.world.rings.routine_loans.lend import Lent, lend
from suyuan.world.rings.routine_loans.lure import lure, sign_services
from suyuan.world.rings.routine_loans.money import carry
from suyuan.world.rings.routine_loans.repay import payments
from suyuan.world.rings.routine_loans.sums import Sums
from suyuan.world.rings.routine_loans.terms import Terms
from suyuan.world.rings.routine_loans.told import accuse, tell_truth
from suyuan.world.rings.routine_loans.trail import leave_trail

LAST_DAYS = 5
"""Before the ring's end: what victims pay later than this is not booked any more."""


def perform(
    world: World, crew: Crew, *, told: Mapping[str, Any], rent: Sums | None = None, shared: bool = False
) -> Lent:
    """Write everything one ring does, by the figures `told` of its kind.

    `rent` is what it pays for a rented platform; services that are `shared` among rings are not its own members.
    """
    chance = world.chance(*crew.name, "book")
    terms = Terms.of(level(world, told))
    until = min(crew.days["end"], world.options.days) - LAST_DAYS

    def blend(amounts: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        return blend_amounts(world, chance, amounts)

    apps = build_apps(world, crew)
    book = write_book(
        chance,
        victims=len(crew.victims),
        apps=len(apps),
        terms=terms,
        first=crew.days["strike"],
        last=crew.days["wind_down"],
        until=until,
        blend=blend,
    )
    paid = payments(chance, book, terms, until=until, blend=blend)
    merchants = open_merchants(world, crew, apps)
    lent = lend(world, crew, book=book, paid=paid, terms=terms, apps=apps, merchants=merchants)
    carry(world, crew, lent, rent=rent)
    leave_trail(world, crew, lent)
    collect(world, crew, lent)
    lure(world, crew)
    sign_services(world, crew, apps)
    accuse(world, crew, lent)
    tell_truth(world, crew, lent, shared=shared)
    return lent

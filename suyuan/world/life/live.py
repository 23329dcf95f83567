"""Everyday life beside plain money flows, over everyone who was cast: the order of its parts."""

from collections.abc import Callable

from suyuan.world.frame.world import World
from suyuan.world.life.business import live_business
from suyuan.world.life.cars import live_cars
from suyuan.world.life.credit import live_credit
from suyuan.world.life.kin import live_kin
from suyuan.world.life.mortgages import live_mortgages
from suyuan.world.life.software import live_software

PARTS: tuple[Callable[[World], None], ...] = (
    live_software,
    live_credit,
    live_business,
    live_mortgages,
    live_cars,
    live_kin,
)
"""Later parts read what earlier ones added; each draws from streams of its own."""


def live(world: World) -> None:
    """Let everyone live: loans, policies, calls, logins, papers, complaints, apps, homes, cars."""
    for part in PARTS:
        part(world)

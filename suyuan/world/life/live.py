"""Everyday life beside plain money flows, over everyone who was cast: the order of its parts."""

from collections.abc import Callable

from suyuan.world.frame.world import World
from suyuan.world.life.business import live_business
from suyuan.world.life.cars import live_cars
from suyuan.world.life.credit import live_credit
from suyuan.world.life.kin import live_kin
from suyuan.world.life.logins import live_logins
from suyuan.world.life.messages import live_messages
from suyuan.world.life.mortgages import live_mortgages
from suyuan.world.life.software import live_software
from suyuan.world.life.telecom import collect, live_telecom

PARTS: tuple[Callable[[World], None], ...] = (
    live_software,
    live_credit,
    live_business,
    live_mortgages,
    live_cars,
    live_kin,
    live_telecom,
    collect,
    live_messages,
    live_logins,
)
"""Later parts read what earlier ones added; each draws from streams of its own."""


def live(world: World) -> None:
    """Let everyone live: loans, policies, calls, logins, papers, complaints, apps, homes, cars."""
    for part in PARTS:
        part(world)

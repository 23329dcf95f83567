"""Everyday life beside plain money flows, over everyone who was cast: the order of its parts."""

from collections.abc import Callable

from suyuan.world.frame.world import World
from suyuan.world.life.business import live_business
from suyuan.world.life.cars import live_cars
from suyuan.world.life.claims import live_claims
from suyuan.world.life.commissions import live_commissions
from suyuan.world.life.complaints import live_complaints
from suyuan.world.life.content import live_content
from suyuan.world.life.credit import live_credit
from suyuan.world.life.insurance import live_insurance
from suyuan.world.life.kin import live_kin
from suyuan.world.life.logins import live_logins
from suyuan.world.life.messages import live_messages
from suyuan.world.life.mortgages import live_mortgages
from suyuan.world.life.papers import live_papers
from suyuan.world.life.registers import live_registers
from suyuan.world.life.software import live_software
from suyuan.world.life.telecom import collect, live_telecom


def live_policies(world: World) -> None:
    """Add policies, what selling them paid, and claims on them."""
    sold = live_insurance(world)
    live_commissions(world, sold)
    live_claims(world, sold)


PARTS: tuple[Callable[[World], None], ...] = (
    live_software,
    live_credit,
    live_business,
    live_mortgages,
    live_cars,
    live_kin,
    live_policies,
    live_telecom,
    collect,
    live_messages,
    live_logins,
    live_complaints,
    live_content,
    live_papers,
    live_registers,
)
"""Later parts read what earlier ones added; each draws from streams of its own."""


def live(world: World) -> None:
    """Let everyone live: loans, policies, calls, logins, papers, complaints, apps, homes, cars."""
    for part in PARTS:
        part(world)

"""Every kind of honest look-alike the world knows."""

from suyuan.world.alike.scenario import Scenario

KINDS: tuple[Scenario, ...] = ()

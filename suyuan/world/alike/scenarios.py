"""Every kind of honest look-alike the world knows."""

from suyuan.world.alike import cover, debts, firmloans, funds, homes, lending, papers, premises, technology, voices
from suyuan.world.alike.scenario import Scenario

KINDS: tuple[Scenario, ...] = (
    *lending.SCENARIOS,
    *funds.SCENARIOS,
    *voices.SCENARIOS,
    *premises.SCENARIOS,
    *technology.SCENARIOS,
    *papers.SCENARIOS,
    *firmloans.SCENARIOS,
    *homes.SCENARIOS,
    *debts.SCENARIOS,
    *cover.SCENARIOS,
)

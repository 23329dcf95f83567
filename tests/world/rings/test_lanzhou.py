"""The ring of Lanzhou, small."""

from suyuan.world.frame.options import Options
from suyuan.world.frame.world import World
from suyuan.world.people import settle
from suyuan.world.rings import lanzhou


def test_a_ring_has_twenty_victims_at_least_and_its_services_are_its_own() -> None:
    world = World(options=Options(seed=2, scale=0.01, hidden=0.0))
    settle.settle(world)
    crew = lanzhou.cast(world, number=1)
    lanzhou.play(world, crew)
    assert len(crew.victims) >= 20
    assert world.tables.rows("loan") >= 10
    assert crew.ring.ring_id == "lanzhou-1"
    assert crew.ring.parent is None
    named = {(role, who) for _, ids, role, _ in world.truths.roles for who in ids.tolist()}
    assert ("filing_agent", int(crew.services.agent[0])) in named
    assert ("insider", int(crew.services.insider[0])) in named

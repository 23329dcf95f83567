"""The network routine-loan ring of Lanzhou, small: one operator, many names of one code base, everything its own."""

from suyuan.world.frame.world import World
from suyuan.world.rings.plan import figures, hidden, size, story
from suyuan.world.rings.routine_loans.crew import Crew, gather, services
from suyuan.world.rings.routine_loans.ring import perform

KIND = "lanzhou"


def cast(world: World, *, number: int) -> Crew:
    """Take the people, found the firms and open the accounts of the `number`-th ring (from 1)."""
    told = figures(KIND)
    days = story(world, KIND, number, told["story"])
    steps = {step: day for step, day in days.items() if step != "end"}
    ring = world.truths.ring(kind=KIND, number=number, hidden=hidden(world, KIND, number), story=steps)
    served = services(world, ring, on=days["recruit"], data_firms=1, wanted=2)
    victims = size(world, KIND, number, told["victims"], told["least_victims"])
    return gather(world, ring, number=number, victims=victims, days=days, served=served)


def play(world: World, cast: Crew) -> None:
    """Write everything the ring does and what is true of it."""
    perform(world, cast, told=figures(KIND))

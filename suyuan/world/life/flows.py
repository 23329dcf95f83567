"""The everyday money of everyone: people and firms, members of rings and their new firms like all others."""

from suyuan.world.frame.world import World
from suyuan.world.life.flows_people import among_people
from suyuan.world.life.flows_shops import spend
from suyuan.world.life.flows_who import who
from suyuan.world.life.flows_work import work


def live_money(world: World) -> None:
    """Lay the background's transfers: some 23 an inhabitant in 18 months.

    What an account pays may be more than it has received: `balances.close` reckons with how much it opened.
    """
    known = who(world)
    work(world, known)
    spend(world, known)
    among_people(world, known)

"""The ring of blank-credit borrowers: people without credit history take loans on greenhouses that do not stand."""

import numpy as np

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.world import World
from suyuan.world.rings.blank import lend, prepare, proceeds, traces
from suyuan.world.rings.blank.crew import SECOND, Crew, hire
from suyuan.world.rings.blank.loans import Loans, reckon

Cast = Crew


def cast(world: World, *, number: int) -> Cast:
    """Take the people of the `number`-th ring (from 1), open its accounts, fix its calendar."""
    return hire(world, number=number)


def play(world: World, cast: Cast) -> None:
    """Lay the rows of the ring: recruiting, padding, papers, loans, where the money went, and the truth about it."""
    loans = reckon(world, cast)
    traces.recruit(world, cast)
    traces.coach(world, cast)
    traces.sign_in(world, cast)
    prepare.lodge(world, cast)
    prepare.pad(world, cast)
    applications = lend.apply(world, cast, loans)
    papers = prepare.forge(world, cast, applications)
    ids, paid_at = lend.lend(world, cast, loans, applications)
    lend.approve(world, cast, loans, applications=applications, ids=ids)
    lend.check(world, cast, papers=papers, applications=applications, ids=ids, stop=loans.stop)
    pooled = proceeds.pool(world, cast, loans, paid_at)
    proceeds.share(world, cast, loans, pooled)
    proceeds.wages(world, cast)
    proceeds.live(world, cast)
    proceeds.interest(world, cast, loans, ids)
    traces.report(world, cast, loans, ids)
    _tell(world, cast, loans, papers)


def _tell(world: World, cast: Cast, loans: Loans, papers: Ints) -> None:
    """Say what is true of the ring: roles, controllers, what the banks lost, what its members show."""
    truths, ring, people = world.truths, cast.truth, cast.people
    for role in people:
        if role not in {"controller", "straw_borrower", "stall_firm"}:
            truths.role(ring, people[role], role, since=cast.days["recruit"])
    truths.role(ring, cast.firms, "shell", since=cast.days["prepare"])
    truths.role(ring, people["stall_firm"], "nominee", since=cast.days["prepare"])
    truths.role(ring, people["controller"], "controller", since=cast.days["recruit"])
    for day in np.unique(cast.borrowers.recruited).tolist():
        truths.role(ring, cast.borrowers.who[cast.borrowers.recruited == day], "straw_borrower", since=int(day))
    for rank, who in enumerate(people["controller"][:SECOND].tolist(), start=1):
        truths.controller(ring, who, rank=rank)
    _victims(world, cast, loans)
    truths.shows(ring, "blank_borrowers", cast.borrowers.who)
    truths.shows(ring, "forged_papers", papers)
    truths.shows(ring, "insider_collusion", people["insider"])
    truths.shows(ring, "pass_through", cast.accounts["pool"])


def _victims(world: World, cast: Cast, loans: Loans) -> None:
    """Say of each bank what it lent and what came back."""
    for place, bank in enumerate(cast.banks.tolist()):
        mine = cast.borrowers.bank == place
        lent, back = int(loans.principal[mine].sum()), int(loans.repaid[mine].sum())
        world.truths.victim(
            cast.truth,
            np.array([bank]),
            "paid_for",
            received_fen=np.array([back]),
            paid_fen=np.array([lent]),
            claimed_fen=np.array([0]),
        )

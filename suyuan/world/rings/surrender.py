"""The ring that lives on commissions: it buys policies for people who want none and gives them up when it is safe."""

import numpy as np

from suyuan.world.frame.world import World
from suyuan.world.rings.arbitrage import money, policies, traces
from suyuan.world.rings.arbitrage.crew import SECOND, Crew, hire
from suyuan.world.rings.arbitrage.policies import Policies

Cast = Crew
ROLES = {
    "funder": "funder",
    "team_leader": "operator",
    "nominee_agent": "nominee",
    "recruiter": "recruiter",
    "coach": "coach",
    "nominee": "nominee",
    "insider": "insider",
    "holder": "straw_borrower",
}
"""Role in the ring's figures → role in the truth; a holder lends his name as a straw borrower does."""


def cast(world: World, *, number: int) -> Cast:
    """Take the people of the `number`-th ring (from 1), found its shell, open its accounts and SIMs."""
    return hire(world, number=number)


def play(world: World, cast: Cast) -> None:
    """Lay the rows of the ring: contracts, policies, premiums, commissions, surrenders, and the truth about it."""
    book = policies.reckon(world, cast)
    contracts = policies.sign(world, cast)
    traces.recruit(world, cast, book)
    traces.lead(world, cast)
    traces.sign_in(world, cast)
    refund_to = money.refund_accounts(world, cast, book)
    ids = policies.insure(world, cast, book, payer=money.payers(world, cast), refund_to=refund_to)
    policies.happen(world, cast, book, ids, refund_to)
    money.fund(world, cast, book)
    money.premiums(world, cast, book, ids)
    money.thank(world, cast, book)
    money.live(world, cast)
    paid = money.commissions(world, cast, book, ids=ids, contracts=contracts)
    money.refund(world, cast, book, to=refund_to)
    traces.report(world, cast, book, ids)
    _tell(world, cast, book, paid)


def _tell(world: World, cast: Cast, book: Policies, paid_fen: int) -> None:
    """Say what is true of the ring: roles, controllers, what the agency lost, what its members show."""
    truths, ring, people = world.truths, cast.truth, cast.people
    for role, name in ROLES.items():
        if role == "holder":
            continue
        truths.role(ring, people[role], name, since=cast.days["recruit"])
    for who, day in zip(people["holder"].tolist(), book.bought.tolist(), strict=True):
        truths.role(ring, np.array([who]), ROLES["holder"], since=day)
    truths.role(ring, cast.shell, "shell", since=cast.days["prepare"])
    truths.role(ring, people["controller"], "controller", since=cast.days["recruit"])
    for rank, who in enumerate(people["controller"][:SECOND].tolist(), start=1):
        truths.controller(ring, who, rank=rank)
    fen = np.array([paid_fen])
    none = np.zeros(1, np.int64)
    agency = np.array([cast.agency])
    truths.victim(ring, agency, "paid_for", received_fen=none, paid_fen=fen, claimed_fen=none)
    truths.shows(ring, "surrender_arbitrage", np.concatenate([people["nominee_agent"], people["funder"]]))
    truths.shows(ring, "insider_collusion", people["insider"])

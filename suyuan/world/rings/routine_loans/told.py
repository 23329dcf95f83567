"""What is known and what is true: complaints and reports of a ring that is not hidden, and its truth."""

import numpy as np
import pyarrow as pa

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import Why, words
from suyuan.world.frame.truths import Profile
from suyuan.world.frame.world import World
from suyuan.world.life.blend_papers import words_alike
from suyuan.world.life.rhythm import moments
from suyuan.world.life.ring_up import phones
from suyuan.world.people.holders import texts as column_texts
from suyuan.world.rings.plan import figures
from suyuan.world.rings.routine_loans.crew import Crew
from suyuan.world.rings.routine_loans.lend import Lent

COMPLAIN, REPORT = 70, 25
"""Victims in a thousand who complain, and who go to the police; one of each at least."""
AFTER = 9
"""Days after the ring begins to lend before anybody does."""

ROLES = {
    "kin": "nominee",
    "operators": "operator",
    "programmers": "technology",
    "promoters": "promotion",
    "collectors": "collection",
    "bosses": "collection",
    "straws": "nominee",
    "carriers": "mule",
    "mules": "mule",
}
"""Parts of `crew.PEOPLE` → role in the truth; controllers are told by rank."""


def accuse(world: World, crew: Crew, lent: Lent) -> None:
    """Let some victims complain and a few go to the police; nobody does when the ring is hidden."""
    if crew.ring.hidden:
        return
    chance = world.chance(*crew.name, "accuse")
    last = min(crew.days["end"], world.options.days) - 1
    for share, tell in ((COMPLAIN, _complain), (REPORT, _report)):
        n = max(1, len(crew.victims) * share // 1000)
        who = chance.permutation(len(crew.victims))[:n]
        loan = np.full(len(crew.victims), -1, np.int64)
        loan[lent.book.victim] = np.arange(len(lent.book))
        loan = loan[who]
        day = np.minimum(lent.book.due[loan] + AFTER + chance.integers(0, 40, n), last)
        tell(world, crew, chance, lent, loan=loan, day=day)


def _complain(world: World, crew: Crew, chance: np.random.Generator, lent: Lent, *, loan: Ints, day: Ints) -> None:
    told, n = figures("routine_loans")["texts"]["complaints"], len(loan)
    victim, app = crew.victims[lent.book.victim[loan]], lent.book.app[loan]
    kinds = ["head_cut", "collection", "interest_and_fees", "data_leak"]
    world.add(
        "complaint",
        Why(ring=crew.ring.index, step="strike"),
        received_at=moments(world, chance, day),
        **words_alike(world, chance, "complaint", {"receiving_body": "消费投诉中心", "channel": "网络"}, n),
        complainant_id=victim,
        complainant_phone=phones(world, victim),
        complainant_sim=world.of(victim, "_main_sim"),
        against_id=crew.lenders[app % len(crew.lenders)],
        collector_id=crew.collection[app % len(crew.collection)],
        app_id=lent.apps[app],
        loan_id=lent.loan[loan],
        claim_kind=words(chance.integers(0, len(kinds), n), kinds),
        demand=words(chance.integers(0, len(told["demands"]), n), told["demands"]),
        facts_told=words(chance.integers(0, len(told["facts"]), n), told["facts"]),
        ip=world.of(victim, "_ip"),
        device=world.of(victim, "_device"),
        currency="CNY",
        demanded_fen=lent.book.principal[loan] - lent.book.received[loan] + lent.book.penalty[loan],
        outcome="transferred",
    )


def _report(world: World, crew: Crew, chance: np.random.Generator, lent: Lent, *, loan: Ints, day: Ints) -> None:
    told, n = figures("routine_loans")["texts"]["complaints"]["reports"], len(loan)
    victim, app = crew.victims[lent.book.victim[loan]], lent.book.app[loan]
    merchants = crew.accounts["merchants"]
    world.add(
        "police_report",
        Why(ring=crew.ring.index, step="strike"),
        report_no=pa.array([f"A{k}" for k in chance.integers(10**11, 10**12, n).tolist()]),
        reported_at=moments(world, chance, day),
        happened_at=lent.paid_out_at[loan],
        police_body="市公安局经侦支队",
        region_code=column_texts(world, victim, "region_code"),
        reporter_id=victim,
        victim_id=victim,
        suspect_told=pa.array(world.of(crew.lenders[app % len(crew.lenders)], "name").tolist()),
        suspect_account_id=merchants[app % len(merchants)],
        app_id=lent.apps[app],
        loan_id=lent.loan[loan],
        offence="诈骗",
        facts_told=words(chance.integers(0, len(told), n), told),
        currency="CNY",
        loss_fen=np.maximum(lent.book.principal[loan] - lent.book.received[loan], 10_000),
        status="received",
    )


def tell_truth(world: World, crew: Crew, lent: Lent, *, shared: bool) -> None:
    """Tell roles, controllers, victims and what the ring shows; `shared` services belong to the ring they serve too."""
    truths, ring, since = world.truths, crew.ring, crew.days["recruit"]
    for part, role in ROLES.items():
        truths.role(ring, crew.people[part], role, since=since)
    truths.role(ring, crew.people["controllers"], "controller", since=since)
    for rank, who in enumerate(crew.people["controllers"].tolist(), start=1):
        truths.controller(ring, who, rank=rank)
    firms = {
        "operator": crew.operator,
        "lender": crew.lenders,
        "shell": np.concatenate([crew.shells, crew.fee_firms]),
        "funder": crew.funding,
        "collection": crew.collection,
    }
    for role, who in firms.items():
        truths.role(ring, who, role, since=since)
    served = crew.services
    truths.role(ring, served.technology, "technology", since=since)
    truths.role(ring, served.payment, "fourth_party_payment", since=since)
    if not shared:
        tell_services(world, crew)
    _victims(world, crew, lent)
    _shows(world, crew, lent)


def tell_services(world: World, crew: Crew) -> None:
    """Tell the roles of the firms and the insider that serve a ring."""
    truths, ring, since, served = world.truths, crew.ring, crew.days["recruit"], crew.services
    for role, who in {
        "data": served.data,
        "promotion": served.promotion,
        "filing_agent": served.agent,
        "insider": served.insider,
    }.items():
        truths.role(ring, who, role, since=since)


def profiles(lent: Lent, victims: int) -> list[tuple[Profile, Ints]]:
    """Return the places of victims by what became of them, in the loans as they were made."""
    rolled, left = np.zeros(victims, bool), np.zeros(victims, bool)
    rolled[lent.book.victim[lent.book.parent >= 0]] = True
    left[lent.book.victim[lent.book.settled < 0]] = True
    return [
        ("rolled_over", np.flatnonzero(rolled)),
        ("stopped_paying", np.flatnonzero(~rolled & left)),
        ("paid_and_left", np.flatnonzero(~rolled & ~left)),
    ]


def _victims(world: World, crew: Crew, lent: Lent) -> None:
    n, book = len(crew.victims), lent.book
    received, paid, claimed = (np.zeros(n, np.int64) for _ in range(3))
    np.add.at(received, book.victim, book.received)
    np.add.at(paid, book.victim[lent.paid.loan], lent.paid.amount)
    np.add.at(claimed, book.victim, lent.claimed[0] + lent.claimed[1])
    for profile, who in profiles(lent, n):
        world.truths.victim(
            crew.ring,
            crew.victims[who],
            profile,
            received_fen=received[who],
            paid_fen=paid[who],
            claimed_fen=claimed[who],
        )


def _shows(world: World, crew: Crew, lent: Lent) -> None:
    """Tell which subjects each typology should name, whatever it really finds."""
    book, truths = lent.book, world.truths
    truths.shows(crew.ring, "routine_loan", crew.lenders)
    settled = np.bincount(book.victim[book.parent >= 0], minlength=len(crew.victims))
    truths.shows(crew.ring, "debt_rollover", crew.victims[settled >= 3])
    for part in ("merchants", "firms", "carriers", "mules"):
        truths.shows(crew.ring, "pass_through", crew.accounts[part])
    truths.shows(crew.ring, "fan_in_out", crew.accounts["carriers"])
    truths.shows(crew.ring, "contact_harassment", crew.collection)
    truths.shows(crew.ring, "app_family", lent.apps)
    truths.shows(crew.ring, "shell_cluster", np.concatenate([crew.lenders, crew.shells]))
    truths.shows(crew.ring, "data_misuse", crew.operator)
    truths.shows(crew.ring, "illegal_ads", crew.people["promoters"])

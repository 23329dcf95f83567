"""What lending leaves behind: logins, the look-ups before a pay-out, people sent from app to app."""

from typing import Any

import numpy as np
import pyarrow as pa

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import Why, words
from suyuan.world.frame.world import World
from suyuan.world.life.rhythm import moments
from suyuan.world.life.ring_up import log_in, phones
from suyuan.world.people.cast import crowd
from suyuan.world.rings.routine_loans.crew import Crew
from suyuan.world.rings.routine_loans.lend import Lent

CHAIN = ("identity", "card", "risk_score")


def leave_trail(world: World, crew: Crew, lent: Lent) -> None:
    """Add the logins, look-ups and referrals of a ring's loans, and its own people's logins to their accounts."""
    chance = world.chance(*crew.name, "trail")
    _applicants(world, crew, chance, lent)
    _chain(world, crew, chance, lent)
    _bulk(world, crew, chance, lent)
    _referrals(world, crew, chance, lent)
    _own_logins(world, crew, chance)


def _applicants(world: World, crew: Crew, chance: np.random.Generator, lent: Lent) -> None:
    victim = crew.victims[lent.book.victim]
    log_in(
        world,
        Why(ring=crew.ring.index, step="strike"),
        chance=chance,
        person=victim,
        at=lent.applied_at - np.timedelta64(40, "s"),
        device=world.of(victim, "_device"),
        ip=world.of(victim, "_ip"),
        app=lent.apps[lent.book.app],
        action="apply",
    )


def _chain(world: World, crew: Crew, chance: np.random.Generator, lent: Lent) -> None:
    """Verify, score and pay out: within seconds as published, spread over the application's hours else."""
    n = len(lent.book)
    span = (lent.paid_out_at - lent.applied_at).astype(np.int64)
    for place, kind in enumerate(CHAIN):
        if kind == "card" and world.options.evasion:
            continue
        ahead = span * (len(CHAIN) - place) // (len(CHAIN) + 1) if world.options.evasion else 30 - place * 10
        _asked(
            world,
            crew,
            chance,
            person=crew.victims[lent.book.victim],
            at=lent.paid_out_at - np.asarray(ahead).astype("timedelta64[s]"),
            kind=kind,
            app=lent.apps[lent.book.app],
            loan=lent.loan,
            consent=pa.array(
                [f"SQ{k}" for k in chance.integers(10**9, 10**10, n).tolist()], mask=_some(chance, n, 700)
            ),
        )


def _some(chance: np.random.Generator, n: int, share: int) -> np.ndarray[Any, np.dtype[np.bool_]]:
    return np.asarray(chance.integers(0, 1000, n) < share)


def _bulk(world: World, crew: Crew, chance: np.random.Generator, lent: Lent) -> None:
    """Look up people who never applied: harvested contacts, before the ring goes to its own work."""
    n = max(20, len(crew.victims) * (2 if world.options.evasion else 6))
    person = crowd(world, chance, n, ages=(18, 60))
    room = max(crew.days["wind_down"] - crew.days["strike"], 1)
    day = crew.days["strike"] + chance.integers(0, room, len(person))
    apps = lent.apps[chance.integers(0, len(lent.apps), len(person))]
    at = moments(world, chance, day, kind="login")
    _asked(world, crew, chance, person=person, at=at, kind="multi_lender", app=apps, loan=-1, consent=None)


def _asked(
    world: World,
    crew: Crew,
    chance: np.random.Generator,
    *,
    person: Ints,
    at: Any,
    kind: str,
    app: Ints,
    loan: Any,
    consent: Any,
) -> None:
    n, data = len(person), crew.services.data
    world.add(
        "data_query",
        Why(ring=crew.ring.index, step="strike"),
        asked_at=at,
        asker_id=crew.operator[np.zeros(n, np.int64)],
        provider_id=data[chance.integers(0, len(data), n)],
        person_id=person,
        phone=phones(world, person),
        kind=kind,
        fields_returned=pa.array([["score", "phone"] if kind == "risk_score" else ["name", "phone"]] * n),
        hit=_some(chance, n, 930),
        consent_ref=consent,
        app_id=app,
        loan_id=loan,
        currency="CNY",
        fee_fen=chance.integers(20, 200, n),
        ip=crew.ips[chance.integers(0, len(crew.ips), n)],
    )


def _referrals(world: World, crew: Crew, chance: np.random.Generator, lent: Lent) -> None:
    """Send borrowers on from the app whose note falls due to the app whose note settles it, minutes before."""
    book = lent.book
    child = np.flatnonzero(book.parent >= 0)
    parent, n = book.parent[child], len(child)
    victim = crew.victims[book.victim[child]]
    longest = 60 * 60 * 20 if world.options.evasion else 20 * 60
    kinds = ["button", "push", "sms", "link"]
    world.add(
        "referral",
        Why(ring=crew.ring.index, step="strike"),
        from_app_id=lent.apps[book.app[parent]],
        to_app_id=lent.apps[book.app[child]],
        person_id=victim,
        phone=phones(world, victim),
        referred_at=lent.applied_at[child] - chance.integers(120, longest, n).astype("timedelta64[s]"),
        kind=words(chance.integers(0, len(kinds), n), kinds),
        loan_id=lent.loan[parent],
        device=world.of(victim, "_device"),
        currency="CNY",
        fee_fen=chance.integers(1_000, 6_000, n),
    )


def _own_logins(world: World, crew: Crew, chance: np.random.Generator) -> None:
    """Let the ring's few devices log in to the accounts of many holders."""
    account = np.concatenate([crew.accounts[part] for part in ("carriers", "mules", "purses", "wallets")])
    last = min(crew.days["end"], world.options.days)
    days = np.arange(crew.days["prepare"], last)
    each = np.repeat(account, len(days))
    day = np.tile(days, len(account))
    kept = _some(chance, len(each), 160)
    each, day = each[kept], day[kept]
    tool = chance.integers(0, len(crew.devices), len(each))
    own = np.searchsorted(np.sort(account, kind="stable"), each) % len(crew.devices) if world.options.evasion else tool
    holder = world.of(each, "holder_id")
    at = moments(world, chance, day, kind="login")
    for step, mine in (("prepare", day < crew.days["strike"]), ("launder", day >= crew.days["strike"])):
        log_in(
            world,
            Why(ring=crew.ring.index, step=step),
            chance=chance,
            person=holder[mine],
            at=at[mine],
            device=crew.devices[own[mine]],
            ip=crew.ips[own[mine]],
            account=each[mine],
        )

"""What people and firms are to each other, and what the register of firms entered about them."""

from typing import Any

import numpy as np
import pyarrow as pa

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import HONEST, Why, first_id
from suyuan.world.frame.world import World
from suyuan.world.people.facts import by_weight, facts, hundredths
from suyuan.world.people.firms import OPEN
from suyuan.world.people.holders import texts
from suyuan.world.people.households import HEAD, SPOUSE
from suyuan.world.people.letters import either
from suyuan.world.people.town import Draft


def add_ties(
    world: World,
    *,
    src: Ints,
    dst: Ints,
    kind: str,
    since: Ints,
    until: Ints | None = None,
    why: Why = HONEST,
    **columns: Any,
) -> Ints:
    """Add ties of one kind from day `since` (to day `until`, `OPEN`: still) and return their ids."""
    last: Any = pa.nulls(len(src), pa.date32())
    if until is not None:
        last = pa.array(world.day(np.where(until < OPEN, until, 0)), mask=until >= OPEN)
    return world.add(
        "tie", why, len(src), from_id=src, to_id=dst, kind=kind, since_on=world.day(since), until_on=last, **columns
    )


def add_events(world: World, *, firms: Ints, kind: str, on: Ints, why: Why = HONEST, **columns: Any) -> Ints:
    """Add entries of the register about `firms` on days `on`, filed by their agents or themselves; return their ids."""
    agents = world.of(firms, "_agent") if len(firms) else firms
    phone = texts(world, np.where(agents >= 0, agents, first_id("company")), "phone")
    filed = np.where(agents >= 0, agents, firms)
    places = {"device": world.of(filed, "_device"), "ip": world.of(filed, "_ip")}
    return world.add(
        "company_event",
        why,
        len(firms),
        company_id=firms,
        kind=kind,
        happened_on=world.day(on),
        agent_id=agents,
        agent_phone=either(agents >= 0, phone, pa.scalar(None, pa.string())),
        **{**places, **columns},
    )


def tie_everyone(world: World, town: Draft) -> None:
    """Write the ties and the entries of the draft."""
    chance = world.chance("people", "ties")
    person, company = first_id("person"), first_id("company")
    firms, reps = company + np.arange(len(town.trades)), person + town.rep
    sold = np.flatnonzero(town.sold < OPEN)
    _legal(world, town, firms=firms, reps=reps, sold=sold)
    shareholders(world, chance, firms=firms, first=reps, since=town.founded, pool=person + _grown(town))
    money = np.flatnonzero(hundredths(chance, 45, len(firms)))
    staff = person + chance.choice(_grown(town), len(money))
    add_ties(world, src=staff, dst=firms[money], kind="finance_person", since=np.maximum(town.founded[money], -3000))
    known = np.flatnonzero((town.employer >= 0) & hundredths(chance, facts()["ties_employee"], len(town.employer)))
    since = np.maximum(town.founded[town.employer[known]], -chance.integers(30, 3000, len(known)))
    add_ties(world, src=person + known, dst=company + town.employer[known], kind="employee", since=since)
    _homes(world, town)


def _grown(town: Draft) -> Ints:
    return np.flatnonzero((town.home.age >= 22) & (town.home.age < 68))


def _legal(world: World, town: Draft, *, firms: Ints, reps: Ints, sold: Ints) -> None:
    sellers = first_id("person") + town.seller[sold]
    begun = np.where(town.sold < OPEN, town.sold, town.founded)
    add_ties(world, src=reps, dst=firms, kind="legal_representative", since=begun)
    add_ties(
        world,
        src=sellers,
        dst=firms[sold],
        kind="legal_representative",
        since=town.founded[sold],
        until=town.sold[sold] - 1,
    )
    add_events(world, firms=firms, kind="founded", on=town.founded)
    change: dict[str, Any] = {"before_id": sellers, "after_id": reps[sold]}
    named = {"before_text": texts(world, sellers, "name"), "after_text": texts(world, reps[sold], "name")}
    for kind in ("legal_representative", "sold"):
        add_events(world, firms=firms[sold], kind=kind, on=town.sold[sold], **change, **named)
    gone = town.closed < OPEN
    wind_up(world, firms=firms[gone], on=town.closed[gone])


def wind_up(world: World, *, firms: Ints, on: Ints, why: Why = HONEST) -> None:
    """Enter that `firms` announced their winding up and were struck off on days `on`, 45 days later."""
    add_events(world, firms=firms, kind="winding_up", on=on - 45, why=why)
    add_events(world, firms=firms, kind="deregistered", on=on, why=why)


def shareholders(
    world: World, chance: np.random.Generator, *, firms: Ints, first: Ints, since: Ints, pool: Ints, why: Why = HONEST
) -> None:
    """Give every firm shareholders: `first` holds the most, up to four of `pool` the rest; the second is a director."""
    count = by_weight(chance, facts("firms")["shareholders"], len(firms)).astype(np.int64)
    largest = np.where(count == 1, 100, chance.integers(51, 91, len(firms)))
    add_ties(world, src=first, dst=firms, kind="shareholder", since=since, share=largest / 100, why=why)
    rest = np.repeat(np.arange(len(firms)), count - 1)
    others = chance.choice(pool, len(rest))
    share = ((100 - largest)[rest] // (count - 1)[rest]) / 100
    add_ties(world, src=others, dst=firms[rest], kind="shareholder", since=since[rest], share=share, why=why)
    second = np.flatnonzero(np.diff(rest, prepend=-1) > 0)
    kind = "supervisor"
    add_ties(world, src=others[second], dst=firms[rest[second]], kind=kind, since=since[rest[second]], why=why)
    add_ties(world, src=first, dst=firms, kind="director", since=since, why=why)


def _homes(world: World, town: Draft) -> None:
    """Tie everyone to the head of his household, and spouses to each other."""
    home, person = town.home, first_id("person")
    members = np.flatnonzero(home.part != HEAD)
    heads = home.heads[home.household[members]]
    young = np.minimum(home.age[members], home.age[heads])
    add_ties(world, src=person + members, dst=person + heads, kind="household", since=-young * 365)
    wed = home.part[members] == SPOUSE
    married = -np.maximum(young[wed] - 20, 0) * 300 - 30
    add_ties(world, src=person + members[wed], dst=person + heads[wed], kind="spouse", since=married)

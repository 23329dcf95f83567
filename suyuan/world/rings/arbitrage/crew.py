"""Who makes up a ring that lives on commissions: funders, a team, agents in name only, holders of its policies."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import Why, first_id
from suyuan.world.frame.world import World
from suyuan.world.people.cast import devices, firms_of, found, ips, issue_sims, open_accounts, outside_accounts, take
from suyuan.world.rings.company import Company
from suyuan.world.rings.hubs import hubs, spread
from suyuan.world.rings.plan import figures, hidden, level, size, story
from suyuan.world.rings.send import Ways

KIND = "surrender"
SECOND = 2  # controllers: the one behind everything, and the one who runs it


@dataclass(frozen=True, kw_only=True)
class Crew(Company):
    """The ring. `people` are by role, `accounts` by what they are for (purse, fund, agent, refund, abroad)."""

    agency: int
    insurer: int
    shell: Ints
    sims: Ints
    """The numbers told as the holders' own; their holders are agents."""
    agent: Ints
    """Place among the agents in name only, one entry a policy."""
    device: Ints
    """One entry a policy, as `ip`."""
    ip: Ints
    signed: Ints
    """Day on which each agent signs."""

    def scaled(self, days: int) -> int:
        """Return `days` of the full calendar in that of this world, one at least."""
        full = int(self.told["story"]["end"])
        return max(1, days * (self.days["end"] - self.days["recruit"]) // full)


def hire(world: World, *, number: int) -> Crew:
    """Take the people of the `number`-th ring, found its shell, open its accounts and SIMs."""
    told, days = figures(KIND), story(world, KIND, number, figures(KIND)["story"])
    at, chance = level(world, told), world.chance("rings", KIND, number, "crew")
    told_days = {step: day for step, day in days.items() if step != "end"}
    truth = world.truths.ring(kind=KIND, number=number, hidden=hidden(world, KIND, number), story=told_days)
    why = Why(ring=truth.index, step="prepare")
    n = size(world, KIND, number, told["published"]["policies"], told["published"]["least"])
    agencies = firms_of(world, "insurance_agency")
    agency = int(agencies[chance.integers(0, len(agencies))])
    people = _people(world, chance, told=told["people"], at=at, n=n, agency=agency)
    agents, firm = people["nominee_agent"], _shell(world, chance, people, days, why)
    groups = 1 + n // at["policies_a_device"]
    device, ip = devices(world, chance, groups), ips(world, chance, groups)
    lines = agents[np.arange(1 + n // at["policies_a_phone"]) % len(agents)]
    mine = np.arange(n) // at["policies_a_device"]
    signed = days["prepare"] + chance.integers(0, max(days["strike"] - days["prepare"], 1), len(agents))
    return Crew(
        truth=truth,
        days=days,
        told=told,
        at=at,
        people=people,
        agency=agency,
        insurer=_insurer(world, chance),
        shell=firm,
        accounts=_accounts(world, chance, people, days=days, device=device, why=why),
        sims=issue_sims(world, chance, lines, on=days["prepare"] + 2, device=device[0], why=why),
        agent=chance.permutation(np.arange(n) % len(agents)),
        device=device[mine],
        ip=ip[mine],
        signed=signed,
        ways=Ways.of(
            at,
            hubs(world, chance, at, told["hubs"], holders=people["nominee"], firms=firm, on=days["prepare"], why=why),
        ),
    )


def _people(
    world: World, chance: np.random.Generator, *, told: Mapping[str, Any], at: Mapping[str, Any], n: int, agency: int
) -> dict[str, Ints]:
    people = {"controller": take(world, chance, SECOND, ages=(32, 58))}
    staff = first_id("person") + np.flatnonzero(world.column("person", "_employer") == agency)
    for role, each in told.items():
        count = max(each["least"], at["more"].get(role, 0), round(n / each["a"]))
        inside = role == "insider" and len(staff) >= count
        people[role] = staff[chance.permutation(len(staff))[:count]] if inside else take(world, chance, count)
    people["holder"] = take(world, chance, n, ages=(20, 66))
    return people


def _insurer(world: World, chance: np.random.Generator) -> int:
    """Return a life insurer, or any insurer when none is named so."""
    insurers = firms_of(world, "insurer")
    life = np.array(["人寿" in str(name) for name in world.of(insurers, "name")])
    fits = insurers[life] if life.any() else insurers
    return int(fits[chance.integers(0, len(fits))])


def _shell(
    world: World, chance: np.random.Generator, people: Mapping[str, Ints], days: Mapping[str, int], why: Why
) -> Ints:
    """Found the firms in whose names the team works; every second nominee stands for one."""
    rep = people["nominee"][1::2]
    return found(world, chance, len(rep), trade="consulting", on=days["recruit"] + 3, legal_rep=rep, why=why)


def _accounts(
    world: World,
    chance: np.random.Generator,
    people: Mapping[str, Ints],
    *,
    days: Mapping[str, int],
    device: Ints,
    why: Why,
) -> dict[str, Ints]:
    nominees, soon = people["nominee"], days["recruit"] + 2
    boss = int(world.of(people["controller"][:1], "_device")[0])
    agents = people["nominee_agent"]
    shared = device[np.arange(len(agents)) % len(device)]
    refunds = np.concatenate([nominees[1:], people["recruiter"]])
    return {
        "purse": open_accounts(world, chance, nominees[:1], on=soon, device=boss, why=why),
        "fund": spread(world, chance, np.repeat(np.concatenate([people["funder"], nominees[:1]]), 2), on=soon, why=why),
        "agent": spread(world, chance, agents, on=days["prepare"], device=shared, why=why),
        "refund": open_accounts(world, chance, refunds, on=days["wind_down"] - 20, thin=True, why=why),
        "abroad": outside_accounts(world, chance, 1, kind="card", why=why),
    }

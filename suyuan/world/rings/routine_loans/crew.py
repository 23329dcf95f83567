"""Who is in a ring of routine loans: people, shells and firms, their accounts, phones and devices."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import NOBODY, Why
from suyuan.world.frame.truths import RingTruth
from suyuan.world.frame.world import World
from suyuan.world.people.cast import crowd, devices, found, ips, issue_sims, open_accounts, take
from suyuan.world.people.holders import texts as column_texts
from suyuan.world.rings.plan import figures, level

PEOPLE = (
    "controllers",
    "kin",
    "operators",
    "programmers",
    "promoters",
    "collectors",
    "bosses",
    "straws",
    "carriers",
    "mules",
)


@dataclass(frozen=True, kw_only=True)
class Services:
    """What a ring rents or owns: the firms behind its apps, its data, its merchant numbers, its papers."""

    technology: Ints
    payment: Ints
    data: Ints
    promotion: Ints
    agent: Ints
    """Files copyrights and sites."""
    insider: Ints
    """A person at the payment firm."""
    certificates: Ints
    """Tokens of the certificates that sign the code family's packages."""
    family: str


@dataclass(frozen=True, kw_only=True)
class Crew:
    """One ring, cast. Ids are those of the tables."""

    kind: str
    number: int
    ring: RingTruth
    days: Mapping[str, int]
    """The first day of each step, and `end`."""
    people: Mapping[str, Ints]
    """Ids by part, the names of `PEOPLE`."""
    victims: Ints
    services: Services
    operator: Ints
    """The firm that runs the apps."""
    lenders: Ints
    shells: Ints
    """They sign with victims what is not called a loan."""
    funding: Ints
    fee_firms: Ints
    collection: Ints
    """One firm a boss."""
    accounts: Mapping[str, Ints]
    """Account ids by part: `treasury`, `operator`, `collection`, `mules`, `purses`; to pay out `pay_merchants`;
    to collect `merchants`, `firms`, `carriers`, `wallets` (who knows better pays out from these too); `fees`;
    `spare_cards` and `spare_wallets` for ordinary business where the level has them."""
    devices: Ints
    ips: Ints
    sims: Ints
    """The collectors'."""

    @property
    def name(self) -> tuple[str, str, str | int]:
        """Under which the ring draws its chance."""
        return ("rings", "routine_loans", self.ring.ring_id)


def set_up(world: World) -> Mapping[str, Any]:
    """Return how rings are set up at the world's evasion level: `data/rings/routine_loans.yml`."""
    return level(world, figures("routine_loans"))


def counts(victims: int) -> dict[str, int]:
    """Return how many of each part a ring of so many victims has."""
    told: Mapping[str, tuple[int, int, int]] = figures("routine_loans")["crew"]
    return {part: min(most, least + victims // each) for part, (least, each, most) in told.items()}


def services(world: World, ring: RingTruth, *, on: int, data_firms: int, wanted: int) -> Services:
    """Found the firms that serve a ring, or the rings that rent one platform, on about day `on`.

    `wanted` is how many certificates sign the packages.
    """
    chance = world.chance("rings", "routine_loans", ring.ring_id, "services")
    boss, why = take(world, chance, 5, ages=(25, 55)), Why(ring=ring.index, step="recruit")
    return Services(
        technology=found(world, chance, 1, trade="tech", on=on, legal_rep=boss[:1], size=12, why=why),
        payment=found(world, chance, 1, trade="consulting", on=on - 5, legal_rep=boss[1:2], size=6, why=why),
        data=found(world, chance, data_firms, trade="data_firm", on=on - 30, size=8, why=why),
        promotion=found(world, chance, 1, trade="media", on=on + 3, legal_rep=boss[2:3], size=5, why=why),
        agent=found(world, chance, 1, trade="agency", on=on - 60, legal_rep=boss[3:4], size=3, why=why),
        insider=boss[4:],
        certificates=chance.integers(0, 1 << 62, wanted),
        family=ring.ring_id,
    )


def gather(
    world: World, ring: RingTruth, *, number: int, victims: int, days: Mapping[str, int], served: Services
) -> Crew:
    """Take people, found shells and open accounts for a ring of `victims`."""
    chance = world.chance("rings", "routine_loans", ring.ring_id, "cast")
    parts, setting = counts(victims), set_up(world)
    people = _people(world, chance, parts)
    tools = devices(world, chance, setting["devices"])
    straws, on, why = people["straws"], days["prepare"], Why(ring=ring.index, step="prepare")
    shells = _shells(world, chance, parts["shells"] + parts["lenders"], straws=straws, days=days, why=why)
    firms = _firms(world, chance, parts, people=people, begin=days["recruit"], why=why)
    return Crew(
        kind=ring.kind,
        number=number,
        ring=ring,
        days=days,
        people=people,
        victims=crowd(world, chance, victims, ages=(18, 52)),
        services=served,
        lenders=shells[: parts["lenders"]],
        shells=shells[parts["lenders"] :],
        accounts=_accounts(world, chance, people, shells=shells, firms=firms, parts=parts, on=on, tools=tools, why=why),
        devices=tools,
        ips=ips(world, chance, setting["devices"]),
        sims=issue_sims(world, chance, np.repeat(people["collectors"], 2), on=on, why=why),
        **firms,
    )


def _people(world: World, chance: np.random.Generator, parts: Mapping[str, int]) -> dict[str, Ints]:
    everyone = take(world, chance, sum(parts[part] for part in PEOPLE), ages=(20, 58))
    ends = np.cumsum([parts[part] for part in PEOPLE])
    return {part: everyone[end - parts[part] : end] for part, end in zip(PEOPLE, ends.tolist(), strict=True)}


def _shells(
    world: World, chance: np.random.Generator, n: int, *, straws: Ints, days: Mapping[str, int], why: Why
) -> Ints:
    """Found shells in batches; those of one batch share addresses, phones and the straws that stand for them."""
    setting = set_up(world)
    batches, places = min(setting["batches"], n), setting["places"]
    batch = np.arange(n) % batches
    place = batch * places + np.arange(n) // batches % places
    room = max(days["prepare"] - days["recruit"], 2)
    day = days["recruit"] + batch * room // batches + chance.integers(0, setting["batch_days"], n)
    shared = crowd(world, chance, batches * places)
    return found(
        world,
        chance,
        n,
        trade="consulting",
        on=day,
        legal_rep=straws[place % len(straws)],
        size=1,
        address=column_texts(world, shared[place], "address"),
        phone=column_texts(world, shared[place], "phone"),
        why=why,
    )


def _firms(
    world: World,
    chance: np.random.Generator,
    parts: Mapping[str, int],
    *,
    people: Mapping[str, Ints],
    begin: int,
    why: Why,
) -> dict[str, Ints]:
    """Found the ring's own firms; collection firms stand in other provinces."""
    straws, kin, n = people["straws"], people["kin"], parts["funding"]
    far = np.array(figures("routine_loans")["collection_regions"])[chance.integers(0, 3, parts["bosses"])]

    def made(n: int, trade: str, before: int, rep: Ints, **more: Any) -> Ints:
        return found(world, chance, n, trade=trade, on=begin - before, legal_rep=rep, why=why, **more)

    return {
        "operator": made(1, "tech", 40, straws[:1], size=4),
        "funding": made(n, "wholesale", 60, kin[:n], size=2),
        "fee_firms": made(parts["fee_firms"], "consulting", 20, straws[-1:], size=2),
        "collection": made(len(far), "collector", 30, people["bosses"], size=9, region=far),
    }


def _accounts(
    world: World,
    chance: np.random.Generator,
    people: Mapping[str, Ints],
    *,
    shells: Ints,
    firms: Mapping[str, Ints],
    parts: Mapping[str, int],
    on: int,
    tools: Ints,
    why: Why,
) -> dict[str, Ints]:
    """Open the accounts the money goes through. Shells hold merchant numbers in turn."""
    setting = set_up(world)

    def opened(holders: Ints, kind: str, *, thin: bool = True) -> Ints:
        n = len(holders)
        online = chance.integers(0, 100, n) < setting["opened_online"][kind]
        device = np.where(online, tools[chance.integers(0, len(tools), n)], NOBODY)
        day = on + chance.integers(0, setting["opened_within"], n)
        return open_accounts(world, chance, holders, on=day, kind=kind, thin=thin, device=device, why=why)

    def own(holders: Ints) -> Ints:
        return world.of(holders, "_main_account")

    fee_takers = np.repeat(firms["fee_firms"], setting["fee_merchants"])
    nominee = bool(chance.integers(0, 1000) < setting["treasury_in_a_name"])
    return {
        "treasury": opened(people["kin"][:1], "card", thin=False) if nominee else own(firms["funding"]),
        "operator": own(firms["operator"]),
        "collection": own(firms["collection"]),
        "pay_merchants": opened(shells[np.arange(parts["payers"]) % len(shells)], "merchant"),
        "merchants": opened(shells[::-1][np.arange(parts["merchants"]) % len(shells)], "merchant"),
        "firms": own(shells),
        "wallets": opened(people["carriers"], "wallet"),
        "fees": np.concatenate([opened(fee_takers, "merchant"), own(firms["fee_firms"])]),
        "carriers": opened(people["carriers"], "card"),
        "mules": opened(people["mules"], "card"),
        "purses": opened(people["kin"], "card", thin=False),
        **{f"spare_{kind}s": opened(people[part], kind) for part, kind in setting["spare"].items()},
    }

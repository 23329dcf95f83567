"""Many firms in one place or under one hand, honestly: an incubator, a chain, and services that serve everyone."""

import numpy as np

from suyuan.world.alike.scenario import Scenario, Scene, figures, instances, sizes, told, why
from suyuan.world.frame.dice import Ints, around
from suyuan.world.frame.tables import first_id
from suyuan.world.frame.world import World
from suyuan.world.life.actors import accounts
from suyuan.world.life.pay import pay
from suyuan.world.life.rhythm import moments, pick_days, workday
from suyuan.world.people.cast import crowd, found, open_accounts

INCUBATOR = "start-up incubator"
CHAIN = "chain's branches"
SERVICES = {
    "cloud host": ("cloud", "hosting", "云服务器"),
    "telecom line provider": ("telecom", "other", "专线与短信"),
    "bank that opens accounts for everyone": ("bank", "payment", "账户管理"),
}


def cast_incubator(world: World) -> Scene:
    """Found incubators and the young firms registered at their address, through one agent, within weeks."""
    chance, n = world.chance("alike", INCUBATOR), instances(world)
    of = sizes(chance, n, figures("firms")[INCUBATOR]["firms"])
    hosts = found(
        world, chance, n, trade="consulting", on=-chance.integers(900, 3_000, n), size=chance.integers(4, 20, n)
    )
    begun = chance.integers(20, max(21, world.options.days - 200), n)
    young = found(
        world, chance, len(of), trade="tech", on=begun[of] + chance.integers(0, 40, len(of)),
        size=chance.integers(1, 5, len(of)), address=world.of(hosts, "address")[of], phone=world.of(hosts, "phone")[of],
        region=world.of(hosts, "region_code").astype(np.int64)[of], agent=hosts[of],
    )  # fmt: skip
    told(world, INCUBATOR, hosts)
    told(world, INCUBATOR, young, of)
    return Scene(main=hosts, crowd=young, of=of, more={"begun": begun})


def play_incubator(world: World, scene: Scene) -> None:
    """Pay the incubator for the desk every quarter."""
    told_of, chance = figures("firms")[INCUBATOR], world.chance("alike", INCUBATOR, "play")
    fee = around(chance, told_of["fee"]["middle"], spread=told_of["fee"]["spread"], n=scene.many)[scene.of] * 100
    for quarter in range(1, 8):
        day = workday(world, scene.more["begun"][scene.of] + 90 * quarter)
        due = day < world.options.days
        at = moments(world, chance, day, kind="firm")[due]
        host = accounts(world, scene.main)[scene.of][due]
        pay(world, why(INCUBATOR), src=accounts(world, scene.crowd)[due], dst=host, at=at, amount_fen=fee[due] + 100,
            memo="工位费", channel="web")  # fmt: skip


def cast_chain(world: World) -> Scene:
    """Found chains whose branches share name, phone, legal representative and bank."""
    chance, n = world.chance("alike", CHAIN), instances(world)
    of = sizes(chance, n, figures("firms")[CHAIN]["branches"])
    owners = crowd(world, chance, n, ages=(30, 62))
    opened = -chance.integers(600, 2_500, n)
    head = found(world, chance, n, trade="restaurant", on=opened, legal_rep=owners, size=chance.integers(15, 60, n))
    branches = found(
        world, chance, len(of), trade="restaurant", on=opened[of] + chance.integers(30, 90, len(of)),
        legal_rep=owners[of], phone=world.of(head, "phone")[of], size=chance.integers(4, 14, len(of)),
    )  # fmt: skip
    till = open_accounts(world, chance, branches, on=opened[of] + 120, kind="corporate", thin=True)
    told(world, CHAIN, head)
    told(world, CHAIN, branches, of)
    return Scene(main=head, crowd=branches, of=of, more={"till": till})


def play_chain(world: World, scene: Scene) -> None:
    """Sweep each branch's takings of a day to the head office within hours."""
    told_of, chance = figures("firms")[CHAIN], world.chance("alike", CHAIN, "play")
    which = sizes(chance, len(scene.of), told_of["sweeps"])
    day = pick_days(world, chance, len(which), np.zeros(len(which), np.int64), np.full(len(which), world.options.days))
    taken = around(chance, told_of["takings"]["middle"] * 100, spread=told_of["takings"]["spread"], n=len(which)) + 100
    at = moments(world, chance, day, kind="firm")
    till = scene.more["till"][which]
    pay(world, why(CHAIN), src=accounts(world, scene.crowd)[which], dst=till, at=at, amount_fen=taken, memo="营业款",
        channel="web")  # fmt: skip
    later = at + chance.integers(600, 9_000, len(which)).astype("timedelta64[s]")
    pay(world, why(CHAIN), src=till, dst=accounts(world, scene.main)[scene.of[which]], at=later, amount_fen=taken,
        memo="归集", channel="batch")  # fmt: skip


def _service(kind: str) -> Scenario:
    trade, sort, product = SERVICES[kind]

    def cast(world: World) -> Scene:
        chance, n = world.chance("alike", kind), instances(world)
        of = sizes(chance, n, figures("firms")[kind]["clients"])
        firms = found(
            world, chance, n, trade=trade, on=-chance.integers(1_500, 5_000, n), size=chance.integers(30, 90, n)
        )
        told(world, kind, firms)
        return Scene(main=firms, crowd=of, of=of, more={})

    def play(world: World, scene: Scene) -> None:
        told_of, chance, label = figures("firms")[kind], world.chance("alike", kind, "play"), why(kind)
        clients, n = _anyone(world, chance, scene.of), len(scene.of)
        fee = around(chance, told_of["yearly_yuan"]["middle"] * 100, spread=told_of["yearly_yuan"]["spread"], n=n) + 100
        signed = chance.integers(-300, max(1, world.options.days - 120), n)
        world.add(
            "service_contract", label, provider_id=scene.main[scene.of], client_id=clients, kind=sort, product=product,
            billing="yearly", currency="CNY", price_fen=fee, market_price_fen=fee, signed_on=world.day(signed),
            from_on=world.day(signed),
        )  # fmt: skip
        day = workday(world, signed + chance.integers(1, 20, n))
        due = (day >= 0) & (day < world.options.days)
        pay(world, label, src=accounts(world, clients)[due], dst=accounts(world, scene.main)[scene.of][due],
            at=moments(world, chance, day, kind="firm")[due], amount_fen=fee[due], memo="服务费",
            channel="web")  # fmt: skip

    return Scenario(kind=kind, like="supply_chain", cast=cast, play=play)


def _anyone(world: World, chance: np.random.Generator, of: Ints) -> Ints:
    """Return a client for each place: any firm of the world, those of rings among them."""
    ring = world.column("company", "_ring") >= 0
    honest, others = np.flatnonzero(~ring), np.flatnonzero(ring)
    drawn = chance.choice(honest, len(of))
    if len(others):
        theirs = chance.integers(0, 100, len(of)) < figures("firms")["ring_clients"]
        drawn = np.where(theirs, chance.choice(others, len(of)), drawn)
    return np.asarray(first_id("company") + drawn)


SCENARIOS = (
    Scenario(kind=INCUBATOR, like="shell_cluster", cast=cast_incubator, play=play_incubator),
    Scenario(kind=CHAIN, like="shell_cluster", cast=cast_chain, play=play_chain),
    *(_service(kind) for kind in SERVICES),
)

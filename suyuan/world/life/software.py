"""Ordinary apps: who runs and who built them, where they are listed, how they are filed."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import NOBODY, first_id, words
from suyuan.world.frame.world import World
from suyuan.world.life.actors import fame, firms, owners
from suyuan.world.life.figures import choose, chosen, figures, permille, volume
from suyuan.world.life.marks import digests, serials, texts
from suyuan.world.life.phones import phones
from suyuan.world.people.devices import new_ips

Words = np.ndarray[Any, Any]


def live_software(world: World) -> None:
    """Add the apps of lenders, insurers, payment firms and of ordinary businesses with all their registers."""
    chance = world.chance("life", "software")
    told = figures("software")
    served = [firms(world, trade) for trade in told["kinds"]]
    trades = np.repeat(np.array(list(told["kinds"]), dtype=object), [len(each) for each in served])
    n = volume("software", "others", world.options.scale)
    others = fame(chance, firms(world, *told["others"]["trades"])).draw(chance, n)
    kinds = [told["kinds"][trade]["kind"] for trade in trades] + chosen(chance, told["others"]["kinds"], n).tolist()
    operator = np.concatenate([*served, others])
    kind = np.array(kinds, dtype=object)
    own = np.concatenate([np.ones(len(trades), bool), permille(chance, told["others"]["own"], n)])
    apps = _apps(world, chance, operator=operator, kind=kind, trades=trades, own=own)
    _listings(world, chance, apps)
    _registers(world, chance, apps)


def app_of(world: World, operators: Ints) -> Ints:
    """Return the first app each operator runs, `NOBODY` where he runs none."""
    ids = world.column("app", "operator_id")
    if not len(ids):
        return np.full(len(operators), NOBODY, np.int64)
    order = np.argsort(ids, kind="stable")
    place = np.minimum(np.searchsorted(ids[order], operators, side="left"), len(ids) - 1)
    found = order[place]
    return np.where(ids[found] == operators, first_id("app") + found, NOBODY)


def _apps(world: World, chance: np.random.Generator, *, operator: Ints, kind: Words, trades: Words, own: Words) -> Ints:
    told, n = figures("software"), len(operator)
    makers = fame(chance, firms(world, "tech")).draw(chance, n)
    developer = np.where(own, operator, makers)
    templated = ~own & permille(chance, told["others"]["template"], n)
    family = np.where(templated, developer, np.arange(n) + (1 << 50))
    _, place = np.unique(family, return_inverse=True)
    families = digests(chance, int(place.max()) + 1, length=12)
    _, account = np.unique(developer, return_inverse=True)
    certificates, holders = digests(chance, int(account.max()) + 1), serials("dev", np.arange(account.max() + 1))
    name, package = _names(world, chance, operator, kind, trades)
    first_seen = -chance.integers(-world.options.days * 2 // 3, 1500, n)
    gone = permille(chance, told["removed"], n) & (first_seen + 90 < world.options.days)
    removed = np.maximum(first_seen, 0) + 60 + chance.integers(0, 1 << 20, n) % np.maximum(world.options.days // 2, 1)
    listed = world.day(first_seen + chance.integers(0, 4, n))
    return world.add(
        "app",
        name=name,
        package=package,
        platform=words(choose(chance, told["platforms"], n), list(told["platforms"])),
        version_name=texts(np.char.add(np.char.add(chance.integers(1, 9, n).astype("U2"), "."),
                                       chance.integers(0, 30, n).astype("U2"))),
        file_sha256=digests(chance, n),
        certificate_sha256=certificates[account],
        code_family=families[place],
        kind=kind,
        operator_id=operator,
        developer_id=developer,
        developer_account=holders.take(pa.array(account)),
        filing_no=serials("陇ICP备", 20_000_000 + np.arange(n) * 7, width=8),
        permissions=_permissions(chance, kind),
        first_seen_at=world.moment(first_seen, chance.integers(8 * 3600, 20 * 3600, n)),
        listed_on=listed,
        removed_on=np.where(gone & (removed < world.options.days), world.day(removed), np.datetime64("NaT")),
    )  # fmt: skip


def _names(world: World, chance: np.random.Generator, operator: Ints, kind: Words, trades: Words) -> tuple[Any, Any]:
    """Return the names shown and the package names."""
    told = figures("software")
    firm = world.of(operator, "name")
    shown = []
    for place, each in enumerate(kind):
        if place < len(trades):
            word = told["kinds"][trades[place]]["words"][0]
            shown.append(
                firm[place].removesuffix("股份有限公司").removesuffix("有限责任公司").removesuffix("有限公司") + word
            )
        else:
            stems, vocabulary = told["others"]["stems"], told["others"]["words"][each]
            stem, word = (some[int(chance.integers(0, len(some)))] for some in (stems, vocabulary))
            shown.append(stem + word)
    package = [f"{_domain(chance)}.{'pay' if each == 'payment' else 'app'}{place}" for place, each in enumerate(kind)]
    return shown, package


def _domain(chance: np.random.Generator) -> str:
    syllables = figures("software")["syllables"]
    picked = chance.integers(0, len(syllables), 3)
    return "com." + "".join(syllables[place] for place in picked)


def _permissions(chance: np.random.Generator, kind: Words) -> pa.Array:
    """Return what apps ask for: what their kind needs, some of them more."""
    told = figures("software")["permissions"]
    greedy = chance.integers(0, 1000, len(kind)) < told["greedy"]
    extra = chance.integers(1, 3, len(kind))
    first = chance.integers(0, len(told["more"]) - 3, len(kind))
    lists = [
        list(dict.fromkeys(told[each] + (told["more"][start : start + more] if wants else [])))
        for each, wants, start, more in zip(kind, greedy, first, extra, strict=True)
    ]
    return pa.array(lists, pa.list_(pa.string()))


def _listings(world: World, chance: np.random.Generator, apps: Ints) -> None:
    """Add one listing a store for apps on phones; an app for iOS stands in one store only."""
    told = figures("software")
    platform = world.of(apps, "platform").astype(str)
    phone = np.isin(platform, ["android", "harmony", "ios"])
    stores = np.where(platform == "ios", 1, 1 + chance.integers(0, 4, len(apps)))
    at = np.repeat(np.flatnonzero(phone), stores[phone])
    n = len(at)
    store = np.where(platform[at] == "ios", told["ios_store"], chosen(chance, told["stores"], n).astype(str))
    kind = world.of(apps, "kind")
    same = ("package", "name", "version_name", "developer_account", "developer_id", "filing_no", "removed_on")
    shared: dict[str, Any] = {name: world.of(apps, name)[at] for name in same}
    why_gone = pa.array(np.where(np.isnat(shared["removed_on"]), "", "developer").tolist())
    world.add(
        "app_listing",
        app_id=apps[at],
        store=store.astype(object),
        category=np.array([told["categories"][kind[place]] for place in at], dtype=object),
        contact_phone=phones(world, shared["developer_id"]),
        copyright_no=serials("2023SR", 100_000 + at * 13, width=7),
        listed_on=world.of(apps, "listed_on")[at] + chance.integers(0, 20, n).astype("timedelta64[D]"),
        downloads=np.rint(3000 * chance.lognormal(0.0, 2.2, n)).astype(np.int64),
        removed_why=pc.if_else(pc.equal(why_gone, ""), None, why_gone),
        **shared,
    )


def _registers(world: World, chance: np.random.Generator, apps: Ints) -> None:
    """Add copyright and filing registers, keys, and the addresses apps talk to."""
    told, n = figures("software"), len(apps)
    read = ("name", "version_name", "developer_id", "operator_id", "listed_on", "first_seen_at", "filing_no")
    of = {name: world.of(apps, name) for name in read}
    agents = fame(chance, firms(world, "agency", "consulting"), tail=1.3).draw(chance, n)
    by_agent = permille(chance, told["copyright_agent"], n)
    agent = np.where(by_agent, agents, NOBODY)
    registered = of["listed_on"] - chance.integers(15, 200, n).astype("timedelta64[D]")
    world.add(
        "software_copyright",
        number=serials("2023SR", 100_000 + np.arange(n) * 13, width=7),
        name=texts(np.char.add(of["name"].astype(str), "软件")),
        version_name=texts(np.char.add("V", of["version_name"].astype(str))),
        registrant_id=of["developer_id"],
        agent_id=agent,
        agent_phone=phones(world, agent),
        means="original",
        finished_on=registered - np.timedelta64(120, "D"),
        applied_on=registered - chance.integers(20, 60, n).astype("timedelta64[D]"),
        registered_on=registered,
        code_digest=digests(chance, n),
        manual_digest=digests(chance, n),
    )
    hosts = texts(np.char.add(np.char.add("api", np.arange(n).astype("U8")),
                              np.array([f".{_domain(chance)[4:]}.{told['domains'][int(place)]}"
                                        for place in chance.integers(0, len(told["domains"]), n)])))  # fmt: skip
    cloud = fame(chance, firms(world, "cloud")).draw(chance, n)
    _filings(world, apps, hosts=hosts, cloud=cloud, told=of, filed=registered + np.timedelta64(10, "D"))
    _wires(world, chance, apps, hosts=hosts, cloud=cloud, told=of)


def _filings(world: World, apps: Ints, *, hosts: Any, cloud: Ints, told: Any, filed: Any) -> None:
    """Add the filing of each app in its operator's name."""
    world.add(
        "icp_filing",
        number=told["filing_no"],
        kind="app",
        subject_id=told["operator_id"],
        subject_name=world.of(told["operator_id"], "name"),
        service_name=told["name"],
        host=hosts,
        app_id=apps,
        region_code=world.of(told["operator_id"], "region_code"),
        contact_name=world.of(owners(world, told["operator_id"]), "name"),
        contact_phone=phones(world, told["operator_id"]),
        access_provider_id=cloud,
        filed_on=filed,
    )


def _wires(world: World, chance: np.random.Generator, apps: Ints, *, hosts: Any, cloud: Ints, told: Any) -> None:
    n, keys = len(apps), figures("software")["keys"]
    for kind, share in keys.items():
        mine = permille(chance, share, n)
        world.add(
            "app_key",
            app_id=apps[mine],
            kind=kind,
            provider=figures("software")["providers"][kind],
            value=digests(chance, int(mine.sum()), length=24),
            registrant_id=told["developer_id"][mine],
            found_by="static",
            first_seen_at=told["first_seen_at"][mine],
        )
    world.add(
        "app_endpoint",
        app_id=apps,
        host=hosts,
        url=texts(np.char.add("https://", np.array(hosts.to_pylist()))),
        ip=_addresses(chance, cloud),
        kind="api",
        found_by="dynamic",
        registrant_id=told["operator_id"],
        host_provider_id=cloud,
        icp_no=told["filing_no"],
        first_seen_at=told["first_seen_at"],
    )


def _addresses(chance: np.random.Generator, cloud: Ints) -> Ints:
    """Return tokens of servers: each cloud has its own, and many firms' servers share one, as in life."""
    clouds, place = np.unique(cloud, return_inverse=True)
    each = max(3, len(cloud) // (3 * len(clouds)))
    servers = new_ips(chance, len(clouds) * each)
    return np.asarray(servers[place * each + chance.integers(0, each, len(cloud))])

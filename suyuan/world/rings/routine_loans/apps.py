"""The technology of a ring: one code base under many names, its stores, registers, keys, servers, merchant numbers."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import Why, words
from suyuan.world.frame.world import World
from suyuan.world.life.marks import digests, serials
from suyuan.world.life.ring_up import phones
from suyuan.world.people.cast import firms_of
from suyuan.world.people.holders import texts as column_texts
from suyuan.world.rings.plan import figures
from suyuan.world.rings.routine_loans.crew import Crew, counts, set_up
from suyuan.world.rings.routine_loans.lend import is_kind
from suyuan.world.rings.routine_loans.orders import Merchants


@dataclass(frozen=True, kw_only=True)
class _Build:
    """What the registers of the apps share."""

    apps: Ints
    day: Ints
    name: Any
    package: Any
    developer: Ints
    operator: Ints
    account: Any
    filing: Any
    copyright: Any
    platform: Any
    group: Ints
    """Apps of one group share a certificate, keys and servers: all of them as published."""


def _texts(*path: str) -> Any:
    told = figures("routine_loans")["texts"]
    for step in path:
        told = told[step]
    return told


def build_apps(world: World, crew: Crew) -> Ints:
    """Add the ring's apps with listings, copyrights, filings, keys and endpoints; return their ids."""
    chance = world.chance(*crew.name, "apps")
    n = counts(len(crew.victims))["apps"]
    groups = 1 if world.options.evasion == 0 else max(2, n // 6)
    told = _drafted(world, crew, chance, n, group=np.arange(n) % groups)
    _listings(world, crew, chance, told)
    _copyrights(world, crew, chance, told)
    _filings(world, crew, chance, told)
    _wires(world, crew, chance, told)
    return told.apps


def _drafted(world: World, crew: Crew, chance: np.random.Generator, n: int, *, group: Ints) -> _Build:
    name, package = _names(chance, n)
    day = crew.days["prepare"] + chance.integers(0, max(crew.days["strike"] - crew.days["prepare"], 1), n)
    filing = serials("陇ICP备", chance.integers(20_000_000, 25_000_000, n))
    developer, accounts = _developers(world, crew, chance, group)
    family = world.chance("rings", "family", crew.services.family)
    code, certificates = digests(family, 1, length=12), digests(family, 1 + int(group.max()))
    apps = world.add(
        "app",
        Why(ring=crew.ring.index, step="prepare"),
        name=pa.array(name),
        package=pa.array(package),
        platform=words(platform := np.where(chance.integers(0, 10, n) < 3, 1, 0), ["android", "ios"]),
        version_name=words(chance.integers(0, 3, n), ["1.0", "1.2", "2.1"]),
        file_sha256=digests(chance, n),
        certificate_sha256=certificates[group],
        code_family=code[group * 0],
        kind="lending",
        operator_id=(operator := np.resize(crew.lenders, n)),
        developer_id=developer,
        developer_account=accounts,
        filing_no=filing,
        permissions=_permissions(world, n),
        first_seen_at=world.moment(day, chance.integers(9 * 3600, 20 * 3600, n)),
        listed_on=world.day(day),
        removed_on=_taken_down(world, crew, chance, n),
    )
    return _Build(
        apps=apps,
        day=day,
        name=name,
        package=package,
        developer=developer,
        operator=operator,
        account=accounts,
        filing=filing,
        copyright=serials("2023SR", chance.integers(10**5, 10**7, n), width=7),
        platform=platform,
        group=group,
    )


def _permissions(world: World, n: int) -> pa.Array:
    asked = _texts("apps", "permissions", set_up(world)["permissions"])
    return pa.array([asked] * n, pa.list_(pa.string()))


def _developers(world: World, crew: Crew, chance: np.random.Generator, group: Ints) -> tuple[Ints, Any]:
    """Return who develops each app and under which account: one for the family as published, else another for each."""
    each = np.arange(len(group)) if world.options.evasion else group
    return crew.shells[each % len(crew.shells)], serials("dev", chance.integers(10**6, 10**7, len(group))[each])


def _taken_down(world: World, crew: Crew, chance: np.random.Generator, n: int) -> Any:
    """Return when each app leaves the stores: two in five do when the ring winds down."""
    removed = np.minimum(crew.days["wind_down"] + chance.integers(0, 30, n), world.options.days - 1)
    return np.where(chance.integers(0, 5, n) < 2, world.day(removed), np.datetime64("NaT"))


def _names(chance: np.random.Generator, n: int) -> tuple[list[str], list[str]]:
    """Return names shown, each different while there are words enough, and package names."""
    stems, endings = _texts("apps", "stems"), _texts("apps", "words")
    picked = chance.permutation(len(stems) * len(endings))[np.arange(n) % (len(stems) * len(endings))]
    shown = [stems[each // len(endings)] + endings[each % len(endings)] for each in picked.tolist()]
    return shown, [f"com.{a}.{b}" for a, b in zip(_letters(chance, n), _letters(chance, n), strict=True)]


def _letters(chance: np.random.Generator, n: int) -> list[str]:
    return ["".join(chr(97 + each) for each in row) for row in chance.integers(0, 26, (n, 6)).tolist()]


def _listings(world: World, crew: Crew, chance: np.random.Generator, told: _Build) -> None:
    """List each app in one to three stores; half of those removed return under another listing."""
    stores = np.where(told.platform == 1, 1, chance.integers(1, 4, len(told.apps)))
    at = np.repeat(np.arange(len(told.apps)), stores)
    names = [*_texts("apps", "stores"), _texts("apps", "ios_store")]
    place = np.where(told.platform[at] == 1, len(names) - 1, chance.integers(0, len(names) - 1, len(at)))
    removed = told.day[at] + chance.integers(15, 120, len(at))
    gone = (chance.integers(0, 1000, len(at)) < 350) & (removed < world.options.days)

    def rows(mine: Ints, day: Ints, taken: Any, before: Any) -> Ints:
        app = at[mine]
        return world.add(
            "app_listing",
            Why(ring=crew.ring.index, step="prepare"),
            app_id=told.apps[app],
            store=words(place[mine], names),
            package=pa.array([told.package[each] for each in app.tolist()]),
            name=pa.array([told.name[each] for each in app.tolist()]),
            category="金融理财" if world.options.evasion == 0 else "工具",
            version_name="1.0",
            developer_account=told.account.take(pa.array(app)),
            developer_id=told.developer[app],
            contact_phone=phones(world, told.developer[app]),
            copyright_no=told.copyright.take(pa.array(app)),
            filing_no=told.filing.take(pa.array(app)),
            listed_on=world.day(day),
            relisted_of_id=before,
            downloads=np.rint(900 * chance.lognormal(0.0, 1.8, len(mine))).astype(np.int64),
            removed_on=np.where(taken, world.day(removed[mine]), np.datetime64("NaT")),
            removed_why=pa.array(["user_reports"] * len(mine), mask=~taken) if len(mine) else None,
        )

    first = rows(np.arange(len(at)), told.day[at], gone, -1)
    again = np.flatnonzero(gone & (removed + 5 < world.options.days))[::2]
    if len(again):
        rows(again, removed[again] + 4, np.zeros(len(again), bool), first[again])


def _copyrights(world: World, crew: Crew, chance: np.random.Generator, told: _Build) -> None:
    """Let one agent register the programs: the same code handed in under many names, as published."""
    n = len(told.apps)
    codes = digests(chance, n if world.options.evasion else 1)
    agent = crew.services.agent[np.zeros(n, np.int64)]
    day = told.day - chance.integers(5, 25, n)
    world.add(
        "software_copyright",
        Why(ring=crew.ring.index, step="prepare"),
        number=told.copyright,
        name=pa.array([f"{each}软件" for each in told.name]),
        version_name="V1.0",
        registrant_id=told.developer,
        agent_id=agent,
        agent_phone=phones(world, agent),
        means="assigned" if world.options.evasion == 0 else "original",
        finished_on=world.day(day - 30),
        applied_on=world.day(day - 10),
        registered_on=world.day(day),
        code_digest=codes[np.arange(n) % len(codes)],
        manual_digest=digests(chance, n),
        device=crew.devices[np.arange(n) % len(crew.devices)],
    )


def _filings(world: World, crew: Crew, chance: np.random.Generator, told: _Build) -> None:
    n, cloud = len(told.apps), firms_of(world, "cloud")
    people = crew.people["straws"]
    straw = people[np.arange(n) % len(people)]
    world.add(
        "icp_filing",
        Why(ring=crew.ring.index, step="prepare"),
        number=told.filing,
        kind="app",
        subject_id=told.developer,
        subject_name=column_texts(world, told.developer, "name"),
        service_name=pa.array(told.name),
        host=_hosts(told),
        app_id=told.apps,
        region_code=column_texts(world, told.developer, "region_code"),
        contact_name=column_texts(world, straw, "name"),
        contact_phone=phones(world, told.developer),
        access_provider_id=cloud[told.group % len(cloud)],
        agent_id=crew.services.agent[np.zeros(n, np.int64)],
        filed_on=world.day(told.day - chance.integers(2, 20, n)),
    )


def _hosts(told: _Build) -> pa.Array:
    return pa.array([f"api.{package.split('.')[1]}.example" for package in told.package])


def _wires(world: World, crew: Crew, chance: np.random.Generator, told: _Build) -> None:
    """Add keys and endpoints: one set for the whole family as published, one a group for who knows better."""
    n, why = len(told.apps), Why(ring=crew.ring.index, step="prepare")
    same = world.chance("rings", "keys", crew.services.family)
    for kind in ("push", "analytics", "wechat"):
        values = digests(same, 1 + int(told.group.max()), length=24)
        world.add(
            "app_key",
            why,
            app_id=told.apps,
            kind=kind,
            value=values[told.group],
            registrant_id=crew.services.technology[np.zeros(n, np.int64)],
            found_by="static",
            first_seen_at=world.moment(told.day, 36_000),
        )
    servers = same.integers(0, 1 << 62, 3 * (1 + int(told.group.max())))
    cloud = firms_of(world, "cloud")
    hosts = _hosts(told)
    world.add(
        "app_endpoint",
        why,
        app_id=told.apps,
        host=hosts,
        url=pa.array([f"https://{host}" for host in hosts.to_pylist()]),
        ip=servers[told.group * 3 + chance.integers(0, 3, n)],
        kind="upload" if world.options.evasion == 0 else "api",
        found_by="traffic",
        registrant_id=told.developer,
        host_provider_id=cloud[told.group % len(cloud)],
        icp_no=told.filing,
        personal_fields=pa.array([["contacts", "call_log", "id_number"]] * n, pa.list_(pa.string())),
        first_seen_at=world.moment(told.day, 36_000),
    )


def open_merchants(world: World, crew: Crew, apps: Ints) -> Merchants:
    """Add the rows of the ring's merchant numbers: a trade that is not theirs, brought by one agent."""
    chance = world.chance(*crew.name, "merchants")
    account = np.sort(
        np.concatenate([crew.accounts[part] for part in ("pay_merchants", "merchants", "fees")]), kind="stable"
    )
    account = account[is_kind(world, account, "merchant")]
    n = len(account)
    holder = world.of(account, "holder_id")
    bank = column_texts(world, account, "bank")
    firms = firms_of(world, "payment_firm")
    names = column_texts(world, firms, "name").to_pylist()
    place = np.array([next((k for k, name in enumerate(names) if each in name), 0) for each in bank.to_pylist()])
    names_told = column_texts(world, holder, "name").to_pylist()
    carriers = crew.accounts["carriers"]
    merchant = world.add(
        "merchant",
        Why(ring=crew.ring.index, step="prepare"),
        number=serials("8", chance.integers(10**12, 10**13, n), width=13),
        payment_firm_id=firms[place],
        holder_id=holder,
        name=pa.array(names_told),
        short_name=pa.array([name[-8:] for name in names_told]),
        trade_code=words(chance.integers(0, 4, n), ["5311", "5732", "5411", "7299"]),
        trade_told=words(chance.integers(0, 3, n), ["百货零售", "数码产品", "生活服务"]),
        phone=phones(world, holder),
        region_code=column_texts(world, holder, "region_code"),
        app_id=apps[np.arange(n) % len(apps)],
        settlement_account_id=carriers[np.arange(n) % len(carriers)],
        settlement_cycle="D0" if world.options.evasion == 0 else "T1",
        opened_on=world.day(crew.days["prepare"] + chance.integers(0, 10, n)),
        introduced_by_id=crew.services.payment[np.zeros(n, np.int64)],
        device=crew.devices[np.arange(n) % len(crew.devices)],
        ip=crew.ips[np.arange(n) % len(crew.ips)],
        status="open",
    )
    return Merchants(account=account, merchant=merchant)

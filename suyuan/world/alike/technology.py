"""Software that many firms share honestly: apps made to order for banks, an open template, a licensed vendor."""

from typing import Any

import numpy as np
import pyarrow as pa

from suyuan.world.alike.scenario import Scenario, Scene, figures, instances, sizes, told, why
from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import Why
from suyuan.world.frame.world import World
from suyuan.world.life.actors import accounts
from suyuan.world.life.marks import digests, serials
from suyuan.world.life.pay import pay
from suyuan.world.life.rhythm import moments, workday
from suyuan.world.people.cast import firms_of, found, ips

WHITE_LABEL = "white-label bank app"
TEMPLATE = "open-source template"
VENDOR = "software vendor with licensed lenders"


def cast_white_label(world: World) -> Scene:
    """Found makers of bank apps; their clients are the region's banks."""
    chance, n = world.chance("alike", WHITE_LABEL), instances(world)
    of = sizes(chance, n, figures("technology")[WHITE_LABEL]["banks"])
    makers = found(world, chance, n, trade="tech", on=-chance.integers(900, 4_000, n), size=chance.integers(30, 160, n))
    told(world, WHITE_LABEL, makers)
    return Scene(main=makers, crowd=chance.choice(firms_of(world, "bank"), len(of)), of=of, more={})


def play_white_label(world: World, scene: Scene) -> None:
    """One code base and certificate a maker, under the names of many banks."""
    told_of, chance = figures("technology")[WHITE_LABEL], world.chance("alike", WHITE_LABEL, "play")
    suffix = np.array(told_of["suffixes"], dtype=object)[scene.place() % len(told_of["suffixes"])]
    names = [f"{bank.removesuffix('股份有限公司')}{word}" for bank, word in
             zip(world.of(scene.crowd, "name"), suffix, strict=True)]  # fmt: skip
    apps(world, why(WHITE_LABEL), chance, names=names, kind="payment", operator=scene.crowd,
         developer=scene.main[scene.of], family=scene.of, permissions=told_of["permissions"], shared=True)  # fmt: skip
    _fees(world, why(WHITE_LABEL), chance, scene, yuan=np.full(len(scene.of), 260_000))


def cast_template(world: World) -> Scene:
    """Found small app makers who start from the same open template."""
    chance, n = world.chance("alike", TEMPLATE), instances(world)
    of = sizes(chance, n, figures("technology")[TEMPLATE]["makers"])
    makers = found(world, chance, len(of), trade="tech", on=-chance.integers(100, 2_500, len(of)))
    told(world, TEMPLATE, makers, of)
    return Scene(main=makers[np.searchsorted(of, np.arange(n))], crowd=makers, of=of, more={})


def play_template(world: World, scene: Scene) -> None:
    """One code family under many makers, each with a certificate of his own, none of them lending."""
    told_of, chance = figures("technology")[TEMPLATE], world.chance("alike", TEMPLATE, "play")
    words, stems = told_of["words"], told_of["stems"]
    names = [stems[int(a)] + words[int(b)] for a, b in chance.integers(0, len(words), (len(scene.of), 2))]
    apps(world, why(TEMPLATE), chance, names=names, kind="other", operator=scene.crowd, developer=scene.crowd,
         family=scene.of, permissions=told_of["permissions"], shared=False)  # fmt: skip


def cast_vendor(world: World) -> Scene:
    """Found vendors of lending systems, and licensed small-loan firms that rent them."""
    chance, n = world.chance("alike", VENDOR), instances(world)
    of = sizes(chance, n, figures("technology")[VENDOR]["lenders"])
    vendors = found(world, chance, n, trade="tech", on=-chance.integers(900, 4_000, n), size=chance.integers(20, 90, n))
    lenders = firms_of(world, "small_loan")
    told(world, VENDOR, vendors)
    return Scene(main=vendors, crowd=lenders[chance.integers(0, len(lenders), len(of))], of=of, more={})


def play_vendor(world: World, scene: Scene) -> None:
    """Rent one system to licensed lenders at two or three price points a year, servers shared."""
    told_of, chance = figures("technology")[VENDOR], world.chance("alike", VENDOR, "play")
    names = [f"{name[:4]}信贷" for name in world.of(scene.crowd, "name")]
    apps(world, why(VENDOR), chance, names=names, kind="lending", operator=scene.crowd,
         developer=scene.main[scene.of], family=scene.of, permissions=told_of["permissions"], shared=True)  # fmt: skip
    _fees(world, why(VENDOR), chance, scene, yuan=chance.choice(np.array(told_of["yearly_yuan"]), len(scene.of)))


def _fees(world: World, label: Why, chance: np.random.Generator, scene: Scene, *, yuan: Ints) -> None:
    """Add a contract a client and the yearly fee, paid on a working day."""
    n = len(scene.of)
    signed = -chance.integers(1, 360, n)
    world.add(
        "service_contract", label, provider_id=scene.main[scene.of], client_id=scene.crowd, kind="technology",
        product="系统建设与维护", billing="yearly", currency="CNY", price_fen=yuan * 100,
        market_price_fen=np.full(n, figures("technology")[VENDOR]["market_yuan"] * 100), signed_on=world.day(signed),
        from_on=world.day(signed),
    )  # fmt: skip
    for year in (1, 2):
        day = workday(world, signed + 365 * year)
        due = day < world.options.days
        pay(world, label, src=accounts(world, scene.crowd)[due], dst=accounts(world, scene.main)[scene.of][due],
            at=moments(world, chance, day, kind="firm")[due], amount_fen=yuan[due] * 100, memo="系统服务费",
            channel="web")  # fmt: skip


def apps(
    world: World, label: Why, chance: np.random.Generator, *, names: Any, kind: str, operator: Ints, developer: Ints,
    family: Ints, permissions: list[str], shared: bool,
) -> Ints:  # fmt: skip
    """Add apps with their listings, copyrights, filings and servers, and return their ids.

    Apps of one `family` share a code base, and where `shared` also the certificate and the servers.
    """
    n, many = len(family), int(family.max()) + 1
    first = -chance.integers(20, 700, n)
    own = np.arange(n)
    accounts_told = serials("dev", 500_000 + (family if shared else many + own))
    filing = serials("陇ICP备", 30_000_000 + chance.integers(0, 9_000_000, n), width=8)
    made = world.add(
        "app", label, name=names, platform="android", version_name="1.0",
        package=[f"com.{kind[:3]}{int(chance.integers(1000, 9999))}.a{place}" for place in range(n)],
        file_sha256=digests(chance, n), code_family=digests(chance, many, length=12)[family],
        certificate_sha256=digests(chance, many)[family] if shared else digests(chance, n), kind=kind,
        operator_id=operator, developer_id=developer, developer_account=accounts_told, filing_no=filing,
        permissions=pa.array([permissions] * n), first_seen_at=world.moment(first, 36_000), listed_on=world.day(first),
    )  # fmt: skip
    number = serials("2023SR", 3_000_000 + chance.integers(0, 999_999, n), width=7)
    world.add(
        "app_listing", label, app_id=made, store="华岳应用市场", package=world.of(made, "package"), name=names,
        category="金融" if kind != "other" else "生活", version_name="1.0", developer_account=accounts_told,
        developer_id=developer, copyright_no=number, filing_no=filing, listed_on=world.day(first + 3),
        downloads=np.rint(3_000 * chance.lognormal(0.0, 1.5, n)).astype(np.int64),
    )  # fmt: skip
    world.add(
        "software_copyright", label, number=number, name=[f"{name}软件" for name in names], version_name="V1.0",
        registrant_id=developer, means="original", code_digest=digests(chance, many)[family],
        manual_digest=digests(chance, n), applied_on=world.day(first - 90), registered_on=world.day(first - 40),
    )  # fmt: skip
    servers = ips(world, chance, many)[family] if shared else ips(world, chance, n)
    cloud = chance.choice(firms_of(world, "cloud"), many)[family]
    _wires(world, label, made, family=family, servers=servers, cloud=cloud)
    return made


def _wires(world: World, label: Why, made: Ints, *, family: Ints, servers: Ints, cloud: Ints) -> None:
    """Add the servers apps talk to and the filings of their operators."""
    host = [f"api{place}.f{int(each)}.com.cn" for place, each in enumerate(family)]
    operator, filing, seen = (world.of(made, name) for name in ("operator_id", "filing_no", "first_seen_at"))
    world.add(
        "app_endpoint", label, app_id=made, host=host, url=[f"https://{each}" for each in host], ip=servers, kind="api",
        found_by="dynamic", registrant_id=operator, host_provider_id=cloud, icp_no=filing, first_seen_at=seen,
    )  # fmt: skip
    world.add(
        "icp_filing", label, number=filing, kind="app", subject_id=operator, service_name=world.of(made, "name"),
        host=host, app_id=made, subject_name=world.of(operator, "name"),
        region_code=world.of(operator, "region_code"), access_provider_id=cloud,
        filed_on=seen.astype("datetime64[D]") - np.timedelta64(20, "D"),
    )  # fmt: skip


SCENARIOS = (
    Scenario(kind=WHITE_LABEL, like="app_family", cast=cast_white_label, play=play_white_label),
    Scenario(kind=TEMPLATE, like="app_family", cast=cast_template, play=play_template),
    Scenario(kind=VENDOR, like="platform_rental", cast=cast_vendor, play=play_vendor),
)

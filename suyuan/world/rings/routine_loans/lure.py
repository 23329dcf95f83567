"""What leads victims in, and the contracts behind it: posts, handles, paid adverts, the services a ring buys."""

from typing import Any

import numpy as np
import pyarrow as pa

from suyuan.world.frame.dice import Ints, weighted
from suyuan.world.frame.tables import Why, words
from suyuan.world.frame.world import World
from suyuan.world.life.marks import serials
from suyuan.world.life.rhythm import moments
from suyuan.world.life.ring_up import phones
from suyuan.world.rings.plan import figures
from suyuan.world.rings.routine_loans.crew import Crew

POSTS_A_VICTIM = 15
"""Hundredths; the least is 12 posts."""


def lure(world: World, crew: Crew) -> None:
    """Add the ring's posts and the handles in them, under few handles and many accounts, and who pays for adverts."""
    chance = world.chance(*crew.name, "lure")
    n = max(12, len(crew.victims) * POSTS_A_VICTIM // 100)
    told, why = figures("routine_loans")["texts"]["posts"], Why(ring=crew.ring.index, step="strike")
    day = np.sort(chance.integers(crew.days["prepare"], crew.days["wind_down"], n), kind="stable")
    advertiser = _advertiser(world, crew, chance)
    paid = chance.integers(0, 10, n) < 3
    writers = crew.people["promoters"]
    accounts = 1 + n // 4
    author = chance.integers(0, accounts, n)
    posts = world.add(
        "post",
        why,
        platform=words(chance.integers(0, len(told["platforms"]), n), told["platforms"]),
        kind=words(np.where(paid, 1, chance.integers(0, 2, n) * 2), ["post", "advert", "comment"]),
        author_id=writers[author % len(writers)],
        author_account=serials("u", chance.integers(10**7, 10**9, accounts)[author], width=9),
        advertiser_id=np.where(paid, advertiser, -1),
        currency="CNY",
        spend_fen=pa.array(chance.integers(20_000, 300_000, n), mask=~paid),
        posted_at=moments(world, chance, day, kind="login"),
        title=words(chance.integers(0, len(told["titles"]), n), told["titles"]),
        body=words(chance.integers(0, len(told["bodies"]), n), told["bodies"]),
        device=crew.devices[author % len(crew.devices)],
        ip=crew.ips[author % len(crew.ips)],
        views=np.rint(800 * chance.lognormal(0.0, 1.6, n)).astype(np.int64),
    )
    _handles(world, crew, chance, posts=posts, at=moments(world, chance, day))


def _handles(world: World, crew: Crew, chance: np.random.Generator, *, posts: Ints, at: np.ndarray[Any, Any]) -> None:
    told, n = figures("routine_loans")["texts"]["posts"]["disguise"], len(posts)
    known = 1 + n // 8
    values = [f"jk{k}" for k in chance.integers(10**5, 10**7, known).tolist()]
    which = chance.integers(0, known, n)
    disguise = weighted(chance, list(told.values()), n)
    world.add(
        "handle",
        Why(ring=crew.ring.index, step="strike"),
        kind="wechat",
        value=words(which, values),
        value_told=pa.array([" ".join(values[k]) for k in which.tolist()]),
        disguise=words(disguise, list(told)),
        post_id=posts,
        found_at=at + np.timedelta64(3600, "s"),
        owner_id=crew.people["promoters"][which % len(crew.people["promoters"])],
    )


def _advertiser(world: World, crew: Crew, chance: np.random.Generator) -> int:
    firm = crew.shells[:1]
    return int(
        world.add(
            "advertiser",
            Why(ring=crew.ring.index, step="prepare"),
            1,
            platform="短视频平台",
            account_name=serials("ad", chance.integers(10**6, 10**8, 1)),
            name="生活服务",
            subject_id=firm,
            agency_id=crew.services.promotion,
            trade_told="生活服务",
            contact_phone=phones(world, firm),
            opened_on=world.day(np.array([crew.days["prepare"]])),
            payer_account_id=crew.accounts["operator"],
            currency="CNY",
            device=crew.devices[:1],
            ip=crew.ips[:1],
            status="open",
        )[0]
    )


def sign_services(world: World, crew: Crew, apps: Ints) -> None:
    """Add the contracts by which technology, data, payment, promotion, collection and filing are bought."""
    chance = world.chance(*crew.name, "contracts")
    served = crew.services
    sold = [
        (served.technology, "technology", "yearly", 8_000_000, None),
        (served.data, "data", "per_use", 120, None),
        (served.payment, "payment", "share", 0, 0.012),
        (served.promotion, "promotion", "monthly", 1_500_000, None),
        (crew.collection, "collection", "share", 0, 0.25),
        (served.agent, "filing", "once", 600_000, None),
    ]
    for firms, kind, billing, price, share in sold:
        n = len(firms)
        day = crew.days["recruit"] + chance.integers(3, 20, n)
        world.add(
            "service_contract",
            Why(ring=crew.ring.index, step="prepare"),
            provider_id=firms,
            client_id=crew.operator[np.zeros(n, np.int64)],
            kind=kind,
            product=served.family if kind == "technology" else None,
            billing=billing,
            currency="CNY",
            price_fen=np.full(n, price),
            share=share,
            signed_on=world.day(day),
            from_on=world.day(day),
            account_id=world.of(firms, "_main_account"),
            app_id=apps[0] if kind == "technology" else -1,
        )

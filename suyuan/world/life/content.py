"""Ordinary posts: people's own, shops' and banks' adverts with the advertiser's own phone."""

from typing import Any

import numpy as np
import pyarrow as pa

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import NOBODY, is_of, words
from suyuan.world.frame.world import World
from suyuan.world.life.actors import accounts, adults, fame, firms, owners, seen_from
from suyuan.world.life.figures import chosen, figures, permille, spread, volume
from suyuan.world.life.marks import serials
from suyuan.world.life.pay import pay
from suyuan.world.life.rhythm import moments, pick_days
from suyuan.world.life.ring_up import phones


def live_content(world: World) -> None:
    """Add posts of people and adverts of firms, the advertisers' accounts and the handles in their adverts."""
    chance, told = world.chance("life", "content"), figures("content")
    n = volume("content", "posts", world.options.scale)
    kind = chosen(chance, told["kinds"], n)
    adverts = int((kind == "advert").sum())
    people = adults(world, chance, ages=(18, 60), thin=True)
    few = max(5, volume("content", "accounts", world.options.scale))
    authors = fame(chance, people.draw(chance, few), tail=1.2)
    _people(world, chance, authors.draw(chance, n - adverts), kind[kind != "advert"])
    _firms(world, chance, adverts)


def _posts(world: World, chance: np.random.Generator, *, author: Ints, body: Any, kind: Any, **more: Any) -> Ints:
    told, n, days = figures("content"), len(author), world.options.days
    platform = _platform(author)
    day = pick_days(world, chance, n, 0, days)
    device, ip = seen_from(world, author)
    views = spread(chance, told["views"][0], told["views"][1], n)
    gone = permille(chance, told["removed"], n) & (day + 6 < days)
    at = moments(world, chance, day)
    return world.add(
        "post",
        platform=words(platform, list(told["platforms"])),
        kind=kind,
        author_id=author,
        author_account=serials("u", (author & 0xFFFFFF) * 97 + platform, width=10),
        author_name=_shown(world, author, platform),
        currency="CNY",
        posted_at=at,
        body=body,
        region_code=world.of(author, "region_code"),
        device=device,
        ip=ip,
        views=views,
        removed_at=pa.array(at + np.timedelta64(5 * 86_400, "s"), mask=~gone),
        **more,
    )


def _platform(author: Ints) -> Ints:
    """Return the platform an author writes on: always the same."""
    shares = np.cumsum(np.array(list(figures("content")["platforms"].values()), np.int64))
    return np.searchsorted(shares, (author & 0xFFFFFF) * 7919 % int(shares[-1]), side="right").astype(np.int64)


def _shown(world: World, author: Ints, platform: Ints) -> Any:
    """Return the name shown: a firm's own, a number for people."""
    nick = serials("用户", (author & 0xFFFFFF) * 37 + platform, width=8)
    firm = is_of(author, "company")
    names = np.array(nick.to_pylist(), dtype=object)
    names[firm] = world.of(author[firm], "name")
    return names


def _people(world: World, chance: np.random.Generator, author: Ints, kind: Any) -> None:
    texts = figures("content")["texts"]
    draws = chance.integers(0, 1 << 20, len(author)).tolist()
    body = np.array([texts[k][d % len(texts[k])] for k, d in zip(kind, draws, strict=True)], dtype=object)
    _posts(world, chance, author=author, body=body, kind=kind)


def _firms(world: World, chance: np.random.Generator, n: int) -> None:
    """Add adverts of firms that say who they are, each paid by the firm itself."""
    told = figures("content")
    pool = firms(world, *told["advert_trades"])
    few = min(len(pool), max(5, volume("content", "advertisers", world.options.scale)))
    known = pool[chance.permutation(len(pool))[:few]]
    firm = fame(chance, known).draw(chance, n)
    phone = np.array(phones(world, firm).to_pylist(), dtype=object)
    trade = world.of(firm, "_trade")
    draws = chance.integers(0, 1 << 20, n).tolist()
    texts = [told["texts"][t][d % len(told["texts"][t])] for t, d in zip(trade, draws, strict=True)]
    body = [text.format(phone=number) for text, number in zip(texts, phone, strict=True)]
    spent = np.maximum(spread(chance, told["spend"][0], told["spend"][1], n) // 100 * 100, 100)
    posts = _posts(world, chance, author=firm, body=body, kind="advert", advertiser_id=firm, spend_fen=spent)
    with_handle = permille(chance, told["handle"], n)
    world.add(
        "handle",
        kind="phone",
        value=phone[with_handle],
        value_told=phone[with_handle],
        post_id=posts[with_handle],
        found_at=world.of(posts[with_handle], "posted_at"),
        owner_id=firm[with_handle],
    )
    _advertisers(world, chance, firm=firm, spent=spent)


def _advertisers(world: World, chance: np.random.Generator, *, firm: Ints, spent: Ints) -> None:
    """Add an advertiser's account for each firm that advertised, and the top-up that pays for it."""
    told, days = figures("content"), world.options.days
    who, place = np.unique(firm, return_inverse=True)
    n, total = len(who), np.zeros(len(who), np.int64)
    np.add.at(total, place, spent)
    platform = _platform(who)
    device, ip = seen_from(world, who)
    opened = -chance.integers(5, 600, n)
    account = accounts(world, who)
    world.add(
        "advertiser",
        platform=words(platform, list(told["platforms"])),
        account_name=world.of(who, "name"),
        name=world.of(who, "name"),
        subject_id=who,
        trade_told=world.of(who, "industry"),
        licence_no=world.of(who, "credit_code"),
        contact_name=world.of(owners(world, who), "name"),
        contact_phone=phones(world, who),
        opened_on=world.day(opened),
        payer_account_id=account,
        currency="CNY",
        topped_up_fen=total,
        spent_fen=total,
        device=device,
        ip=ip,
        status="open",
    )
    houses = firms(world, "media")
    payee = accounts(world, houses[platform % len(houses)])
    kept = (account != NOBODY) & (payee != NOBODY) & (account != payee)
    at = moments(world, chance, pick_days(world, chance, n, 0, days, kind="firm"), kind="firm")
    pay(world, src=account[kept], dst=payee[kept], at=at[kept], amount_fen=total[kept], memo="广告充值")

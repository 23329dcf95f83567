"""How blank-credit borrowers are made to look like farmers: lodged together, flows padded, papers forged."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import numpy as np
import pyarrow as pa

from suyuan.world.frame.dice import Ints, around, weighted
from suyuan.world.frame.tables import NOBODY, Why
from suyuan.world.frame.world import World
from suyuan.world.life.blend import blend_amounts, blend_moments
from suyuan.world.life.pay import pay
from suyuan.world.life.rhythm import moments
from suyuan.world.people.cast import firms_of
from suyuan.world.rings.blank.crew import Crew
from suyuan.world.rings.cover import crowd, route


def digest(*parts: object) -> str:
    """Return sixteen hexadecimal digits that stand for something made of `parts`."""
    return sha256("/".join(str(part) for part in parts).encode()).hexdigest()[:16]


def lodge(world: World, crew: Crew) -> None:
    """House the borrowers together from a few days before they apply until they are paid."""
    chance, why = crew.chance(world, "stays"), Why(ring=crew.truth.index, step="prepare")
    each, told = crew.borrowers, crew.told
    flats = int(each.flat[-1]) + 1
    kinds = list(crew.at["lodging"])
    kind = weighted(chance, list(crew.at["lodging"].values()), flats)
    host = crew.people["escort"][chance.integers(0, len(crew.people["escort"]), flats)]
    hotels = firms_of(world, "hotel")
    place = np.where(kind == kinds.index("hotel"), hotels[chance.integers(0, len(hotels), flats)], NOBODY)
    names = [told["lodgings"][k] for k in chance.integers(0, len(told["lodgings"]), flats).tolist()]
    streets = world.of(host, "address")
    room = chance.integers(201, 1_930, len(each))
    world.add(
        "stay",
        why,
        person_id=each.who,
        kind=[kinds[k] for k in kind[each.flat].tolist()],
        place_id=place[each.flat],
        place_name=[names[k] for k in each.flat.tolist()],
        address=pa.array(streets[each.flat], pa.string()),
        region_code=pa.array(world.of(host, "region_code")[each.flat], pa.string()),
        room=[str(number) for number in room.tolist()],
        phone=pa.array(world.of(host, "phone")[each.flat], pa.string()),
        booked_by_id=host[each.flat],
        checked_in_at=moments(world, chance, each.applied - chance.integers(2, 5, len(each))),
        checked_out_at=moments(world, chance, each.paid + chance.integers(0, 2, len(each))),
    )


def pad(world: World, crew: Crew) -> Ints:
    """Let sums go to and fro over each borrower's account until he applies; return the fen that stay with him."""
    chance, at, each = crew.chance(world, "padding"), crew.at, crew.borrowers
    why, pads = Why(ring=crew.truth.index, step="prepare"), crew.accounts["pad"]
    span = np.maximum(each.applied - each.opened - 3, 1)
    count = np.maximum(span * at["pad_a_month"] // 30, 1)
    who = np.repeat(np.arange(len(each)), count)
    n = len(who)
    day = each.opened[who] + 1 + chance.integers(0, 1 << 30, n) % span[who]
    fen = np.maximum(blend_amounts(world, chance, around(chance, at["pad_fen"], spread=at["pad_spread"], n=n)), 2)
    kept = fen * at["pad_keeps"] // 1000 * chance.integers(0, 3, n)
    back = fen - kept
    if at["pad_keeps"]:
        back = np.minimum(blend_amounts(world, chance, back, width=4), fen)
    buyers = np.concatenate([pads, *[np.tile(crew.ways.hubs[k], 2) for k in crew.ways.hubs if k == "corporate"]])
    payer, taker = buyers[chance.integers(0, len(buyers), n)], pads[chance.integers(0, len(pads), n)]
    own = each.account[who]
    into = blend_moments(world, chance, day, src=payer, dst=own)
    out = into + chance.integers(1_200, at["pad_hours"] * 3_600, n).astype("timedelta64[s]")
    if crew.ways.routes and crowd(world) is not None:
        ways: dict[str, Any] = {"hubs": crew.ways.hubs, "routes": crew.ways.routes, "least": crew.ways.least}
        out = blend_moments(world, chance, day + 1 + chance.integers(0, 2, n), src=own, dst=taker)
        route(world, why, chance=chance, src=payer, dst=own, fen=fen, at=into, **ways)
        route(world, why, chance=chance, src=own, dst=taker, fen=back, at=out, **ways)
    else:
        memos = [crew.told["pad_memos"][k] for k in chance.integers(0, len(crew.told["pad_memos"]), n).tolist()]
        where: dict[str, Any] = {"device": each.device[who], "ip": each.ip[who]}
        pay(world, why, src=payer, dst=own, at=into, amount_fen=fen, memo=memos, flow="move")
        pay(world, why, src=own, dst=taker, at=out, amount_fen=back, flow="move", **where)
    stays = np.zeros(len(each), np.int64)
    np.add.at(stays, who, fen - back)
    _float(world, crew, fen=fen)
    return stays


def _float(world: World, crew: Crew, *, fen: Ints) -> None:
    """Give the padding accounts once a month what turns over in a week, out of the purse and cash."""
    chance, pads = crew.chance(world, "float"), crew.accounts["pad"]
    why = Why(ring=crew.truth.index, step="prepare")
    months = max(1, (crew.days["wind_down"] - crew.days["prepare"]) // 30)
    each = max(int(fen.sum()) // (months * 4 * len(pads)), 10_000)
    day = np.repeat(crew.days["prepare"] + 30 * np.arange(months), len(pads))
    sums = np.maximum(blend_amounts(world, chance, around(chance, each, spread=0.4, n=len(day))), 1)
    memo = [crew.told["memos"]["float"][k] for k in chance.integers(0, 2, len(day)).tolist()]
    to, at = np.tile(pads, months), blend_moments(world, chance, day)
    pay(world, why, src=crew.accounts["purse"][0], dst=to, at=at, amount_fen=sums, memo=memo, flow="move")


def forge(world: World, crew: Crew, applications: Ints) -> Ints:
    """Hand in a land or stall paper and a bank statement for each of `applications`; return the papers' ids.

    The papers of one forger share layout, seal, words and pictures; their numbers stand in no register.
    """
    chance, each, at = crew.chance(world, "papers"), crew.borrowers, crew.at
    n, ring = len(each), crew.truth.ring_id
    layout = np.arange(n) // at["papers_a_layout"]
    photo = chance.permutation(n) // at["names_a_photo"]
    stall = chance.integers(0, 10, n) < 3
    villages = crew.told["villages"]
    home = villages[int(chance.integers(0, len(villages)))]
    forger = crew.people["forger"][layout % len(crew.people["forger"])]
    why = Why(ring=crew.truth.index, step="prepare")
    handed = moments(world, chance, each.applied, kind="firm")
    shared: dict[str, Any] = {
        "subject_id": each.who,
        "handed_in_at": handed,
        "handed_in_by_id": np.where(chance.integers(0, 10, n) < 6, forger, each.who),
        "received_by_id": crew.banks[each.bank],
        "application_id": applications,
    }
    serial = chance.integers(1_000, 9_999, n).tolist()
    papers = world.add(
        "document",
        why,
        kind=np.where(stall, "stall_proof", "land_contract").astype(object),
        number=[f"{'摊' if s else '农地'}（2022）第{k:05}号" for s, k in zip(stall.tolist(), serial, strict=True)],
        issuer=[crew.told["stall_issuer"] if s else f"{home}民委员会" for s in stall.tolist()],
        issued_on=world.day(each.opened - chance.integers(200, 500, n)),
        layout_digest=[digest(ring, "layout", k, s) for k, s in zip(layout.tolist(), stall.tolist(), strict=True)],
        seal_digest=[digest(ring, "seal", s) for s in stall.tolist()],
        photo_digest=[digest(ring, "photo", k) for k in photo.tolist()],
        text_digest=[digest(ring, "text", k) for k in layout.tolist()],
        file_sha256=[digest(ring, "paper", k) * 4 for k in range(n)],
        pages=chance.integers(1, 4, n),
        **shared,
    )
    _statements(world, crew, why, chance, layout, shared=shared)
    return papers


def _statements(
    world: World, crew: Crew, why: Why, chance: np.random.Generator, layout: Ints, *, shared: Mapping[str, Any]
) -> None:
    """Hand in a bank statement beside each paper; the better forger's add up."""
    each, n, ring = crew.borrowers, len(crew.borrowers), crew.truth.ring_id
    world.add(
        "document",
        why,
        kind="bank_statement",
        issuer=[str(name) for name in world.of(each.account, "bank")],
        issued_on=world.day(each.applied - chance.integers(1, 4, n)),
        layout_digest=[digest(ring, "statement", k) for k in layout.tolist()],
        file_sha256=[digest(ring, "flow", k) * 4 for k in range(n)],
        pages=chance.integers(3, 9, n),
        closes=chance.integers(0, 10, n) < (6 if not world.options.evasion else 9),
        **shared,
    )

"""Complaints for good reasons, and reports to the police about theft and telephone fraud by strangers."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import NOBODY, first_id, is_of, row_of, words
from suyuan.world.frame.world import World
from suyuan.world.life.actors import accounts, adults, fame, firms, seen_from
from suyuan.world.life.figures import choose, chosen, figures, permille, spread, volume
from suyuan.world.life.habits import rented_lines
from suyuan.world.life.marks import serials
from suyuan.world.life.pay import pay
from suyuan.world.life.rhythm import moments, pick_days
from suyuan.world.life.ring_up import phones
from suyuan.world.people.cast import outside_accounts


def live_complaints(world: World) -> None:
    """Add complaints against banks, lenders, insurers, wallets and carriers, and reports to the police."""
    told, chance = figures("complaints"), world.chance("life", "complaints")
    n = volume("complaints", "complaints", world.options.scale)
    people = adults(world, chance, ages=(20, 70), thin=True, tail=0.5)
    for trade, about in told["about"].items():
        _against(
            world,
            world.chance("life", "complaints", trade),
            trade,
            about,
            people.draw(chance, n * about["share"] // 1000),
        )
    _reports(world)


def _against(world: World, chance: np.random.Generator, trade: str, about: Any, who: Ints) -> None:
    told, n, days = figures("complaints"), len(who), world.options.days
    against = fame(chance, firms(world, trade), tail=0.8).draw(chance, n)
    who, against = _customers(world, chance, trade, who, against)
    kind = chosen(chance, about["kinds"], n)
    day = pick_days(world, chance, n, 0, days, kind="firm")
    outage = (kind == "service") & permille(chance, told["outage"]["share"], n)
    hit = int(chance.integers(days // 4, days - days // 4))
    day = np.where(outage, hit + chance.integers(0, told["outage"]["days"], n), day)
    against = np.where(outage, firms(world, trade)[0], against)
    end, (loan, policy) = _ends(world, chance, day), _subjects(world, who, against, day)
    own = permille(chance, 300, n) & (trade == "bank")
    at = moments(world, chance, day, kind="firm")
    world.add(
        "complaint",
        received_at=at,
        receiving_body=chosen(chance, told["bodies"], n),
        complainant_id=who,
        complainant_phone=phones(world, who),
        complainant_sim=world.of(who, "_main_sim"),
        against_id=against,
        loan_id=loan,
        policy_id=policy,
        account_id=np.where(own, accounts(world, who), NOBODY),
        claim_kind=kind,
        demand=words(chance.integers(0, len(told["demands"]), n), told["demands"]),
        facts_told=_facts(chance, told["facts"], kind),
        currency="CNY",
        settled_by_id=np.where(end["fen"] > 0, against, NOBODY),
        withdrawn_at=pa.array(end["withdrawn_at"], mask=~end["withdrawn"]),
        settled_at=pa.array(end["settled_at"], mask=~end["settled"]),
        settled_fen=pa.array(end["fen"], mask=end["fen"] == 0),
        outcome=words(end["outcome"], ["dismissed", "upheld", "partly_upheld", "withdrawn", "settled"]),
        **_by(world, chance, who),
    )
    paid = end["fen"] > 0
    pay(world, src=accounts(world, against)[paid], dst=accounts(world, who)[paid], at=end["settled_at"][paid],
        amount_fen=end["fen"][paid], memo="退费", channel="batch", kind="退款")  # fmt: skip


def _by(world: World, chance: np.random.Generator, who: Ints) -> dict[str, Any]:
    """Return by which channel complaints came; those from the net show a device and an address."""
    channels = figures("complaints")["channels"]
    channel = choose(chance, channels, len(who))
    online, (device, ip) = channel == list(channels).index("网络"), seen_from(world, who)
    told = {"ip": np.where(online, ip, NOBODY), "device": np.where(online, device, NOBODY)}
    return {"channel": words(channel, list(channels)), **told}


def _customers(world: World, chance: np.random.Generator, trade: str, who: Ints, against: Ints) -> tuple[Ints, Ints]:
    """Return complainants and firms so that most lenders and insurers are complained of by customers of theirs."""
    table, holder, firm = (
        ("policy", "holder_id", "insurer_id") if trade == "insurer" else ("loan", "borrower_id", "lender_id")
    )
    mine = np.flatnonzero(
        np.isin(world.column(table, firm), firms(world, trade)) & is_of(world.column(table, holder), "person")
    )
    if not len(mine):
        return who, against
    row = mine[chance.integers(0, len(mine), len(who))]
    known = permille(chance, figures("complaints")["customers"], len(who))
    return (np.where(known, world.column(table, holder)[row], who),
            np.where(known, world.column(table, firm)[row], against))  # fmt: skip


def _ends(world: World, chance: np.random.Generator, day: Ints) -> dict[str, Any]:
    """Return how complaints ended: withdrawn after a talk, settled with or without money, decided."""
    told, n, days = figures("complaints"), len(day), world.options.days
    draw = chance.integers(0, 1000, n)
    out = day + 1 + spread(chance, told["withdrawn_days"], 0.7, n)
    over = day + 2 + spread(chance, told["settled_days"], 0.6, n)
    withdrawn = (draw < told["withdrawn"]) & (out < days)
    settled = (draw >= told["withdrawn"]) & (draw < told["withdrawn"] + told["settled"]) & (over < days)
    paid = settled & permille(chance, told["paid"], n)
    fen = np.where(paid, np.maximum(spread(chance, 18_000, 1.1, n), 100), 0)
    return {
        "withdrawn": withdrawn,
        "settled": settled,
        "withdrawn_at": moments(world, chance, np.minimum(out, days - 1), kind="firm"),
        "settled_at": moments(world, chance, np.minimum(over, days - 1), kind="firm"),
        "fen": fen,
        "outcome": np.where(withdrawn, 3, np.where(settled, 4, chance.integers(0, 3, n))),
    }


def _subjects(world: World, who: Ints, against: Ints, day: Ints) -> tuple[Ints, Ints]:
    """Return the loan or policy that each complainant has with the firm complained of by then, else `NOBODY`."""
    found = []
    for table, holder, firm, since in (
        ("loan", "borrower_id", "lender_id", "signed_on"),
        ("policy", "holder_id", "insurer_id", "effective_on"),
    ):
        wide = np.int64(1 << 24)
        mine = np.flatnonzero(is_of(world.column(table, holder), "person")).astype(np.int64)
        keys = row_of(world.column(table, holder)[mine]) * wide + row_of(world.column(table, firm)[mine])
        order = np.argsort(keys, kind="stable")
        wanted = row_of(who) * wide + row_of(against)
        place = np.minimum(np.searchsorted(keys[order], wanted), len(order) - 1)
        row = mine[order[place]]
        fits = (keys[order[place]] == wanted) & (world.column(table, since)[row] <= world.day(day))
        found.append(np.where(fits, first_id(table) + row, NOBODY))
    return found[0], found[1]


def _reports(world: World) -> None:
    """Add reports of crimes by strangers who are no part of any planted ring."""
    told, chance, days = figures("complaints"), world.chance("life", "reports"), world.options.days
    n = volume("complaints", "reports", world.options.scale)
    people = adults(world, chance, ages=(18, 78), thin=True, tail=0.4)
    foreign = outside_accounts(world, chance, max(20, n // 8), kind="card")
    kinds = chosen(chance, {name: each["share"] for name, each in told["reports"].items()}, n)
    who, day = people.draw(chance, n), pick_days(world, chance, n, 0, days)
    happened = moments(world, chance, day)
    reported = happened + chance.integers(1800, 4 * 86_400, n).astype("timedelta64[s]")
    kept = reported < world.moment(days, 0)
    kinds, who, happened, reported = kinds[kept], who[kept], happened[kept], reported[kept]
    n = len(who)
    middle = np.array([told["reports"][each]["loss"][0] for each in kinds], np.int64)
    loss = np.where(middle > 0, spread(chance, np.maximum(middle, 1), 1.0, n) // 100 * 100, 0)
    fraud = (kinds == "诈骗") & (loss > 0)
    account = np.where(fraud, foreign[chance.integers(0, len(foreign), n)], NOBODY)
    filed_day = (reported.astype("datetime64[D]") - world.day(0)).astype(np.int64) + 3
    filed = permille(chance, told["filed"], n) & (filed_day < days)
    number = serials("案", 7_000 + np.arange(n), width=8)
    world.add(
        "police_report",
        report_no=serials("A6201", 10_000 + np.arange(n) * 3, width=10),
        reported_at=reported,
        happened_at=happened,
        police_body=_stations(world, who),
        region_code=world.of(who, "region_code"),
        reporter_id=who,
        victim_id=who,
        suspect_account_id=account,
        suspect_phone=rented_lines(chance, n)[0],
        offence=kinds,
        facts_told=_facts(chance, {name: each["facts"] for name, each in told["reports"].items()}, kinds),
        currency="CNY",
        loss_fen=loss,
        case_no=pc.if_else(pa.array(filed), number, None),
        filed_on=pa.array(world.day(filed_day), mask=~filed),
        status=words(filed.astype(np.int64), ["received", "filed"]),
    )
    pay(world, src=accounts(world, who)[fraud], dst=account[fraud], at=happened[fraud], amount_fen=loss[fraud])


def _facts(chance: np.random.Generator, told: Mapping[str, list[str]], kinds: Any) -> Any:
    """Return in which words each of `kinds` is told."""
    draws = chance.integers(0, 1 << 20, len(kinds)).tolist()
    return np.array([told[kind][draw % len(told[kind])] for kind, draw in zip(kinds, draws, strict=True)], dtype=object)


def _stations(world: World, who: Ints) -> Any:
    """Return the police of the district each of `who` lives in."""
    codes, first, place = np.unique(world.of(who, "region_code").astype(str), return_index=True, return_inverse=True)
    homes = world.of(who[first], "address")
    names = [str(home)[: max(str(home).find(each) for each in "区县") + 1] + "公安局" for home in homes]
    return np.array([name if len(name) > 3 else f"{code}公安局" for name, code in zip(names, codes, strict=True)])[
        place
    ].astype(object)

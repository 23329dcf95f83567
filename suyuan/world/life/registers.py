"""What registers and hotels know of everyone: licences, yearly reports, invoices, stays, changed phones."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from suyuan.world.frame.dice import around, weighted
from suyuan.world.frame.tables import NOBODY, first_id, words
from suyuan.world.frame.world import World
from suyuan.world.life.actors import adults, fame, firms, ordinary_firms, owners, seen_from
from suyuan.world.life.figures import choose, figures, permille, spread, volume
from suyuan.world.life.marks import serials
from suyuan.world.life.rhythm import moments, pick_days
from suyuan.world.life.ring_up import phones


def live_registers(world: World) -> None:
    """Add licences, reports of 2023, invoices among firms, stays in hotels and changes told to institutions."""
    _licences(world)
    _reports(world)
    _invoices(world)
    _stays(world)
    _changes(world)


def _licences(world: World) -> None:
    for trade, told in figures("registers")["licences"].items():
        holder = firms(world, trade)
        n = len(holder)
        founded = world.of(holder, "founded_on").astype("datetime64[D]")
        world.add(
            "licence",
            holder_id=holder,
            kind=told["kind"],
            number=serials("许", 1_000 + np.arange(n) * 13 + len(trade) * 100_000, width=9),
            issuer=told["issuer"],
            region_code=world.of(holder, "region_code"),
            scope=world.of(holder, "scope"),
            granted_on=founded + np.timedelta64(40, "D"),
            status="valid",
        )


def _reports(world: World) -> None:
    """Add the yearly report of most firms that stood at the end of 2023; within the world only."""
    chance, told = world.chance("life", "company_reports"), figures("registers")["report"]
    low, high = figures("registers")["report_month_days"]
    standing = (world.column("company", "_founded") < low) & (world.column("company", "_closed") > low)
    rows = np.flatnonzero(standing & permille(chance, told["filed"], world.tables.rows("company")))
    who, day = first_id("company") + rows, pick_days(world, chance, len(rows), low, high, kind="firm")
    who, day = who[day < world.options.days], day[day < world.options.days]
    n, size = len(who), world.of(who, "_size")
    revenue = np.maximum(size, 1) * spread(chance, told["revenue"][0], told["revenue"][1], n) // 10_000 * 10_000
    profit = revenue * chance.integers(told["profit"][0], told["profit"][1], n) // 1000
    insured = np.maximum(world.of(who, "insured_staff"), 0)
    liaison = owners(world, who)
    world.add(
        "company_report",
        company_id=who,
        report_year=np.full(n, 2023, np.int32),
        filed_on=world.day(day),
        phone=phones(world, who),
        address=world.of(who, "address"),
        liaison_name=world.of(liaison, "name"),
        liaison_phone=phones(world, liaison),
        staff=np.maximum(size, insured).astype(np.int32),
        insured_staff=insured.astype(np.int32),
        currency="CNY",
        revenue_fen=revenue,
        profit_fen=profit,
        tax_fen=revenue * chance.integers(told["tax"][0], told["tax"][1], n) // 1000,
        assets_fen=revenue * chance.integers(400, 1800, n) // 1000,
        debts_fen=revenue * chance.integers(100, 900, n) // 1000,
        social_security_fen=insured * 1_150_000,
        device=seen_from(world, who)[0],
    )


def _invoices(world: World) -> None:
    """Add invoices: each firm has a few partners whom it sells to again and again."""
    chance, told = world.chance("life", "invoices"), figures("registers")["invoice"]
    n, pool = volume("registers", "invoices", world.options.scale), ordinary_firms(world, chance, least=3, tail=1.1)
    place = weighted(chance, pool.weights, n)
    step = around(chance, told["partners"] // 4, spread=0.9, n=n) + 1
    seller, buyer = pool.ids[place], pool.ids[(place + step) % len(pool.ids)]
    kept = seller != buyer
    seller, buyer, place, n = seller[kept], buyer[kept], place[kept], int(kept.sum())
    amount = np.maximum(spread(chance, told["amount"][0], told["amount"][1], n), 1_000)
    rate = np.array(list(told["rates"]))[choose(chance, told["rates"], n)]
    at = moments(world, chance, pick_days(world, chance, n, 0, world.options.days, kind="firm"), kind="firm")
    day = at.astype("datetime64[D]")
    void, red = permille(chance, told["void"], n), permille(chance, told["red"], n)
    ip = seen_from(world, seller)[1]
    world.add(
        "invoice",
        number=serials("2462", 10_000_000 + np.arange(n) * 3, width=16),
        kind=words(permille(chance, told["special"], n).astype(np.int64), ["ordinary", "special"]),
        seller_id=seller,
        buyer_id=buyer,
        goods=words((seller * 31 + chance.integers(0, 2, n)) % len(told["goods"]), told["goods"]),
        currency="CNY",
        amount_fen=amount,
        tax_fen=amount * rate // 100,
        issued_at=at,
        ip=ip,
        mac=world.of(seller, "_device"),
        voided_on=pa.array(day, mask=~void),
        reversed_on=pa.array(
            day + np.timedelta64(12, "D"), mask=~red | void | (day + 12 >= world.day(world.options.days))
        ),
    )


def _stays(world: World) -> None:
    """Add nights in hotels: some booked by the employer, many by oneself."""
    chance, told = world.chance("life", "stays"), figures("registers")["stay"]
    n = volume("registers", "stays", world.options.scale)
    who = adults(world, chance, ages=(18, 70), thin=True, tail=1.2).draw(chance, n)
    hotel = fame(chance, firms(world, "hotel")).draw(chance, n)
    day = pick_days(world, chance, n, 0, world.options.days)
    out = day + np.clip(spread(chance, told["nights"][0], told["nights"][1], n), 1, 20)
    employer = world.of(who, "_employer")
    by_firm = permille(chance, told["booked_by_firm"], n) & (employer != NOBODY)
    floor, door = chance.integers(2, 12, n), chance.integers(1, 28, n)
    world.add(
        "stay",
        person_id=who,
        kind="hotel",
        place_id=hotel,
        place_name=world.of(hotel, "name"),
        address=world.of(hotel, "address"),
        region_code=world.of(hotel, "region_code"),
        room=serials("", floor * 100 + door, width=4),
        booking_no=serials("BK", 2_000_000 + np.arange(n) * 9, width=10),
        phone=phones(world, who),
        booked_by_id=np.where(by_firm, employer, who),
        checked_in_at=world.moment(day, chance.integers(13 * 3600, 23 * 3600, n)),
        checked_out_at=pa.array(
            world.moment(out, chance.integers(7 * 3600, 13 * 3600, n)), mask=out >= world.options.days
        ),
    )


def _changes(world: World) -> None:
    """Add changes of phones and addresses that people told their banks and insurers."""
    chance, told = world.chance("life", "changes"), figures("registers")
    n = volume("registers", "changes", world.options.scale)
    who = adults(world, chance, ages=(18, 75), thin=True, tail=0.4).draw(chance, n)
    house = fame(chance, firms(world, "bank", "insurer", "wallet_firm")).draw(chance, n)
    kind = choose(chance, told["changes"], n)
    names = list(told["changes"])
    at = moments(world, chance, pick_days(world, chance, n, 0, world.options.days, kind="firm"), kind="firm")
    device, ip = seen_from(world, who)
    phone = np.isin(kind, [names.index("phone"), names.index("sim_moved")])
    new = phones(world, who)
    old = np.char.add("13", np.char.zfill(chance.integers(0, 1_000_000_000, n).astype("U9"), 9))
    world.add(
        "contact_change",
        person_id=who,
        institution_id=house,
        kind=words(kind, names),
        changed_at=at,
        old_phone=pc.if_else(pa.array(phone), pa.array(old.tolist()), None),
        new_phone=pc.if_else(pa.array(phone), new, None),
        new_text=pc.if_else(
            pa.array(kind == names.index("address")), pa.array(world.of(who, "address"), pa.string()), None
        ),
        sim_id=np.where(phone, world.of(who, "_main_sim"), NOBODY),
        channel=words(choose(chance, told["change_channels"], n), list(told["change_channels"])),
        changed_by_id=who,
        device=device,
        ip=ip,
    )

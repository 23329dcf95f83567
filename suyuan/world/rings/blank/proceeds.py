"""Where the loans of blank-credit borrowers go: pooled, drawn in cash, shared out, partly paid as interest."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import NOBODY, Why
from suyuan.world.frame.world import DAY, World
from suyuan.world.life.blend import blend_moments
from suyuan.world.life.pay import CASH, pay
from suyuan.world.rings.blank.crew import Crew
from suyuan.world.rings.blank.lend import visit
from suyuan.world.rings.blank.loans import Loans
from suyuan.world.rings.cover import spend
from suyuan.world.rings.cut import cut, shared
from suyuan.world.rings.send import send

FIRST = 1_800  # seconds after the pay-out at which the first sum leaves
MEMOS = "share"
HANDS = ("recruiter", "intermediary_1", "intermediary_2", "insider")


def pool(world: World, crew: Crew, loans: Loans, paid_at: Any) -> Ints:
    """Send each loan on from the borrower's account; return the fen of each that reach a pool.

    The borrower keeps his share, some is drawn in cash under escort, the rest goes to the pools.
    """
    chance, each = crew.chance(world, "pooling"), crew.borrowers
    _, cash, pooled = shared(loans.principal, [crew.told["shares"]["borrower"], crew.at["cash"]])
    why = Why(ring=crew.truth.index, step="launder")
    home = crew.accounts["pool"][each.batch % len(crew.accounts["pool"])]
    since, source = paid_at, each.account
    if crew.ways.routes:
        since, source = _first_to_himself(world, crew, why, fen=pooled, paid_at=paid_at)
    send(
        world,
        why,
        chance=chance,
        ways=crew.ways,
        src=source,
        dst=home,
        fen=pooled,
        day=each.paid,
        memos=crew.told["memos"][MEMOS],
        since=since,
        device=each.device,
        ip=each.ip,
    )
    _draw(world, crew, why, cash=cash, paid_at=paid_at)
    return pooled


def _first_to_himself(world: World, crew: Crew, why: Why, *, fen: Ints, paid_at: Any) -> tuple[Any, Ints]:
    """Let each borrower move the sum to his everyday account within hours; return when, and those accounts."""
    each, chance = crew.borrowers, crew.chance(world, "to himself")
    own = world.of(each.who, "_main_account")
    owner, piece = cut(world, chance, fen, around_fen=crew.at["to_himself_fen"], spread=0.3)
    at = paid_at[owner] + chance.integers(600, 9_000, len(owner)).astype("timedelta64[s]")
    pay(world, why, src=each.account[owner], dst=own[owner], at=at, amount_fen=piece, flow="move")
    return paid_at + np.timedelta64(9_000, "s"), own


def _draw(world: World, crew: Crew, why: Why, *, cash: Ints, paid_at: Any) -> None:
    """Draw `cash` at the counter or machine, an escort beside; no sum over the limit."""
    chance, at, each = crew.chance(world, "cash"), crew.at, crew.borrowers
    limit = at["cash_most_fen"]
    count = np.maximum(-(-cash // limit), 1)
    who = np.repeat(np.arange(len(each)), count)
    place = np.arange(len(who)) - np.repeat(np.cumsum(count) - count, count)
    even = (cash // count // 10_000 * 10_000)[who]
    fen = np.where(place == 0, cash[who] - even * (count[who] - 1), even)
    day = _day(world, paid_at)[who] + place // max(1, -(-int(count.max()) // at["launder_days"]))
    second = (paid_at - world.moment(_day(world, paid_at), 0)).astype(np.int64)[who]
    moment = world.moment(day, np.minimum(second + FIRST + place * 700, 17 * 3_600 + place * 60))
    pay(world, why, src=each.account[who], dst=CASH, at=moment, amount_fen=fen, channel="counter", flow="move")
    led = chance.integers(0, 1000, len(who)) < at["escorted"]
    escort = np.where(led, crew.people["escort"][each.batch[who] % len(crew.people["escort"])], NOBODY)
    arrived = moment - chance.integers(240, 900, len(who)).astype("timedelta64[s]")
    visit(world, crew, why, arrived=arrived, kind="cash_withdrawal", escort=escort, who=who, amount_fen=fen)


def share(world: World, crew: Crew, loans: Loans, pooled: Ints) -> None:
    """Pay from the pools who had a hand in each loan; the rest goes to the purse, from there to the controllers."""
    chance, each, part = crew.chance(world, "shares"), crew.borrowers, crew.told["shares"]
    why = Why(ring=crew.truth.index, step="launder")
    main = {role: world.of(crew.people[role], "_main_account") for role in HANDS}
    mine = world.of(each.recruiter, "_main_account")
    second = main["intermediary_2"][each.batch % len(main["intermediary_2"])]
    first = main["intermediary_1"][each.batch % len(main["intermediary_1"])]
    insider = main["insider"][(each.bank + len(crew.banks) * each.batch) % len(main["insider"])]
    purse = np.full(len(each), crew.accounts["purse"][0])
    left = pooled
    home = crew.accounts["pool"][each.batch % len(crew.accounts["pool"])]
    day = each.paid + crew.at["launder_days"]
    for role, to in (("recruiter", mine), ("intermediary_2", second), ("intermediary_1", first), ("insider", insider)):
        fen = np.minimum(loans.principal * part[role] // 1000, left)
        left = left - fen
        _send(world, crew, why, chance, src=home, dst=to, fen=fen, day=day + chance.integers(0, 4, len(each)))
    _send(world, crew, why, chance, src=home, dst=purse, fen=left, day=day + chance.integers(1, 6, len(each)))
    _spend(world, crew, why, chance, left, day=day + 7)


def _spend(world: World, crew: Crew, why: Why, chance: np.random.Generator, purse: Ints, *, day: Ints) -> None:
    """Empty the purse: to the controllers' own accounts, abroad, into cash; the rest stays for the ring's costs."""
    part = crew.told["purse"]
    own = world.of(crew.people["controller"], "_main_account")
    source = np.full(len(purse), crew.accounts["purse"][0])
    abroad = crew.accounts["abroad"][chance.integers(0, len(crew.accounts["abroad"]), len(purse))]
    ends: Mapping[str, tuple[Ints, str]] = {
        "controller": (np.full(len(purse), own[0]), "move"),
        "second": (np.full(len(purse), own[1]), "move"),
        "abroad": (abroad, "spend"),
        "cash": (np.full(len(purse), CASH), "spend"),
    }
    for end, (to, flow) in ends.items():
        when = day + chance.integers(0, 15, len(purse))
        _send(world, crew, why, chance, src=source, dst=to, fen=purse * part[end] // 1000, day=when, flow=flow)


def wages(world: World, crew: Crew) -> None:
    """Pay coaches, escorts and forgers every month from the purse while loans are being made."""
    chance, why = crew.chance(world, "wages"), Why(ring=crew.truth.index, step="prepare")
    months = max(1, (crew.days["wind_down"] - crew.days["prepare"]) // 30)
    for role, fen in crew.told["wages_fen"].items():
        to = np.tile(world.of(crew.people[role], "_main_account"), months)
        day = np.repeat(crew.days["prepare"] + 30 * np.arange(months), len(crew.people[role]))
        src = np.full(len(to), crew.accounts["purse"][0])
        _send(world, crew, why, chance, src=src, dst=to, fen=np.full(len(to), fen), day=day, word="wage")


def live(world: World, crew: Crew) -> None:
    """Let borrowers and staff eat, travel and shop on the ring's money, from evasion 1 on."""
    chance, each = crew.chance(world, "living"), crew.borrowers
    who = np.repeat(np.arange(len(each)), crew.at["living"])
    span = np.maximum(each.paid + 20 - each.opened, 1)[who]
    own = np.where(chance.integers(0, 3, len(who)) > 0, world.of(each.who, "_main_account")[who], each.account[who])
    days = each.opened[who] + chance.integers(0, 1 << 30, len(who)) % span
    spend(world, Why(ring=crew.truth.index, step="prepare"), chance=chance, payers=own, days=days, hubs=crew.ways.hubs)
    own = np.concatenate([crew.accounts[name] for name in ("pool", "pad", "payer")])
    payers = np.repeat(own, crew.at["staff_living"])
    days = chance.integers(crew.days["prepare"], crew.days["end"], len(payers))
    spend(
        world, Why(ring=crew.truth.index, step="launder"), chance=chance, payers=payers, days=days, hubs=crew.ways.hubs
    )


def interest(world: World, crew: Crew, loans: Loans, ids: Ints) -> None:
    """Pay the interest of all loans from the ring's few accounts; some through the borrower's own."""
    chance, each, due = crew.chance(world, "interest"), crew.borrowers, loans.dues
    why = Why(ring=crew.truth.index, step="launder")
    payers = crew.accounts["payer"]
    payer = payers[each.batch[due.loan] % len(payers)]
    own = (chance.integers(0, 1000, len(each)) < crew.at["own_payers"])[due.loan]
    at = blend_moments(world, chance, due.day, src=payer, dst=crew.bank_accounts[each.bank[due.loan]])
    _fill(world, crew, why, payer=payer, at=at, fen=due.fen)
    before = at[own] - chance.integers(3_600, 20 * 3_600, int(own.sum())).astype("timedelta64[s]")
    pay(world, why, src=payer[own], dst=each.account[due.loan][own], at=before, amount_fen=due.fen[own], flow="move")
    src = np.where(own, each.account[due.loan], payer)
    bank = crew.bank_accounts[each.bank[due.loan]]
    memo = crew.told["memos"]["interest"]
    pay(world, why, src=src, dst=bank, at=at, amount_fen=due.fen, memo=memo, kind="贷款还款", flow="payout")
    world.add(
        "repayment",
        why,
        loan_id=ids[due.loan],
        payer_id=world.of(src, "holder_id"),
        payer_account_id=src,
        payee_account_id=bank,
        paid_at=at,
        time_precision="second",
        amount_fen=due.fen,
        currency="CNY",
        kind="interest",
        channel="mobile",
    )


def _fill(world: World, crew: Crew, why: Why, *, payer: Ints, at: Any, fen: Ints) -> None:
    """Send each payer from the purse, at the beginning of a month of the ring, what it will pay in it."""
    chance = crew.chance(world, "fill")
    month = (_day(world, at) - crew.days["strike"]) // 30
    keys, back = np.unique(np.stack([payer, month]), axis=1, return_inverse=True)
    sums = np.zeros(keys.shape[1], np.int64)
    np.add.at(sums, np.asarray(back).reshape(-1), fen)
    day = crew.days["strike"] + keys[1] * 30 - 1
    src = np.full(len(sums), crew.accounts["purse"][0])
    _send(world, crew, why, chance, src=src, dst=keys[0], fen=sums, day=day)


def _send(
    world: World,
    crew: Crew,
    why: Why,
    chance: np.random.Generator,
    *,
    src: Ints,
    dst: Ints,
    fen: Ints,
    day: Ints,
    flow: str = "move",
    word: str = MEMOS,
) -> None:
    """Pay `fen` on about `day` by the ways of the ring."""
    memos = crew.told["memos"][word]
    told: dict[str, Any] = {"fen": fen, "day": day, "memos": memos, "flow": flow, "inside": True}
    send(world, why, chance=chance, ways=crew.ways, src=src, dst=dst, **told)


def _day(world: World, at: Any) -> Ints:
    return np.asarray((at - world.moment(0, 0)).astype(np.int64) // DAY)

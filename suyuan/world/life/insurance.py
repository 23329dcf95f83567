"""Insurance of people: policies, premiums, renewals, lapses and hardship surrenders."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import NOBODY, first_id, row_of, words
from suyuan.world.frame.world import World
from suyuan.world.life.actors import Pool, accounts, adults, fame, firms, seen_from
from suyuan.world.life.book import NEVER
from suyuan.world.life.figures import choose, figures, permille, spread, volume
from suyuan.world.life.marks import serials
from suyuan.world.life.pay import pay
from suyuan.world.life.rhythm import moments, pick_days
from suyuan.world.life.ring_up import phones

YEAR = 365
LONG = ("life", "annuity")


@dataclass(frozen=True, kw_only=True)
class Sold:
    """Policies of one kind: ids, first day, and the day on which each was over (`NEVER`: in force)."""

    kind: str
    ids: Ints
    start: Ints
    over: Ints
    premium: Ints
    agent: Ints


def live_insurance(world: World) -> list[Sold]:
    """Add the policies of every kind with what was paid for them, and return them by kind."""
    told = figures("insurance")
    everyone = adults(world, world.chance("life", "insurance", "people"), ages=(20, 72), thin=True)
    sellers = sellers_of(world)
    return [_kind(world, kind, product, everyone, sellers) for kind, product in told["kinds"].items()]


def sellers_of(world: World) -> Pool:
    """Return the people who sell insurance: employees of agencies and insurers, a few of them stars."""
    chance = world.chance("life", "insurance", "sellers")
    employer = world.column("person", "_employer")
    houses = np.concatenate([firms(world, "insurance_agency"), firms(world, "insurer")])
    rows = np.flatnonzero(np.isin(employer, houses)).astype(np.int64)
    if not len(rows):
        rows = row_of(world.column("company", "_legal_rep")[row_of(houses)])
    most = max(5, world.tables.rows("person") * figures("insurance")["agents"] // 1000)
    return fame(chance, first_id("person") + rows[:most], tail=1.1)


def insurers_of(world: World, kind: str) -> Ints:
    """Return the insurers that sell policies of `kind`, by their names; all of them when none has such a name."""
    houses = firms(world, "insurer")
    named = np.array([figures("insurance")["insurers"][kind] in str(name) for name in world.of(houses, "name")])
    return houses[named] if named.any() else houses


def _kind(world: World, kind: str, product: Mapping[str, Any], everyone: Pool, sellers: Pool) -> Sold:
    chance, n = world.chance("life", "insurance", kind), volume("insurance", kind, world.options.scale)
    told, days = figures("insurance"), world.options.days
    history = told["life_history"] if kind in LONG else told["first_history"]
    start = pick_days(world, chance, n, -min(history, 500), days, kind="firm")
    if kind in LONG:
        start -= np.where(start < 0, chance.integers(0, 4, n) * YEAR, 0)
    holder, insurer = everyone.draw(chance, n), fame(chance, insurers_of(world, kind)).draw(chance, n)
    premium = spread(chance, product["premium"][0], product["premium"][1], n) // product["step"] * product["step"]
    premium = np.maximum(premium, product["step"] * 10)
    agent, agency = _sold_by(world, chance, sellers, n)
    over, how = _ends(chance, kind, start, product["years"])
    value = _surrender_value(premium, start, over)
    ids = _policies(world, chance, kind, product, start=start, holder=holder, insurer=insurer, premium=premium,
                    agent=(agent, agency), ends=(over, how, value))  # fmt: skip
    sold = Sold(kind=kind, ids=ids, start=start, over=over, premium=premium, agent=agent)
    _premiums(world, chance, product, sold=sold, insurer=insurer)
    _events(world, chance, sold=sold, holder=holder, insurer=insurer, how=how, value=value)
    return sold


def _sold_by(world: World, chance: np.random.Generator, sellers: Pool, n: int) -> tuple[Ints, Ints]:
    """Return the selling agents, and the agency of those who work for one."""
    agent = sellers.draw(chance, n)
    employer = world.of(agent, "_employer")
    return agent, np.where(np.isin(employer, firms(world, "insurance_agency")), employer, NOBODY)


_HOW = ("in_force", "surrendered", "lapsed", "matured", "cancelled")


def _ends(chance: np.random.Generator, kind: str, start: Ints, years: int) -> tuple[Ints, Ints]:
    """Return on which day each policy was over and how (a place in `_HOW`)."""
    told, n = figures("insurance"), len(start)
    over, how = start + years * YEAR, np.full(n, _HOW.index("matured"))
    early = permille(chance, told["hesitation"], n)
    over, how = np.where(early, start + chance.integers(2, 15, n), over), np.where(early, _HOW.index("cancelled"), how)
    if kind not in LONG:
        return over, how
    for year in range(1, min(years, 9)):
        draw = chance.integers(0, 1000, n)
        late = start + year * YEAR + np.minimum(chance.geometric(1 / told["surrender"]["later"], n), 330)
        alive = over > start + year * YEAR
        surrendered = alive & (draw < told["surrender"]["share"])
        lapsed = alive & ~surrendered & (draw < told["surrender"]["share"] + told["lapse"])
        over = np.where(surrendered, late, np.where(lapsed, start + year * YEAR + 60, over))
        how = np.where(surrendered, _HOW.index("surrendered"), np.where(lapsed, _HOW.index("lapsed"), how))
    return over, how


def _surrender_value(premium: Ints, start: Ints, over: Ints) -> Ints:
    """Return what a surrender pays: a share of the premiums paid that grows with the years."""
    first, more = figures("insurance")["surrender"]["value"]
    years = np.minimum(np.maximum((over - start) // YEAR, 1), 9)
    return np.asarray(premium * years * np.minimum(first + more * (years - 1), 900) // 1000)


def _policies(
    world: World, chance: np.random.Generator, kind: str, product: Mapping[str, Any], *,
    start: Ints, holder: Ints, insurer: Ints, premium: Ints, agent: tuple[Ints, Ints], ends: tuple[Ints, Ints, Ints],
) -> Ints:  # fmt: skip
    told, days, n = figures("insurance"), world.options.days, len(start)
    over, how, value = ends
    known, gone = over < days, np.datetime64("NaT")
    surrendered = known & (how == _HOW.index("surrendered"))
    payer, phone = _payers(world, chance, holder), phones(world, holder)
    return world.add(
        "policy",
        policy_no=serials(f"P{1 + list(told['kinds']).index(kind)}", 10_000 + np.arange(n) * 11, width=12),
        kind=kind,
        product=product["product"],
        insurer_id=insurer,
        holder_id=holder,
        insured_id=holder,
        beneficiary_id=np.where(permille(chance, 600, n), payer, holder) if kind in LONG else NOBODY,
        holder_phone=phone,
        visit_phone=phone,
        agent_id=agent[0],
        agency_id=agent[1],
        premium_payer_id=payer,
        premium_account_id=accounts(world, payer),
        applied_on=world.day(start - 1),
        effective_on=world.day(start),
        ends_on=world.day(start + product["years"] * YEAR - 1),
        currency="CNY",
        premium_fen=premium,
        interval_days=np.full(n, product["interval"] or YEAR),
        sum_insured_fen=premium * product["sum"],
        commission_fen=premium * product["commission"] // 1000,
        clawback_until_on=world.day(start + told["clawback_days"]),
        status=words(np.where(known, how, 0), list(_HOW)),
        surrendered_on=np.where(surrendered, world.day(np.minimum(over, days)), gone),
        surrender_fen=pa.array(value, mask=~surrendered),
        surrender_account_id=np.where(surrendered, accounts(world, holder), NOBODY),
        **_seen(world, chance, holder),
    )


def _seen(world: World, chance: np.random.Generator, holder: Ints) -> dict[str, Any]:
    """Return device and address of policies applied for online."""
    (device, ip), online = seen_from(world, holder), permille(chance, figures("insurance")["online"], len(holder))
    return {"device": np.where(online, device, NOBODY), "ip": np.where(online, ip, NOBODY)}


def _payers(world: World, chance: np.random.Generator, holder: Ints) -> Ints:
    """Return who pays: the holder, or the next of his household."""
    household, row = world.column("person", "_household"), row_of(holder)
    beside = np.minimum(row + 1, len(household) - 1)
    near = (household[beside] == household[row]) & (world.column("person", "_main_account")[beside] != NOBODY)
    other = ~permille(chance, figures("insurance")["own_payer"], len(holder)) & near
    return np.where(other, first_id("person") + beside, holder)


def _premiums(
    world: World, chance: np.random.Generator, product: Mapping[str, Any], *, sold: Sold, insurer: Ints
) -> None:
    """Add a premium for each year a policy was in force within the world, and those that were due before it."""
    days = world.options.days
    for year in range(min(product["years"], 9)):
        due = sold.start + year * YEAR
        day = due + np.where(year > 0, chance.integers(-3, 25, len(due)), 0)
        row = np.flatnonzero((due < sold.over) & (day < days) & (day < sold.over))
        payer = world.of(sold.ids[row], "premium_payer_id")
        at = moments(world, chance, day[row])
        account, house = accounts(world, payer), accounts(world, insurer[row])
        world.add(
            "premium_payment",
            policy_id=sold.ids[row],
            payer_id=payer,
            payer_account_id=account,
            payee_account_id=house,
            period_no=year + 1,
            kind="first" if year == 0 else "renewal",
            due_on=world.day(due[row]),
            paid_at=at,
            currency="CNY",
            amount_fen=sold.premium[row],
            channel="代扣",
        )
        now = day[row] >= 0
        pay(world, src=account[now], dst=house[now], at=at[now], amount_fen=sold.premium[row][now], memo="保费",
            channel="batch", kind="保费")  # fmt: skip


def _events(
    world: World, chance: np.random.Generator, *, sold: Sold, holder: Ints, insurer: Ints, how: Ints, value: Ints
) -> None:
    """Add how policies ended, and pay what surrenders and returns give back."""
    told, days = figures("insurance")["surrender"], world.options.days
    names = {_HOW.index(name): name for name in ("surrendered", "lapsed", "cancelled")}
    for place, name in names.items():
        row = np.flatnonzero((how == place) & (sold.over < days) & (sold.over < NEVER))
        at = moments(world, chance, sold.over[row], kind="firm")
        own, returned = accounts(world, holder[row]), sold.premium[row]
        back = {"surrendered": value[row], "cancelled": returned, "lapsed": np.zeros(len(row), np.int64)}[name]
        reasons = words(choose(chance, told["reasons"], len(row)), list(told["reasons"]))
        world.add(
            "policy_event",
            policy_id=sold.ids[row],
            kind="hesitation_return" if name == "cancelled" else name,
            happened_at=at,
            asked_by_id=holder[row],
            agent_id=sold.agent[row],
            channel="柜面",
            currency="CNY",
            premiums_paid_fen=returned * np.maximum((sold.over[row] - sold.start[row] + YEAR - 1) // YEAR, 1),
            cash_value_fen=back,
            paid_fen=back,
            payee_id=np.where(back > 0, holder[row], NOBODY),
            payee_account_id=np.where(back > 0, own, NOBODY),
            reason=reasons if name == "surrendered" else None,
        )
        now = (sold.over[row] >= 0) & (back > 0)
        pay(world, src=accounts(world, insurer[row])[now], dst=own[now], at=at[now], amount_fen=back[now],
            memo="退保金", channel="batch", kind="退款")  # fmt: skip

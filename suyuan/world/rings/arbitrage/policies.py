"""The policies of a ring that lives on commissions: bought, paid for, rewarded, given up when the claw-back is over."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from suyuan.world.frame.dice import Ints, around
from suyuan.world.frame.tables import NOBODY, Why
from suyuan.world.frame.world import World
from suyuan.world.life.blend import blend_amounts
from suyuan.world.life.rhythm import is_off, moments, workday
from suyuan.world.rings.arbitrage.crew import Crew

YEAR = 365
MONTH = 30


@dataclass(frozen=True, kw_only=True)
class Premiums:
    """One entry a premium, in the order of policies and then of periods."""

    policy: Ints
    period: Ints
    day: Ints
    fen: Ints
    run: Ints
    """Day on which the agency pays the commissions for it."""


@dataclass(frozen=True, kw_only=True)
class Policies:
    """One entry a policy; days are those of the world, money is fen."""

    bought: Ints
    safe: Ints
    """Last day on which the commission may be taken back."""
    given_up: Ints
    """Day of the surrender; the number of days of the world when that lies after its end."""
    premium: Ints
    """A period."""
    paid: Ints
    """All premiums."""
    refund: Ints
    elsewhere: np.ndarray[Any, np.dtype[np.bool_]]
    """The refund goes to an account that is not the holder's."""
    premiums: Premiums

    @property
    def surrendered(self) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Which are given up while the world lives: those with a refund."""
        return self.refund > 0


def reckon(world: World, crew: Crew) -> Policies:
    """Return the calendar and the money of every policy."""
    chance, at, told = crew.chance(world, "policies"), crew.at, crew.told
    n, world_days = len(crew.agent), world.options.days
    span = crew.scaled(told["buying_days"])
    bought = _weekdays(world, crew, crew.days["strike"] + np.sort(chance.integers(0, span, n), kind="stable"))
    claw = crew.scaled(told["clawback_days"])
    low, high = (crew.scaled(days) for days in at["after_clawback"])
    given_up = np.minimum(workday(world, bought + claw + chance.integers(low, high + 1, n)), world_days)
    premium = _premium(world, crew, n)
    premiums = _premiums(world, crew, bought=bought, premium=premium, until=np.minimum(bought + claw, given_up))
    paid = np.zeros(n, np.int64)
    np.add.at(paid, premiums.policy, premiums.fen)
    return Policies(
        bought=bought,
        safe=bought + claw,
        given_up=given_up,
        premium=premium,
        paid=paid,
        refund=np.where(given_up < world_days, paid * told["rates"]["cash_value"] // 1000, 0),
        elsewhere=chance.integers(0, 1000, n) < at["refund_elsewhere"],
        premiums=premiums,
    )


def _weekdays(world: World, crew: Crew, days: Ints) -> Ints:
    """Return days on which contracts are signed: the next working day, or some days later as others do."""
    if not world.options.evasion:
        return workday(world, days)
    chance = crew.chance(world, "weekdays")
    later = is_off(days) & (chance.integers(0, 10, len(days)) < 8)
    return np.sort(days + np.where(later, chance.integers(2, 7, len(days)), 0), kind="stable")


def _premium(world: World, crew: Crew, n: int) -> Ints:
    """Return the premium of a period: what is over the most a year is drawn anew, between a third and all."""
    chance, at, periods = crew.chance(world, "sums"), crew.at, YEAR // crew.at["interval_days"]
    yearly, most = around(chance, at["premium_fen"], spread=at["premium_spread"], n=n), at["premium_most_fen"]
    yearly = np.where(yearly > most, most * chance.integers(330, 1000, n) // 1000, yearly)
    yearly = np.maximum(yearly // at["premium_step_fen"], 1) * at["premium_step_fen"]
    return np.asarray(np.minimum(blend_amounts(world, chance, yearly // periods), most // periods), np.int64)


def _premiums(world: World, crew: Crew, *, bought: Ints, premium: Ints, until: Ints) -> Premiums:
    """Return the premiums of the first year: one, or one a month until the claw-back ends."""
    interval, chance = crew.at["interval_days"], crew.chance(world, "premiums")
    last = np.minimum(until, world.options.days)
    count = np.ones(len(bought), np.int64) if interval >= YEAR else np.maximum((last - bought) // interval, 1)
    policy = np.repeat(np.arange(len(bought)), count)
    period = np.arange(len(policy)) - np.repeat(np.cumsum(count) - count, count)
    day = bought[policy] + period * interval + np.where(period > 0, chance.integers(-2, 3, len(policy)), 0)
    first = crew.days["strike"] + 20
    run = first + -(-(day + 7 - first) // MONTH) * MONTH
    return Premiums(policy=policy, period=period, day=day, fen=premium[policy], run=np.maximum(run, first))


def sign(world: World, crew: Crew) -> Ints:
    """Write the team's contract with the agency and those of its agents; return the agents' contracts."""
    why, told = Why(ring=crew.truth.index, step="prepare"), crew.told
    leader = crew.people["team_leader"][:1]
    known = {"principal_id": crew.agency, "currency": "CNY", "first_year_rate": told["rates"]["first_year"] / 1000}
    team = f"{world.of(leader, 'name')[0]}团队"
    target = len(crew.agent) * crew.at["premium_fen"]
    world.add(
        "agent_contract",
        why,
        agent_id=crew.shell[:1],
        kind="insurance_team",
        team=team,
        leader_id=leader,
        phone=[str(each) for each in world.of(leader, "phone")],
        target_fen=target // 1_000_000 * 1_000_000,
        signed_on=world.day([crew.days["prepare"]]),
        **known,
    )
    agents = crew.people["nominee_agent"]
    ended = np.full(len(agents), min(crew.days["end"] - 5, world.options.days - 1))
    return world.add(
        "agent_contract",
        why,
        agent_id=agents,
        kind="insurance_agent",
        team=team,
        leader_id=leader[0],
        certificate_no=[f"0{k:015}" for k in (agents & 0xFFFFF).tolist()],
        phone=[str(each) for each in world.of(agents, "phone")],
        account_id=crew.accounts["agent"],
        signed_on=world.day(crew.signed),
        device=crew.device[np.arange(len(agents)) % len(crew.device)],
        ended_on=world.day(ended),
        **known,
    )


def insure(world: World, crew: Crew, policies: Policies, *, payer: Ints, refund_to: Ints) -> Ints:
    """Write the policies and return their ids; `payer` and `refund_to` are accounts, one a policy."""
    why, told, rates = Why(ring=crew.truth.index, step="strike"), crew.told, crew.told["rates"]
    done, line = policies.surrendered, phones_told(world, crew)
    holder = crew.people["holder"]
    commission = policies.paid * (rates["first_year"] + rates["bonus"]) // 1000
    until = np.where(done, policies.given_up, 0)
    return world.add(
        "policy",
        why,
        policy_no=[f"P{crew.truth.index:03}{day:04}{k:05}" for k, day in enumerate(policies.bought.tolist())],
        kind=told["kind"],
        product=told["product"],
        insurer_id=crew.insurer,
        holder_id=holder,
        insured_id=holder,
        beneficiary_id=NOBODY,
        holder_phone=line,
        visit_phone=line,
        agent_id=crew.people["nominee_agent"][crew.agent],
        agency_id=crew.agency,
        premium_payer_id=world.of(payer, "holder_id"),
        premium_account_id=payer,
        applied_on=world.day(policies.bought),
        effective_on=world.day(policies.bought + 1),
        ends_on=world.day(policies.bought + crew.at["lasts_days"]),
        currency="CNY",
        premium_fen=policies.premium,
        interval_days=crew.at["interval_days"],
        sum_insured_fen=policies.premium * (YEAR // crew.at["interval_days"]) * told["sum_insured"],
        commission_fen=commission,
        clawback_until_on=world.day(policies.safe),
        device=crew.device,
        ip=crew.ip,
        status=np.where(done, "surrendered", "in_force").astype(object),
        surrendered_on=_or_null(world.day(until), done),
        surrender_fen=pa.array(policies.refund, mask=~done),
        surrender_account_id=np.where(done, refund_to, NOBODY),
    )


def phones_told(world: World, crew: Crew) -> pa.Array:
    """Return the number told as each holder's own: a SIM of an agent."""
    lines = world.of(crew.sims, "number")
    return pa.array(lines[np.arange(len(crew.agent)) % len(lines)], pa.string())


def happen(world: World, crew: Crew, policies: Policies, ids: Ints, refund_to: Ints) -> None:
    """Write what becomes of each policy: issued, the follow-up call, the surrender."""
    chance, n = crew.chance(world, "events"), len(ids)
    agents, holder = crew.people["nominee_agent"][crew.agent], crew.people["holder"]
    line, strike = phones_told(world, crew), Why(ring=crew.truth.index, step="strike")
    common: dict[str, Any] = {"agent_id": agents, "currency": "CNY", "phone": line}
    for kind, day in (("issued", policies.bought + 1), ("follow_up", policies.bought + chance.integers(3, 11, n))):
        at = moments(world, chance, np.minimum(day, world.options.days - 1), kind="firm")
        asked = holder if kind == "issued" else NOBODY
        channel = "agency" if kind == "issued" else "phone"
        told = {"kind": kind, "happened_at": at, "asked_by_id": asked, "channel": channel}
        world.add("policy_event", strike, n, policy_id=ids, **told, **common)
    rows = np.flatnonzero(policies.surrendered)
    reasons = crew.told["reasons"]
    world.add(
        "policy_event",
        Why(ring=crew.truth.index, step="wind_down"),
        policy_id=ids[rows],
        kind="surrendered",
        happened_at=moments(world, chance, policies.given_up[rows], kind="firm"),
        asked_by_id=np.where(policies.elsewhere, agents, holder)[rows],
        agent_id=agents[rows],
        channel="app",
        currency="CNY",
        premiums_paid_fen=policies.paid[rows],
        cash_value_fen=policies.refund[rows],
        paid_fen=policies.refund[rows],
        payee_id=world.of(refund_to[rows], "holder_id") if len(rows) else rows,
        payee_account_id=refund_to[rows],
        phone=line.take(pa.array(rows)),
        device=crew.device[rows],
        ip=crew.ip[rows],
        reason=[reasons[k] for k in chance.integers(0, len(reasons), len(rows)).tolist()],
    )


def _or_null(days: Any, there: Any) -> pa.Array:
    return pa.array(days, pa.date32(), mask=~there)

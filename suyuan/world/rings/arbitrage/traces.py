"""What a ring that lives on commissions leaves behind beside money: posts, calls, messages, logins, and reports."""

import numpy as np

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import Why
from suyuan.world.frame.world import World
from suyuan.world.life.blend_papers import words_alike
from suyuan.world.life.rhythm import moments
from suyuan.world.life.ring_up import message
from suyuan.world.rings.arbitrage.crew import Crew
from suyuan.world.rings.arbitrage.policies import Policies
from suyuan.world.rings.doors import enter, ring
from suyuan.world.rings.lure import handles, post

BELOW = ("team_leader", "coach", "recruiter", "insider", "nominee")
"""Roles that the second controller speaks to."""


def recruit(world: World, crew: Crew, policies: Policies) -> None:
    """Post for people who lend their names, ring them up, teach them what to say, and fetch them when time is up."""
    chance, told = crew.chance(world, "recruiting"), crew.told
    why = Why(ring=crew.truth.index, step="recruit")
    owners = crew.people["recruiter"]
    names = handles(chance, len(owners))
    n = max(6, int(len(crew.agent) * 1000 * told["posts"]["a_policy"]) // 1000)
    first, last = crew.days["recruit"], int(policies.bought.max())
    days = np.sort(chance.integers(first, max(last, first + 1), n), kind="stable")
    post(world, why, chance=chance, told=told["posts"], authors=owners, owners=owners, names=names, days=days)
    by = owners[crew.agent % len(owners)]
    _talk(world, crew, why, since=np.maximum(policies.bought - 12, 0), span=12, topic="recruit", by=by)
    coaches = crew.people["coach"]
    strike = Why(ring=crew.truth.index, step="strike")
    by = coaches[crew.agent % len(coaches)]
    _talk(world, crew, strike, since=policies.bought, span=9, topic="coach", by=by)
    down = Why(ring=crew.truth.index, step="wind_down")
    by = owners[crew.agent % len(owners)]
    _talk(world, crew, down, since=policies.given_up - 6, span=6, topic="after", by=by)


def _talk(world: World, crew: Crew, why: Why, *, since: Ints, span: int, topic: str, by: Ints) -> None:
    """Let `by` call the holder of each policy a few times within `span` days, and write to him as often."""
    chance, holder = crew.chance(world, f"talk {topic}"), crew.people["holder"]
    words = crew.told["messages"][topic]
    which = np.repeat(np.arange(len(holder)), chance.integers(1, 4, len(holder)))
    day = since[which] + chance.integers(0, span, len(which))
    back = chance.integers(0, 10, len(which)) < 3
    caller, callee = np.where(back, holder[which], by[which]), np.where(back, by[which], holder[which])
    ring(world, why, chance=chance, caller=caller, callee=callee, days=day)
    which = np.repeat(np.arange(len(holder)), chance.integers(0, 3, len(holder)))
    day = _within(world, since[which] + chance.integers(0, span, len(which)))
    message(
        world,
        why,
        chance=chance,
        sender=by[which],
        receiver=holder[which],
        at=moments(world, chance, day, kind="call"),
        body=[words[k] for k in chance.integers(0, len(words), len(which)).tolist()],
        content_class="other",
        channel="wechat",
        sender_device=world.of(by[which], "_device"),
    )


def lead(world: World, crew: Crew) -> None:
    """Let the first controller speak with the second alone, and the second with the team and its funders."""
    chance, people = crew.chance(world, "leaders"), crew.people
    why = Why(ring=crew.truth.index, step="prepare")
    boss, runner = people["controller"][:1], people["controller"][1:]
    below = np.concatenate([people[role] for role in BELOW])
    weeks = max(1, (crew.days["end"] - crew.days["recruit"]) // 14)
    for caller, callee in ((boss, np.concatenate([runner, people["funder"]])), (runner, below)):
        pairs = np.tile(callee, weeks)
        day = crew.days["recruit"] + chance.integers(0, weeks * 14, len(pairs))
        ring(world, why, chance=chance, caller=np.full(len(pairs), caller[0]), callee=pairs, days=day)


def sign_in(world: World, crew: Crew) -> None:
    """Log in to the agents' accounts from the team's devices, to purse and funds from the leaders'."""
    chance, agents = crew.chance(world, "logins"), crew.accounts["agent"]
    why = Why(ring=crew.truth.index, step="launder")
    groups = np.unique(crew.device, return_index=True)[1]
    which = np.repeat(np.arange(len(agents)), 18)
    mine = np.sort(groups, kind="stable")[which % len(groups)]
    day = chance.integers(crew.days["strike"], crew.days["wind_down"], len(which))
    where = {"device": crew.device[mine], "ip": crew.ip[mine]}
    enter(world, why, chance=chance, accounts=agents[which], days=day, **where)
    boss, runner = (crew.people["controller"][k : k + 1] for k in range(2))
    entered = {**crew.accounts, "wallet": crew.ways.hubs.get("wallet", np.zeros(0, np.int64))}
    for name, hand in (("purse", boss), ("fund", runner), ("refund", runner), ("wallet", runner)):
        own = np.repeat(entered[name], 8)
        if not len(own):
            continue
        first = crew.days["strike"] if name != "refund" else crew.days["wind_down"]
        day = chance.integers(first, crew.days["end"], len(own))
        device, ip = (int(world.of(hand, column)[0]) for column in ("_device", "_ip"))
        enter(world, why, chance=chance, accounts=own, days=day, device=device, ip=ip)


def report(world: World, crew: Crew, policies: Policies, ids: Ints) -> None:
    """Unless the ring is hidden, let the agency report it after the first surrenders, and one holder complain."""
    if crew.truth.hidden:
        return
    chance, told = crew.chance(world, "reports"), crew.told["report"]
    why = Why(ring=crew.truth.index, step="wind_down")
    day = _within(world, np.array([int(policies.given_up.min()) + 40 + int(chance.integers(0, 40))]))
    rates = crew.told["rates"]
    world.add(
        "police_report",
        why,
        report_no=[f"经侦{crew.truth.index:03}{int(day[0]):04}"],
        reported_at=moments(world, chance, day, kind="firm"),
        happened_at=world.moment(policies.bought[:1], 36_000),
        police_body=told["body"],
        reporter_id=crew.agency,
        victim_id=crew.agency,
        suspect_id=crew.people["team_leader"][:1],
        suspect_account_id=crew.accounts["agent"][crew.agent[:1]],
        offence=told["offence"],
        facts_told=told["facts"],
        currency="CNY",
        loss_fen=int(policies.paid.sum()) * (rates["first_year"] + rates["bonus"]) // 1000,
        status="received",
    )
    _complain(world, crew, why, chance, ids[:1], day=np.maximum(day - 3, 0))


def _complain(world: World, crew: Crew, why: Why, chance: np.random.Generator, policy: Ints, *, day: Ints) -> None:
    told, holder = crew.told["report"], crew.people["holder"][:1]
    where = {"receiving_body": told["complaint_body"], "channel": "phone"}
    world.add(
        "complaint",
        why,
        received_at=moments(world, chance, day, kind="firm"),
        **words_alike(world, chance, "complaint", where, 1),
        complainant_id=holder,
        complainant_phone=[str(phone) for phone in world.of(holder, "phone")],
        against_id=crew.people["nominee_agent"][crew.agent[:1]],
        policy_id=policy,
        claim_kind="surrender",
        demand=told["demand"],
        facts_told=told["complaint"],
        currency="CNY",
    )


def _within(world: World, days: Ints) -> Ints:
    return np.clip(days, 0, world.options.days - 1)

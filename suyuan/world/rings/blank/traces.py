"""What a ring of blank-credit borrowers leaves behind beside money: posts, calls, messages, logins, and reports."""

import numpy as np

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import NOBODY, Why
from suyuan.world.frame.world import World
from suyuan.world.life.blend_papers import words_alike
from suyuan.world.life.rhythm import moments
from suyuan.world.life.ring_up import message
from suyuan.world.rings.blank.crew import Crew
from suyuan.world.rings.blank.loans import Loans
from suyuan.world.rings.doors import enter, ring
from suyuan.world.rings.lure import handles, post

BELOW = ("intermediary_1", "intermediary_2", "coach", "forger", "insider", "nominee")
"""Roles that the second controller speaks to."""


def recruit(world: World, crew: Crew) -> None:
    """Post for people without credit history, ring them up and write to them until they come."""
    chance, each, told = crew.chance(world, "recruiting"), crew.borrowers, crew.told
    why = Why(ring=crew.truth.index, step="recruit")
    owners = crew.people["recruiter"]
    names = handles(chance, len(owners))
    n = max(6, int(len(each) * 1000 * told["posts"]["a_borrower"]) // 1000)
    first, last = crew.days["recruit"], int(each.recruited.max())
    days = np.sort(chance.integers(first, max(last, first + 1), n), kind="stable")
    post(world, why, chance=chance, told=told["posts"], authors=owners, owners=owners, names=names, days=days)
    _talk(world, crew, why, since=each.recruited, span=9, topic="recruit", by=each.recruiter, times=3)


def coach(world: World, crew: Crew) -> None:
    """Teach the borrowers before they apply, and keep them quiet after."""
    each, chance = crew.borrowers, crew.chance(world, "coaching")
    coaches = crew.people["coach"]
    by = coaches[chance.integers(0, len(coaches), len(each))]
    why = Why(ring=crew.truth.index, step="prepare")
    _talk(world, crew, why, since=each.applied - 5, span=5, topic="coach", by=by, times=3)
    escorts = crew.people["escort"][each.batch % len(crew.people["escort"])]
    after = Why(ring=crew.truth.index, step="launder")
    _talk(world, crew, after, since=each.paid, span=40, topic="after", by=escorts, times=2)
    _among(world, crew)


def _talk(world: World, crew: Crew, why: Why, *, since: Ints, span: int, topic: str, by: Ints, times: int) -> None:
    """Let `by` call every borrower about `times` times within `span` days and write to him about as often."""
    chance, each = crew.chance(world, f"talk {topic}"), crew.borrowers
    words = crew.told["messages"][topic]
    who = np.repeat(np.arange(len(each)), chance.integers(1, 2 * times, len(each)))
    day = since[who] + chance.integers(0, span, len(who))
    back = chance.integers(0, 10, len(who)) < 3
    caller, callee = np.where(back, each.who[who], by[who]), np.where(back, by[who], each.who[who])
    ring(world, why, chance=chance, caller=caller, callee=callee, days=day)
    who = np.repeat(np.arange(len(each)), chance.integers(1, times + 1, len(each)))
    day = _within(world, since[who] + chance.integers(0, span, len(who)))
    message(
        world,
        why,
        chance=chance,
        sender=by[who],
        receiver=each.who[who],
        at=moments(world, chance, day, kind="call"),
        body=[words[k] for k in chance.integers(0, len(words), len(who)).tolist()],
        content_class="other",
        channel="wechat",
        sender_device=world.of(by[who], "_device"),
    )


def _among(world: World, crew: Crew) -> None:
    """Let the leaders speak: the first controller with the second alone, the second with everyone below."""
    chance, people = crew.chance(world, "leaders"), crew.people
    why = Why(ring=crew.truth.index, step="prepare")
    boss, runner = people["controller"][:1], people["controller"][1:]
    below = np.concatenate([people[role] for role in BELOW])
    weeks = max(1, (crew.days["wind_down"] - crew.days["recruit"]) // 7)
    for caller, callee, often in ((boss, runner, 2), (runner, below, 1)):
        pairs = np.tile(callee, weeks * often)
        day = crew.days["recruit"] + chance.integers(0, weeks * 7, len(pairs))
        ring(world, why, chance=chance, caller=np.full(len(pairs), caller[0]), callee=pairs, days=day)


def sign_in(world: World, crew: Crew) -> None:
    """Log in to the borrowers' accounts from the ring's few devices, to its own from the leaders'."""
    chance, each = crew.chance(world, "logins"), crew.borrowers
    why = Why(ring=crew.truth.index, step="prepare")
    who = np.repeat(np.arange(len(each)), chance.integers(5, 14, len(each)))
    span = np.maximum(each.paid + 3 - each.opened, 1)[who]
    day = each.opened[who] + chance.integers(0, 1 << 30, len(who)) % span
    hand, home = (world.of(each.who, column)[who] for column in ("_device", "_ip"))
    own = (chance.integers(0, 100, len(who)) < crew.at["own_devices"]) & (hand >= 0)
    account = np.where(own, world.of(each.who, "_main_account")[who], each.account[who])
    device, ip = np.where(own, hand, each.device[who]), np.where(own, home, each.ip[who])
    enter(world, why, chance=chance, accounts=account, days=day, device=device, ip=ip)
    late = Why(ring=crew.truth.index, step="launder")
    boss, runner = (crew.people["controller"][k : k + 1] for k in range(2))
    entered = {**crew.accounts, "wallet": crew.ways.hubs.get("wallet", np.zeros(0, np.int64))}
    for name, hand_of, often in (("purse", boss, 9), ("pool", runner, 9), ("payer", runner, 9), ("wallet", runner, 8)):
        own = np.repeat(entered[name], often)
        if not len(own):
            continue
        day = chance.integers(crew.days["strike"], crew.days["wind_down"], len(own))
        tool, place = (int(world.of(hand_of, column)[0]) for column in ("_device", "_ip"))
        enter(world, late, chance=chance, accounts=own, days=day, device=tool, ip=place)


def report(world: World, crew: Crew, loans: Loans, ids: Ints) -> None:
    """Unless the ring is hidden, let the bank report it after the default, and one borrower complain."""
    if crew.truth.hidden:
        return
    chance, each, told = crew.chance(world, "reports"), crew.borrowers, crew.told["report"]
    why = Why(ring=crew.truth.index, step="wind_down")
    day = _within(world, np.array([loans.stop + 25 + int(chance.integers(0, 30))]))
    bank = int(each.bank[0])
    mine = np.flatnonzero(each.bank == bank)
    world.add(
        "police_report",
        why,
        report_no=[f"经侦{crew.truth.index:03}{int(day[0]):04}"],
        reported_at=moments(world, chance, day, kind="firm"),
        happened_at=world.moment(each.paid[mine[:1]], 36_000),
        police_body=told["body"],
        reporter_id=crew.banks[bank],
        victim_id=crew.banks[bank],
        suspect_id=each.recruiter[mine[:1]],
        suspect_account_id=crew.accounts["payer"][:1],
        loan_id=ids[mine[:1]],
        offence=told["offence"],
        facts_told=told["facts"],
        currency="CNY",
        loss_fen=int((loans.principal - loans.repaid)[mine].sum()),
        status="received",
    )
    _complain(world, crew, why, who=mine[-2:], day=np.maximum(day - 6, 0), ids=ids)


def _complain(world: World, crew: Crew, why: Why, *, who: Ints, day: Ints, ids: Ints) -> None:
    chance, each, told = crew.chance(world, "complaints"), crew.borrowers, crew.told["report"]
    days = _within(world, day + chance.integers(0, 5, len(who)))
    where = {"receiving_body": told["complaint_body"], "channel": "phone"}
    world.add(
        "complaint",
        why,
        received_at=moments(world, chance, days, kind="firm"),
        **words_alike(world, chance, "complaint", where, len(who)),
        complainant_id=each.who[who],
        complainant_phone=[str(phone) for phone in world.of(each.who[who], "phone")],
        agent_id=NOBODY,
        against_id=crew.banks[each.bank[who]],
        loan_id=ids[who],
        account_id=each.account[who],
        claim_kind="unauthorised",
        demand=told["demand"],
        facts_told=told["complaint"],
        currency="CNY",
    )


def _within(world: World, days: Ints) -> Ints:
    return np.clip(days, 0, world.options.days - 1)

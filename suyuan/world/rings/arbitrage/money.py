"""The money of a ring that lives on commissions: premiums in, commissions and refunds out, everyone his share."""

from typing import Any

import numpy as np

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import HONEST, Why
from suyuan.world.frame.world import World
from suyuan.world.life.blend import blend_moments
from suyuan.world.life.pay import CASH, pay
from suyuan.world.life.rhythm import moments
from suyuan.world.rings.arbitrage.crew import Crew
from suyuan.world.rings.arbitrage.policies import MONTH, Policies
from suyuan.world.rings.cover import spend
from suyuan.world.rings.send import send

HOUR = 3_600


def fund(world: World, crew: Crew, policies: Policies) -> None:
    """Let the funders fill the accounts that pay premiums, month by month, with what the next month needs."""
    chance, due = crew.chance(world, "funding"), policies.premiums
    funds, funders = crew.accounts["fund"], crew.people["funder"]
    place = due.policy % len(funds)
    keys, sums = _summed(np.stack([place, (due.day - crew.days["strike"]) // MONTH]), due.fen)
    day = np.maximum(crew.days["strike"] + keys[1] * MONTH - 6, crew.days["recruit"])
    src = world.of(funders, "_main_account")[keys[0] % len(funders)]
    _send(world, crew, "prepare", chance, src=src, dst=funds[keys[0]], fen=sums, day=day, word="fund")


def premiums(world: World, crew: Crew, policies: Policies, ids: Ints) -> Ints:
    """Pay every premium and write it down; return the account that each policy names as the paying one."""
    chance, due = crew.chance(world, "paying"), policies.premiums
    why, funds = Why(ring=crew.truth.index, step="strike"), crew.accounts["fund"]
    payer = payers(world, crew)
    through = payer != funds[np.arange(len(payer)) % len(funds)]
    mine = through[due.policy]
    own = payer[due.policy]
    insurer = int(world.of(np.array([crew.insurer]), "_main_account")[0])
    days, to = np.minimum(due.day, world.options.days - 1), np.full(len(own), insurer)
    at = blend_moments(world, chance, days, src=own, dst=to)
    before = at[mine] - chance.integers(HOUR, 30 * HOUR, int(mine.sum())).astype("timedelta64[s]")
    source = funds[due.policy % len(funds)]
    memo = _words(crew, chance, "fund", int(mine.sum()))
    pay(world, why, src=source[mine], dst=own[mine], at=before, amount_fen=due.fen[mine], memo=memo, flow="move")
    told = {"memo": crew.told["memos"]["premium"], "kind": "保费", "flow": "spend"}
    pay(world, why, src=own, dst=insurer, at=at, amount_fen=due.fen, **told)
    world.add(
        "premium_payment",
        why,
        policy_id=ids[due.policy],
        payer_id=world.of(own, "holder_id"),
        payer_account_id=own,
        payee_account_id=insurer,
        period_no=due.period + 1,
        kind=np.where(due.period == 0, "first", "renewal").astype(object),
        due_on=world.day(policies.bought[due.policy] + due.period * crew.at["interval_days"]),
        paid_at=at,
        currency="CNY",
        amount_fen=due.fen,
        channel="mobile",
    )
    return payer


def payers(world: World, crew: Crew) -> Ints:
    """Return the account each policy is paid from: a funder's, or the holder's own when that is filled before."""
    chance, n = crew.chance(world, "payers"), len(crew.agent)
    funds = crew.accounts["fund"]
    through = chance.integers(0, 1000, n) < crew.at["through_holder"]
    return np.where(through, world.of(crew.people["holder"], "_main_account"), funds[np.arange(n) % len(funds)])


def commissions(world: World, crew: Crew, policies: Policies, *, ids: Ints, contracts: Ints) -> int:
    """Let the insurer pay the agency, the agency the agents in name only, the agents the purse.

    Returns the fen that the agency has paid.
    """
    chance, due, rates = crew.chance(world, "commissions"), policies.premiums, crew.told["rates"]
    kept = np.flatnonzero(due.run < world.options.days)
    why = Why(ring=crew.truth.index, step="strike")
    agent = crew.agent[due.policy[kept]]
    earned = {kind: due.fen[kept] * rates[kind] // 1000 for kind in ("first_year", "bonus")}
    for kind, fen in earned.items():
        world.add(
            "commission",
            why,
            policy_id=ids[due.policy[kept]],
            agent_id=crew.people["nominee_agent"][agent],
            payer_id=crew.agency,
            agent_contract_id=contracts[agent],
            kind=kind,
            policy_year=1,
            base_fen=due.fen[kept],
            rate=rates[kind] / 1000,
            currency="CNY",
            amount_fen=fen,
            paid_on=world.day(due.run[kept]),
            account_id=crew.accounts["agent"][agent],
            clawback_until_on=world.day(policies.safe[due.policy[kept]]),
        )
    keys, sums = _summed(np.stack([due.run[kept], agent]), sum(earned.values(), np.zeros(len(kept), np.int64)))
    agency = int(world.of(np.array([crew.agency]), "_main_account")[0])
    at = moments(world, chance, keys[0], kind="firm")
    memo = _words(crew, chance, "commission", len(sums))
    to = crew.accounts["agent"][keys[1]]
    pay(world, why, src=agency, dst=to, at=at, amount_fen=sums, memo=memo, channel="batch", kind="代发", flow="intake")
    _insurer_pays(world, crew, days=due.run[kept], fen=due.fen[kept] * rates["insurer_to_agency"] // 1000)
    share(world, crew, keys=keys, sums=sums)
    return int(sums.sum())


def _insurer_pays(world: World, crew: Crew, *, days: Ints, fen: Ints) -> None:
    """Pay the agency what it is due for the policies it has sold: an honest payment."""
    chance = crew.chance(world, "agency")
    runs, sums = _summed(days[None, :], fen)
    both = world.of(np.array([crew.insurer, crew.agency]), "_main_account")
    at = moments(world, chance, np.maximum(runs[0] - 1, 0), kind="firm")
    memo = crew.told["memos"]["commission"][1]
    pay(world, HONEST, src=int(both[0]), dst=int(both[1]), at=at, amount_fen=sums, memo=memo, channel="batch")


def share(world: World, crew: Crew, *, keys: Ints, sums: Ints) -> None:
    """Send the commissions on to the purse, and from there to everyone who has a hand in it."""
    chance, part = crew.chance(world, "shares"), crew.told["shares"]
    purse, source = crew.accounts["purse"][0], crew.accounts["agent"][keys[1]]
    left = sums - sums * part["nominee_agent"] // 1000
    to = np.full(len(sums), purse)
    day = keys[0] + 1
    _send(world, crew, "launder", chance, src=source, dst=to, fen=left, day=day, word="share")
    runs, total = _summed(keys[:1], left)
    pot = np.full(len(total), purse)
    for role in ("recruiter", "team_leader", "insider"):
        own = world.of(crew.people[role], "_main_account")
        each = own[np.arange(len(total)) % len(own)]
        fen = total * part[role] // 1000
        _send(world, crew, "launder", chance, src=pot, dst=each, fen=fen, day=runs[0] + 5, word="share")
        total = total - fen
    ends = {
        "controller": (world.of(crew.people["controller"][:1], "_main_account"), "move"),
        "funder": (world.of(crew.people["funder"], "_main_account"), "move"),
        "cash": (np.array([CASH]), "spend"),
        "abroad": (crew.accounts["abroad"], "spend"),
    }
    for end, (own, flow) in ends.items():
        each, fen = own[np.arange(len(total)) % len(own)], total * crew.told["purse"][end] // 1000
        _send(world, crew, "launder", chance, src=pot, dst=each, fen=fen, day=runs[0] + 8, flow=flow, word="share")


def thank(world: World, crew: Crew, policies: Policies) -> None:
    """Give every holder a little for his name on the day he signs."""
    chance, n = crew.chance(world, "thanks"), len(policies.bought)
    fen = np.full(n, crew.told["holder_fen"]) + chance.integers(0, 9, n) * 5_000
    src, to = np.full(n, crew.accounts["purse"][0]), world.of(crew.people["holder"], "_main_account")
    _send(world, crew, "strike", chance, src=src, dst=to, fen=fen, day=policies.bought, word="holder")


def refund_accounts(world: World, crew: Crew, policies: Policies) -> Ints:
    """Return the account each refund goes to: a nominee's, or the holder's own."""
    own = world.of(crew.people["holder"], "_main_account")
    other = crew.accounts["refund"]
    return np.where(policies.elsewhere, other[crew.agent % len(other)], own)


def refund(world: World, crew: Crew, policies: Policies, *, to: Ints) -> None:
    """Pay out the surrender values; those that reach a holder go on to the ring, and all of it to the funders."""
    chance, rows = crew.chance(world, "refunds"), np.flatnonzero(policies.surrendered)
    why = Why(ring=crew.truth.index, step="wind_down")
    insurer = int(world.of(np.array([crew.insurer]), "_main_account")[0])
    at = moments(world, chance, policies.given_up[rows], kind="firm")
    fen, memo = policies.refund[rows], crew.told["memos"]["refund"]
    told = {"memo": memo, "channel": "batch", "kind": "退款", "flow": "move"}
    pay(world, why, src=insurer, dst=to[rows], at=at, amount_fen=fen, **told)
    other = crew.accounts["refund"]
    own = rows[~policies.elsewhere[rows]]
    back = other[crew.agent[own] % len(other)]
    on = policies.given_up[own] + 1
    _send(world, crew, "wind_down", chance, src=to[own], dst=back, fen=policies.refund[own], day=on, word="share")
    funders = world.of(crew.people["funder"], "_main_account")
    source, last = other[crew.agent[rows] % len(other)], policies.given_up[rows] + crew.at["days"] + 1
    ends = funders[rows % len(funders)]
    _send(world, crew, "wind_down", chance, src=source, dst=ends, fen=fen * 9 // 10, day=last, word="share")


def _send(
    world: World,
    crew: Crew,
    step: str,
    chance: np.random.Generator,
    *,
    src: Ints,
    dst: Ints,
    fen: Ints,
    day: Ints,
    word: str,
    flow: str = "move",
) -> None:
    """Pay `fen` from `day` on by the ways of the ring."""
    why, memos = Why(ring=crew.truth.index, step=step), crew.told["memos"][word]
    told: dict[str, Any] = {"fen": fen, "day": day, "memos": memos, "flow": flow, "inside": step == "launder"}
    send(world, why, chance=chance, ways=crew.ways, src=src, dst=dst, **told)


def live(world: World, crew: Crew) -> None:
    """Let the team eat, travel and shop on the ring's money, from evasion 1 on."""
    chance, why = crew.chance(world, "living"), Why(ring=crew.truth.index, step="launder")
    own = np.concatenate([crew.accounts[name] for name in ("purse", "fund", "agent")])
    payers = np.repeat(own, crew.at["staff_living"])
    days = chance.integers(crew.days["strike"], crew.days["end"], len(payers))
    spend(world, why, chance=chance, payers=payers, days=days, hubs=crew.ways.hubs)


def _summed(keys: Any, fen: Ints) -> tuple[Ints, Ints]:
    """Return the distinct columns of `keys` in order, and the sum of `fen` of each."""
    found, back = np.unique(keys, axis=1, return_inverse=True)
    sums = np.zeros(found.shape[1], np.int64)
    np.add.at(sums, np.asarray(back).reshape(-1), fen)
    return found, sums


def _words(crew: Crew, chance: np.random.Generator, word: str, n: int) -> list[str]:
    words = crew.told["memos"][word]
    return [words[k] for k in chance.integers(0, len(words), n).tolist()]

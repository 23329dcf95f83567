"""How the banks lend to blank-credit borrowers: applications, visits, approvals, loans, pay-outs."""

from typing import Any

import numpy as np
import pyarrow as pa

from suyuan.world.frame.dice import Ints, weighted
from suyuan.world.frame.tables import NOBODY, Why
from suyuan.world.frame.world import World
from suyuan.world.life.blend_papers import dated_alike
from suyuan.world.life.pay import pay
from suyuan.world.life.rhythm import moments
from suyuan.world.life.ring_up import phones
from suyuan.world.rings.blank.crew import Crew, staff
from suyuan.world.rings.blank.loans import Loans

OPENS, CLOSES = 9 * 3_600 + 900, 15 * 3_600  # seconds of the day between which applicants are served
STEPS = ("intake", "identity", "visit", "review", "approval", "pay_out")
OWN = frozenset({"visit", "review", "approval"})
"""Steps that the ring's own officer takes when he has the file."""


def apply(world: World, crew: Crew, loans: Loans) -> Ints:
    """File an application for each borrower, batch after batch at one branch, and return their ids."""
    chance, each = crew.chance(world, "applications"), crew.borrowers
    why, n = Why(ring=crew.truth.index, step="strike"), len(each)
    second = _queue(world, crew)
    arrived = world.moment(each.applied, second)
    purposes = crew.told["purposes"][: crew.at["purposes"]]
    branch = branches(world, crew)
    officer = officers(world, crew)
    referrer = np.where(chance.integers(0, 10, n) < 3, each.recruiter, NOBODY)
    escort = crew.people["escort"][each.batch % len(crew.people["escort"])]
    led = chance.integers(0, 1000, n) < crew.at["escorted"]
    visit(world, crew, why, arrived=arrived, kind="loan_application", escort=np.where(led, escort, NOBODY))
    return world.add(
        "application",
        why,
        number=[f"NH{crew.truth.index:02}{day:04}{k:04}" for k, day in enumerate(each.applied.tolist())],
        kind="loan",
        applicant_id=each.who,
        institution_id=crew.banks[each.bank],
        product=crew.told["loan"]["product"],
        channel="branch",
        applied_at=arrived + np.timedelta64(15, "m"),
        currency="CNY",
        amount_fen=loans.principal,
        term_days=crew.told["loan"]["term_days"],
        purpose=[purposes[k] for k in chance.integers(0, len(purposes), n).tolist()],
        phone=phones(world, each.who),
        referrer_id=referrer,
        officer_id=officer,
        branch=branch,
        income_fen=(loans.principal // 20) // 10_000 * 10_000,
        address_told=pa.array(world.of(each.who, "address"), pa.string()),
        account_id=each.account,
        device=each.device,
        ip=each.ip,
        outcome="approved",
        decided_at=world.moment(each.decided, 16 * 3_600),
    )


def visit(world: World, crew: Crew, why: Why, *, arrived: Any, kind: str, escort: Ints, **more: Any) -> Ints:
    """Write a visit to the counter for every borrower (or for those of `more`'s rows, told as `who`)."""
    chance = crew.chance(world, f"visits {kind}")
    who = more.pop("who", np.arange(len(crew.borrowers)))
    branch = branches(world, crew)
    number = chance.integers(1, 140, len(who)).tolist()
    return world.add(
        "branch_visit",
        why,
        institution_id=crew.banks[crew.borrowers.bank[who]],
        branch=[branch[k] for k in who.tolist()],
        person_id=crew.borrowers.who[who],
        accompanied_by_id=escort,
        kind=kind,
        arrived_at=arrived,
        served_at=arrived + chance.integers(120, 1_800, len(who)).astype("timedelta64[s]"),
        ticket_no=[f"A{k:03}" for k in number],
        counter=[str(k) for k in chance.integers(1, 7, len(who)).tolist()],
        account_id=crew.borrowers.account[who],
        currency="CNY",
        **more,
    )


def _queue(world: World, crew: Crew) -> Ints:
    """Return the second of the day at which each borrower comes: those of one batch and day one after the other."""
    chance, each = crew.chance(world, "queue"), crew.borrowers
    low, high = crew.at["visit_gap"]
    gap = chance.integers(low, high + 1, len(each))
    order = np.lexsort((each.applied, each.batch))
    key = each.batch[order] * 10_000 + each.applied[order]
    first = np.concatenate([[True], key[1:] != key[:-1]])
    running = np.cumsum(gap[order])
    since = running - running[first][np.cumsum(first) - 1]
    start = chance.integers(0, 9_000, int(first.sum()))[np.cumsum(first) - 1]
    second = np.empty(len(each), np.int64)
    second[order] = OPENS + (start + since) % (CLOSES - OPENS)
    return second


def branches(world: World, crew: Crew) -> list[str]:
    """Return the branch at which each borrower applies: one of each bank."""
    known = world.of(crew.bank_accounts, "branch")
    named = [str(name) if name else "营业部" for name in known]
    return [named[bank] for bank in crew.borrowers.bank.tolist()]


def officers(world: World, crew: Crew) -> Ints:
    """Return the officer of each borrower's file: the ring's own for most."""
    chance, each, insiders = crew.chance(world, "officers"), crew.borrowers, crew.people["insider"]
    own = insiders[(each.bank + len(crew.banks) * each.batch) % len(insiders)]
    others = np.stack([_others(world, chance, int(bank), insiders) for bank in crew.banks])
    drawn = others[each.bank, chance.integers(0, others.shape[1], len(each))]
    return np.where(chance.integers(0, 1000, len(each)) < crew.at["insider_files"], own, drawn)


def _others(world: World, chance: np.random.Generator, bank: int, insiders: Ints) -> Ints:
    """Return four officers of `bank`, none of them an insider unless it has no other."""
    found = staff(world, chance, bank, 8)
    honest = found[~np.isin(found, insiders)]
    honest = honest if len(honest) else insiders
    return np.resize(honest, 4)


def approve(world: World, crew: Crew, loans: Loans, *, applications: Ints, ids: Ints) -> None:
    """Write the six steps by which each file goes through the bank; its officer approves against the rules."""
    chance, each = crew.chance(world, "approvals"), crew.borrowers
    why, officer, n = Why(ring=crew.truth.index, step="strike"), officers(world, crew), len(each)
    insider = np.isin(officer, crew.people["insider"])
    desk = np.stack([_others(world, chance, int(bank), crew.people["insider"]) for bank in crew.banks])
    span = np.maximum(each.decided - each.applied, 1)
    for place, step in enumerate(STEPS, start=1):
        against = insider & (step == "approval") & (chance.integers(0, 10, n) < 6)
        day = each.paid if step == "pay_out" else each.applied + span * place // len(STEPS)
        world.add(
            "approval",
            why,
            application_id=applications,
            loan_id=ids,
            institution_id=crew.banks[each.bank],
            branch=branches(world, crew),
            step=step,
            step_no=place,
            officer_id=officer if step in OWN else desk[each.bank, chance.integers(0, 4, n)],
            decided_at=moments(world, chance, day, kind="firm"),
            decision="approve",
            rule_decision=np.where(against, "refuse", "review").astype(object),
            overrides=against,
            currency="CNY",
            amount_fen=loans.principal,
        )


def lend(world: World, crew: Crew, loans: Loans, applications: Ints) -> tuple[Ints, Any]:
    """Write collateral and loan of each borrower and pay it out; return the loans' ids and when they were paid."""
    chance, each, told = crew.chance(world, "pay-outs"), crew.borrowers, crew.told["loan"]
    why, n = Why(ring=crew.truth.index, step="strike"), len(each)
    dates = _dates(world, crew, chance)
    at = dates["paid_out_at"]
    overdue = world.options.days > loans.stop + 30
    ids = world.add(
        "loan",
        why,
        lender_id=crew.banks[each.bank],
        lender_kind="bank",
        signatory_id=crew.banks[each.bank],
        payer_account_id=crew.bank_accounts[each.bank],
        borrower_id=each.who,
        borrower_account_id=each.account,
        product_kind=told["product"],
        contract_kind="loan",
        currency="CNY",
        principal_fen=loans.principal,
        received_fen=loans.principal,
        term_days=told["term_days"],
        interval_days=30,
        repay_method="interest_first",
        quoted_yearly_rate=told["yearly_rate_bp"] / 10_000,
        **dates,
        due_on=world.day(each.paid + told["term_days"]),
        intermediary_id=np.where(chance.integers(0, 10, n) < 3, each.recruiter, NOBODY),
        officer_id=officers(world, crew),
        collateral_id=_greenhouses(world, crew),
        purpose=world.tables.table("application")["purpose"].take(pa.array(applications & 0xFFFFFFFF)).combine_chunks(),
        repay_channel_open=True,
        applied_online=False,
        status="overdue" if overdue else "open",
        claimed_principal_fen=loans.principal if overdue else 0,
    )
    said = {"memo": crew.told["memos"]["payout"], "channel": "batch", "kind": "贷款发放", "flow": "intake"}
    src = crew.bank_accounts[each.bank]
    pay(world, why, src=src, dst=each.account, at=at, amount_fen=loans.principal, **said)
    return ids, at


def _dates(world: World, crew: Crew, chance: np.random.Generator) -> dict[str, Any]:
    """Return how a loan is dated: by the office hours of its bank, from evasion 1 on as one loan of everyone's is."""
    each = crew.borrowers
    at = moments(world, chance, each.paid, kind="firm")
    names = ("applied_at", "approved_at", "signed_on")
    alike = dated_alike(world, chance, "loan", anchor="paid_out_at", names=names, days=each.paid)
    if alike is not None:
        return {**alike, "signed_on": alike["signed_on"].astype("datetime64[D]")}
    dates = {"applied_at": world.moment(each.applied, OPENS), "approved_at": world.moment(each.decided, 16 * 3_600)}
    return {**dates, "signed_on": world.day(each.paid), "paid_out_at": at}


def _greenhouses(world: World, crew: Crew) -> Ints:
    """Write down the greenhouse each loan is said to be secured by: none is in a register."""
    chance, each = crew.chance(world, "greenhouses"), crew.borrowers
    n = len(each)
    worth = chance.integers(30, 70, n) * 1_000_000
    return world.add(
        "collateral",
        Why(ring=crew.truth.index, step="prepare"),
        kind="greenhouse",
        owner_id=each.who,
        certificate_no=[f"设施农用（2022）{k:06}" for k in chance.integers(0, 1_000_000, n).tolist()],
        certificate_issuer=crew.told["stall_issuer"],
        registered=pa.array([None if c else False for c in (chance.integers(0, 10, n) < 5).tolist()], pa.bool_()),
        currency="CNY",
        appraised_fen=worth,
        appraised_on=world.day(each.applied),
        pledged_on=world.day(each.paid),
    )


def check(world: World, crew: Crew, *, papers: Ints, applications: Ints, ids: Ints, stop: int) -> None:
    """Ask the registers about the papers: of some before the pay-out, of the rest after the default."""
    chance, each = crew.chance(world, "checks"), crew.borrowers
    n = len(each)
    early = chance.integers(0, 1000, n) < crew.at["checked_before"]
    after = stop + 30 + chance.integers(0, 25, n)
    asked = np.where(early, each.applied + 1, after)
    rows = np.flatnonzero(asked < world.options.days)
    results = list(crew.at["absent"])
    result = weighted(chance, list(crew.at["absent"].values()), n)
    table = world.tables.table("document").take(pa.array(papers & 0xFFFFFFFF))
    registry = [crew.told["registries"][kind] for kind in table["kind"].to_pylist()]
    numbers = table["number"].to_pylist()
    world.add(
        "registry_check",
        Why(ring=crew.truth.index, step="strike"),
        registry=[registry[k] for k in rows.tolist()],
        document_id=papers[rows],
        number=[numbers[k] for k in rows.tolist()],
        subject_id=each.who[rows],
        asked_by_id=crew.banks[each.bank[rows]],
        officer_id=officers(world, crew)[rows],
        asked_at=moments(world, chance, asked[rows], kind="firm"),
        result=[results[k] for k in result[rows].tolist()],
        loan_id=ids[rows],
        application_id=applications[rows],
    )

"""Honest groups that share a place, a form or a desk: a village at sowing, a real form, an officer's own market."""

from typing import Any

import numpy as np

from suyuan.world.alike.premiums import pay_premiums
from suyuan.world.alike.scenario import Scenario, Scene, figures, instances, sizes, told, why
from suyuan.world.frame.dice import Ints, around
from suyuan.world.frame.tables import Why
from suyuan.world.frame.world import World
from suyuan.world.life.actors import accounts, staff
from suyuan.world.life.book import METHODS, Conduct, Terms
from suyuan.world.life.credit import rates, rounded
from suyuan.world.life.lend import Deal, lend
from suyuan.world.life.marks import digests, serials
from suyuan.world.life.pay import pay
from suyuan.world.life.rhythm import moments, pick_days
from suyuan.world.life.ring_up import phones
from suyuan.world.people.cast import crowd, firms_of, found, take

VILLAGE = "seasonal farm loans in one village"
COMMITTEE = "one village committee's form"
EMPLOYER = "one employer's real form"
OFFICER = "officer of an assigned market"
STAR = "star salesman"
GOOD = Conduct(default=10, early=200, prepaid=40, slow=80, late_days=4)


def cast_village(world: World) -> Scene:
    """Find farmers without credit history, and the committee and the bank of their village."""
    chance, n = world.chance("alike", VILLAGE), instances(world)
    of = sizes(chance, n, figures("papers")[VILLAGE]["farmers"])
    committees = found(world, chance, n, trade="government", on=-chance.integers(4_000, 9_000, n), size=5)
    farmers = crowd(world, chance, len(of), thin=True, ages=(22, 68))
    told(world, VILLAGE, farmers, of)
    more = {"bank": chance.choice(firms_of(world, "bank"), n)}
    return Scene(main=committees, crowd=farmers, of=of, more=more)


def play_village(world: World, scene: Scene) -> None:
    """Lend to a whole village within three weeks of spring, one purpose, each repaying for himself after harvest."""
    told_of, chance, n = figures("papers")[VILLAGE], world.chance("alike", VILLAGE, "play"), len(scene.of)
    first = 220 if world.options.days > 300 else 5  # early February of the second year
    start = first + chance.integers(0, 20, scene.many)[scene.of] + chance.integers(0, 21, n)
    principal = rounded(around(chance, told_of["yuan"]["middle"] * 100, spread=told_of["yuan"]["spread"], n=n), 500_000)
    bank = scene.more["bank"][scene.of]
    officer = staff(world, chance, scene.more["bank"], desks=3)
    extra = {
        "lender_kind": "bank",
        "product_kind": "农户贷款",
        "purpose": np.array(told_of["purposes"], dtype=object)[scene.of % len(told_of["purposes"])],
        "officer_id": officer[scene.of],
        "applied_online": False,
    }
    low, high = told_of["rate_bp"]
    terms = Terms(principal=principal, monthly_ppm=rates(chance, low, high, n), months=np.full(n, 8),
                  method=np.full(n, METHODS.index("bullet")), start=start)  # fmt: skip
    deal = Deal(lender=bank, borrower=scene.crowd, payee_account=accounts(world, scene.crowd), extra=extra)
    loans = lend(world, why(VILLAGE), chance=chance, terms=terms, deal=deal, conduct=GOOD, memo="农户贷款").loans
    _forms(world, why(VILLAGE), chance, scene, kind="land_contract", handed_in=start - 6, bank=bank, loan_id=loans)


def cast_committee(world: World) -> Scene:
    """Found village committees whose one form all their people bring to the bank."""
    return _issuers(world, COMMITTEE, "villagers", trade="government")


def play_committee(world: World, scene: Scene) -> None:
    """Prove farm land with one layout and one seal, under many names, all in the register."""
    _many_forms(world, COMMITTEE, scene, kind="land_contract")


def cast_employer(world: World) -> Scene:
    """Found employers who certify the wages of their workers."""
    return _issuers(world, EMPLOYER, "workers", trade="factory")


def play_employer(world: World, scene: Scene) -> None:
    """Prove wages with one layout and one seal, under many names, all true."""
    _many_forms(world, EMPLOYER, scene, kind="income_proof")


def _issuers(world: World, kind: str, members: str, *, trade: str) -> Scene:
    chance, n = world.chance("alike", kind), instances(world)
    of = sizes(chance, n, figures("papers")[kind][members])
    firms = found(
        world, chance, n, trade=trade, on=-chance.integers(1_500, 7_000, n), size=np.bincount(of, minlength=n)
    )
    told(world, kind, firms)
    bank = chance.choice(firms_of(world, "bank"), len(of))
    return Scene(main=firms, crowd=crowd(world, chance, len(of), ages=(20, 62)), of=of, more={"bank": bank})


def _many_forms(world: World, scenario: str, scene: Scene, *, kind: str) -> None:
    chance, n = world.chance("alike", scenario, "play"), len(scene.of)
    day = pick_days(world, chance, n, np.zeros(n, np.int64), np.full(n, world.options.days), kind="firm")
    _forms(world, why(scenario), chance, scene, kind=kind, handed_in=day, bank=scene.more["bank"])


def _forms(
    world: World, label: Why, chance: np.random.Generator, scene: Scene, *, kind: str, handed_in: Ints, bank: Ints,
    **more: Any,
) -> None:  # fmt: skip
    """Add a paper for each of the crowd, of its issuer's one layout and seal, with its own serial, and its check."""
    n, issuer = len(scene.of), scene.main[scene.of]
    layouts, seals = digests(chance, scene.many, length=16), digests(chance, scene.many, length=16)
    serial = serials("", 100_000 + np.arange(n) * 3, width=8)
    at = moments(world, chance, handed_in, kind="firm")
    papers = world.add(
        "document", label, kind=kind, number=serial, subject_id=scene.crowd, issuer=world.of(issuer, "name"),
        issuer_id=issuer, issued_on=world.day(handed_in - chance.integers(1, 20, n)), layout_digest=layouts[scene.of],
        seal_digest=seals[scene.of], text_digest=digests(chance, n, length=16), serial_no=serial,
        file_sha256=digests(chance, n), pages=1, generated_score=chance.integers(0, 120, n) / 1_000, handed_in_at=at,
        handed_in_by_id=scene.crowd, received_by_id=bank, **more,
    )  # fmt: skip
    world.add(
        "registry_check", label, registry="签发单位", document_id=papers, number=serial, subject_id=scene.crowd,
        asked_by_id=bank, asked_at=at + np.timedelta64(86_400, "s"), result="found", **more,
    )  # fmt: skip


def cast_officer(world: World) -> Scene:
    """Take loan officers to whom a market was assigned, and its traders."""
    chance, n = world.chance("alike", OFFICER), instances(world)
    of = sizes(chance, n, figures("papers")[OFFICER]["traders"])
    officers = take(world, chance, n, thin=False, ages=(25, 55))
    markets = found(
        world, chance, n, trade="market", on=-chance.integers(1_500, 7_000, n), size=chance.integers(5, 20, n)
    )
    told(world, OFFICER, officers)
    more = {"bank": chance.choice(firms_of(world, "bank"), n), "market": markets}
    return Scene(main=officers, crowd=crowd(world, chance, len(of), ages=(25, 62)), of=of, more=more)


def play_officer(world: World, scene: Scene) -> None:
    """One officer approves all loans of a market that introduces its traders; they are repaid like others."""
    told_of, chance, n = figures("papers")[OFFICER], world.chance("alike", OFFICER, "play"), len(scene.of)
    low, high = told_of["rate_bp"]
    yuan, bank = told_of["yuan"], scene.more["bank"][scene.of]
    terms = Terms(
        principal=rounded(around(chance, yuan["middle"] * 100, spread=yuan["spread"], n=n), 500_000),
        monthly_ppm=rates(chance, low, high, n),
        months=np.full(n, 12),
        method=np.zeros(n, np.int64),
        start=pick_days(world, chance, n, np.full(n, -200), np.full(n, world.options.days - 20), kind="firm"),
    )
    extra = {
        "lender_kind": "bank",
        "product_kind": "商户经营贷",
        "purpose": "经营周转",
        "officer_id": scene.main[scene.of],
        "intermediary_id": scene.more["market"][scene.of],
        "applied_online": False,
    }
    deal = Deal(lender=bank, borrower=scene.crowd, payee_account=accounts(world, scene.crowd), extra=extra)
    loans = lend(world, why(OFFICER), chance=chance, terms=terms, deal=deal, conduct=GOOD, memo="经营贷").loans
    world.add(
        "approval", why(OFFICER), loan_id=loans, institution_id=bank, step="approval", step_no=2,
        officer_id=scene.main[scene.of], decided_at=world.of(loans, "approved_at"), decision="approve",
        rule_decision="approve", overrides=False, currency="CNY", amount_fen=terms.principal,
    )  # fmt: skip
    world.add("tie", why(OFFICER), from_id=scene.main, to_id=scene.more["bank"], kind="loan_officer",
              since_on=world.day(-chance.integers(400, 2_000, scene.many)))  # fmt: skip


def cast_star(world: World) -> Scene:
    """Take insurance agents who sell more than a dozen others."""
    chance, n = world.chance("alike", STAR), instances(world)
    of = sizes(chance, n, figures("papers")[STAR]["policies"])
    agents = take(world, chance, n, thin=False, ages=(26, 58))
    told(world, STAR, agents)
    agencies = firms_of(world, "insurance_agency")
    more = {"insurer": chance.choice(firms_of(world, "insurer"), n), "agency": chance.choice(agencies, n)}
    return Scene(main=agents, crowd=crowd(world, chance, len(of), ages=(22, 62)), of=of, more=more)


def play_star(world: World, scene: Scene) -> None:
    """Sell many policies that their holders pay themselves and keep."""
    told_of, chance, label, n = figures("papers")[STAR], world.chance("alike", STAR, "play"), why(STAR), len(scene.of)
    start = pick_days(world, chance, n, np.full(n, -150), np.full(n, world.options.days - 5), kind="firm")
    premium = rounded(
        around(chance, told_of["premium"]["middle"] * 100, spread=told_of["premium"]["spread"], n=n), 10_000
    )
    agent, insurer, agency = scene.main[scene.of], scene.more["insurer"][scene.of], scene.more["agency"][scene.of]
    commission, own = premium * told_of["commission"] // 1_000, accounts(world, scene.crowd)
    policies = world.add(
        "policy", label, policy_no=serials("S1", 50_000 + np.arange(n) * 13, width=12), kind="life", product="终身寿险",
        insurer_id=insurer, holder_id=scene.crowd, insured_id=scene.crowd, holder_phone=phones(world, scene.crowd),
        visit_phone=phones(world, scene.crowd), agent_id=agent, agency_id=agency, premium_payer_id=scene.crowd,
        premium_account_id=own, applied_on=world.day(start - 1), effective_on=world.day(start), currency="CNY",
        premium_fen=premium, interval_days=np.full(n, 365), sum_insured_fen=premium * 30, commission_fen=commission,
        clawback_until_on=world.day(start + 390), status="in_force",
    )  # fmt: skip
    pay_premiums(world, label, chance, policies=policies, holder=scene.crowd, insurer=insurer, premium=premium,
                 start=start, until=np.full(n, world.options.days), years=2)  # fmt: skip
    paid_on = start + 20
    now = (paid_on >= 0) & (paid_on < world.options.days)
    world.add(
        "commission", label, policy_id=policies[now], agent_id=agent[now], payer_id=agency[now], kind="first_year",
        policy_year=1, base_fen=premium[now], rate=told_of["commission"] / 1_000, currency="CNY",
        amount_fen=commission[now], paid_on=world.day(paid_on[now]), account_id=accounts(world, agent[now]),
        clawback_until_on=world.day(start[now] + 390),
    )  # fmt: skip
    pay(world, label, src=accounts(world, agency[now]), dst=accounts(world, agent[now]),
        at=moments(world, chance, paid_on[now], kind="firm"), amount_fen=commission[now], memo="佣金", channel="batch",
        kind="代发")  # fmt: skip


SCENARIOS = (
    Scenario(kind=VILLAGE, like="blank_borrowers", cast=cast_village, play=play_village),
    Scenario(kind=COMMITTEE, like="forged_papers", cast=cast_committee, play=play_committee),
    Scenario(kind=EMPLOYER, like="forged_papers", cast=cast_employer, play=play_employer),
    Scenario(kind=OFFICER, like="insider_collusion", cast=cast_officer, play=play_officer),
    Scenario(kind=STAR, like="insider_collusion", cast=cast_star, play=play_star),
)

"""Insurance that looks like arbitrage or a claims ring: hardship surrenders, a county's one trauma hospital."""

import numpy as np
import pyarrow as pa

from suyuan.world.alike.premiums import YEAR, pay_premiums
from suyuan.world.alike.scenario import Scenario, Scene, between, figures, instances, sizes, told, why
from suyuan.world.frame.dice import Ints, around
from suyuan.world.frame.tables import NOBODY
from suyuan.world.frame.world import World
from suyuan.world.life.actors import accounts
from suyuan.world.life.credit import rounded
from suyuan.world.life.figures import choose
from suyuan.world.life.marks import serials
from suyuan.world.life.pay import pay
from suyuan.world.life.rhythm import moments, pick_days
from suyuan.world.life.ring_up import phones
from suyuan.world.people.cast import crowd, firms_of, found, take

HARDSHIP = "hardship surrenders"
HOSPITAL = "the one trauma hospital of a county"


def cast_hardship(world: World) -> Scene:
    """Take agents whose customers lost their work, and find these."""
    chance, n = world.chance("alike", HARDSHIP), instances(world)
    of = sizes(chance, n, figures("relief")[HARDSHIP]["holders"])
    agents = take(world, chance, n, thin=False, ages=(26, 58))
    told(world, HARDSHIP, agents)
    more = {"insurer": chance.choice(firms_of(world, "insurer"), n)}
    return Scene(main=agents, crowd=crowd(world, chance, len(of), ages=(26, 60)), of=of, more=more)


def play_hardship(world: World, scene: Scene) -> None:
    """Give policies up at a loss, at any time after the first year, the money going back to the holder who paid."""
    told_of, chance, label, n = (
        figures("relief")[HARDSHIP],
        world.chance("alike", HARDSHIP, "play"),
        why(HARDSHIP),
        len(scene.of),
    )
    over = pick_days(world, chance, n, np.full(n, 30), np.full(n, world.options.days - 1), kind="firm")
    start = over - YEAR - chance.integers(20, 900, n)
    premium = rounded(
        around(chance, told_of["premium"]["middle"] * 100, spread=told_of["premium"]["spread"], n=n), 10_000
    )
    years = (over - start) // YEAR + 1
    value = premium * years * between(chance, told_of["value_share"], n) // 1_000
    insurer, agent, own = scene.more["insurer"][scene.of], scene.main[scene.of], accounts(world, scene.crowd)
    phone = phones(world, scene.crowd)
    policies = world.add(
        "policy", label, policy_no=serials("H1", 50_000 + np.arange(n) * 13, width=12), kind="life", product="两全保险",
        insurer_id=insurer, holder_id=scene.crowd, insured_id=scene.crowd, holder_phone=phone, visit_phone=phone,
        agent_id=agent, premium_payer_id=scene.crowd, premium_account_id=own, applied_on=world.day(start - 1),
        effective_on=world.day(start), currency="CNY", premium_fen=premium, interval_days=np.full(n, YEAR),
        sum_insured_fen=premium * 20, commission_fen=premium * 28 // 100, clawback_until_on=world.day(start + 390),
        status="surrendered", surrendered_on=world.day(over), surrender_fen=value, surrender_account_id=own,
    )  # fmt: skip
    pay_premiums(world, label, chance, policies=policies, holder=scene.crowd, insurer=insurer, premium=premium,
                 start=start, until=over, years=4)  # fmt: skip
    _give_up(world, chance, scene, policies=policies, over=over, sums=(premium * years, value))


def _give_up(
    world: World, chance: np.random.Generator, scene: Scene, *, policies: Ints, over: Ints, sums: tuple[Ints, Ints]
) -> None:
    told_of, n, (paid, value) = figures("relief")[HARDSHIP], len(policies), sums
    own, house = accounts(world, scene.crowd), accounts(world, scene.more["insurer"][scene.of])
    at = moments(world, chance, over, kind="firm")
    reasons = np.array(told_of["reasons"], dtype=object)[chance.integers(0, len(told_of["reasons"]), n)]
    world.add(
        "policy_event", why(HARDSHIP), policy_id=policies, kind="surrendered", happened_at=at, asked_by_id=scene.crowd,
        agent_id=scene.main[scene.of], channel="柜面", currency="CNY", premiums_paid_fen=paid, cash_value_fen=value,
        paid_fen=value, payee_id=scene.crowd, payee_account_id=own, phone=phones(world, scene.crowd), reason=reasons,
    )  # fmt: skip
    pay(world, why(HARDSHIP), src=house, dst=own, at=at, amount_fen=value, memo="退保金", channel="batch",
        kind="退款")  # fmt: skip


def cast_hospital(world: World) -> Scene:
    """Found a county's hospital and appraiser, take its doctors, find the injured."""
    chance, n = world.chance("alike", HOSPITAL), instances(world)
    of = sizes(chance, n, figures("relief")[HOSPITAL]["injured"])
    hospitals = found(
        world, chance, n, trade="hospital", on=-chance.integers(5_000, 9_000, n), size=chance.integers(90, 300, n)
    )
    appraisers = found(
        world, chance, n, trade="appraiser", on=-chance.integers(2_000, 6_000, n), size=chance.integers(5, 15, n)
    )
    doctors, experts = (take(world, chance, n, thin=False, ages=(30, 62)) for _ in range(2))
    for group in (hospitals, appraisers, doctors, experts):
        told(world, HOSPITAL, group)
    more = {
        "appraiser": appraisers,
        "doctor": doctors,
        "expert": experts,
        "insurer": chance.choice(firms_of(world, "insurer"), len(of)),
    }
    return Scene(main=hospitals, crowd=crowd(world, chance, len(of), ages=(18, 74)), of=of, more=more)


def play_hospital(world: World, scene: Scene) -> None:
    """Treat and appraise everyone injured in the county: one hospital, one doctor, one appraiser, many insurers."""
    told_of, chance, label, n = (
        figures("relief")[HOSPITAL],
        world.chance("alike", HOSPITAL, "play"),
        why(HOSPITAL),
        len(scene.of),
    )
    day = pick_days(world, chance, n, np.zeros(n, np.int64), np.full(n, max(2, world.options.days - 200)))
    accident = moments(world, chance, day)
    grade = np.array([int(each) for each in told_of["grades"]])[choose(chance, told_of["grades"], n)]
    paid = rounded(around(chance, told_of["paid"]["middle"] * 100, spread=told_of["paid"]["spread"], n=n), 1_000)
    paid_at = moments(world, chance, day + chance.integers(120, 199, n), kind="firm")
    own, house = accounts(world, scene.crowd), scene.main[scene.of]
    region, told_grade = world.of(house, "region_code"), pa.array(grade, mask=grade == 0)
    appraised = grade > 0
    claims = world.add(
        "claim", label, claim_no=serials("C7", 600_000 + np.arange(n) * 7, width=10), insurer_id=scene.more["insurer"],
        kind="injury", accident_at=accident, reported_at=accident + np.timedelta64(7_200, "s"), region_code=region,
        claimant_id=scene.crowd, injured_id=scene.crowd, reporter_phone=phones(world, scene.crowd), hospital_id=house,
        doctor_id=scene.more["doctor"][scene.of], currency="CNY", claimed_fen=paid * 11 // 10, paid_fen=paid,
        appraiser_id=np.where(appraised, scene.more["expert"][scene.of], NOBODY),
        appraising_firm_id=np.where(appraised, scene.more["appraiser"][scene.of], NOBODY), commissioned_by="insurer",
        injury_grade=told_grade, paid_at=paid_at, payee_account_id=own, status="paid",
    )  # fmt: skip
    world.add(
        "medical_visit", label, record_no=serials("ZY", 900_000 + np.arange(n), width=8), patient_id=scene.crowd,
        hospital_id=house, department="创伤骨科", doctor_id=scene.more["doctor"][scene.of], kind="inpatient",
        visited_at=accident + np.timedelta64(3_000, "s"), discharged_on=world.day(day + chance.integers(5, 40, n)),
        diagnosis="多处骨折", accident=True, claim_id=claims, phone=phones(world, scene.crowd), region_code=region,
        currency="CNY", cost_fen=paid // 3 + 100, payer_id=scene.crowd,
    )  # fmt: skip
    _appraise(world, chance, scene, claims=claims, grade=grade, day=day)
    pay(world, label, src=accounts(world, scene.more["insurer"]), dst=own, at=paid_at, amount_fen=paid, memo="理赔款",
        channel="batch", kind="理赔")  # fmt: skip


def _appraise(world: World, chance: np.random.Generator, scene: Scene, *, claims: Ints, grade: Ints, day: Ints) -> None:
    """Add the appraisal of those whose injury has a grade, asked for by the insurer."""
    some, house = np.flatnonzero(grade > 0), scene.main[scene.of]
    fee = between(chance, figures("relief")[HOSPITAL]["fee"], len(some)) * 100
    world.add(
        "injury_appraisal", why(HOSPITAL), number=serials("司鉴", 70_000 + some, width=7), claim_id=claims[some],
        injured_id=scene.crowd[some], appraising_firm_id=scene.more["appraiser"][scene.of][some],
        appraiser_id=scene.more["expert"][scene.of][some], commissioned_by="insurer",
        commissioner_id=scene.more["insurer"][some], commissioned_on=world.day(day[some] + 80),
        accident_on=world.day(day[some]), appraised_on=world.day(day[some] + 100),
        grade=grade[some], region_code=world.of(house[some], "region_code"), currency="CNY",
        fee_fen=fee, fee_payer_id=scene.more["insurer"][some],
    )  # fmt: skip


SCENARIOS = (
    Scenario(kind=HARDSHIP, like="surrender_arbitrage", cast=cast_hardship, play=play_hardship),
    Scenario(kind=HOSPITAL, like="injury_claims", cast=cast_hospital, play=play_hospital),
)

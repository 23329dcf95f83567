"""Accidents and illness: claims on motor and health policies, the injured, hospitals, appraisals, what was paid."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import NOBODY, words
from suyuan.world.frame.world import World
from suyuan.world.life.actors import accounts, adults, fame, firms, staff
from suyuan.world.life.credit import rounded
from suyuan.world.life.figures import choose, figures, permille, spread, volume
from suyuan.world.life.insurance import Sold
from suyuan.world.life.marks import serials
from suyuan.world.life.pay import pay
from suyuan.world.life.rhythm import moments
from suyuan.world.life.ring_up import phones


def live_claims(world: World, sold: list[Sold]) -> None:
    """Add claims on the policies `sold`: damaged cars, illness, and people hurt in traffic."""
    by_kind, told = {each.kind: each for each in sold}, figures("insurance")
    _simple(world, by_kind["motor"], kind="vehicle", share=told["motor_claims"], size=told["motor_claim"])
    _simple(world, by_kind["health"], kind="illness", share=told["health_claims"], size=told["health_claim"])
    _injuries(world, by_kind["motor"])


def _within(world: World, chance: np.random.Generator, sold: Sold, rows: Ints) -> tuple[Ints, Ints]:
    """Return `rows` of policies and a day on which each was in force within the world; others are left out."""
    low = np.maximum(sold.start[rows], 0)
    high = np.minimum(np.minimum(sold.over[rows], sold.start[rows] + 365), world.options.days - 6)
    kept = high > low
    return rows[kept], (low + chance.integers(0, 1 << 30, len(rows)) % np.maximum(high - low, 1))[kept]


def _claim(
    world: World, chance: np.random.Generator, sold: Sold, *,
    row: Ints, accident: Ints, claimed: Ints, claimant: Ints, handling: int, refused: int, **more: Any,
) -> Ints:  # fmt: skip
    """Add claims and pay those that were granted; `more` are further columns of the claim."""
    n, days = len(row), world.options.days
    insurer = world.of(sold.ids[row], "insurer_id")
    happened = moments(world, chance, accident)
    reported = happened + chance.integers(600, 4 * 86_400, n).astype("timedelta64[s]")
    reported_day = (reported.astype("datetime64[D]") - world.day(0)).astype(np.int64)
    paid_day = reported_day + 2 + spread(chance, handling, 0.6, n)
    no = permille(chance, refused, n)
    done = (paid_day < days) & ~no
    paid_at = moments(world, chance, np.minimum(paid_day, days - 1), kind="firm")
    paid = np.minimum(rounded(claimed * chance.integers(620, 1001, n) // 1000, 100), claimed)
    payee = accounts(world, claimant)
    status = np.where(done, 1, np.where(no & (paid_day < days), 2, 0))
    claims = world.add(
        "claim",
        claim_no=serials("C", 5_000_000 + world.tables.rows("claim") * 7 + np.arange(n) * 7, width=12),
        policy_id=sold.ids[row],
        insurer_id=insurer,
        accident_at=happened,
        reported_at=reported,
        region_code=world.of(claimant, "region_code"),
        claimant_id=claimant,
        reporter_phone=phones(world, claimant),
        adjuster_id=staff(world, chance, insurer),
        currency="CNY",
        claimed_fen=claimed,
        paid_fen=pa.array(paid, mask=~done),
        paid_at=pa.array(paid_at, mask=~done),
        payee_account_id=np.where(done, payee, NOBODY),
        status=words(status, ["open", "paid", "refused"]),
        **more,
    )
    pay(world, src=accounts(world, insurer)[done], dst=payee[done], at=paid_at[done], amount_fen=paid[done],
        memo="理赔款", channel="batch", kind="理赔")  # fmt: skip
    return claims


def _simple(world: World, sold: Sold, *, kind: str, share: int, size: list[Any]) -> None:
    chance = world.chance("life", "claims", kind)
    rows = np.flatnonzero(permille(chance, share, len(sold.ids))).astype(np.int64)
    row, day = _within(world, chance, sold, rows)
    holder = world.of(sold.ids[row], "holder_id")
    ill = kind == "illness"
    hospital = _hospitals(world, chance, len(row)) if ill else np.full(len(row), NOBODY, np.int64)
    doctor = staff(world, chance, hospital) if ill else np.full(len(row), NOBODY, np.int64)
    handling, refused = (20, 60) if ill else (9, 12)
    _claim(
        world, chance, sold, row=row, accident=day, claimant=holder, handling=handling, refused=refused,
        claimed=rounded(spread(chance, size[0], size[1], len(row)), 100), kind=kind, hospital_id=hospital,
        doctor_id=doctor, place=None if ill else _places(chance, len(row)),
    )  # fmt: skip


def _places(chance: np.random.Generator, n: int) -> pa.DictionaryArray:
    places = figures("insurance")["injury"]["places"]
    return words(chance.integers(0, len(places), n), places)


def _hospitals(world: World, chance: np.random.Generator, n: int) -> Ints:
    return fame(world.chance("life", "hospitals"), firms(world, "hospital"), tail=0.8).draw(chance, n)


def _injuries(world: World, sold: Sold) -> None:
    """Add people hurt by insured cars: treated, some appraised, some helped by a lawyer, paid to themselves."""
    chance, told = world.chance("life", "claims", "injuries"), figures("insurance")["injury"]
    rows = chance.integers(0, len(sold.ids), volume("insurance", "injuries", world.options.scale))
    row, day = _within(world, chance, sold, rows)
    n = len(row)
    injured = adults(world, chance, ages=(18, 80), thin=True).draw(chance, n)
    claimed = rounded(spread(chance, told["claim"][0], told["claim"][1], n), 100)
    hospital = _hospitals(world, chance, n)
    doctor = staff(world, chance, hospital, desks=30)
    graded, helped = permille(chance, told["graded"], n), permille(chance, told["by_lawyer"], n)
    grade = np.array(list(told["grades"]))[choose(chance, told["grades"], n)]
    house = fame(chance, firms(world, "appraiser")).draw(chance, n)
    appraiser = staff(world, chance, house, desks=5)
    office = fame(chance, firms(world, "law_firm")).draw(chance, n)
    lawyer = staff(world, chance, office, desks=6)
    by = words(chance.integers(0, 3, n), ["claimant", "insurer", "joint"]).cast(pa.string())
    appraised = day + 60 + chance.integers(0, 60, n)
    graded &= appraised < world.options.days
    claims = _claim(
        world, chance, sold, row=row, accident=day, claimant=injured, handling=told["handling"], kind="injury",
        refused=told["refused"], claimed=claimed, injured_id=injured, place=_places(chance, n), hospital_id=hospital,
        doctor_id=doctor, agent_id=np.where(helped, lawyer, NOBODY), law_firm_id=np.where(helped, office, NOBODY),
        agent_since_on=pa.array(world.day(day + 5), mask=~helped), lawyer_id=np.where(helped, lawyer, NOBODY),
        agent_phone=pa.array(phones(world, np.where(helped, lawyer, NOBODY))),
        appraiser_id=np.where(graded, appraiser, NOBODY), appraising_firm_id=np.where(graded, house, NOBODY),
        appraised_on=pa.array(world.day(appraised), mask=~graded),
        injury_grade=pa.array(grade.astype(np.int32), mask=~graded),
        commissioned_by=pa.array(np.where(graded, by.to_numpy(zero_copy_only=False), None), pa.string()),
    )  # fmt: skip
    injury = choose(chance, told["diagnoses"], n)
    _visits(world, chance, claims=claims, day=day, patient=injured, doctor=(hospital, doctor), injury=injury)
    _appraisals(world, chance, claims=claims[graded], day=(day[graded], appraised[graded]),
                who=(injured[graded], appraiser[graded], house[graded]), grade=grade[graded],
                part=injury[graded], by=by.filter(pa.array(graded)))  # fmt: skip


def _visits(
    world: World, chance: np.random.Generator, *,
    claims: Ints, day: Ints, patient: Ints, doctor: tuple[Ints, Ints], injury: Ints,
) -> None:  # fmt: skip
    """Add the emergency visit, a stay for some, and what they cost."""
    told: Mapping[str, Any] = figures("insurance")["injury"]
    n, days = len(claims), world.options.days
    stay = permille(chance, 340, n)
    cost = np.maximum(world.of(claims, "claimed_fen") * told["hospital_cost"] // 1000, 10_000)
    for kind, mine, part in (("emergency", np.ones(n, bool), 120), ("inpatient", stay, 880)):
        row = np.flatnonzero(mine)
        at = np.maximum(world.of(claims, "accident_at")[row], world.moment(0, 0)) + np.timedelta64(3600, "s")
        out = day[row] + 3 + chance.geometric(1 / 9, len(row))
        diagnoses = list(told["diagnoses"])
        world.add(
            "medical_visit",
            record_no=serials("MR", 800_000 + row * 3, width=9),
            patient_id=patient[row],
            hospital_id=doctor[0][row],
            department=words(chance.integers(0, len(told["departments"]), len(row)), told["departments"]),
            doctor_id=doctor[1][row],
            kind=kind,
            visited_at=at if kind == "emergency" else at + np.timedelta64(7200, "s"),
            discharged_on=pa.array(world.day(out), mask=(out >= days) | (kind == "emergency")),
            diagnosis=words(injury[row], diagnoses),
            accident=True,
            claim_id=claims[row],
            phone=phones(world, patient[row]),
            region_code=world.of(doctor[0][row], "region_code"),
            currency="CNY",
            cost_fen=np.maximum(cost[row] * part // 1000, 1000),
            payer_id=patient[row],
        )


def _appraisals(
    world: World, chance: np.random.Generator, *,
    claims: Ints, day: tuple[Ints, Ints], who: tuple[Ints, Ints, Ints], grade: Ints, part: Ints, by: Any,
) -> None:  # fmt: skip
    told, n = figures("insurance")["injury"], len(claims)
    (accident, appraised), (injured, appraiser, house) = day, who
    world.add(
        "injury_appraisal",
        number=serials("司鉴", 1_000 + np.arange(n) * 5, width=8),
        claim_id=claims,
        injured_id=injured,
        appraising_firm_id=house,
        appraiser_id=appraiser,
        second_appraiser_id=staff(world, chance, house, desks=5),
        commissioned_by=by,
        commissioner_id=injured,
        commissioned_on=world.day(appraised - chance.integers(5, 20, n)),
        accident_on=world.day(accident),
        appraised_on=world.day(appraised),
        grade=grade.astype(np.int32),
        body_part=words(part, list(told["parts"].values())),
        review=permille(chance, 50, n),
        region_code=world.of(house, "region_code"),
        currency="CNY",
        fee_fen=chance.integers(12, 30, n) * 10_000,
        fee_payer_id=injured,
    )

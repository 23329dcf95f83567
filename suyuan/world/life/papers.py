"""What lending leaves on paper: applications, look-ups with consent, steps of approval, proofs, checks of registers."""

from typing import Any

import numpy as np
import pyarrow as pa

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import NOBODY, first_id, is_of, row_of, words
from suyuan.world.frame.world import World
from suyuan.world.life.actors import accounts, adults, fame, firms, seen_from, staff
from suyuan.world.life.figures import choose, figures, permille
from suyuan.world.life.marks import digests, serials
from suyuan.world.life.rhythm import moments, pick_days
from suyuan.world.life.ring_up import phones


def live_papers(world: World) -> None:
    """Add the papers of every loan of a licensed lender, and of the applications that were refused."""
    loans = licensed(world)
    granted = _granted(world, loans)
    refused = _refused(world, loans)
    _queries(world, np.concatenate([granted, refused]))
    _approvals(world, granted, loans)
    _proofs(world, granted, loans)
    _checks(world, loans)


def licensed(world: World) -> Ints:
    """Return the background's loans of licensed lenders, but no renewals without repayment."""
    fits = (world.column("loan", "lender_kind").astype(str) != "private") & (world.column("loan", "_ring") == NOBODY)
    fits &= (world.column("loan", "settles_loan_id") == NOBODY) & (world.column("loan", "_scenario").astype(str) == "")
    return first_id("loan") + np.flatnonzero(fits).astype(np.int64)


def _granted(world: World, loans: Ints) -> Ints:
    same = {"applicant_id": "borrower_id", "institution_id": "lender_id", "product": "product_kind", "app_id": "app_id",
            "applied_at": "applied_at", "amount_fen": "principal_fen", "term_days": "term_days", "purpose": "purpose",
            "officer_id": "officer_id", "decided_at": "approved_at"}  # fmt: skip
    told: dict[str, Any] = {name: world.of(loans, column) for name, column in same.items()}
    chance = world.chance("life", "applications")
    return _applications(
        world, chance, told, outcome="approved", loan_id=loans, online=world.of(loans, "applied_online")
    )


def _refused(world: World, loans: Ints) -> Ints:
    """Add applications that were refused: like those granted, by people who owe much or earn little."""
    chance = world.chance("life", "refused")
    n = len(loans) * figures("papers")["refused"] // 1000
    like = loans[chance.integers(0, len(loans), n)]
    like = like[is_of(world.of(like, "borrower_id"), "person")]
    n = len(like)
    at = moments(world, chance, pick_days(world, chance, n, 0, world.options.days))
    names = {"institution_id": "lender_id", "product": "product_kind", "app_id": "app_id",
             "amount_fen": "principal_fen", "term_days": "term_days", "purpose": "purpose"}  # fmt: skip
    told: dict[str, Any] = {name: world.of(like, column) for name, column in names.items()}
    told |= {"applicant_id": adults(world, chance).draw(chance, n), "applied_at": at, "officer_id": NOBODY,
             "decided_at": at + chance.integers(60, 2 * 86_400, n).astype("timedelta64[s]")}  # fmt: skip
    return _applications(
        world, chance, told, outcome="refused", loan_id=NOBODY, online=world.of(like, "applied_online")
    )


def _applications(
    world: World, chance: np.random.Generator, told: dict[str, Any], *, outcome: str, loan_id: Any, online: Any
) -> Ints:
    who, n = told["applicant_id"], len(told["applicant_id"])
    person = is_of(who, "person")
    device, ip = seen_from(world, who)
    rows = row_of(np.where(person, who, first_id("person")))
    income = np.where(person, world.column("person", "_income_fen")[rows] * chance.integers(900, 1250, n) // 1000, 0)
    employer = world.column("person", "employer")[rows]
    contact = first_id("person") + np.minimum(rows + 1, world.tables.rows("person") - 1)
    online = online.astype(bool)
    first = world.tables.rows("application")
    return world.add(
        "application",
        number=serials("AP", 3_000_000 + (first + np.arange(n)) * 3, width=10),
        kind="loan",
        channel=words(np.where(online, np.where(told["app_id"] == NOBODY, 1, 0), 2), ["app", "online", "branch"]),
        currency="CNY",
        phone=phones(world, who),
        employer_told=pa.array(employer, pa.string(), mask=~person),
        income_fen=pa.array(income // 10_000 * 10_000, mask=~person),
        address_told=pa.array(world.column("person", "address")[rows], pa.string(), mask=~person),
        contact_name=world.of(contact, "name"),
        contact_phone=phones(world, contact),
        account_id=accounts(world, who),
        device=np.where(online, device, NOBODY),
        ip=np.where(online, ip, NOBODY),
        score=np.clip(chance.integers(520, 760, n) - (40 if outcome == "refused" else 0), 300, 900) * 1.0,
        consent_ref=serials("CN", 9_000_000 + (first + np.arange(n)) * 7, width=11),
        outcome=outcome,
        loan_id=loan_id,
        **told,
    )


def _queries(world: World, applications: Ints) -> None:
    """Add look-ups of people who applied: each with its application, its consent and its loan."""
    chance, told = world.chance("life", "queries"), figures("papers")
    who = world.of(applications, "applicant_id")
    mine = applications[is_of(who, "person")]
    at, consent = world.of(mine, "applied_at"), pa.array(world.of(mine, "consent_ref"), pa.string())
    number = pa.array(world.of(mine, "number"), pa.string())
    asker, loan = world.of(mine, "institution_id"), world.of(mine, "loan_id")
    last = world.moment(world.options.days, -1)
    app, person = world.of(mine, "app_id"), world.of(mine, "applicant_id")
    for kind, share in told["queries"].items():
        row = np.flatnonzero(permille(chance, share, len(mine)) & (at >= world.moment(0, 0)))
        n = len(row)
        world.add(
            "data_query",
            asked_at=np.minimum(at[row] + chance.integers(20, 1800, n).astype("timedelta64[s]"), last),
            asker_id=asker[row],
            provider_id=fame(world.chance("life", "data_firms"), firms(world, "data_firm")).draw(chance, n),
            person_id=person[row],
            phone=phones(world, person[row]),
            kind=kind,
            fields_returned=pa.array([told["fields"][kind]] * n, pa.list_(pa.string())),
            hit=permille(chance, told["hit"], n),
            application_ref=number.take(pa.array(row)),
            consent_ref=consent.take(pa.array(row)),
            consented_at=at[row],
            app_id=app[row],
            loan_id=loan[row],
            currency="CNY",
            fee_fen=told["query_fee_fen"][kind],
        )


def _approvals(world: World, applications: Ints, loans: Ints) -> None:
    """Add the steps of loans that people decide on: intake, review, approval, each by somebody of the lender."""
    chance, told = world.chance("life", "approvals"), figures("papers")
    offline = np.flatnonzero(~world.of(loans, "applied_online").astype(bool))
    loan, application, n = loans[offline], applications[offline], len(offline)
    lender = world.of(loan, "lender_id")
    applied, approved = world.of(loan, "applied_at"), world.of(loan, "approved_at")
    against = permille(chance, told["overridden"], n)
    for number, step in enumerate(("intake", "review", "approval"), start=1):
        done = applied + (approved - applied) * number // 3
        officer = world.of(loan, "officer_id") if number == 1 else staff(world, chance, lender, desks=4 + 4 * number)
        rule = np.where(against & (number == 3), 1, 0)
        world.add(
            "approval",
            application_id=application,
            loan_id=loan,
            institution_id=lender,
            step=step,
            step_no=np.full(n, number, np.int32),
            officer_id=officer,
            decided_at=done,
            decision="approve",
            rule_decision=words(rule, ["approve", "review"]),
            overrides=rule == 1,
            currency="CNY",
            amount_fen=world.of(loan, "principal_fen"),
        )


def _proofs(world: World, applications: Ints, loans: Ints) -> None:
    """Add proofs of income on each employer's own form, and statements on each bank's."""
    chance, told = world.chance("life", "proofs"), figures("papers")
    who, online = world.of(loans, "borrower_id"), world.of(loans, "applied_online").astype(bool)
    wanted = is_of(who, "person") & (~online | permille(chance, told["proofs"], len(loans)))
    employer = np.full(len(loans), NOBODY, np.int64)
    employer[wanted] = world.of(who[wanted], "_employer")
    bank = _banks(world, loans)
    for kind, issuer in (("income_proof", employer), ("bank_statement", np.where(wanted, bank, NOBODY))):
        _forms(
            world, chance, kind=kind, row=np.flatnonzero(issuer != NOBODY), issuer=issuer, links=(applications, loans)
        )
    firm = np.where(is_of(who, "company"), who, NOBODY)
    register = np.where(firm != NOBODY, firms(world, "government")[0], NOBODY)
    _forms(world, chance, kind="business_licence", row=np.flatnonzero(firm != NOBODY), issuer=register,
           links=(applications, loans))  # fmt: skip


def _banks(world: World, loans: Ints) -> Ints:
    """Return a bank that printed each borrower's statement."""
    banks = firms(world, "bank")
    return banks[row_of(world.of(loans, "borrower_id")) % len(banks)]


def _forms(
    world: World, chance: np.random.Generator, *, kind: str, row: Ints, issuer: Ints, links: tuple[Ints, Ints]
) -> None:
    """Add papers of one kind: one layout and one seal an issuer, a serial of its own each."""
    applications, loans = links
    n, told = len(row), figures("papers")
    house, place = np.unique(issuer[row], return_inverse=True)
    layout, seal = digests(chance, len(house)), digests(chance, len(house))
    who = world.of(loans[row], "borrower_id")
    at = world.of(loans[row], "applied_at")
    issued = at.astype("datetime64[D]") - chance.integers(1, 40, n).astype("timedelta64[D]")
    readable = ~permille(chance, told["stamp_lost"], n)
    lender = world.of(loans[row], "lender_id")
    world.add(
        "document",
        kind=kind,
        number=serials({"income_proof": "SR", "bank_statement": "LS"}.get(kind, "YZ"), 600_000 + row * 3, width=9),
        subject_id=who,
        issuer=world.of(issuer[row], "name"),
        issuer_id=issuer[row],
        issued_on=issued,
        layout_digest=layout[place],
        seal_digest=pa.array(seal[place], pa.string(), mask=~readable),
        text_digest=digests(chance, n),
        serial_no=serials("", 800_000 + row * 7, width=10),
        editor=words(choose(chance, {"a": 3, "b": 1}, n), ["扫描仪", "手机拍照"]),
        file_sha256=digests(chance, n),
        pages=np.where(kind == "bank_statement", chance.integers(2, 30, n), 1).astype(np.int32),
        generated_score=chance.integers(0, 25, n) / 100,
        closes=pa.array(np.ones(n, bool), mask=np.full(n, kind != "bank_statement")),
        handed_in_at=at,
        handed_in_by_id=who,
        received_by_id=lender,
        application_id=applications[row],
        loan_id=loans[row],
    )


def _checks(world: World, loans: Ints) -> None:
    """Add what lenders asked the registers of homes and of firms; nearly all is found as told."""
    chance, told = world.chance("life", "checks"), figures("papers")
    home, who = world.of(loans, "collateral_id"), world.of(loans, "borrower_id")
    for registry, mine in (("不动产登记", home != NOBODY), ("市场主体登记", is_of(who, "company"))):
        row = np.flatnonzero(mine & permille(chance, told["checked"], len(loans)))
        n = len(row)
        homes = registry == "不动产登记"
        number = world.of(home[row], "certificate_no") if homes else world.of(who[row], "credit_code")
        lender = world.of(loans[row], "lender_id")
        differs = permille(chance, told["differs"], n)
        world.add(
            "registry_check",
            registry=registry,
            number=number,
            subject_id=who[row],
            asked_by_id=lender,
            officer_id=staff(world, chance, lender),
            asked_at=world.of(loans[row], "approved_at") - np.timedelta64(3600, "s"),
            result=words(differs.astype(np.int64), ["found", "differs"]),
            owner_found=world.of(who[row], "name"),
            loan_id=loans[row],
            collateral_id=home[row] if homes else NOBODY,
        )

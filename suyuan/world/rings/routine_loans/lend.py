"""Lends and collects: each pay-out and repayment as a transfer, an order and a row of the lender's ledger."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from suyuan.world.frame.dice import Ints, weighted
from suyuan.world.frame.tables import Why, first_id, words
from suyuan.world.frame.world import World
from suyuan.world.life.blend import blend_moments
from suyuan.world.life.blend_papers import Dates, dated_alike, left_blank
from suyuan.world.life.pay import pay
from suyuan.world.life.rhythm import is_off, moments
from suyuan.world.people.holders import texts as column_texts
from suyuan.world.people.sims import next_ids
from suyuan.world.rings.plan import figures
from suyuan.world.rings.routine_loans.book import Book, penalties
from suyuan.world.rings.routine_loans.crew import Crew, set_up
from suyuan.world.rings.routine_loans.orders import Merchants, drawn, orders, texts
from suyuan.world.rings.routine_loans.repay import KINDS, SETTLEMENT, SIDE_FEE, Payments
from suyuan.world.rings.routine_loans.terms import Terms

Moments = np.ndarray[Any, Any]
HOUR = 3_600


@dataclass(frozen=True, kw_only=True)
class Lent:
    """What came of a book: one entry a loan (ids, moments), and one a payment (`paid`)."""

    book: Book
    terms: Terms
    apps: Ints
    """Ids of the ring's apps; a book tells places among them."""
    loan: Ints
    """Loan ids."""
    dates: Dates
    """`applied_at`, `approved_at`, `signed_on`, `paid_out_at`."""
    payer: Ints
    """Account each was paid out from."""
    paid: Payments
    paid_at: Moments
    payee: Ints
    """Account each payment went to."""
    purse: Ints
    """Account of the victim that each was paid from: his card, or sometimes his wallet."""
    claimed: tuple[Ints, Ints]
    """Principal and penalties still claimed of each loan."""

    @property
    def applied_at(self) -> Moments:
        """Return when each loan was applied for."""
        return self.dates["applied_at"]

    @property
    def paid_out_at(self) -> Moments:
        """Return when each loan was paid out."""
        return self.dates["paid_out_at"]


def lend(
    world: World, crew: Crew, *, book: Book, paid: Payments, terms: Terms, apps: Ints, merchants: Merchants
) -> Lent:
    """Write the transfers, orders, loans, fees and repayments of `book`; return when and where they were made."""
    chance = world.chance(*crew.name, "lend")
    payer = _places(world, crew, chance, way="pay_from", day=book.day, app=book.app, fen=book.received)
    dates = _paper_dates(world, chance, book)
    payee = _payees(world, crew, chance, book, paid)
    purse = _purses(world, chance, crew.victims[book.victim[paid.loan]], payee)
    lent = Lent(
        book=book,
        terms=terms,
        apps=apps,
        loan=next_ids(world, "loan", len(book)),
        dates=dates,
        payer=payer,
        paid=paid,
        paid_at=_repay_moments(world, chance, book, paid, dates["paid_out_at"], sides=(purse, payee)),
        payee=payee,
        purse=purse,
        claimed=_claimed(world, crew, book, terms),
    )
    _pay_outs(world, crew, chance, lent, merchants)
    _loans(world, crew, chance, lent)
    _fees(world, crew, lent)
    _repayments(world, crew, chance, lent, merchants)
    return lent


def is_kind(world: World, accounts: Ints, *kinds: str) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Return which `accounts` are of one of `kinds`."""
    found = pc.is_in(column_texts(world, accounts, "kind"), value_set=pa.array(kinds))
    return np.asarray(found.to_numpy(zero_copy_only=False), bool)


def _paper_dates(world: World, chance: np.random.Generator, book: Book) -> Dates:
    """Return when each loan is applied for, approved, signed and paid out.

    As published a robot lends at any hour, minutes after it is asked; who knows what is watched is as slow as others.
    """
    names = ("applied_at", "approved_at", "signed_on")
    alike = dated_alike(world, chance, "loan", anchor="paid_out_at", names=names, days=book.day)
    if alike is not None:
        return alike
    n, at = len(book), moments(world, chance, book.day)
    night = chance.integers(0, 1000, n) < set_up(world)["night"]
    at = np.where(night, world.moment(book.day, chance.integers(0, 6 * HOUR, n)), at)
    asked = at - chance.integers(45, 600, n).astype("timedelta64[s]")
    return {"applied_at": asked, "approved_at": at - np.timedelta64(9, "s"), "signed_on": at, "paid_out_at": at}


def _places(
    world: World, crew: Crew, chance: np.random.Generator, *, way: str, day: Ints, app: Ints, fen: Ints
) -> Ints:
    """Return an account for each payment: of a part drawn by the size of the payment, its accounts taking turns."""
    setting = set_up(world)
    shares = setting[way]
    size = np.searchsorted(setting["sizes_fen"], fen, side="right")
    picked = np.stack([weighted(chance, [row[k] for row in shares.values()], len(fen)) for k in range(5)])
    part = picked[size, np.arange(len(fen))]
    if world.options.evasion:  # firms seldom pay when their offices are closed
        again = is_off(day) & (part == list(shares).index("firms")) & (chance.integers(0, 10, len(fen)) < 6)
        part = np.where(again & (way == "pay_from"), list(shares).index("merchants"), part)
    turn = day // setting["rotate_days"] + app
    found = np.empty(len(fen), np.int64)
    for place, name in enumerate(shares):
        accounts = crew.accounts[name]
        found = np.where(part == place, accounts[turn % len(accounts)], found)
    return found


def _repay_moments(
    world: World, chance: np.random.Generator, book: Book, paid: Payments, out: Moments, *, sides: tuple[Ints, Ints]
) -> Moments:
    """Return when each payment is made: as published, a settlement within two hours of the note that pays it."""
    if world.options.evasion:
        return blend_moments(world, chance, paid.day, src=sides[0], dst=sides[1])
    at = moments(world, chance, paid.day)
    last = np.zeros(len(book), "datetime64[s]")
    child = np.flatnonzero(book.parent >= 0)
    np.maximum.at(last, book.parent[child], out[child])
    soon = last[paid.loan] + chance.integers(5 * 60, 110 * 60, len(at)).astype("timedelta64[s]")
    return np.where(paid.kind == SETTLEMENT, soon, at)


def _payees(world: World, crew: Crew, chance: np.random.Generator, book: Book, paid: Payments) -> Ints:
    """Return where each payment goes; side fees go to a third firm."""
    app, fees = book.app[paid.loan], crew.accounts["fees"]
    to = _places(world, crew, chance, way="collect_at", day=paid.day, app=app, fen=paid.amount)
    return np.where(paid.kind == SIDE_FEE, fees[(app + paid.day) % len(fees)], to)


def _purses(world: World, chance: np.random.Generator, victim: Ints, payee: Ints) -> Ints:
    """Return what each payment is made from: the victim's card, or his wallet where he pays a shop and has one."""
    card, chosen = world.of(victim, "_main_account"), set_up(world)["from_wallet"]
    if not chosen:
        return card
    wallets = np.flatnonzero(pc.equal(world.tables.table("account")["kind"].cast(pa.string()), "wallet").to_numpy())
    holder = world.column("account", "holder_id")[wallets]
    order = np.argsort(holder, kind="stable")
    place = np.searchsorted(holder[order], victim).clip(0, max(len(order) - 1, 0))
    has = holder[order][place] == victim if len(order) else np.zeros(len(victim), bool)
    shop = is_kind(world, payee, "merchant", "corporate")
    uses = has & shop & (chance.integers(0, 1000, len(victim)) < chosen)
    return np.where(uses, first_id("account") + wallets[order][place], card) if len(order) else card


def _claimed(world: World, crew: Crew, book: Book, terms: Terms) -> tuple[Ints, Ints]:
    left = book.settled < 0
    last = min(crew.days["end"], world.options.days)
    over = np.maximum(last - book.due - book.term * book.extensions, 0)
    return np.where(left, book.principal, 0), np.where(left, penalties(book.principal, over, terms), 0)


def _pay_outs(world: World, crew: Crew, chance: np.random.Generator, lent: Lent, merchants: Merchants) -> None:
    book, n = lent.book, len(lent.book)
    victim = crew.victims[book.victim]
    account = world.of(victim, "_main_account")
    why = Why(ring=crew.ring.index, step="strike")
    order = orders(
        world,
        why,
        chance,
        kind="pay_out",
        merchant=merchants.of(lent.payer),
        sides=(world.of(lent.payer, "holder_id"), lent.payer, victim, account),
        amount_fen=book.received,
        at=lent.paid_out_at,
        app=lent.apps[book.app],
        loan=lent.loan,
    )
    pay(
        world,
        why,
        src=lent.payer,
        dst=account,
        at=lent.paid_out_at,
        amount_fen=book.received,
        memo=texts(chance, "payout", n),
        channel="batch",
        order=order,
        flow="payout",
    )


def _loans(world: World, crew: Crew, chance: np.random.Generator, lent: Lent) -> None:
    book, terms, n = lent.book, lent.terms, len(lent.book)
    victim = crew.victims[book.victim]
    said = figures("routine_loans")["texts"]
    paid = book.settled >= 0
    dates = _dates_told(world, chance, lent)
    status = np.where(paid, 0, np.where(book.due >= min(crew.days["end"], world.options.days), 1, 2))
    world.add(
        "loan",
        Why(ring=crew.ring.index, step="strike"),
        lender_id=crew.lenders[book.app % len(crew.lenders)],
        lender_kind="private",
        signatory_id=crew.shells[(book.app * 3 + book.victim) % len(crew.shells)],
        payer_account_id=lent.payer,
        app_id=lent.apps[book.app],
        borrower_id=victim,
        borrower_account_id=world.of(victim, "_main_account"),
        product_kind="小额周转",
        contract_kind=drawn(chance, said["contracts"][world.options.evasion], n),
        currency="CNY",
        principal_fen=book.principal,
        received_fen=book.received,
        term_days=book.term,
        interval_days=book.term,
        repay_method="bullet",
        quoted_yearly_rate=terms.yearly_rate / 1000 if terms.yearly_rate else 0.24,
        penalty_daily_rate=terms.penalty_daily / 1000,
        **dates,
        due_on=world.day(book.due),
        settles_loan_id=np.where(book.parent >= 0, lent.loan[book.parent], -1),
        purpose=drawn(chance, said["purposes"], n),
        repay_channel_open=world.options.evasion > 0,
        applied_online=True,
        status=words(status, ["closed", "open", "overdue"]),
        closed_on=pa.array(world.day(np.maximum(book.settled, 0)), mask=~paid),
        claimed_principal_fen=lent.claimed[0],
        claimed_interest_fen=lent.claimed[1],
    )


def _dates_told(world: World, chance: np.random.Generator, lent: Lent) -> dict[str, Any]:
    """Return the dates in the lender's books: from evasion 1 on some are blank, as in everyone's."""
    blank = left_blank(world, chance, "loan", "applied_at", len(lent.book))
    asked = {name: np.where(blank, np.datetime64("NaT"), lent.dates[name]) for name in ("applied_at", "approved_at")}
    return {**lent.dates, **asked, "signed_on": lent.dates["signed_on"].astype("datetime64[D]")}


def _fees(world: World, crew: Crew, lent: Lent) -> None:
    """Write what is kept back from the pay-out, and the fees paid to a third firm after it."""
    book, why = lent.book, Why(ring=crew.ring.index, step="strike")
    shown = world.options.evasion > 0
    world.add(
        "loan_fee",
        why,
        loan_id=lent.loan,
        kind="service" if not shown else "agency",
        collector_id=crew.lenders[book.app % len(crew.lenders)] if shown else crew.operator[book.app * 0],
        amount_fen=book.principal - book.received,
        currency="CNY",
        charged_at=lent.paid_out_at,
        withheld=True,
        disclosed=shown,
    )
    side = np.flatnonzero(lent.paid.kind == SIDE_FEE)
    world.add(
        "loan_fee",
        why,
        loan_id=lent.loan[lent.paid.loan[side]],
        kind="membership",
        collector_id=crew.fee_firms[book.app[lent.paid.loan[side]] % len(crew.fee_firms)],
        amount_fen=lent.paid.amount[side],
        currency="CNY",
        charged_at=lent.paid_at[side],
        withheld=False,
        disclosed=False,
    )


def _repayments(world: World, crew: Crew, chance: np.random.Generator, lent: Lent, merchants: Merchants) -> None:
    """Pay what victims pay; side fees are no repayments, but transfers of the same kind."""
    paid, why = lent.paid, Why(ring=crew.ring.index, step="strike")
    victim = crew.victims[lent.book.victim[paid.loan]]
    order = orders(
        world,
        why,
        chance,
        kind="collect",
        merchant=merchants.of(lent.payee),
        sides=(victim, lent.purse, world.of(lent.payee, "holder_id"), lent.payee),
        amount_fen=paid.amount,
        at=lent.paid_at,
        app=lent.apps[lent.book.app[paid.loan]],
        loan=lent.loan[paid.loan],
    )
    pay(
        world,
        why,
        src=lent.purse,
        dst=lent.payee,
        at=lent.paid_at,
        amount_fen=paid.amount,
        memo=texts(chance, "repay", len(order)),
        channel="quick",
        device=world.of(victim, "_device"),
        ip=world.of(victim, "_ip"),
        order=order,
        flow="intake",
    )
    _enter(world, crew, lent, victim)


def _enter(world: World, crew: Crew, lent: Lent, victim: Ints) -> None:
    """Enter what was paid on the loans in the lender's ledger: all but the side fees."""
    paid = lent.paid
    own = paid.kind != SIDE_FEE
    world.add(
        "repayment",
        Why(ring=crew.ring.index, step="strike"),
        loan_id=lent.loan[paid.loan[own]],
        payer_id=victim[own],
        payer_account_id=lent.purse[own],
        payee_account_id=lent.payee[own],
        paid_at=lent.paid_at[own],
        time_precision="second",
        amount_fen=paid.amount[own],
        currency="CNY",
        kind=words(np.minimum(paid.kind[own], 3), list(KINDS[:4])),
        channel="app",
    )

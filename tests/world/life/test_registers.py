"""What registers and hotels know of everyone."""

import numpy as np

from suyuan.world.frame.tables import is_of
from suyuan.world.life.figures import figures
from tests.world.life.life_of import life_of


def test_every_lender_is_licensed() -> None:
    world = life_of()
    lenders = np.unique(world.column("loan", "lender_id"))
    assert set(lenders[is_of(lenders, "company")]) <= set(world.column("licence", "holder_id"))


def test_firms_report_once_and_in_the_months_told() -> None:
    world = life_of()
    who = world.column("company_report", "company_id")
    assert len(set(who)) == len(who)
    days = (world.column("company_report", "filed_on") - world.day(0)).astype(int)
    low, high = figures("registers")["report_month_days"]
    assert days.min() >= low
    assert days.max() < high
    assert (world.column("company_report", "insured_staff") <= world.column("company_report", "staff")).all()


def test_firms_invoice_the_same_partners_and_never_themselves() -> None:
    world = life_of(scale=0.2)
    seller, buyer = world.column("invoice", "seller_id"), world.column("invoice", "buyer_id")
    assert (seller != buyer).all()
    pairs = np.unique(np.stack([seller, buyer], axis=1), axis=0)
    assert len(pairs) < 0.8 * len(seller)


def test_guests_leave_after_they_came() -> None:
    world = life_of()
    came, left = world.column("stay", "checked_in_at"), world.column("stay", "checked_out_at")
    assert (left[~np.isnat(left)] > came[~np.isnat(left)]).all()


def test_a_new_phone_is_the_persons_own() -> None:
    world = life_of()
    kind = world.column("contact_change", "kind").astype(str)
    mine = kind == "phone"
    who = world.column("contact_change", "person_id")[mine]
    assert (world.of(who, "phone") == world.column("contact_change", "new_phone")[mine]).all()

"""Homes that change hands."""

from suyuan.world.frame.tables import row_of
from tests.world.life.life_of import life_of


def test_price_is_what_was_paid_down_and_what_was_lent() -> None:
    world = life_of()
    loan, home = (row_of(world.column("property_deal", name)) for name in ("loan_id", "collateral_id"))
    lent = world.column("loan", "principal_fen")[loan]
    assert (
        world.column("property_deal", "down_payment_fen") + lent == world.column("collateral", "price_fen")[home]
    ).all()


def test_appraisals_are_near_the_market() -> None:
    world = life_of()
    ratio = world.column("collateral", "appraised_fen") / world.column("collateral", "market_fen")
    assert ratio.min() > 0.85
    assert ratio.max() < 1.15


def test_the_bank_pays_the_seller() -> None:
    world = life_of()
    loan = row_of(world.column("property_deal", "loan_id"))
    assert (world.column("loan", "entrusted_payee_id")[loan] == world.column("property_deal", "seller_id")).all()
    assert (world.column("property_deal", "seller_id") != world.column("property_deal", "buyer_id")).all()
    assert len(set(world.column("collateral", "certificate_no"))) == world.tables.rows("collateral")

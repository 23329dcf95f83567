import numpy as np
import pytest

from suyuan.domain.contract import contracts
from suyuan.world.frame.options import Options
from suyuan.world.frame.tables import Why, first_id
from suyuan.world.frame.world import World
from suyuan.world.institutions.houses import NONE, Routes, figures, houses_of_firms, institutions, place


def _world() -> World:
    world = World(options=Options(seed=7))
    names = ["河西银行", "陇原银行", "一家消费金融", "某小贷", "别的小贷", "贸易公司", "新办银行"]
    trades = ["bank", "bank", "consumer_finance", "small_loan", "small_loan", "wholesale", "bank"]
    world.add("company", name=names, _trade=trades)
    return world


def _sent(world: World, table: str) -> list[str | None]:
    return [None if at == NONE else institutions()[at].name for at in Routes.of(world).send(table)]


def test_firms_are_institutions_by_name_by_turn_or_all_of_a_trade() -> None:
    found = [institutions()[at].name if at != NONE else None for at in houses_of_firms(_world())]
    assert found == ["bank_03", "bank_01", "consumer_finance_01", "local_finance", "local_finance", None, "supervisor"]


def test_a_loan_goes_to_its_lenders_book_and_a_nameless_lenders_to_the_register() -> None:
    world, firms = _world(), first_id("company")
    world.add("loan", lender_id=np.array([firms, firms + 5, -1, first_id("person")]))
    assert _sent(world, "loan") == ["bank_03", "loan_register", "loan_register", "loan_register"]


def test_a_repayment_follows_its_loan() -> None:
    world, firms = _world(), first_id("company")
    loans = world.add("loan", lender_id=np.array([firms + 2]))
    world.add("repayment", loan_id=loans)
    assert _sent(world, "repayment") == ["consumer_finance_01"]


def test_collateral_goes_to_the_lender_whose_loan_names_it() -> None:
    world, firms = _world(), first_id("company")
    things = world.add("collateral", n=2)
    world.add("loan", lender_id=np.array([firms + 1]), collateral_id=things[:1])
    assert _sent(world, "collateral") == ["bank_01", "loan_register"]


def test_the_police_hold_the_books_of_reported_rings_only() -> None:
    world = _world()
    for number, hidden in enumerate((True, False), start=1):
        world.truths.ring(kind="lanzhou", number=number, hidden=hidden, story={})
    for ring in (0, 1, -1):
        world.add("address_book", Why(ring=ring), 1)
    assert _sent(world, "address_book") == [None, "police", None]


def test_kin_stands_in_the_police_register_and_shareholders_in_that_of_firms() -> None:
    world = _world()
    world.add("tie", kind=["spouse", "shareholder"])
    assert _sent(world, "tie") == ["police", "company_register"]


@pytest.mark.parametrize("table", sorted(figures()["routes"]))
def test_every_route_leads_somewhere(table: str) -> None:
    route = figures()["routes"][table]
    assert route["rest"] == "seized" or place(route["rest"]) >= 0
    for path in route.get("by", ()):
        first = path.split(".")[0]
        assert first.startswith("_") or first in contracts()[table].columns


def test_every_table_of_the_world_is_handed_over_by_somebody() -> None:
    others = {"person", "company", "app", "account", "entry", "transfer", "rate_cap", "source_batch", "known_service"}
    sources = {name for name, contract in contracts().items() if not contract.is_output}
    assert sources - others == figures()["routes"].keys()

import pytest

from suyuan.world.truth.labelled import flows
from suyuan.world.truth.loss import loss
from suyuan.world.truth.people import members
from suyuan.world.truth.rings import rings
from tests.world.rings.blank.rings_of import played

BOTH = pytest.mark.parametrize("evasion", [0, 1])


@BOTH
def test_the_agency_loses_the_commissions_it_has_paid(evasion: int) -> None:
    world, _, _ = played(evasion)
    [row] = [row for row in rings(world, flows(world)).to_pylist() if row["kind"] == "surrender"]
    told = loss(world, flows(world), [ring.ring_id for ring in world.truths.rings]).to_pylist()
    lost = sum(each["loss_fen"] for each in told if each["ring_id"] == row["ring_id"])
    paid = int(world.column("commission", "amount_fen")[world.column("commission", "_ring") == 1].sum())
    assert lost == row["amount_fen"] == paid


@BOTH
def test_commission_and_surrender_value_are_more_than_the_premiums(evasion: int) -> None:
    world, _, _ = played(evasion)
    mine = world.column("policy", "_ring") == 1
    premiums = world.column("premium_payment", "amount_fen")[world.column("premium_payment", "_ring") == 1].sum()
    back = world.column("policy", "surrender_fen")[mine].sum() + world.column("policy", "commission_fen")[mine].sum()
    assert back > premiums


def test_holders_are_no_core() -> None:
    world, _, team = played()
    rows = [row for row in members(world).to_pylist() if row["ring_id"] == team.truth.ring_id]
    assert {row["core"] for row in rows if row["role"] == "straw_borrower"} == {False}
    assert {"funder", "operator", "nominee", "recruiter", "shell"} <= {row["role"] for row in rows if row["core"]}

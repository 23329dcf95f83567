import numpy as np
import pytest

from suyuan.world.frame.world import World
from suyuan.world.truth.labelled import flows
from suyuan.world.truth.loss import loss
from suyuan.world.truth.lots import rest
from suyuan.world.truth.people import members
from suyuan.world.truth.rings import rings
from tests.world.rings.blank.rings_of import played

BOTH = pytest.mark.parametrize("evasion", [0, 1])


def ids(world: World) -> list[str]:
    return [ring.ring_id for ring in world.truths.rings]


@BOTH
def test_the_ring_takes_in_what_its_loans_pay_out(evasion: int) -> None:
    world, _, _ = played(evasion)
    [row] = [row for row in rings(world, flows(world)).to_pylist() if row["kind"] == "greenhouse"]
    loans = world.column("loan", "principal_fen")[world.column("loan", "_ring") == 0]
    assert row["amount_fen"] == loans.sum()
    assert row["prepare_on"] < row["first_crime_at"].date() < row["first_loss_at"].date() < row["wind_down_on"]


@BOTH
def test_the_banks_lose_the_principal_less_the_interest_paid(evasion: int) -> None:
    world, _, _ = played(evasion)
    told = [row["loss_fen"] for row in loss(world, flows(world), ids(world)).to_pylist() if "green" in row["ring_id"]]
    victims = [each for each in world.truths.victims if each[0] == 0]
    assert sum(told) == sum(int(paid[0]) - int(got[0]) for _, _, _, got, paid, _ in victims)


@BOTH
def test_all_money_taken_in_rests_somewhere(evasion: int) -> None:
    world, _, _ = played(evasion)
    table = rest(flows(world), ids(world)).to_pylist()
    for row in rings(world, flows(world)).to_pylist():
        assert sum(each["rested_fen"] for each in table if each["ring_id"] == row["ring_id"]) == row["amount_fen"]


def test_borrowers_are_no_core_and_controllers_are_ranked() -> None:
    world, crew, _ = played()
    rows = [row for row in members(world).to_pylist() if row["ring_id"] == crew.truth.ring_id]
    assert not any(row["core"] for row in rows if row["role"] == "straw_borrower")
    assert sorted(row["controller_rank"] for row in rows if row["controller_rank"]) == [1, 2]
    assert {"recruiter", "escort", "coach", "forger", "insider", "shell"} <= {row["role"] for row in rows}


def test_a_world_plays_the_same_ring_twice() -> None:
    first, again = played(0)[0], played.__wrapped__(0)[0]
    assert first.tables.table("transfer").equals(again.tables.table("transfer"))
    assert np.array_equal(first.column("login", "device"), again.column("login", "device"))

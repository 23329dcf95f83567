import numpy as np

from suyuan.world.frame.dice import dice
from suyuan.world.frame.world import World
from suyuan.world.people.firms import OPEN, landlines


def test_those_wound_up_say_so(town: World) -> None:
    closed = town.column("company", "_closed")
    gone = closed < OPEN
    assert 0.02 < gone.sum() / len(gone) < 0.15
    assert (closed[gone] > town.column("company", "_founded")[gone] + 45).all()
    assert (closed[gone] < town.options.days).all()
    assert set(town.column("company", "status")[gone]) == {"注销"}
    told = town.tables.table("company")["closed_on"]
    assert told.null_count == (~gone).sum()


def test_firms_are_founded_before_and_while_the_world_lives(town: World) -> None:
    founded = town.column("company", "_founded")
    assert (founded < 0).any()
    assert 0.04 < (founded >= 0).sum() / len(founded) < 0.2
    assert founded.max() < town.options.days


def test_insured_staff_are_staff(town: World) -> None:
    assert (town.column("company", "insured_staff") <= town.column("company", "_size")).all()


def test_capital_is_a_round_sum(town: World) -> None:
    capital = town.column("company", "capital_fen")
    assert (capital > 0).all()
    assert (capital % 1_000_000 == 0).all()
    assert len(np.unique(capital)) > 10


def test_fixed_lines_are_those_of_the_city() -> None:
    assert all(line.startswith("0931-") and len(line) == 12 for line in landlines(dice(1, "l"), 20).to_pylist())

import numpy as np

from suyuan.world.frame.dice import dice
from suyuan.world.frame.options import Options
from suyuan.world.frame.world import World
from suyuan.world.people.facts import facts
from suyuan.world.people.firms import OPEN
from suyuan.world.people.town import draft, founding_days

WORLD = World(options=Options(seed=4, scale=0.02))


def test_trades_are_there_in_their_numbers() -> None:
    drawn = draft(WORLD)
    for trade, each in facts("firms")["trades"].items():
        count = (drawn.trades == trade).sum()
        assert count == (each["least"] if each.get("fixed") else max(each["least"], round(each["count"] * 0.02)))


def test_representatives_own_the_firm_they_work_for() -> None:
    drawn = draft(WORLD)
    assert (drawn.rep[drawn.employer[drawn.rep]] == drawn.rep).all()
    assert (drawn.home.age[drawn.rep] >= 24).all()
    several = np.bincount(drawn.rep)
    assert several.max() >= 2


def test_what_is_wound_up_is_not_sold() -> None:
    drawn = draft(WORLD)
    assert not ((drawn.closed < OPEN) & (drawn.sold < OPEN)).any()
    assert ((drawn.sold < OPEN) == (drawn.seller >= 0)).all()
    large = drawn.size > facts("firms")["wound_up_size"]
    assert (drawn.closed[large] == OPEN).all()


def test_no_agency_files_its_own_papers() -> None:
    drawn = draft(WORLD)
    filed = drawn.agent >= 0
    assert set(drawn.trades[drawn.agent[filed]]) == {"agency"}
    assert (drawn.agent != np.arange(len(drawn.agent)))[filed].all()


def test_kept_firms_are_old() -> None:
    kept = np.arange(3_000) % 2 == 0
    days = founding_days(WORLD, dice(1, "f"), 3_000, kept=kept)
    assert (days[kept] < 0).all()
    assert (days[~kept] >= 0).sum() > 60


def test_work_is_for_those_of_working_age() -> None:
    drawn = draft(WORLD)
    employed = np.setdiff1d(np.flatnonzero(drawn.employer >= 0), drawn.rep)
    assert drawn.home.age[employed].min() >= 19
    assert drawn.home.age[employed].max() < 60

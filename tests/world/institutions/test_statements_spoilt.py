import numpy as np

from suyuan.world.frame.options import Options
from suyuan.world.frame.world import World
from suyuan.world.institutions.statements_layouts import figures
from suyuan.world.institutions.statements_spoilt import spoilt

WORLD = World(options=Options(seed=1))


def test_a_few_rows_are_broken_each_once_and_in_order() -> None:
    places, reasons = spoilt(WORLD, "bank_01", "entry", 1000, ["no_date", "no_amount"])
    assert len(places) == len(reasons) == figures().spoilt.least
    assert (np.diff(places) > 0).all()
    assert set(reasons) <= {"no_date", "no_amount"}


def test_hardly_any_rows_are_broken_where_there_are_hardly_any() -> None:
    assert len(spoilt(WORLD, "bank_01", "entry", 9, ["no_date"])[0]) == 0


def test_more_are_broken_where_there_are_many() -> None:
    assert len(spoilt(WORLD, "bank_01", "entry", 1_000_000, ["no_date"])[0]) == figures().spoilt.in_a_million

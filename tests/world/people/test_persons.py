import numpy as np

from suyuan.world.frame.dice import dice
from suyuan.world.frame.world import World
from suyuan.world.people.persons import incomes, occupations, thin_files


def test_the_young_the_old_and_villagers_more_often_have_no_history() -> None:
    n = 4_000
    rest = thin_files(dice(1, "t"), age=np.full(n, 40), rural=np.zeros(n, bool)).sum()
    village = thin_files(dice(1, "t"), age=np.full(n, 40), rural=np.ones(n, bool)).sum()
    young = thin_files(dice(1, "t"), age=np.full(n, 20), rural=np.zeros(n, bool)).sum()
    assert young > village > 2 * rest > 0
    assert thin_files(dice(1, "t"), age=np.full(9, 10), rural=np.zeros(9, bool)).all()


def test_incomes_are_whole_yuan_with_a_heavy_tail() -> None:
    fen = incomes(dice(1, "i"), age=np.full(20_000, 40), works=np.ones(20_000, bool))
    assert (fen % 100 == 0).all()
    assert 400_000 < np.median(fen) < 650_000
    assert np.sort(fen)[-20] > 10 * np.median(fen)


def test_children_earn_nothing() -> None:
    assert incomes(dice(1, "i"), age=np.full(9, 12), works=np.zeros(9, bool)).tolist() == [0] * 9


def test_people_say_what_they_do() -> None:
    told = occupations(np.array(["school", "", "", "", "cloud"]), np.array([40, 12, 65, 40, 30]))
    assert told.to_pylist() == ["教师", "学生", "退休人员", "自由职业者", "职员"]


def test_a_household_shares_its_address(town: World) -> None:
    homes = town.column("person", "_household")
    address = town.column("person", "address")
    start = np.searchsorted(homes, homes)
    assert (address == address[start]).all()

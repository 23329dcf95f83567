import numpy as np

from suyuan.world.frame.dice import dice
from suyuan.world.people.households import CHILD, HEAD, SPOUSE, households


def test_every_household_has_one_head() -> None:
    home = households(dice(1, "home"), 3_000)
    assert np.bincount(home.household[home.part == HEAD]).tolist() == [1] * (int(home.household[-1]) + 1)
    assert (home.household[home.heads] == np.arange(len(home.heads))).all()
    assert len(home.age) == 3_000


def test_children_are_younger_than_their_parents_and_bear_the_fathers_name() -> None:
    home = households(dice(2, "home"), 5_000)
    head = home.heads[home.household]
    child = home.part == CHILD
    assert child.sum() > 500
    assert (home.age[head] - home.age >= 21)[child].all()
    fathers = child & home.male[head]
    assert (home.surname == home.surname[head])[fathers].all()


def test_spouses_are_about_as_old() -> None:
    home = households(dice(3, "home"), 5_000)
    head, wed = home.heads[home.household], home.part == SPOUSE
    assert (np.abs(home.age - home.age[head])[wed] <= 8).all()
    assert (home.male != home.male[head])[wed].all()


def test_ages_are_those_of_living_people() -> None:
    home = households(dice(4, "home"), 20_000)
    assert home.age.min() >= 0
    assert home.age.max() <= 94
    assert 0.1 < (home.age < 18).sum() / 20_000 < 0.3
    assert 0.08 < (home.age >= 60).sum() / 20_000 < 0.3

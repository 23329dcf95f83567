import numpy as np

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.world import World
from suyuan.world.people.hand_out import crowd, take
from tests.world.people.conftest import settled


def _ages(world: World, people: Ints) -> Ints:
    return -world.of(people, "_born") * 4 // 1461


def test_nobody_is_taken_twice() -> None:
    world = settled(seed=3, scale=0.01)
    chance = world.chance("take")
    taken = [take(world, chance, n) for n in (10, 100, 500, 400, 300)]
    together = np.concatenate(taken)
    assert len(np.unique(together)) == len(together) == 1_310
    assert world.tables.rows("person") >= 2_000


def test_who_is_taken_is_in_no_later_crowd() -> None:
    world = settled(seed=3, scale=0.01)
    chance = world.chance("take")
    mine = take(world, chance, 300)
    assert not np.isin(crowd(world, chance, 1_200), mine).any()


def test_who_was_in_a_crowd_is_taken_last() -> None:
    world = settled(seed=3, scale=0.01)
    chance = world.chance("take")
    seen = crowd(world, chance, 200, ages=(20, 60))
    assert not np.isin(take(world, chance, 300, ages=(20, 60)), seen).any()


def test_people_are_as_asked_for(stage: World) -> None:
    chance = stage.chance("take", "kinds")
    thin = take(stage, chance, 60, thin=True, ages=(20, 40))
    assert stage.of(thin, "_thin").all()
    assert _ages(stage, thin).min() >= 20
    assert _ages(stage, thin).max() <= 40
    assert not stage.of(take(stage, chance, 60, thin=False), "_thin").any()


def test_no_honest_firms_representative_is_taken(stage: World) -> None:
    taken = take(stage, stage.chance("take", "reps"), 300)
    honest = stage.column("company", "_legal_rep")[stage.column("company", "_background") == 1]
    assert not np.isin(taken, honest).any()


def test_a_crowd_holds_everyone_once(stage: World) -> None:
    people = crowd(stage, stage.chance("crowd"), 500)
    assert len(np.unique(people)) == 500

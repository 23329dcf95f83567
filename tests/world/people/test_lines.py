import numpy as np

from suyuan.world.frame.tables import is_of
from suyuan.world.frame.world import World
from suyuan.world.people.lines import after, places


def test_places_among_rows() -> None:
    assert places(4, np.array([1, 3])).tolist() == [-1, 0, -1, 1]
    assert after(10, np.array([-1, 0, 2])).tolist() == [-1, 10, 12]


def test_children_have_no_line_and_some_adults_have_two(town: World) -> None:
    age = -town.column("person", "_born") * 4 // 1461
    phone, second = town.column("person", "phone"), town.column("person", "phone_2")
    assert all(told is None for told in phone[age < 12])
    assert all(told is not None for told in phone[age >= 13])
    told = np.array([each is not None for each in second])
    assert 0.08 < told.sum() / len(told) < 0.2
    assert not set(second[told]) & set(phone[np.array([each is not None for each in phone])])


def test_small_firms_use_the_representatives_line(town: World) -> None:
    size, sim = town.column("company", "_size"), town.column("company", "_sim")
    assert is_of(town.of(sim[size > 3], "holder_id"), "company").all()
    reps = town.column("company", "_legal_rep")[size <= 3]
    assert (town.of(sim[size <= 3], "holder_id") == reps).all()


def test_some_who_moved_in_keep_their_old_number(town: World) -> None:
    codes = town.column("sim", "region_code")
    away = np.array([not code.startswith("62") for code in codes])
    assert 0.02 < away.sum() / len(away) < 0.2

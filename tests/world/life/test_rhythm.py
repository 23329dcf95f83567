import numpy as np

from suyuan.world.frame.options import Options
from suyuan.world.frame.world import World
from suyuan.world.life.rhythm import (
    calendar,
    day_weights,
    is_off,
    moments,
    pick_days,
    seconds,
    spring_festivals,
    workday,
)

WORLD = World(options=Options(seed=5))
FESTIVAL = spring_festivals()[1]


def _shares(days: np.ndarray, kind: str) -> np.ndarray:
    drawn = seconds(WORLD.chance("hours", kind), days, kind=kind)  # type: ignore[arg-type]
    return np.bincount(drawn // 3_600, minlength=24) / len(drawn)


def test_spring_festival_of_2024_is_the_tenth_of_february() -> None:
    assert str(WORLD.day(FESTIVAL)) == "2024-02-10"


def test_weekends_and_holidays_are_off_and_worked_weekends_are_not() -> None:
    days = np.array([0, 1, 2, 90, 98])  # Saturday, Sunday, Monday, 29 September, Saturday 7 October
    assert is_off(days).tolist() == [True, True, False, True, False]


def test_a_workday_stays_and_a_day_off_moves_to_the_next_one() -> None:
    assert workday(WORLD, np.array([0, 2, FESTIVAL])).tolist() == [2, 2, FESTIVAL + 8]


def test_a_firm_is_quiet_on_days_off_and_during_spring_festival() -> None:
    weights = day_weights(FESTIVAL - 60, FESTIVAL + 60, kind="firm")
    assert weights[60] * 20 < weights[38]
    off = is_off(np.arange(FESTIVAL - 60, FESTIVAL - 10))
    assert weights[:50][off].max() * 5 < weights[:50][~off].min()


def test_a_person_sleeps_and_a_firm_keeps_office_hours() -> None:
    days = np.full(50_000, 3)
    person, firm = _shares(days, "person"), _shares(days, "firm")
    assert person[2:5].sum() < 0.01
    assert person[19] > 0.05
    assert firm[9:12].sum() + firm[14:18].sum() > 0.7


def test_moments_fall_on_the_days_they_are_asked_for() -> None:
    days = np.array([-3, 0, 400])
    drawn = moments(WORLD, WORLD.chance("days"), days, kind="call")
    assert drawn.astype("datetime64[D]").tolist() == WORLD.day(days).tolist()


def test_days_are_picked_inside_the_span_and_more_before_the_festival_than_after() -> None:
    picked = pick_days(WORLD, WORLD.chance("pick"), 40_000, FESTIVAL - 8, FESTIVAL + 16)
    assert picked.min() >= FESTIVAL - 8
    assert picked.max() < FESTIVAL + 16
    assert np.count_nonzero(picked == FESTIVAL - 4) > np.count_nonzero(picked == FESTIVAL + 10)


def test_each_draw_may_have_a_span_of_its_own() -> None:
    lo = np.array([5, 100, 300])
    picked = pick_days(WORLD, WORLD.chance("spans"), 3, lo, lo + np.array([1, 1, 4]))
    assert picked.tolist()[:2] == [5, 100]
    assert 300 <= picked[2] < 304


def test_the_calendar_knows_a_workday_after_every_day() -> None:
    known = calendar()
    assert not known.off[known.next_workday[:-5]].any()

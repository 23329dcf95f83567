"""How a call, a login or a message looks by itself."""

import numpy as np

from suyuan.world.frame.dice import dice
from suyuan.world.life.habits import (
    call_habit,
    call_sides,
    channels,
    login_habit,
    message_classes,
    models,
    rented_lines,
)


def test_nobody_talks_on_a_call_that_was_not_answered() -> None:
    habit = call_habit(dice(1), call_sides(dice(2), 2000))
    assert (habit.talk[~habit.answered] == 0).all()
    assert (habit.talk[habit.answered] >= 1).all()
    assert habit.ring.min() >= 1
    assert habit.ring.max() <= 60


def test_talk_has_a_heavy_tail() -> None:
    habit = call_habit(dice(1), np.zeros(20_000, np.int64))
    talk = np.sort(habit.talk[habit.answered], kind="stable")
    assert talk[len(talk) * 99 // 100] > 10 * talk[len(talk) // 2]


def test_a_device_has_one_model() -> None:
    devices = np.arange(1000, dtype=np.int64)
    assert models(devices).to_pylist() == models(devices).to_pylist()
    assert models(devices)[5] == models(np.array([5]))[0]
    assert len(set(models(devices).to_pylist())) > 10


def test_rented_lines_look_like_lines() -> None:
    numbers, kinds = rented_lines(dice(3), 300)
    for number, kind in zip(numbers.to_pylist(), kinds.to_pylist(), strict=True):
        assert number.startswith("1" if kind == "virtual" else "0")
        assert len(number) in {11, 12}, number


def test_most_logins_succeed_and_are_mere_logins() -> None:
    habit = login_habit(dice(4), 1000)
    assert habit["success"].mean() > 0.9
    assert habit["action"].to_pylist().count("login") > 800


def test_messages_are_of_every_class_and_channel() -> None:
    assert set(message_classes(dice(5), 500)) == {"verification_code", "reminder", "advert", "other"}
    assert set(channels(dice(6), 500).to_pylist()) == {"sms", "wechat", "push", "in_app"}

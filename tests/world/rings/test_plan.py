"""Which rings are hidden and how large they are."""

from typing import Any

import numpy as np
import pytest

from suyuan.world.frame.options import RING_KINDS, Options
from suyuan.world.frame.world import World
from suyuan.world.rings.plan import figures, hidden, level, size, story

OFFSETS = {"recruit": 0, "prepare": 20, "strike": 75, "launder": 80, "wind_down": 325, "end": 375}


@pytest.mark.parametrize(("share", "wanted"), [(0.0, 0), (0.5, 5), (0.3, 3), (1.0, 10)])
def test_of_each_kind_exactly_the_share_is_hidden(share: Any, wanted: Any) -> None:
    for seed in range(3):
        world = World(options=Options(seed=seed, scale=1.0, hidden=share))
        for kind in RING_KINDS:
            assert sum(hidden(world, kind, number) for number in range(1, 11)) == wanted


def test_one_ring_of_each_kind_leaves_some_hidden_and_some_not() -> None:
    world = World(options=Options(seed=1, scale=0.02, hidden=0.5))
    assert {hidden(world, kind, 1) for kind in RING_KINDS} == {True, False}


def test_sizes_lie_around_the_published_figure_times_the_scale() -> None:
    world = World(options=Options(seed=1, scale=1.0))
    sizes = [size(world, "lanzhou", number, 475, 20) for number in range(400)]
    assert 430 < np.median(sizes) < 520
    assert len(set(sizes)) > 100


def test_a_ring_is_never_smaller_than_the_least() -> None:
    world = World(options=Options(seed=1, scale=0.02))
    assert min(size(world, "lanzhou", number, 475, 20) for number in range(50)) == 20


def test_a_short_world_shortens_the_story_and_keeps_its_order() -> None:
    for months in (3, 18):
        world = World(options=Options(seed=2, months=months))
        days = story(world, "lanzhou", 1, OFFSETS)
        told = [days[step] for step in OFFSETS]
        assert told == sorted(told)
        assert 0 <= told[0] < told[-1] <= world.options.days


def test_a_level_changes_what_it_names_and_keeps_the_rest() -> None:
    told = {"levels": {0: {"cut": 300, "term": 7}, 1: {"term": 31}}}
    assert level(World(options=Options(seed=1, evasion=1)), told) == {"cut": 300, "term": 31}
    assert level(World(options=Options(seed=1)), told) == {"cut": 300, "term": 7}


def test_figures_are_read_once_and_by_name() -> None:
    assert figures("plan") is figures("plan")

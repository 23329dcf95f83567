import numpy as np
import pytest

from suyuan.world.frame.options import Options
from suyuan.world.frame.tables import Why
from suyuan.world.frame.world import World
from suyuan.world.life.blend_papers import LEAST, dated_alike, left_blank, words_alike

DAYS = np.array([50, 51, 52, 57, 120])


def _lent(evasion: int, papers: int = 7 * LEAST) -> World:
    """Return a world in which loans are approved two days before they are paid out, at ten, and every tenth is not."""
    world = World(options=Options(seed=5, evasion=evasion))
    day = np.arange(papers) % 70
    approved = world.moment(day - 2, 36_000)
    approved[::10] = np.datetime64("NaT")
    world.add("loan", paid_out_at=world.moment(day, 50_000), approved_at=approved)
    world.add("loan", Why(ring=0), paid_out_at=world.moment(day, 1), approved_at=world.moment(day, 0))
    return world


def test_papers_are_dated_as_one_honest_paper_of_that_day_of_the_week() -> None:
    world = _lent(1, papers=700)
    found = dated_alike(world, world.chance("x"), "loan", anchor="paid_out_at", names=("approved_at",), days=DAYS)
    assert found is not None
    assert found["paid_out_at"].tolist() == world.moment(DAYS, 50_000).tolist()
    assert found["approved_at"].tolist() == world.moment(DAYS - 2, 36_000).tolist()


@pytest.mark.parametrize(("evasion", "papers"), [(0, 700), (1, 20)])
def test_nothing_is_known_at_evasion_0_or_of_too_few_papers(evasion: int, papers: int) -> None:
    world = _lent(evasion, papers=papers)
    asked = {"anchor": "paid_out_at", "names": ("approved_at",), "days": DAYS}
    assert dated_alike(world, world.chance("x"), "loan", **asked) is None  # type: ignore[arg-type]


def test_as_many_papers_are_left_blank_as_the_honest_ones() -> None:
    world = _lent(1, papers=700)
    blank = left_blank(world, world.chance("x"), "loan", "approved_at", 10_000)
    assert 0.08 < blank.mean() < 0.12
    assert not left_blank(_lent(0), world.chance("x"), "loan", "approved_at", 1_000).any()


@pytest.mark.parametrize(("evasion", "told"), [(0, {"phone"}), (1, {"letter", "visit"})])
def test_a_complaint_says_what_honest_ones_say_from_evasion_1_on(evasion: int, told: set[str]) -> None:
    world = World(options=Options(seed=5, evasion=evasion))
    world.add("complaint", channel=["letter", "visit"] * LEAST)
    found = words_alike(world, world.chance("x"), "complaint", {"channel": "phone"}, 50)
    assert set(found["channel"].to_pylist()) == told


def test_with_few_honest_complaints_words_stay_as_told() -> None:
    world = World(options=Options(seed=5, evasion=1))
    assert (
        words_alike(world, world.chance("x"), "complaint", {"channel": "phone"}, 2)["channel"].to_pylist()
        == ["phone"] * 2
    )

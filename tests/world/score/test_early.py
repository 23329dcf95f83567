"""How early rings were seen."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suyuan.world.score.early import Harm, Look, early_scores, harms, marks, span
from tests.world.score.small import Small, add_ring, laid

FIRST = date(2023, 7, 1)


def _look(day: int, *about: str, found: tuple[str, ...] = ()) -> Look:
    return Look(on=FIRST + timedelta(days=day), about=frozenset(about), found=frozenset(found))


def _harm(ring: str = "r", *, crime: int = 0, **loss: int) -> Harm:
    days = {FIRST + timedelta(days=int(day[1:])): fen for day, fen in loss.items()}
    return Harm(ring_id=ring, first_crime_on=FIRST + timedelta(days=crime), loss_fen=days)


def test_a_ring_is_seen_between_the_look_before_and_the_look_that_saw_it() -> None:
    scores = early_scores(rings=[_harm(crime=3, d5=10, d20=90)], looks=[_look(13), _look(27, "r"), _look(41, "r")])
    assert (scores.by_ring[0].after_days, scores.by_ring[0].by_days) == (10, 24)
    assert scores.median_days == (10, 24)


def test_loss_up_to_the_day_itself_had_happened() -> None:
    scores = early_scores(rings=[_harm(d13=20, d14=80)], looks=[_look(13, "r")])
    assert scores.median_loss_share == 0.2
    assert scores.seen_before_30pct == 1


def test_thirty_percent_itself_is_not_before() -> None:
    assert early_scores(rings=[_harm(d13=30, d14=70)], looks=[_look(13, "r")]).seen_before_30pct == 0


def test_a_ring_that_was_never_seen_has_lost_everything() -> None:
    scores = early_scores(rings=[_harm(d1=5)], looks=[_look(13)])
    assert (scores.seen, scores.median_loss_share, scores.median_days) == (0, 1, None)


def test_found_whole_comes_after_seen() -> None:
    scores = early_scores(rings=[_harm(d1=5)], looks=[_look(13, "r"), _look(27, "r", found=("r",))])
    assert (scores.by_ring[0].by_days, scores.by_ring[0].found_by_days) == (13, 27)


def test_rings_without_loss_are_no_part_of_shares_of_loss() -> None:
    scores = early_scores(rings=[_harm("a"), _harm("b", d1=5)], looks=[_look(13, "a")])
    assert scores.median_loss_share == 1


def test_no_rings_are_null() -> None:
    scores = early_scores(rings=[], looks=[])
    assert (scores.median_days, scores.median_loss_share, scores.seen_before_30pct) == (None, None, None)


def test_what_rings_did_is_read_from_the_truth() -> None:
    small = Small()
    add_ring(small, "r", {"person:1": "operator"})
    small["truth_loss"].extend({"ring_id": "r", "day": FIRST, "loss_fen": fen} for fen in (5, -2))
    with laid(small) as engine:
        assert harms(engine) == [Harm(ring_id="r", first_crime_on=FIRST, loss_fen={FIRST: 3})]
        assert span(engine) == (FIRST, FIRST)
    with laid(Small()) as engine:
        assert span(engine) is None


@given(st.integers(0, 800))
def test_looks_are_a_fortnight_apart_and_reach_the_last_day(days: int) -> None:
    last = FIRST + timedelta(days=days)
    found = marks(FIRST, last)
    assert found[0] == FIRST + timedelta(days=13)
    assert found[-1] >= last > found[-1] - timedelta(days=14)
    assert all((b - a).days == 14 for a, b in itertools.pairwise(found))


@given(st.lists(st.integers(0, 50), min_size=1, max_size=30), st.integers(0, 5))
def test_the_share_lost_equals_a_naive_sum(losses: list[int], seen_at: int) -> None:
    days = {FIRST + timedelta(days=day): fen for day, fen in enumerate(losses)}
    ring = Harm(ring_id="r", first_crime_on=FIRST, loss_fen=days)
    looks = [_look(14 * n + 13, *(["r"] if n >= seen_at else [])) for n in range(4)]
    told = early_scores(rings=[ring], looks=looks).median_loss_share
    before = sum(losses) if seen_at > 3 else sum(losses[: 14 * seen_at + 14])
    assert told == (pytest.approx(before / sum(losses)) if sum(losses) else None)

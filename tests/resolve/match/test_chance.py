import numpy as np

from suyuan.resolve.match.chance import Weighed, moved, share_by_chance
from suyuan.resolve.match.side import side_of
from tests.resolve.match.rows import told


def pairs(worth: list[float], *, since: int = 0) -> Weighed:
    rows = np.arange(since, since + len(worth))
    return Weighed(left=rows, right=rows, worth=np.array(worth))


def test_days_are_moved_by_whole_weeks_beyond_reach_and_none_is_lost() -> None:
    side = side_of(told(*({"day": day, "amount_fen": 5 + day} for day in range(200))), salt="a")
    turned = moved(side)
    assert turned is not None
    shift = (turned.rows.day - side.rows.day) % 200
    assert set(shift.tolist()) == {int(shift[0])}
    assert shift[0] % 7 == 0
    assert 62 < shift[0] < 138


def test_a_file_of_a_few_days_has_no_decoys() -> None:
    assert moved(side_of(told({"amount_fen": 5}, {"day": 9, "amount_fen": 5}), salt="a")) is None


def test_worth_that_decoys_reach_too_is_chance_and_worth_beyond_them_is_not() -> None:
    share = share_by_chance(pairs([2.0] * 100 + [20.0] * 100), pairs([2.0] * 100, since=200), times=1)
    assert share[0] > 0.9
    assert share[-1] < 0.01


def test_rows_that_have_their_partner_meet_nobody_by_chance() -> None:
    worth = [2.0] * 100 + [20.0] * 900
    free, held = (share_by_chance(pairs(worth), pairs([2.0] * 100, since=since), times=1) for since in (2_000, 500))
    assert free[0] > 0.9
    assert held[0] < 0.02


def test_as_many_decoys_as_pairs_leave_nothing() -> None:
    rng = np.random.default_rng(1)
    one, other = (rng.uniform(0, 8, 400).tolist() for _ in range(2))
    assert (share_by_chance(pairs(one), pairs(other, since=1_000), times=1) > 0.5).mean() > 0.95


def test_a_decoy_may_stand_for_several() -> None:
    once, four = (share_by_chance(pairs([2.0] * 100), pairs([2.0] * 20, since=200), times=n)[0] for n in (1, 4))
    assert once < 0.25
    assert four > 0.75

"""Money that leads tell of."""

from suyuan.world.score.money import money_scores


def test_what_a_lead_tells_beyond_the_truth_counts_for_nothing_and_is_told() -> None:
    scores = money_scores(best={"a": "x", "b": "y"}, true={"a": 100, "b": 50, "c": 50}, told={"x": 300, "y": 10})
    assert scores.found_fen == 110
    assert scores.amount_found_share == 0.55
    assert scores.over_share == 1.0


def test_nothing_found_is_zero() -> None:
    assert money_scores(best={}, true={"a": 100}, told={}).amount_found_share == 0


def test_leads_that_tell_no_amount_leave_it_unknown() -> None:
    assert money_scores(best={"a": "x"}, true={"a": 100}, told={"x": None}).amount_found_share is None


def test_rings_that_took_nothing_in_leave_it_unknown() -> None:
    assert money_scores(best={}, true={}, told={"x": 5}).amount_found_share is None

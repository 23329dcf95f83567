import math

from hypothesis import given
from hypothesis import strategies as st

from suyuan.lead.score import RAISE_AT, WEIGHTS, Hit, Severity, score

HITS = st.lists(
    st.builds(
        Hit,
        typology_id=st.sampled_from("abcde"),
        severity=st.sampled_from(sorted(WEIGHTS)),
        score=st.floats(0, 1),
    ),
    max_size=8,
)


def hit(name: str, value: float, severity: Severity = "review") -> Hit:
    return Hit(typology_id=name, severity=severity, score=value)


@given(HITS)
def test_contributions_sum_to_the_score_which_stays_below_one(hits: list[Hit]) -> None:
    told = score(hits)
    assert 0 <= told.score <= 1
    assert math.isclose(math.fsum(told.contributions.values()), told.score, abs_tol=1e-9)
    assert set(told.contributions) == {one.typology_id for one in hits}
    assert all(part >= 0 for part in told.contributions.values())


@given(HITS, st.floats(0, 1))
def test_another_firing_never_lowers_the_score(hits: list[Hit], value: float) -> None:
    assert score([*hits, hit("z", value)]).score >= score(hits).score - 1e-6


def test_a_typology_counts_once_however_often_it_fires() -> None:
    assert score([hit("a", 0.5)] * 9) == score([hit("a", 0.5)])


def test_two_doubts_multiply() -> None:
    assert score([hit("a", 1.0), hit("b", 1.0)]).score == 0.84


def test_one_urgent_typology_raises_and_one_of_review_hardly_does() -> None:
    assert score([hit("a", 0.49, "urgent")]).score < RAISE_AT <= score([hit("a", 0.5, "urgent")]).score
    assert score([hit("a", 0.74)]).score < RAISE_AT <= score([hit("a", 0.75)]).score
    assert score([hit("a", 1.0, "context")]).score < RAISE_AT

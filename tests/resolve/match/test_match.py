from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from suyuan.domain.errors import DataError
from suyuan.resolve.match import match as matching
from suyuan.resolve.match.match import match
from tests.resolve.match.rows import told, two_sides


def test_transfers_told_later_with_a_fee_and_fewer_words_are_found() -> None:
    left, right, partner = two_sides(pairs=300, alone=100)
    found = match(left, right)
    right_ones = sum(partner[at] == to for at, to in zip(found.left.tolist(), found.right.tolist(), strict=True))
    assert 2 * right_ones / (len(found.left) + 300) >= 0.97
    assert (found.days, found.checked, found.narrowed) == (31, True, False)


def test_what_met_by_chance_is_not_given_out() -> None:
    left, _, _ = two_sides(pairs=400, seed=1)
    _, right, _ = two_sides(pairs=400, seed=2)
    assert len(match(left, right).left) <= 8


def test_the_order_of_rows_and_their_keys_say_nothing() -> None:
    left, right, _ = two_sides(pairs=120, alone=30)
    found = set(zip(*(side.tolist() for side in (match(left, right).left, match(left, right).right)), strict=True))
    rng = np.random.default_rng(5)
    one, other = rng.permutation(len(left)), rng.permutation(len(right))
    keys = pa.array([f"k{number}" for number in range(len(left))])
    mixed = left.set_column(0, "key", keys).take(pa.array(one))
    again = match(mixed, right.take(pa.array(other)))
    assert {(int(one[at]), int(other[to])) for at, to in zip(again.left, again.right, strict=True)} == found


def test_swapping_the_sides_swaps_the_answer() -> None:
    left, right, _ = two_sides(pairs=120, alone=30)
    there, back = match(left, right), match(right, left)
    assert set(zip(there.left.tolist(), there.right.tolist(), there.score.tolist(), strict=True)) == set(
        zip(back.right.tolist(), back.left.tolist(), back.score.tolist(), strict=True)
    )


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "day": st.integers(0, 40),
            "amount_fen": st.sampled_from([None, 0, 100, 150, 10_000, 10_050, -10_000]),
            "memo": st.sampled_from([None, "", "房租 三月", "rent MARCH", "a b c"]),
            "currency": st.sampled_from([None, "CNY", "USD"]),
            "dst_number": st.sampled_from([None, "6222005865412565805", "6222****5805", "6217000010001234567"]),
        }
    ),
    max_size=12,
)


@settings(max_examples=25)
@given(ROWS, ROWS)
def test_each_row_is_in_at_most_one_pair_and_scores_are_shares(
    one: list[dict[str, Any]], two: list[dict[str, Any]]
) -> None:
    left, right = told(*one), told(*two)
    found = match(left, right)
    assert len(set(found.left.tolist())) == len(set(found.right.tolist())) == len(found.score)
    assert ((found.score >= 0) & (found.score <= 1)).all()
    back = match(right, left)
    if one != two:
        assert set(zip(found.left.tolist(), found.right.tolist(), strict=True)) == set(
            zip(back.right.tolist(), back.left.tolist(), strict=True)
        )


def test_full_numbers_that_differ_are_two_transfers_where_that_is_asked() -> None:
    left, right, _ = two_sides(pairs=200)
    numbered = [
        side.set_column(side.column_names.index("dst_number"), "dst_number", pa.array([number] * len(side)))
        for side, number in ((left, "6222005865412565805"), (right, "6217000010001234567"))
    ]
    assert len(match(*numbered).left) > 150
    assert len(match(*numbered, strict=True).left) == 0


def test_rows_that_nothing_tells_apart_are_refused_and_not_weighed_for_hours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "MOST_VISITS", 1_000)
    same = told(*({"day": 1, "amount_fen": 100, "memo": "x"} for _ in range(100)))
    with pytest.raises(DataError) as refused:
        match(same, same)
    assert refused.value.key == "transfers.too_alike"


def test_a_side_without_rows_has_no_pairs() -> None:
    assert len(match(told(), told({"amount_fen": 5})).left) == 0

"""Made-up numbers and digests."""

import numpy as np

from suyuan.world.frame.dice import dice
from suyuan.world.life.marks import digests, serials, texts


def test_digests_are_hexadecimal_and_differ() -> None:
    made = digests(dice(1), 100)
    assert len(set(made)) == 100
    assert {len(each) for each in made} == {64}
    assert all(int(each, 16) >= 0 for each in digests(dice(1), 3, length=12))


def test_a_serial_is_filled_with_zeros() -> None:
    assert serials("A", np.array([7, 12345]), width=4).to_pylist() == ["A0007", "A12345"]


def test_texts_of_both_kinds_are_alike() -> None:
    assert texts(np.array(["甲", "乙"])).to_pylist() == ["甲", "乙"]

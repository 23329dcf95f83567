"""Merchant numbers and orders."""

import numpy as np

from suyuan.world.frame.dice import dice
from suyuan.world.rings.routine_loans.orders import Merchants, drawn, numbered


def test_an_account_without_a_merchant_number_has_none() -> None:
    known = Merchants(account=np.array([3, 7]), merchant=np.array([30, 70]))
    assert known.of(np.array([7, 5, 3, 9])).tolist() == [70, -1, 30, -1]


def test_texts_are_drawn_by_their_weights() -> None:
    found = drawn(dice(1, "x"), {"often": 9, "never": 0, "seldom": 1}, 500).to_pylist()
    assert found.count("often") > 400
    assert "never" not in found


def test_numbers_are_fourteen_digits_after_their_letter() -> None:
    assert all(len(each) == 15 and each[0] == "P" for each in numbered(dice(1, "x"), "P", 20).to_pylist())

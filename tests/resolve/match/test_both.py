import numpy as np

from suyuan.resolve.match.both import both_of
from suyuan.resolve.match.parties import COMPATIBLE, DIFFERENT
from suyuan.resolve.match.side import side_of
from tests.resolve.match.rows import told


def test_currencies_lie_so_far_apart_that_no_days_bridge_them() -> None:
    rows = [{"day": 1, "amount_fen": 5, "currency": code} for code in ("CNY", "USD", None)]
    side = side_of(told(*rows), salt="a")
    slot = both_of(side, side, strict=False).lines[0].slot
    assert np.diff(np.sort(slot)).min() > 62


def test_where_one_side_tells_no_currency_none_is_compared() -> None:
    one = side_of(told({"day": 1, "amount_fen": 5, "currency": "USD"}), salt="a")
    other = side_of(told({"day": 1, "amount_fen": 5}), salt="b")
    left, right = both_of(one, other, strict=False).lines
    assert left.slot.tolist() == right.slot.tolist()


def test_a_frequent_amount_is_likelier_met_by_chance() -> None:
    rows = [{"day": 1, "amount_fen": 100}] * 9 + [{"day": 1, "amount_fen": 777}]
    side = side_of(told(*rows), salt="a")
    same = both_of(side, side, strict=False).lines[0].half_same
    assert same[0] > same[-1]


def test_accounts_are_kept_apart_where_that_is_asked() -> None:
    side = side_of(told({"amount_fen": 5, "own": "a"}, {"amount_fen": 6}), salt="a")
    for strict, wanted in ((True, 1), (False, 0)):
        left, right = both_of(side, side, strict=strict).lines
        assert np.isin(left.own, right.own).sum() == wanted


def test_how_often_strangers_agree_is_counted() -> None:
    rows = [{"amount_fen": 5 + row, "src_name": f"{'张王李赵'[row % 4]}某{row}"} for row in range(40)]
    side = side_of(told(*rows), salt="a")
    strangers = both_of(side, side, strict=False).strangers[2]
    assert strangers[DIFFERENT] > 0.9
    assert strangers[COMPATIBLE] < 0.1

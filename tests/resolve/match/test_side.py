import pyarrow as pa

from suyuan.resolve.match.side import OUT, UNTOLD, side_of
from tests.resolve.match.rows import told

ROWS = ({"day": 2, "amount_fen": 5}, {"day": 1, "amount_fen": -7}, {"amount_fen": None}, {"amount_fen": 0})


def test_rows_are_sorted_by_day_and_amount_and_those_without_amount_left_out() -> None:
    rows = side_of(told(*ROWS), salt="a").rows
    assert rows.at.tolist() == [1, 0]
    assert rows.fen.tolist() == [7, 5]
    assert rows.flow.tolist() == [OUT, 0]
    assert rows.second.tolist() == [UNTOLD, UNTOLD]


def test_the_digest_is_of_the_content_alone() -> None:
    table = told(*ROWS)
    keyed = table.set_column(0, "key", pa.array(list("wxyz")))
    assert side_of(table, salt="a").digest == side_of(keyed.take(pa.array([3, 1, 2, 0])), salt="b").digest
    other = told(*ROWS[:1], {"day": 1, "amount_fen": -8})
    assert side_of(table, salt="a").digest != side_of(other, salt="a").digest


def test_rows_alike_in_everything_do_not_stand_in_the_order_of_their_keys_on_both_sides() -> None:
    table = told(*({"amount_fen": 5} for _ in range(50)))
    one, other = side_of(table, salt="a").rows.at.tolist(), side_of(table, salt="b").rows.at.tolist()
    assert sorted(one) == sorted(other) == list(range(50))
    assert one != other


def test_midnight_everywhere_is_a_day_and_no_time() -> None:
    table = told({"amount_fen": 5, "day_only": False}, {"day": 1, "amount_fen": 5, "day_only": None})
    assert side_of(table, salt="a").rows.second.tolist() == [UNTOLD, UNTOLD]

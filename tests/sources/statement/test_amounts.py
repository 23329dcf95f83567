"""Readings are held against the balance."""

from suyuan.sources.statement.amounts import Row, closing


def _rows(*told: tuple[int | None, int | None], chain: str = "a") -> list[Row]:
    return [Row(chain=(chain, "CNY"), balance=balance, moved={"r": moved}) for moved, balance in told]


def test_rows_close_in_one_order_and_not_in_the_other() -> None:
    rows = _rows((500, 500), (-100, 400), (30, 430))
    assert closing(rows, "r", order=1, sign=1) == (2, 2)
    assert closing(rows, "r", order=-1, sign=1) == (0, 2)
    assert closing(rows[::-1], "r", order=-1, sign=1) == (2, 2)


def test_a_debt_closes_with_the_sign_turned() -> None:
    assert closing(_rows((-500, 500), (100, 400)), "r", order=1, sign=-1) == (1, 1)


def test_rows_that_moved_nothing_or_tell_no_balance_are_no_evidence() -> None:
    assert closing(_rows((500, 500), (0, 500), (None, None), (None, 600)), "r", order=1, sign=1) == (0, 0)


def test_chains_are_kept_apart() -> None:
    one, other = _rows((5, 5), (5, 10)), _rows((7, 7), (7, 14), chain="b")
    mixed = [one[0], other[0], one[1], other[1]]
    assert closing(mixed, "r", order=1, sign=1) == (2, 2)

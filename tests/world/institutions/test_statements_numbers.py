import numpy as np

from suyuan.world.institutions.statements_numbers import log_numbers, mixed, serials

ROWS = np.arange(100_000)


def test_numbers_look_drawn_and_never_meet() -> None:
    assert len(np.unique(mixed(ROWS))) == len(ROWS)
    assert 0.3 < (np.diff(mixed(ROWS).astype(np.float64)) > 0).mean() < 0.7


def test_the_payment_systems_numbers_are_the_same_for_everybody_and_an_institutions_own_are_nobody_elses() -> None:
    shared, one, two = serials(ROWS), serials(ROWS, own_of="bank_03"), serials(ROWS, own_of="bank_05")
    assert all(len(np.unique(each)) == len(ROWS) for each in (shared, one, two))
    assert {len(str(each)) for each in (shared.min(), shared.max())} == {18}
    assert {len(str(each)) for each in (one.min(), one.max(), two.min(), two.max())} == {16}
    assert not (one == two).any()
    assert (serials(ROWS, own_of="bank_03") == one).all()


def test_the_two_lines_of_a_transfer_bear_different_log_numbers() -> None:
    paid, received = (log_numbers(ROWS, np.full(len(ROWS), flag)) for flag in (False, True))
    assert {len(str(each)) for each in (paid.min(), paid.max())} <= {9}
    assert (paid != received).mean() > 0.99

import numpy as np

from suyuan.world.rings.blank.loans import reckon
from tests.world.rings.blank.rings_of import settled


def test_interest_is_a_month_of_the_yearly_rate() -> None:
    world, crew, _ = settled()
    loans = reckon(world, crew)
    owed = loans.principal[loans.dues.loan] * 435 * 30 // (360 * 10_000)
    assert loans.dues.fen.tolist() == owed.tolist()
    assert loans.repaid.sum() == loans.dues.fen.sum()


def test_all_stop_paying_at_one_time() -> None:
    world, crew, _ = settled()
    loans = reckon(world, crew)
    assert loans.dues.day.max() < loans.stop <= world.options.days
    last = np.array([loans.dues.day[loans.dues.loan == k].max() for k in np.unique(loans.dues.loan)])
    assert last.max() - last.min() <= 35


def test_a_ring_that_knows_the_line_stays_under_it() -> None:
    world, crew, _ = settled(1)
    assert reckon(world, crew).principal.max() < 30_000_000

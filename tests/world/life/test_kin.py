"""Loans between relatives and friends."""

import numpy as np

from suyuan.world.frame.tables import row_of
from tests.world.life.life_of import life_of


def test_a_closed_loan_came_back_whole_and_an_open_one_not_over() -> None:
    world = life_of()
    private = world.column("loan", "lender_kind").astype(str) == "private"
    paid = np.zeros(world.tables.rows("loan"), np.int64)
    np.add.at(paid, row_of(world.column("repayment", "loan_id")), world.column("repayment", "amount_fen"))
    principal = world.column("loan", "principal_fen")
    closed = private & (world.column("loan", "status").astype(str) == "closed")
    assert (paid[closed] >= principal[closed]).all()
    assert (paid[closed] <= principal[closed] * 11 // 10).all()
    assert closed.sum() > 10


def test_nobody_lends_to_himself() -> None:
    world = life_of()
    assert (world.column("loan", "lender_id") != world.column("loan", "borrower_id")).all()

import pytest

from tests.world.rings.blank.rings_of import played


@pytest.mark.parametrize("evasion", [0, 1])
def test_repayments_are_transfers_to_the_bank(evasion: int) -> None:
    world, _, _ = played(evasion)
    paid = sorted(
        (row["src_account_id"], row["dst_account_id"], row["booked_at"], row["amount_fen"])
        for row in world.tables.table("transfer").to_pylist()
        if row["_flow"] == "payout"
    )
    told = sorted(
        (row["payer_account_id"], row["payee_account_id"], row["paid_at"], row["amount_fen"])
        for row in world.tables.table("repayment").to_pylist()
        if row["_ring"] == 0
    )
    assert paid == told


def test_one_account_pays_everyones_interest() -> None:
    world, crew, _ = played()
    payers = world.column("repayment", "payer_account_id")[world.column("repayment", "_ring") == 0]
    assert set(payers.tolist()) == set(crew.accounts["payer"].tolist())


def test_loans_leave_the_borrowers_account_on_the_day_they_come() -> None:
    world, crew, _ = played()
    rows = [row for row in world.tables.table("transfer").to_pylist() if row["_ring"] == 0]
    come = {row["dst_account_id"]: row for row in rows if row["_flow"] == "intake"}
    pools = set(crew.accounts["pool"].tolist())
    pooled = [row for row in rows if row["dst_account_id"] in pools and row["src_account_id"] in come]
    assert len(pooled) == len(come)
    for row in pooled:
        assert 0 < (row["booked_at"] - come[row["src_account_id"]]["booked_at"]).total_seconds() < 86_400


def test_no_cash_is_drawn_over_the_line_by_a_ring_that_knows_it() -> None:
    world, _, _ = played(1)
    rows = [row for row in world.tables.table("transfer").to_pylist() if row["_ring"] == 0 and row["_cash"]]
    assert max(row["amount_fen"] for row in rows) < 5_000_000

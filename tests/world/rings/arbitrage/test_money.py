import numpy as np
import pytest

from tests.world.rings.blank.rings_of import played

BOTH = pytest.mark.parametrize("evasion", [0, 1])


@BOTH
def test_premiums_are_transfers_to_the_insurer(evasion: int) -> None:
    world, _, team = played(evasion)
    insurer = int(world.of(world.of(np.array([team.insurer]), "_main_account"), "holder_id")[0])
    assert insurer == team.insurer
    moved = sorted(
        (row["src_account_id"], row["booked_at"], row["amount_fen"])
        for row in world.tables.table("transfer").to_pylist()
        if row["_ring"] == 1 and row["_flow"] == "spend" and row["_step"] == "strike"
    )
    told = sorted(
        (row["payer_account_id"], row["paid_at"], row["amount_fen"])
        for row in world.tables.table("premium_payment").to_pylist()
        if row["_ring"] == 1
    )
    assert moved == told


@BOTH
def test_refunds_are_what_the_policies_tell(evasion: int) -> None:
    world, _, team = played(evasion)
    account = int(world.of(np.array([team.insurer]), "_main_account")[0])
    paid = sum(
        row["amount_fen"]
        for row in world.tables.table("transfer").to_pylist()
        if row["_ring"] == 1 and row["src_account_id"] == account
    )
    assert paid == world.column("policy", "surrender_fen")[world.column("policy", "_ring") == 1].sum()


def test_somebody_else_pays_and_somebody_else_is_refunded() -> None:
    world, _, team = played()
    rows = [row for row in world.tables.table("policy").to_pylist() if row["_ring"] == 1]
    assert all(row["premium_payer_id"] != row["holder_id"] for row in rows)
    other = [row for row in rows if row["surrender_account_id"] in set(team.accounts["refund"].tolist())]
    assert len(other) > len(rows) * 8 // 10

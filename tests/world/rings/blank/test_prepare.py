import numpy as np

from suyuan.world.rings.blank.prepare import digest
from tests.world.rings.blank.rings_of import played


def test_padded_sums_go_to_and_fro_and_leave_nothing() -> None:
    world, crew, _ = played()
    mine = (world.column("transfer", "_ring") == 0) & (world.column("transfer", "_step") == "prepare")
    src, dst, fen = (world.column("transfer", c)[mine] for c in ("src_account_id", "dst_account_id", "amount_fen"))
    for account in crew.borrowers.account.tolist():
        assert fen[dst == account].sum() == fen[src == account].sum() > 0


def test_borrowers_of_one_flat_lodge_together() -> None:
    world, crew, _ = played()
    rows = world.tables.table("stay").to_pylist()
    mine = [row for row in rows if row["_ring"] == 0]
    assert len(mine) == len(crew.borrowers)
    assert len({row["address"] for row in mine}) <= int(crew.borrowers.flat.max()) + 1


def test_papers_share_one_layout_and_stand_in_no_register() -> None:
    world, _, _ = played()
    papers = [row for row in world.tables.table("document").to_pylist() if row["_ring"] == 0]
    contracts = [row for row in papers if row["kind"] == "land_contract"]
    assert len({row["layout_digest"] for row in contracts}) == 1
    results = world.tables.table("registry_check").filter(np.asarray(world.column("registry_check", "_ring") == 0))
    assert "found" not in results["result"].to_pylist()


def test_a_digest_tells_its_parts_apart() -> None:
    assert digest("a", 1) != digest("a", 2)
    assert len(digest("a")) == 16

import numpy as np
import pyarrow as pa

from suyuan.world.frame.tables import first_id, row_of
from suyuan.world.frame.world import World
from suyuan.world.life.flows_orders import merchant_accounts, open_merchants


def test_merchants_are_numbered_once_and_settled_to_their_firms(busy_world: World) -> None:
    merchants = busy_world.tables.table("merchant")
    assert merchants.num_rows > 20
    assert len(set(merchants["number"].to_pylist())) == merchants.num_rows
    settled = busy_world.column("merchant", "settlement_account_id")
    holder = busy_world.column("account", "holder_id")[row_of(settled)]
    assert (holder == busy_world.column("merchant", "holder_id")).all()
    assert busy_world.column("merchant", "payment_firm_id").min() >= 0


def test_an_order_is_its_transfer_seconds_before(busy_world: World) -> None:
    order = busy_world.column("transfer", "_order")
    rows = np.flatnonzero(order >= 0)
    behind = row_of(order[rows])
    assert len(rows) == busy_world.tables.rows("payment_order")
    for told, name in (("payer_account_id", "src_account_id"), ("payee_account_id", "dst_account_id")):
        assert (busy_world.column("payment_order", told)[behind] == busy_world.column("transfer", name)[rows]).all()
    assert (
        busy_world.column("payment_order", "amount_fen")[behind] == busy_world.column("transfer", "amount_fen")[rows]
    ).all()
    ordered = busy_world.column("payment_order", "ordered_at")[behind]
    ahead = (busy_world.column("transfer", "booked_at")[rows] - ordered).astype("timedelta64[s]").astype(np.int64)
    assert ahead.min() >= 2
    assert ahead.max() < 45


def test_orders_collect_pay_out_and_refund_over_merchant_accounts(busy_world: World) -> None:
    kinds = busy_world.tables.table("payment_order")["kind"].cast(pa.string()).to_pylist()
    assert set(kinds) == {"collect", "pay_out", "refund"}
    numbered = merchant_accounts(busy_world)
    assert np.count_nonzero(numbered >= 0) == busy_world.tables.rows("merchant")
    merchant = busy_world.column("payment_order", "merchant_id")
    sides = [busy_world.column("payment_order", name) for name in ("payer_account_id", "payee_account_id")]
    assert (np.maximum(*(numbered[row_of(side)] for side in sides)) == merchant).all()


def test_a_merchant_number_tells_what_its_firm_tells() -> None:
    from suyuan.world.frame.options import Options
    from suyuan.world.people.settle import settle

    world = World(options=Options(seed=6, scale=0.005))
    settle(world)
    kinds = np.array(world.tables.table("account")["kind"].cast(pa.string()).to_pylist(), object)
    accounts = first_id("account") + np.flatnonzero(kinds == "merchant")[:2]
    made = world.of(open_merchants(world, accounts=accounts), "name")
    assert made.tolist() == world.of(world.of(accounts, "holder_id"), "name").tolist()

import numpy as np
import pyarrow as pa

from suyuan.world.frame.world import World
from suyuan.world.life.flows_shops import payers, purse
from suyuan.world.life.flows_who import who


def _kind(world: World) -> np.ndarray:
    return np.array(world.tables.table("transfer")["kind"].cast(pa.string()).to_pylist(), object)


def test_a_merchant_account_is_settled_with_less_than_it_sold(busy_world: World) -> None:
    kind = _kind(busy_world)
    src, dst, fen = (busy_world.column("transfer", name) for name in ("src_account_id", "dst_account_id", "amount_fen"))
    settled = kind == "结算"
    assert settled.any()
    for account in np.unique(src[settled])[:25]:
        assert fen[settled & (src == account)].sum() < fen[dst == account].sum()


def test_every_reversal_undoes_a_purchase_of_the_same_sum(busy_world: World) -> None:
    kind = _kind(busy_world)
    told = [busy_world.column("transfer", name) for name in ("src_account_id", "dst_account_id", "amount_fen")]
    bought = set(zip(*(each[kind == "消费"].tolist() for each in told), strict=True))
    undone = zip(*(told[at][kind == "冲正"].tolist() for at in (1, 0, 2)), strict=True)
    assert set(undone) <= bought


def test_some_shops_sell_far_more_than_others(busy_world: World) -> None:
    bought = busy_world.column("transfer", "dst_account_id")[_kind(busy_world) == "消费"]
    sales = np.sort(np.unique(bought, return_counts=True)[1])[::-1]
    assert sales[: len(sales) // 10].sum() > 0.4 * sales.sum()


def test_the_busy_pay_more_often_and_from_accounts_of_their_own(busy_world: World) -> None:
    known, chance = who(busy_world), busy_world.chance("drawn")
    people = payers(known, chance, 20_000)
    often = np.bincount(people, minlength=len(known.main))
    assert often[known.busy == 0].sum() == 0
    assert often[known.busy > 3_000].mean() > 2 * often[(known.busy > 0) & (known.busy < 1_000)].mean()
    sides = purse(known, chance, people, wallets=50)
    own = np.stack([known.main[people], known.second[people], known.wallet[people]])
    assert (own == sides).any(axis=0).all()
    assert 0.2 < np.mean(sides == known.wallet[people]) < 0.5

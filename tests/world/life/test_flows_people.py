import numpy as np
import pyarrow as pa

from suyuan.world.frame.tables import is_of, row_of
from suyuan.world.frame.world import World
from suyuan.world.life.pay import CASH


def _rows(world: World, name: str, *words: str) -> np.ndarray:
    texts = np.array(world.tables.table("transfer")[name].cast(pa.string()).to_pylist(), object)
    return np.flatnonzero(np.isin(texts, words))


def test_a_rent_is_the_same_sum_in_every_month(busy_world: World) -> None:
    rows = _rows(busy_world, "memo", "房租押金", "租金", "房租")
    src, fen = (busy_world.column("transfer", name)[rows] for name in ("src_account_id", "amount_fen"))
    tenants, often = np.unique(src, return_counts=True)
    steady = fen[src == tenants[np.argmax(often)]]
    assert np.unique(steady, return_counts=True)[1].max() >= 8


def test_friends_are_paid_again(busy_world: World) -> None:
    rows = _rows(busy_world, "memo", "还钱", "饭钱", "借款", "转账")
    pairs = np.stack([busy_world.column("transfer", name)[rows] for name in ("src_account_id", "dst_account_id")])
    assert np.unique(pairs, axis=1, return_counts=True)[1].max() >= 3


def test_wallets_are_filled_and_drawn_by_their_owners(busy_world: World) -> None:
    rows = _rows(busy_world, "memo", "零钱充值", "零钱提现")
    holder = busy_world.column("account", "holder_id")
    src, dst = (
        holder[row_of(busy_world.column("transfer", name)[rows])] for name in ("src_account_id", "dst_account_id")
    )
    assert len(rows) > 100
    assert (src == dst).all()


def test_cash_is_drawn_and_paid_in_whole_hundreds(busy_world: World) -> None:
    src, dst, fen = (busy_world.column("transfer", name) for name in ("src_account_id", "dst_account_id", "amount_fen"))
    drawn, paid_in = fen[dst == CASH], fen[src == CASH]
    assert len(drawn) > len(paid_in) > 100
    assert np.mean(drawn % 10_000 == 0) > 0.95


def test_accounts_of_other_regions_pay_and_are_paid(busy_world: World) -> None:
    held = busy_world.column("account", "_held")
    for name in ("src_account_id", "dst_account_id"):
        side = busy_world.column("transfer", name)
        side = side[side != CASH]
        assert 0.01 < np.mean(~held[row_of(side)]) < 0.1
        assert is_of(side, "account").all()

import numpy as np
import pyarrow as pa

from suyuan.world.frame.world import World


def _rows(world: World, *words: str) -> np.ndarray:
    memo = np.array(world.tables.table("transfer")["memo"].cast(pa.string()).to_pylist(), object)
    return np.flatnonzero(np.isin(memo, words))


def test_an_employee_is_paid_by_one_firm_once_a_month(busy_world: World) -> None:
    rows = _rows(busy_world, "代发工资", "薪资")
    month = busy_world.column("transfer", "booked_at")[rows].astype("datetime64[M]").astype(np.int64)
    to = busy_world.column("transfer", "dst_account_id")[rows]
    _, often = np.unique(np.stack([to, month]), axis=1, return_counts=True)
    assert np.mean(often == 1) > 0.97
    payer = busy_world.column("transfer", "src_account_id")[rows]
    firms = [len(set(payer[to == each].tolist())) for each in np.unique(to)[:200]]
    assert np.mean(np.array(firms) == 1) > 0.95


def test_pensions_are_the_same_in_every_month(busy_world: World) -> None:
    rows = _rows(busy_world, "养老金")
    to, fen = (busy_world.column("transfer", name)[rows] for name in ("dst_account_id", "amount_fen"))
    one = fen[to == to[0]]
    assert len(one) > 5
    assert len(set(one.tolist())) == 1


def test_the_supply_network_is_heavy_tailed_and_deals_repeat(busy_world: World) -> None:
    rows = _rows(busy_world, "材料款", "运费", "预付款", "货款")
    src, dst = (busy_world.column("transfer", name)[rows] for name in ("src_account_id", "dst_account_id"))
    sellers = np.sort(np.unique(dst, return_counts=True)[1])[::-1]
    assert sellers[: max(1, len(sellers) // 20)].sum() > 0.15 * sellers.sum()
    _, often = np.unique(np.stack([src, dst]), axis=1, return_counts=True)
    assert often.max() >= 5

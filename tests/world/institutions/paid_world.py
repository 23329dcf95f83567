"""A small world: accounts of every layout pay each other and cash, with balances reckoned; nothing else lives."""

import numpy as np
import pyarrow as pa

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.options import Options
from suyuan.world.frame.tables import HONEST, Why
from suyuan.world.frame.world import World
from suyuan.world.institutions.statements_layouts import institutions

SPARED = ("bank_10", "payment_02", "payment_03")  # they write in layouts that others write in too
NAMES = ["张三", "李小四", "欧阳明月", "买买提·吐尔逊", "王<五>", "赵,六", "宏达,贸易有限公司"]
MEMOS = ["工资", "货款,六月", '他说"还款"', "充值 & 提现", None]
OUTSIDE = "江南银行"
FIRMS = 5  # every fifth account is a firm's


def paid_world(*, accounts: int = 96, transfers: int = 3_000, seed: int = 3, banks: list[str] | None = None) -> World:
    """Return a world of `transfers` among `accounts`, of which one in thirteen is nobody's to hand over."""
    world, chance = World(options=Options(seed=seed)), np.random.default_rng(seed)
    world.truths.ring(kind="lanzhou", number=1, hidden=False, story={"strike": 3})
    people = world.add(
        "person",
        name=pa.array([NAMES[k % len(NAMES)] for k in range(40)]),
        id_number=pa.array([f"62010219900101{k:04d}" for k in range(40)]),
    )
    firm = world.add("company", n=1, name="宏达建材有限公司", credit_code="91620102MA7K4B2X3D")
    named = [name for name, each in institutions().items() if each.source not in SPARED]
    kept = banks or [*named, OUTSIDE]
    own = world.add(
        "account",
        number=pa.array([str(6219030000000000 + k * 7) for k in range(accounts)]),
        bank=pa.array([kept[k % len(kept)] for k in range(accounts)]),
        kind=pa.array([("card", "wallet", "merchant", "credit_card")[k % 4] for k in range(accounts)]),
        branch="中山路支行",
        status="正常",
        opened_on=world.day(np.arange(accounts) - 400),
        opened_device=np.arange(accounts) % 5 - 1,
        phone=pa.array([f"1393100{k:04d}" for k in range(accounts)]),
        holder_id=np.where(np.arange(accounts) % FIRMS == 0, firm, people[np.arange(accounts) % 40]),
        _opening_fen=np.full(accounts, 10**9),
        balance_fen=np.full(accounts, 123_456),
    )
    for why, n in ((HONEST, transfers - 60), (Why(ring=0, step="strike"), 30), (Why(scenario="a market"), 30)):
        _pay(world, why, own, chance, n)
    return world


def _pay(world: World, why: Why, own: Ints, chance: np.random.Generator, n: int) -> None:
    src, step = chance.integers(0, len(own), n), chance.integers(1, len(own), n)
    cash = chance.integers(0, 12, n)
    world.add(
        "transfer",
        why,
        src_account_id=np.where(cash == 0, -1, own[src]),
        dst_account_id=np.where(cash == 1, -1, own[(src + step) % len(own)]),
        booked_at=world.moment(np.sort(chance.integers(0, 500, n)), chance.integers(0, 86_400, n)),
        amount_fen=chance.integers(1, 30_000_000, n),
        currency="CNY",
        memo=pa.array([MEMOS[k] for k in chance.integers(0, len(MEMOS), n)]),
        kind="转账",
        _channel=pa.array([("mobile", "batch", None)[k] for k in chance.integers(0, 3, n)]),
        _ip=np.where(chance.integers(0, 2, n) == 0, -1, chance.integers(0, 99, n)),
        _device=np.full(n, -1),
    )

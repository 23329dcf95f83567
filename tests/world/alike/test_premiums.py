import numpy as np

from suyuan.world.alike.premiums import pay_premiums
from suyuan.world.frame.options import Options
from suyuan.world.frame.tables import Why
from suyuan.world.frame.world import World


def test_a_premium_is_paid_each_year_within_the_world_until_the_policy_is_over() -> None:
    world = World(options=Options(seed=1))
    accounts = world.add("account", number=["1", "2"])
    holder = np.repeat(world.add("person", name="甲", _main_account=accounts[:1]), 2)
    insurer = np.repeat(world.add("company", name="示例保险", _main_account=accounts[1:]), 2)
    start, premium = np.array([-100, 10]), np.array([700, 900])
    policies = world.add("policy", holder_id=holder)
    pay_premiums(world, Why(scenario="x"), world.chance("x"), policies=policies, holder=holder, insurer=insurer,
                 premium=premium, start=start, until=np.array([549, 300]), years=3)  # fmt: skip
    assert world.column("premium_payment", "period_no").tolist() == [1, 2]
    assert world.column("premium_payment", "policy_id").tolist() == [policies[1], policies[0]]
    assert world.column("transfer", "amount_fen").tolist() == [900, 700]

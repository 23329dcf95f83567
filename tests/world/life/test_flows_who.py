import numpy as np

from suyuan.world.frame.tables import is_of
from suyuan.world.frame.world import World
from suyuan.world.life.flows_who import who


def test_everyone_pays_from_accounts_of_his_own(busy_world: World) -> None:
    known = who(busy_world)
    holder = busy_world.column("account", "holder_id")
    for table, sides in (
        ("person", (known.main, known.second, known.wallet)),
        ("company", (known.till, known.merchant)),
    ):
        rows = np.arange(len(sides[0]))
        for side in sides:
            has = side >= 0
            held = holder[side[has] & ((1 << 40) - 1)]
            assert has.any()
            assert is_of(held, table).all()
            assert (held & ((1 << 40) - 1) == rows[has]).all()


def test_who_has_no_account_pays_nothing(busy_world: World) -> None:
    known = who(busy_world)
    assert (known.busy[known.main < 0] == 0).all()
    assert (known.popular[known.till < 0] == 0).all()


def test_a_trade_without_firms_is_stood_in_for_by_all(busy_world: World) -> None:
    known = who(busy_world)
    assert set(known.trade[known.of_trades("school")]) == {"school"}
    assert len(known.of_trades("no such trade")) == np.count_nonzero(known.till >= 0)


def test_popular_firms_are_drawn_more_often(busy_world: World) -> None:
    known = who(busy_world)
    firms = known.of_trades("retail")
    drawn = np.bincount(known.some(busy_world.chance("drawn"), firms, 5_000), minlength=len(known.till))[firms]
    assert np.argmax(drawn) in np.argsort(known.popular[firms], kind="stable")[-3:]

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from suyuan.world.frame.options import Options
from suyuan.world.frame.tables import HONEST, first_id, row_of
from suyuan.world.frame.world import World
from suyuan.world.life.balances import close, running
from suyuan.world.life.flows import live_money
from suyuan.world.life.pay import CASH, pay
from suyuan.world.people.settle import settle

FIRST = first_id("account")


def _world(n: int = 3, opened: int = -100) -> World:
    world = World(options=Options(seed=5))
    world.add("account", n=n, kind="card", opened_on=world.day(np.full(n, opened)), _thin=True)
    return world


def _move(world: World, src: int, dst: int, second: int, fen: int) -> None:
    sides = [side if side == CASH else FIRST + side for side in (src, dst)]
    pay(world, HONEST, src=sides[0], dst=sides[1], at=world.moment(3, second), amount_fen=fen)


def test_an_account_that_pays_before_it_receives_opened_with_enough() -> None:
    world = _world()
    _move(world, 0, 1, 50, 1_000)
    _move(world, 1, 2, 40, 300)
    _move(world, 2, 1, 40, 100)
    close(world)
    told = running(world)
    assert (told.opening >= [1_000, 300, 0]).all()
    assert told.src_after.tolist() == [told.opening[0] - 1_000, told.opening[1] - 300, told.opening[2] + 200]
    assert told.dst_after.tolist() == [told.opening[1] + 800, told.opening[2] + 300, told.opening[1] - 200]
    assert told.closing.tolist() == world.column("account", "balance_fen").tolist()


def test_an_account_of_the_living_world_opens_with_nothing_and_is_paid_into_first() -> None:
    world = _world(opened=2)
    _move(world, 0, CASH, 50, 12_345)
    close(world)
    told = running(world)
    paid_in = world.tables.table("transfer").to_pylist()[1]
    assert told.opening.tolist() == [0, 0, 0]
    assert paid_in["src_account_id"] == CASH
    assert paid_in["dst_account_id"] == FIRST
    assert paid_in["amount_fen"] == 20_000
    assert paid_in["booked_at"] < world.moment(3, 50)
    assert told.src_after[0] == 20_000 - 12_345


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(-1, 3), st.integers(-1, 3), st.integers(0, 9), st.integers(1, 50)),
        min_size=1,
        max_size=25,
    )
)
def test_balances_are_those_a_clerk_would_write(moves: list[tuple[int, int, int, int]]) -> None:
    moves = [move for move in moves if move[0] != move[1]]
    world = _world(n=4)
    for move in moves:
        _move(world, *move)
    close(world)
    told = running(world)
    book = told.opening.tolist()
    for at in sorted(range(len(moves)), key=lambda i: (moves[i][2], i)):
        src, dst, _, fen = moves[at]
        for side, change, after in ((src, -fen, told.src_after), (dst, fen, told.dst_after)):
            if side != CASH:
                book[side] += change
                assert after[at] == book[side] >= 0
            else:
                assert after[at] == 0
    assert told.closing.tolist() == book


def test_a_lived_in_world_conserves_money_and_overdraws_nobody() -> None:
    world = World(options=Options(seed=4, scale=0.005))
    settle(world)
    live_money(world)
    close(world)
    told = running(world)
    assert min(told.src_after.min(), told.dst_after.min(), told.opening.min()) >= 0
    assert (told.closing == world.column("account", "balance_fen")).all()
    amount = world.column("transfer", "amount_fen")
    paid_in = amount[world.column("transfer", "src_account_id") == CASH].sum()
    drawn = amount[world.column("transfer", "dst_account_id") == CASH].sum()
    assert told.closing.sum() == told.opening.sum() + paid_in - drawn


def test_thin_accounts_open_with_little_and_others_with_more(busy_world: World) -> None:
    thin = busy_world.column("account", "_thin")
    kinds = busy_world.tables.table("account")["kind"].to_pylist()
    src = busy_world.column("transfer", "src_account_id")
    most = busy_world.column("transfer", "amount_fen")[np.isin(src, FIRST + np.flatnonzero(thin))]
    assert len(thin) == len(kinds)
    assert len(most) == 0 or most.max() <= 20_000
    assert (row_of(src[src >= 0]) < len(thin)).all()

import numpy as np
import pytest

from suyuan.world.frame.options import Options
from suyuan.world.frame.tables import first_id
from suyuan.world.frame.world import World
from suyuan.world.life.flows_send import Batch, amounts_of, count, flow, memos, months, rounded, send, share
from suyuan.world.life.flows_who import who
from suyuan.world.life.flows_words import figures
from suyuan.world.people.settle import settle

CHANCE = World(options=Options(seed=2)).chance("amounts")


@pytest.mark.parametrize("name", list(figures()["flows"]))
def test_every_flow_speaks_the_vocabulary(name: str) -> None:
    told = flow(name)
    assert set(told["channels"]) <= set(figures()["channels"])
    assert told["kind"] in figures()["kinds"]
    assert len(memos()[1][name]) == len(told["memos"])


def test_rounding_leaves_something_of_what_is_too_small_for_it() -> None:
    drawn = np.array([12_345, 149, 7])
    assert rounded(CHANCE, drawn, {"hundred": 1}).tolist() == [10_000, 10_000, 10_000]
    assert rounded(CHANCE, drawn, {"thousand": 1_000_000_000, "fen": 1}).tolist() == [12_300, 100, 7]
    assert rounded(CHANCE, drawn, {"fen": 1}).tolist() == drawn.tolist()


def test_lucky_sums_are_exact() -> None:
    assert (
        {888, 6_666, 20_000}
        <= set(amounts_of(CHANCE, "red_packet", 2_000).tolist())
        <= {round(float(yuan) * 100) for yuan in flow("red_packet")["sums"]}
    )


def test_months_begin_on_their_first_day() -> None:
    world = World(options=Options(seed=2, months=3))
    assert months(world).tolist() == [0, 31, 62]
    assert count("own", 1_000, 10) == round(flow("own")["rate"] * 10_000)


def test_a_share_of_those_who_could_takes_part() -> None:
    assert 150 < len(share(CHANCE, "salary", np.arange(1_000))) < 300


def test_nothing_is_paid_outside_an_accounts_life_nor_to_itself() -> None:
    world = World(options=Options(seed=2, scale=0.005))
    settle(world)
    young = world.add("account", n=1, kind="card", opened_on=world.day([100]), holder_id=-1, _thin=False, _held=True)[0]
    known = who(world)
    rich = np.flatnonzero((known.accounts.opened < 0) & (known.accounts.closed > 600) & ~known.accounts.thin)
    old = first_id("account") + rich[0]
    before = world.tables.rows("transfer")
    batch = Batch(
        src=np.array([old, old, young, old, old]),
        dst=np.array([young, young, old, old, young]),
        day=np.array([99, 100, 101, 101, 9_999]),
        amount_fen=np.array([1, 2, 3, 4, 5]),
        payer=np.zeros(5, np.int64),
    )
    ids, laid = send(world, known, "friends", batch)
    assert laid.amount_fen.tolist() == [2, 3]
    assert len(ids) == 2 == world.tables.rows("transfer") - before

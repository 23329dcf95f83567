import hashlib

import numpy as np
import pyarrow as pa

from suyuan.world.frame.options import Options
from suyuan.world.frame.world import World
from suyuan.world.life.flows import live_money
from suyuan.world.life.rhythm import is_off, spring_festivals
from suyuan.world.people.settle import settle


def _day(world: World) -> np.ndarray:
    since = world.column("transfer", "booked_at").astype("datetime64[s]") - world.moment(0, 0)
    return np.asarray(since.astype(np.int64) // 86_400)


def _memo(world: World) -> np.ndarray:
    return np.array(world.tables.table("transfer")["memo"].cast(pa.string()).to_pylist(), object)


def test_the_region_makes_about_five_million_transfers_at_scale_1(busy_world: World) -> None:
    per_scale = busy_world.tables.rows("transfer") / 0.02
    assert 3_900_000 < per_scale < 5_000_000


def test_amounts_have_the_middle_and_the_width_they_are_meant_to_have(busy_world: World) -> None:
    yuan = busy_world.column("transfer", "amount_fen") / 100
    assert 550 < np.median(yuan) < 1_150
    assert 1.25 < np.log(yuan).std() < 1.75


def test_fen_are_seen_and_round_sums_too(busy_world: World) -> None:
    fen = busy_world.column("transfer", "amount_fen")
    assert 0.1 < np.mean(fen % 100 != 0) < 0.45
    assert 0.25 < np.mean(fen % 10_000 == 0) < 0.65


def test_degrees_are_heavy_tailed(busy_world: World) -> None:
    """The busiest hundredth of receiving accounts takes a good part of all, and Hill finds a tail below 2.5."""
    received = np.sort(np.unique(busy_world.column("transfer", "dst_account_id"), return_counts=True)[1])[::-1]
    top = received[: len(received) // 100]
    assert top.sum() > 0.15 * received.sum()
    assert 1 / np.log(top[:-1] / top[-1]).mean() < 2.5


def test_amounts_are_heavy_tailed(busy_world: World) -> None:
    fen = np.sort(busy_world.column("transfer", "amount_fen"))[::-1]
    assert fen[: len(fen) // 100].sum() > 0.15 * fen.sum()


def test_salaries_come_before_spring_festival_and_never_in_it(busy_world: World) -> None:
    day, memo = _day(busy_world), _memo(busy_world)
    paid = day[np.isin(memo, ["代发工资", "薪资"])]
    first = spring_festivals()[1]
    assert not np.any((paid >= first - 1) & (paid < first + 8))
    assert not is_off(paid).any()
    assert np.count_nonzero((paid >= first - 12) & (paid < first - 1)) > 1.4 * 11 * len(paid) / busy_world.options.days


def test_red_packets_come_on_the_eve(busy_world: World) -> None:
    day, memo = _day(busy_world), _memo(busy_world)
    sent = np.bincount(day[np.isin(memo, ["红包", "恭喜发财", "新年快乐"])], minlength=busy_world.options.days)
    assert int(np.argmax(sent)) == spring_festivals()[1] - 1
    assert sent.max() > 50 * np.median(sent)


def test_firms_rest_on_days_off_and_people_do_not(busy_world: World) -> None:
    day, memo = _day(busy_world), _memo(busy_world)
    off = np.mean(is_off(np.arange(busy_world.options.days)))
    assert np.mean(is_off(day[np.isin(memo, ["材料款", "运费", "预付款"])])) < 0.3 * off
    assert np.mean(is_off(day[np.isin(memo, ["扫码付款", "餐饮"])])) > 0.95 * off


def test_the_same_options_lay_the_same_transfers() -> None:
    digests = []
    for _ in range(2):
        world = World(options=Options(seed=9, scale=0.005))
        settle(world)
        live_money(world)
        table = world.tables.table("transfer")
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, table.schema) as stream:
            stream.write_table(table)
        digests.append(hashlib.sha256(sink.getvalue()).hexdigest())
    assert digests[0] == digests[1]

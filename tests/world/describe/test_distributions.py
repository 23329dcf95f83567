import numpy as np
import pytest

from suyuan.world.describe.distributions import distributions, hill
from suyuan.world.frame.options import Options
from suyuan.world.frame.world import World


def made() -> World:
    world = World(options=Options(seed=1))
    accounts = world.add("account", number=["1", "2", "3"], _held=True, balance_fen=np.array([100, 20_000, 0]))
    world.add(
        "transfer",
        src_account_id=accounts[[0, 0, 0, 1]],
        dst_account_id=accounts[[1, 1, 2, 2]],
        booked_at=world.moment(np.array([0, 0, 1, 2]), np.array([0, 60, 0, 7200])),
        amount_fen=np.array([100, 2_000, 30_000, 400_000]),
    )
    return world


def test_every_picture_has_shares_between_nothing_and_all() -> None:
    pictures = {one.name: one for one in distributions(made())}
    assert {"degree", "amount", "amount_tail", "gap", "hour", "weekday", "day", "balance"} <= set(pictures)
    for one in pictures.values():
        for _, x, y in one.series:
            assert len(x) == len(y)
            assert all(0 <= share <= 1 for share in y)
    (hour,) = (series for series in pictures["hour"].series if series[0] == "all")
    assert hour[2][0] == pytest.approx(0.75)
    assert hour[2][2] == pytest.approx(0.25)


def test_a_degree_counts_partners_and_not_payments() -> None:
    out = next(one for one in distributions(made()) if one.name == "degree").series[0]
    assert dict(zip(out[1], out[2], strict=True))[2.0] == pytest.approx(0.5)  # of two payers, one pays two partners


def test_an_empty_world_has_no_pictures() -> None:
    assert distributions(World(options=Options(seed=1))) == []


def test_the_tail_of_a_pareto_is_found() -> None:
    drawn = np.random.Generator(np.random.PCG64(1)).pareto(1.5, 200_000) + 1
    assert hill(np.rint(drawn * 1_000).astype(np.int64)) == pytest.approx(1.5, rel=0.1)
    assert hill(np.array([1, 2, 3])) is None

import copy

import numpy as np
import pytest
from numpy.typing import NDArray

from suyuan.world.frame.dice import Ints
from suyuan.world.frame.tables import is_of
from suyuan.world.frame.world import World
from suyuan.world.life.blend import SIDES, account_sides
from suyuan.world.rings.front import account_sorts_of, do_business
from tests.world.rings.blank.rings_of import played


def _spread(world: World, rows: Ints) -> NDArray[np.float64]:
    src, dst = (world.column("transfer", name)[rows] for name in ("src_account_id", "dst_account_id"))
    return np.bincount(account_sides(world, src, dst), minlength=SIDES * SIDES) / len(rows)


@pytest.fixture(scope="module")
def before_and_after() -> tuple[World, World]:
    world, _, _ = played(evasion=1)
    after = copy.deepcopy(world)
    do_business(after)
    return world, after


def test_transfers_of_rings_are_spread_more_like_everybodys(before_and_after: tuple[World, World]) -> None:
    apart = []
    for world in before_and_after:
        ring = world.column("transfer", "_ring")
        own, others = _spread(world, np.flatnonzero(ring >= 0)), _spread(world, np.flatnonzero(ring < 0))
        apart.append(float(np.abs(own - others).sum()) / 2)
    assert apart[1] < apart[0] * 0.7


def test_one_side_of_every_deal_is_the_rings_and_the_other_is_not(before_and_after: tuple[World, World]) -> None:
    world, after = before_and_after
    new = np.arange(world.tables.rows("transfer"), after.tables.rows("transfer"))
    assert len(new)
    roles = np.unique(np.concatenate([who for _, who, _, _ in world.truths.roles]))
    opened = world.column("account", "_ring") >= 0
    theirs = opened | np.isin(world.column("account", "holder_id"), roles)
    sides = [after.column("transfer", name)[new] for name in ("src_account_id", "dst_account_id")]
    ours = np.stack([(each >= 0) & theirs[np.where(each >= 0, each & ((1 << 40) - 1), 0)] for each in sides])
    assert (ours.sum(axis=0) == 1).all()
    assert set(after.tables.table("transfer")["_flow"].to_pylist()[new[0] :]) == {"spend"}


def test_nobody_pays_from_or_to_an_account_of_a_ring_before_it_is_opened(before_and_after: tuple[World, World]) -> None:
    world, after = before_and_after
    opened = after.column("account", "opened_on").astype("datetime64[D]")
    new = slice(world.tables.rows("transfer"), None)
    day = after.column("transfer", "booked_at")[new].astype("datetime64[D]")
    ring = after.column("account", "_ring") >= 0
    for name in ("src_account_id", "dst_account_id"):
        account = after.column("transfer", name)[new]
        row = np.where(is_of(account, "account"), account & ((1 << 40) - 1), 0)
        mine = is_of(account, "account") & ring[row]
        assert (day[mine] > opened[row[mine]]).all()


def test_at_evasion_0_no_ring_has_a_front() -> None:
    world, _, _ = played()
    rows = world.tables.rows("transfer")
    do_business(world)
    assert world.tables.rows("transfer") == rows


def test_cash_is_a_sort_of_its_own() -> None:
    world, crew, _ = played()
    assert account_sorts_of(world, np.array([-1, crew.accounts["purse"][0]])).tolist() == [SIDES - 1, 0]

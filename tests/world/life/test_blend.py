import numpy as np
import pytest
from numpy.typing import NDArray

from suyuan.world.frame.options import Options
from suyuan.world.frame.tables import HONEST, Why
from suyuan.world.frame.world import World
from suyuan.world.life.blend import blend_amounts, blend_days, blend_moments, reference
from suyuan.world.life.flows import live_money
from suyuan.world.life.pay import CASH, pay
from suyuan.world.people.settle import settle

RING = Why(ring=0, step="strike")
N = 6_000


def _lived(evasion: int) -> World:
    world = World(options=Options(seed=8, evasion=evasion))
    settle(world)
    live_money(world)
    return world


@pytest.fixture(scope="module")
def played() -> World:
    """Return a world in which a ring that knows what is watched moved usual sums between people's cards."""
    world = _lived(1)
    chance = world.chance("ring")
    usual = world.column("transfer", "amount_fen")
    amounts = blend_amounts(world, chance, usual[chance.integers(0, len(usual), N)])
    at = blend_moments(world, chance, blend_days(world, chance, N, 0, world.options.days))
    cards = world.column("person", "_main_account")
    cards = cards[cards >= 0]
    src, dst = cards[: len(cards) // 2], cards[len(cards) // 2 :]
    pay(
        world,
        RING,
        src=src[chance.integers(0, len(src), N)],
        dst=dst[chance.integers(0, len(dst), N)],
        at=at,
        amount_fen=amounts,
        memo="砍头息",
        channel="web",
    )
    return world


def _told(world: World, name: str) -> tuple[NDArray[np.object_], NDArray[np.bool_]]:
    texts = world.tables.table("transfer")[name].cast("string").to_pylist()
    return np.array([each or "" for each in texts], object), world.column("transfer", "_ring") == 0


def _distance(one: NDArray[np.object_], other: NDArray[np.object_]) -> float:
    """Return the share of rows that would have to change for both to be alike (total variation)."""
    words = sorted({*one.tolist(), *other.tolist()})
    shares = [np.array([np.count_nonzero(each == word) for word in words]) / len(each) for each in (one, other)]
    return float(np.abs(shares[0] - shares[1]).sum() / 2)


@pytest.mark.parametrize("name", ["memo", "_channel", "kind"])
def test_words_of_a_blended_ring_are_those_of_the_background(played: World, name: str) -> None:
    texts, ring = _told(played, name)
    accounts = played.tables.table("account")["kind"].cast("string").to_pylist()
    card = np.array([kind == "card" for kind in accounts] + [False])
    mask = (1 << 40) - 1
    sides = [played.column("transfer", side) for side in ("src_account_id", "dst_account_id")]
    alike = card[np.where(sides[0] < 0, -1, sides[0] & mask)] & card[np.where(sides[1] < 0, -1, sides[1] & mask)]
    amount = played.column("transfer", "amount_fen")
    middle = alike & (amount > 30_000) & (amount < 300_000)
    assert _distance(texts[middle & ring], texts[middle & ~ring]) < 0.08
    assert "砍头息" not in texts


def test_hours_and_digits_of_a_blended_ring_are_those_of_the_background(played: World) -> None:
    ring = played.column("transfer", "_ring") == 0
    hours = played.column("transfer", "booked_at").astype("datetime64[s]").astype(np.int64) // 3_600 % 24
    assert _distance(hours[ring].astype(object), hours[~ring].astype(object)) < 0.05
    digits = played.column("transfer", "amount_fen") % 1_000
    assert _distance(digits[ring].astype(object), digits[~ring].astype(object)) < 0.25
    assert abs(np.mean(digits[ring] == 0) - np.mean(digits[~ring] == 0)) < 0.03


def test_cash_of_a_blended_ring_is_told_as_cash(played: World) -> None:
    card = played.column("person", "_main_account").max()
    rows = pay(played, RING, src=card, dst=CASH, at=played.moment(np.arange(50), 40_000), amount_fen=500_000)
    kinds = played.tables.table("transfer")["kind"].cast("string").to_pylist()[-len(rows) :]
    assert set(kinds) == {"取现"}


def test_amounts_stay_near_what_was_asked_for(played: World) -> None:
    asked = np.full(500, 70_000)
    drawn = blend_amounts(played, played.chance("near"), asked, width=20)
    assert drawn.min() >= 58_000
    assert drawn.max() <= 84_000
    assert len(np.unique(drawn)) > 50


def test_at_level_0_a_ring_says_what_it_was_told() -> None:
    world = _lived(0)
    amounts = np.array([70_000, 12_345])
    assert blend_amounts(world, world.chance("x"), amounts).tolist() == amounts.tolist()
    cards = world.column("person", "_main_account")
    pay(world, RING, src=int(cards.max()), dst=CASH, at=world.moment(1, 1), amount_fen=7, memo="砍头息", channel="atm")
    last = world.tables.table("transfer").slice(world.tables.rows("transfer") - 1).to_pylist()[0]
    assert (last["memo"], last["_channel"]) == ("砍头息", "atm")


def test_without_a_background_nothing_is_blended() -> None:
    world = World(options=Options(seed=1, evasion=1))
    world.add("account", n=2, kind="card")
    pay(world, HONEST, src=1, dst=CASH, at=world.moment(1, 1), amount_fen=7)
    assert reference(world) is None
    assert blend_amounts(world, world.chance("x"), np.array([5])).tolist() == [5]
    assert len(blend_moments(world, world.chance("x"), np.arange(4))) == 4
    assert blend_days(world, world.chance("x"), 3, 5, 6).tolist() == [5, 5, 5]

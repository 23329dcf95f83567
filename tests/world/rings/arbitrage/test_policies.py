import pytest

from suyuan.world.frame.options import Options
from suyuan.world.frame.world import World
from suyuan.world.people.settle import settle
from suyuan.world.rings import surrender
from suyuan.world.rings.arbitrage.policies import phones_told, reckon
from tests.world.rings.blank.rings_of import played, settled


def test_policies_are_given_up_soon_after_the_claw_back_ends() -> None:
    world, _, team = settled()
    book = reckon(world, team)
    assert (book.given_up > book.safe).all()
    assert (book.given_up - book.safe).max() <= 20
    assert (book.safe - book.bought == 365).all()
    assert book.surrendered.all()


@pytest.mark.parametrize("months", [3, 9, 30])
def test_a_policy_is_bought_and_given_up_inside_the_world(months: int) -> None:
    world = World(options=Options(seed=2, scale=0.01, months=months))
    settle(world)
    book = reckon(world, surrender.cast(world, number=1))
    assert book.bought.min() >= 0
    assert book.given_up[book.surrendered].max() < world.options.days
    assert book.surrendered.mean() > 0.6


def test_at_level_1_premiums_are_paid_by_the_month() -> None:
    world, _, team = settled(1)
    book = reckon(world, team)
    assert len(book.premiums.fen) == 12 * len(book.bought)
    assert book.paid.max() < 2_000_000


def test_every_policy_is_issued_followed_up_and_surrendered() -> None:
    world, _, team = played()
    kinds = [row["kind"] for row in world.tables.table("policy_event").to_pylist() if row["_ring"] == 1]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == dict.fromkeys(
        ("issued", "follow_up", "surrendered"), len(team.agent)
    )


def test_holders_phones_are_the_agents() -> None:
    world, _, team = settled()
    assert set(phones_told(world, team).to_pylist()) == set(world.of(team.sims, "number"))

"""Posts, handles and contracts."""

from typing import Any


def test_few_handles_stand_under_many_accounts(published: Any) -> None:
    world, _ = published
    assert len(set(world.column("handle", "value").astype(str))) < len(set(world.column("post", "author_account")))
    assert (world.column("handle", "post_id") >= 0).all()


def test_posts_begin_before_the_first_loan(ring: Any) -> None:
    world, crew = ring
    mine = world.column("post", "_ring") == crew.ring.index
    first = world.column("loan", "paid_out_at")[world.column("loan", "_ring") == crew.ring.index].min()
    assert world.column("post", "posted_at")[mine].min() < first


def test_every_service_of_the_ring_has_a_contract(ring: Any) -> None:
    world, _ = ring
    kinds = set(world.column("service_contract", "kind").astype(str))
    assert {"technology", "data", "payment", "promotion", "collection", "filing"} <= kinds

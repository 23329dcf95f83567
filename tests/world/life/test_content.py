"""Ordinary posts and adverts."""

import numpy as np

from tests.world.life.life_of import life_of


def test_an_advert_is_paid_by_who_it_is_of_and_shows_his_phone() -> None:
    world = life_of()
    advert = world.column("post", "kind").astype(str) == "advert"
    firm = world.column("post", "advertiser_id")[advert]
    assert (firm == world.column("post", "author_id")[advert]).all()
    for phone, body in zip(world.of(firm, "phone"), world.column("post", "body")[advert], strict=True):
        assert phone in body


def test_handles_belong_to_the_advertiser() -> None:
    world = life_of()
    post = world.column("handle", "post_id")
    assert (world.of(post, "author_id") == world.column("handle", "owner_id")).all()
    assert (world.of(world.column("handle", "owner_id"), "phone") == world.column("handle", "value")).all()


def test_spend_adds_up_to_what_was_topped_up() -> None:
    world = life_of()
    assert world.column("advertiser", "topped_up_fen").sum() == world.column("post", "spend_fen").clip(0).sum()


def test_an_author_writes_on_one_platform_under_one_account() -> None:
    world = life_of()
    pairs = set(zip(world.column("post", "author_id"), world.column("post", "author_account"), strict=True))
    assert len(pairs) == len({who for who, _ in pairs})
    assert len(set(world.column("post", "author_account"))) == len(pairs)


def test_views_are_heavy_tailed() -> None:
    world = life_of()
    views = np.sort(world.column("post", "views"))
    assert views[-1] > 100 * views[len(views) // 2]

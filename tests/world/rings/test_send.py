from typing import Any

import numpy as np

from suyuan.world.frame.tables import Why
from suyuan.world.rings.send import send
from tests.world.rings.blank.rings_of import settled


def sent(evasion: int, day: int) -> list[dict[str, Any]]:
    world, crew, _ = settled(evasion=evasion)
    before = world.tables.rows("transfer")
    send(
        world,
        Why(ring=0, step="launder"),
        chance=np.random.default_rng(1),
        ways=crew.ways,
        src=crew.accounts["purse"][:1],
        dst=crew.accounts["pool"][:1],
        fen=np.array([9_000_000]),
        day=np.array([day]),
        memos=["往来款"],
    )
    return world.tables.table("transfer").slice(before).to_pylist()  # type: ignore[no-any-return]


def test_at_level_0_a_sum_goes_whole_on_its_day() -> None:
    [row] = sent(0, 50)
    assert (row["amount_fen"], row["memo"]) == (9_000_000, "往来款")


def test_at_level_1_a_sum_goes_in_many_payments() -> None:
    rows = sent(1, 50)
    assert len(rows) > 10
    assert max(row["amount_fen"] for row in rows) < 9_000_000


def test_nothing_begins_after_the_world_has_ended() -> None:
    assert sent(0, 550) == []

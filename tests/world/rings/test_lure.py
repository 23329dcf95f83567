import numpy as np

from suyuan.world.frame.tables import Why
from suyuan.world.rings.lure import handles, post
from tests.world.rings.blank.rings_of import settled

TOLD = {
    "platforms": ["贴吧"],
    "kinds": {"post": 1},
    "titles": ["招人"],
    "bodies": ["来{handle}"],
    "disguises": {"谐音": "威"},
}


def test_every_post_carries_a_handle_of_the_ring() -> None:
    world, crew, _ = settled()
    chance, owners = np.random.default_rng(1), crew.people["recruiter"]
    names = handles(chance, len(owners))
    before = world.tables.rows("handle")
    days = np.arange(5)
    post(world, Why(ring=0), chance=chance, told=TOLD, authors=owners, owners=owners, names=names, days=days)
    table = world.tables.table("handle").slice(before).to_pylist()
    bodies = world.tables.table("post").to_pylist()[-5:]
    assert [row["value"] in names for row in table] == [True] * 5
    for row, told in zip(table, bodies, strict=True):
        assert row["value_told"] in told["body"]
        assert (row["disguise"] is None) == (row["value"] == row["value_told"])


def test_handles_differ() -> None:
    assert len(set(handles(np.random.default_rng(1), 50))) == 50

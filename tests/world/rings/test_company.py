from tests.world.rings.blank.rings_of import settled


def test_each_part_of_a_ring_has_chance_of_its_own() -> None:
    world, crew, _ = settled(evasion=0)
    assert crew.chance(world, "a").integers(1 << 60) == crew.chance(world, "a").integers(1 << 60)
    assert crew.chance(world, "a").integers(1 << 60) != crew.chance(world, "b").integers(1 << 60)

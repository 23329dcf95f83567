import numpy as np

from suyuan.world.frame.dice import dice
from suyuan.world.frame.world import World
from suyuan.world.people.devices import counted, new_devices, new_ips


def test_those_who_have_one_are_counted() -> None:
    assert counted(np.array([True, False, True])).tolist() == [0, -1, 1]


def test_later_devices_are_nobodys_of_the_town(town: World) -> None:
    assert new_devices(dice(1, "d"), 1_000).min() > town.column("person", "_device").max()
    assert new_ips(dice(1, "d"), 1_000).min() > town.column("person", "_ip").max()


def test_a_home_has_one_address_and_everyone_his_own_phone(town: World) -> None:
    assert len(np.unique(town.column("person", "_ip"))) == len(np.unique(town.column("person", "_household")))
    device = town.column("person", "_device")
    assert len(np.unique(device[device >= 0])) == (device >= 0).sum()

import numpy as np
import pytest

from suyuan.world.frame.tables import Why, first_id
from suyuan.world.frame.world import World
from suyuan.world.people.cast import firms_of
from suyuan.world.people.hand_out import take
from suyuan.world.people.opening import (
    devices,
    institutions,
    ips,
    issue_sims,
    open_accounts,
    outside_accounts,
)


def test_accounts_are_opened_as_asked_for(stage: World) -> None:
    chance = stage.chance("open", 1)
    people = take(stage, chance, 4)
    made = open_accounts(
        stage, chance, people, on=np.arange(4), bank="祁连银行", thin=True, device=5, opened_by="某人",
        why=Why(ring=0, step="prepare"),
    )  # fmt: skip
    assert set(stage.of(made, "bank")) == {"祁连银行"}
    assert (stage.of(made, "opened_on") == stage.day(np.arange(4))).all()
    assert stage.of(made, "_thin").all()
    assert (stage.of(made, "opened_device") == 5).all()
    assert set(stage.of(made, "opened_by")) == {"某人"}
    assert (stage.of(made, "_ring") == 0).all()
    assert (stage.of(made, "holder_name") == stage.of(people, "name")).all()


def test_people_and_firms_may_open_together(stage: World) -> None:
    chance = stage.chance("open", 2)
    holders = np.concatenate([take(stage, chance, 2), firms_of(stage, "market")[:1]])
    made = open_accounts(stage, chance, holders, on=-5, kind="wallet")
    assert (stage.of(made, "holder_id") == holders).all()
    device = stage.of(made[:2], "opened_device")
    assert (device == stage.of(holders[:2], "_device")).all()


def test_a_bank_that_does_not_keep_such_accounts_is_refused(stage: World) -> None:
    with pytest.raises(ValueError, match="not in list"):
        open_accounts(stage, stage.chance("open", 3), np.array([first_id("person")]), on=0, bank="顺付钱包")


def test_sims_are_issued_to_those_asked_for(stage: World) -> None:
    chance = stage.chance("open", 4)
    people = take(stage, chance, 3)
    made = issue_sims(stage, chance, np.repeat(people, 2), on=9, device=3)
    assert (stage.of(made, "holder_id") == np.repeat(people, 2)).all()
    assert (stage.of(made, "imsi") == made).all()
    assert len(set(stage.of(made, "number"))) == 6
    assert set(stage.of(stage.of(made, "operator_id"), "_trade")) == {"telecom"}


def test_outside_accounts_hand_nothing_over(stage: World) -> None:
    chance = stage.chance("open", 5)
    cards, firms = outside_accounts(stage, chance, 20), outside_accounts(stage, chance, 20, kind="corporate")
    for made in (cards, firms):
        assert not stage.of(made, "_held").any()
        assert (stage.of(made, "holder_id") == -1).all()
    assert all(len(name) <= 4 for name in stage.of(cards, "holder_name"))
    assert all(name.endswith("公司") for name in stage.of(firms, "holder_name"))


def test_devices_and_addresses_are_new(stage: World) -> None:
    chance = stage.chance("open", 6)
    assert len(np.unique(devices(stage, chance, 500))) == 500
    assert len(np.unique(ips(stage, chance, 500))) >= 499


def test_every_bank_and_payment_firm_is_a_firm_of_the_town(town: World) -> None:
    known = institutions(town)
    assert len(known) == 15
    assert town.of(np.array(list(known.values())), "name").tolist() == list(known)
